//! What scenarios about sagas are made of, and what their expectations ask.

use uuid::Uuid;

use crate::{
    app::run::Finished,
    domain::orders::{OrderCommand, OrderEvent, OrderFulfilment, OrderId},
    kernel::{
        CommandId, Decider, Ending, Saga, SagaDecider, SagaEvent, SagaId, SagaPlan, SagaStatus,
        StoredForm, StreamId,
    },
    ports::{Moment, SagaMoment},
    simulation::{
        ArmedServiceFault, Attention, FulfilmentInput, FulfilmentMode, Input, Protection,
        RecordedMoment, ServiceFault, ServiceSetting, Times,
    },
};

/// Its saga is complete.
pub(super) const COMPLETED: SagaStatus = SagaStatus::Ended(Ending::Completed);
/// Its saga is compensated.
pub(super) const COMPENSATED: SagaStatus = SagaStatus::Ended(Ending::Compensated);
/// A second of virtual time.
pub(super) const SECOND_US: u64 = 1_000_000;

/// One more order.
pub(super) const FOURTH: OrderId =
    OrderId(Uuid::from_u128(0x0199_6b5e_0800_7000_8000_0000_0000_d5e6));

/// Orders are fulfilled by sagas from here on.
pub(super) fn by_saga() -> Input<OrderCommand> {
    Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::Saga))
}

/// Orders are fulfilled without a conductor from here on.
pub(super) fn by_reactors() -> Input<OrderCommand> {
    Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::Choreography))
}

pub(super) fn arm(request: &str, fault: ServiceFault, times: Times) -> Input<OrderCommand> {
    let request = request.to_owned();
    Input::Fulfilment(FulfilmentInput::Arm(ArmedServiceFault { request, fault, times }))
}

pub(super) fn set(service: &str, name: &str, amount: u64) -> Input<OrderCommand> {
    let (service, name) = (service.to_owned(), name.to_owned());
    Input::Fulfilment(FulfilmentInput::Set(ServiceSetting { service, name, amount }))
}

pub(super) fn protect(protection: Protection, on: bool) -> Input<OrderCommand> {
    Input::Fulfilment(FulfilmentInput::Protect(protection, on))
}

/// A person settles a step by hand.
pub(super) fn attend_at(
    order: OrderId,
    id: CommandId,
    step: &str,
    note: &str,
) -> Input<OrderCommand> {
    let (saga, settled) = (SagaId(order.0), Some(note.to_owned()));
    let attention = Attention { id, saga, step: step.to_owned(), settled };
    Input::Fulfilment(FulfilmentInput::Attend(attention))
}

/// Whether events of this type were stored in a saga's stream here.
pub(super) fn mentions(recorded: &RecordedMoment, event_type: &str) -> bool {
    matches!(&recorded.moment, Moment::Saga(SagaMoment::Advanced { events, .. })
        if events.iter().any(|known| known.name() == event_type))
}

/// Whether the saga hears what became of this here.
pub(super) fn is_answered(recorded: &RecordedMoment, name: &str) -> bool {
    matches!(&recorded.moment, Moment::Saga(SagaMoment::Answered { call, .. }) if call.name == name)
}

/// Whether a service takes this up here.
pub(super) fn is_asked(recorded: &RecordedMoment, name: &str) -> bool {
    matches!(&recorded.moment, Moment::Saga(SagaMoment::ServiceAsked { call, .. }) if call.name == name)
}

/// Whether a saga comes to its end here.
pub(super) fn is_over(recorded: &RecordedMoment) -> bool {
    mentions(recorded, "SagaCompleted") || mentions(recorded, "SagaCompensated")
}

/// The events of the saga of an order.
pub(super) fn events_of(run: &Finished, order: OrderId) -> Vec<SagaEvent> {
    let stream = StreamId::new(OrderFulfilment::CATEGORY, SagaId(order.0));
    let own = run.log.iter().filter(|stored| stored.stream == stream);
    own.filter_map(|stored| SagaEvent::decode(&stored.event.encoded).ok()).collect()
}

/// The events of an order.
pub(super) fn order_events(run: &Finished, order: OrderId) -> Vec<OrderEvent> {
    let own = run.log.iter().filter(|stored| stored.stream == order.stream());
    own.filter_map(|stored| OrderEvent::decode(&stored.event.encoded).ok()).collect()
}

/// What the saga of an order is at.
pub(super) fn status(run: &Finished, order: OrderId) -> SagaStatus {
    type Fulfilment = SagaDecider<OrderFulfilment>;
    let events = events_of(run, order);
    Saga::status(events.iter().fold(Fulfilment::initial(), Fulfilment::evolve).as_ref())
}

/// Where the first event of this type lies.
pub(super) fn position(events: &[SagaEvent], event_type: &str) -> Option<usize> {
    events.iter().position(|event| event.name() == event_type)
}

/// How much a service held of something when it last said so.
pub(super) fn held(run: &Finished, service: &str, name: &str) -> u64 {
    let last = run.trace.iter().rev().find_map(|recorded| match &recorded.moment {
        Moment::Saga(SagaMoment::ServiceServed { service: known, holdings, .. })
            if *known == service =>
        {
            Some(holdings)
        }
        _ => None,
    });
    let found = last.into_iter().flatten().find(|holding| holding.name == name);
    found.map_or(0, |holding| holding.amount)
}
