//! Tapes to play, and what a run left behind.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{CustomerId, Item, Money, OrderCommand, OrderId, ProductId, Quantity},
    kernel::{CommandId, GlobalPosition, Micros, StoredEvent, Timestamp, Version},
    ports::EventStore,
    simulation::{GivenCommand, Head, Input, Person, RecordedMoment, Tape, trace_hash},
};
use pollster::block_on;
use uuid::Uuid;

pub(crate) const START: Timestamp = Timestamp(1_790_000_000_000_000);

pub(crate) type OrderTape = Tape<OrderCommand>;

/// Inputs with their times in microseconds, under a seed.
pub(crate) fn tape(
    seed: u64,
    inputs: impl IntoIterator<Item = (u64, Input<OrderCommand>)>,
) -> OrderTape {
    let mut tape = Tape::new(Head::new(seed, START));
    for (at, input) in inputs {
        tape.push(Micros(at), input);
    }
    tape
}

/// Somebody gives a command under a number of its own.
pub(crate) fn given(number: u128, command: OrderCommand) -> Input<OrderCommand> {
    seen(number, None, command)
}

/// The same, on a version that the person saw.
pub(crate) fn seen(
    number: u128,
    as_seen: Option<u64>,
    command: OrderCommand,
) -> Input<OrderCommand> {
    let id = CommandId(Uuid::from_u128(number));
    let person = Person::FIRST;
    Input::Command(GivenCommand { id, as_seen: as_seen.map(Version), command, person })
}

/// The same from the other one of two people.
pub(crate) fn by_second(input: Input<OrderCommand>) -> Input<OrderCommand> {
    match input {
        Input::Command(given) => Input::Command(GivenCommand { person: Person::SECOND, ..given }),
        other => other,
    }
}

pub(crate) fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

pub(crate) fn create(number: u128) -> OrderCommand {
    let item = Item {
        product: ProductId("Moka".to_owned()),
        quantity: Quantity(2),
        unit_price: Money(3_200),
    };
    let customer = CustomerId("Ana".to_owned());
    OrderCommand::CreateOrder { order: order(number), customer, items: vec![item] }
}

pub(crate) fn pay(number: u128) -> OrderCommand {
    let payment_id = "PAY-1".to_owned();
    OrderCommand::ConfirmPayment { order: order(number), payment_id, amount: Money(6_400) }
}

pub(crate) fn ship(number: u128) -> OrderCommand {
    OrderCommand::ShipOrder {
        order: order(number),
        tracking_number: "TRK-1".to_owned(),
        carrier: "Nimbus".to_owned(),
    }
}

pub(crate) fn cancel(number: u128) -> OrderCommand {
    OrderCommand::CancelOrder { order: order(number), reason: "changed my mind".to_owned() }
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

pub(crate) fn log_types(run: &Run<MemoryStore>) -> Vec<String> {
    log(run).into_iter().map(|stored| stored.event.encoded.event_type).collect()
}

pub(crate) fn trace(run: &Run<MemoryStore>) -> Vec<RecordedMoment> {
    run.world().trace().to_vec()
}

pub(crate) fn hash(run: &Run<MemoryStore>) -> u64 {
    trace_hash(START, &run.world().trace())
}

/// Says only where two traces part.
pub(crate) fn assert_same(one: &[RecordedMoment], other: &[RecordedMoment]) {
    for (index, (one, other)) in one.iter().zip(other).enumerate() {
        assert_eq!(one, other, "moment {}", index + 1);
    }
    assert_eq!(one.len(), other.len());
}
