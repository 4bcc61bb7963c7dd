//! Tapes on which orders are fulfilled by sagas, and what a run left behind.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{
        CustomerId, Item, Money, Order, OrderCommand, OrderDecider, OrderEvent, OrderFulfilment,
        OrderId, OrderServices, ProductId, Quantity,
    },
    kernel::{
        Choreography, CommandId, Decider, GlobalPosition, Micros, Saga, SagaDecider, SagaEvent,
        SagaId, SagaPlan, SagaStatus, Services, StoredEvent, StoredForm, StreamId, Timestamp,
    },
    ports::EventStore,
    simulation::{
        ArmedServiceFault, FulfilmentInput, FulfilmentMode, GivenCommand, Head, Input, Person,
        ServiceFault, ServiceSetting, Tape, Times,
    },
};
use pollster::block_on;
use uuid::Uuid;

pub(crate) const START: Timestamp = Timestamp(1_790_000_000_000_000);

pub(crate) type OrderTape = Tape<OrderCommand>;
pub(crate) type OrderInput = Input<OrderCommand>;

/// What one order costs.
pub(crate) const PRICE: u64 = 6_400;

pub(crate) fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number << 64 | number))
}

pub(crate) fn saga(number: u128) -> SagaId {
    SagaId(order(number).0)
}

pub(crate) fn create(number: u128) -> OrderInput {
    let (product, quantity, unit_price) = (ProductId("Moka".to_owned()), Quantity(2), Money(3_200));
    let items = vec![Item { product, quantity, unit_price }];
    let command = OrderCommand::CreateOrder {
        order: order(number),
        customer: CustomerId("Ana".to_owned()),
        items,
    };
    given(number, command)
}

fn given(id: u128, command: OrderCommand) -> OrderInput {
    let id = CommandId(Uuid::from_u128(id));
    Input::Command(GivenCommand { id, as_seen: None, command, person: Person::FIRST })
}

/// What a person wants of an order beside whoever fulfils it. The number names it.
pub(crate) fn by_person(number: u64, command: OrderCommand) -> OrderInput {
    given(1 << 80 | u128::from(number), command)
}

pub(crate) fn by_saga() -> OrderInput {
    Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::Saga))
}

pub(crate) fn arm(request: &str, fault: ServiceFault, times: Times) -> OrderInput {
    let request = request.to_owned();
    Input::Fulfilment(FulfilmentInput::Arm(ArmedServiceFault { request, fault, times }))
}

pub(crate) fn set(service: &str, name: &str, amount: u64) -> OrderInput {
    let (service, name) = (service.to_owned(), name.to_owned());
    Input::Fulfilment(FulfilmentInput::Set(ServiceSetting { service, name, amount }))
}

pub(crate) fn by_reactors() -> OrderInput {
    Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::Choreography))
}

/// Inputs with their times in microseconds, after sagas were switched on.
pub(crate) fn tape(inputs: impl IntoIterator<Item = (u64, OrderInput)>) -> OrderTape {
    tape_of(by_saga(), inputs)
}

/// The same after this.
pub(crate) fn tape_of(
    first: OrderInput,
    inputs: impl IntoIterator<Item = (u64, OrderInput)>,
) -> OrderTape {
    let mut tape = Tape::new(Head::new(7, START));
    for (at, input) in [(0, first)].into_iter().chain(inputs) {
        tape.push(Micros(at), input);
    }
    tape
}

/// A run to its end, over memory of its own.
pub(crate) fn played(tape: &OrderTape) -> Run<MemoryStore> {
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    block_on(run.run_to_end());
    run
}

pub(crate) fn log(run: &Run<MemoryStore>) -> Vec<StoredEvent> {
    let store = run.world().store_behind();
    block_on(store.read_log(GlobalPosition::NONE, usize::MAX)).expect("memory does not fail")
}

fn stream(run: &Run<MemoryStore>, stream: &StreamId) -> Vec<StoredEvent> {
    log(run).into_iter().filter(|stored| stored.stream == *stream).collect()
}

/// What a reactor has said of an order: the types of its facts.
pub(crate) fn said(run: &Run<MemoryStore>, reactor: &str, number: u128) -> Vec<String> {
    let events = stream(run, &StreamId::new(reactor, saga(number)));
    events.into_iter().map(|stored| stored.event.encoded.event_type).collect()
}

/// What reactors have said of an order, in the order of the log.
pub(crate) fn facts(run: &Run<MemoryStore>, number: u128) -> Vec<StoredEvent> {
    let is_own = |stored: &StoredEvent| {
        let reactors = OrderFulfilment::REACTORS;
        reactors.iter().any(|reactor| reactor.name == stored.stream.category())
            && stored.stream.instance() == saga(number).to_string()
    };
    log(run).into_iter().filter(is_own).collect()
}

pub(crate) fn saga_events(run: &Run<MemoryStore>, number: u128) -> Vec<SagaEvent> {
    let events = stream(run, &StreamId::new(OrderFulfilment::CATEGORY, saga(number)));
    events.iter().map(|stored| SagaEvent::decode(&stored.event.encoded).expect("ours")).collect()
}

pub(crate) fn saga_state(run: &Run<MemoryStore>, number: u128) -> Option<Saga> {
    type Fulfilment = SagaDecider<OrderFulfilment>;
    saga_events(run, number).iter().fold(Fulfilment::initial(), Fulfilment::evolve)
}

pub(crate) fn status(run: &Run<MemoryStore>, number: u128) -> SagaStatus {
    Saga::status(saga_state(run, number).as_ref())
}

pub(crate) fn order_events(run: &Run<MemoryStore>, number: u128) -> Vec<StoredEvent> {
    stream(run, &order(number).stream())
}

pub(crate) fn order_state(run: &Run<MemoryStore>, number: u128) -> Option<Order> {
    let events = order_events(run, number);
    let decoded = events.iter().map(|stored| OrderEvent::decode(&stored.event.encoded));
    decoded.fold(None, |state, event| OrderDecider::evolve(state, &event.expect("ours")))
}

/// What a service holds of something.
pub(crate) fn held(run: &Run<MemoryStore>, service: &str, name: &str) -> u64 {
    let place = OrderServices::NAMES.iter().position(|known| *known == service);
    let services = run.services().expect("sagas are switched on");
    let holdings = services.holdings(place.expect("there is such a service"));
    holdings.iter().find(|holding| holding.name == name).map_or(0, |holding| holding.amount)
}
