//! What scenarios are made of: fixed ids, commands, and a tape on which they lie.

use uuid::Uuid;

use crate::{
    domain::orders::{
        CustomerId, Item, Money, OrderCommand, OrderEvent, OrderId, ProductId, Quantity,
    },
    kernel::{CommandId, Micros, StoredEvent, StoredForm, Timestamp},
    ports::Moment,
    simulation::{Actor, GivenCommand, Head, Input, Person, RecordedMoment, Tape},
};

/// When every scenario begins: 2026-09-21, shortly after two in the afternoon (UTC).
const START: Timestamp = Timestamp(1_790_000_000_000_000);

/// The order that most scenarios are about.
pub(super) const ORDER: OrderId = order(0x7f3a);
/// Another one.
pub(super) const SECOND: OrderId = order(0xb21c);
/// One more.
pub(super) const THIRD: OrderId = order(0xc40d);
/// What an order of two Mokas costs.
pub(super) const TOTAL: Money = Money(6_400);

const fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(0x0199_6b5e_0800_7000_8000_0000_0000_0000 | number))
}

/// The id of a scenario's command number so and so.
pub(super) const fn command(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(0x0199_6b5e_0800_7000_9000_0000_0000_0000 | number))
}

/// Inputs with their times in microseconds.
pub(super) fn tape(
    inputs: impl IntoIterator<Item = (u64, Input<OrderCommand>)>,
) -> Tape<OrderCommand> {
    let mut tape = Tape::new(Head::new(7, START));
    inputs.into_iter().for_each(|(at, input)| tape.push(Micros(at), input));
    tape
}

/// Somebody gives a command.
pub(super) fn given(number: u128, wanted: OrderCommand) -> Input<OrderCommand> {
    given_by(Person::FIRST, number, wanted)
}

/// One of two people gives a command.
pub(super) fn given_by(person: Person, number: u128, wanted: OrderCommand) -> Input<OrderCommand> {
    let id = command(number);
    Input::Command(GivenCommand { id, as_seen: None, command: wanted, person })
}

/// Two Mokas for Ana.
pub(super) fn create(order: OrderId) -> OrderCommand {
    create_for("Ana", order)
}

/// Two Mokas for somebody.
pub(super) fn create_for(customer: &str, order: OrderId) -> OrderCommand {
    let product = ProductId("Moka".to_owned());
    let item = Item { product, quantity: Quantity(2), unit_price: Money(3_200) };
    OrderCommand::CreateOrder {
        order,
        customer: CustomerId(customer.to_owned()),
        items: vec![item],
    }
}

pub(super) fn pay(order: OrderId) -> OrderCommand {
    OrderCommand::ConfirmPayment { order, payment_id: "PAY-1".to_owned(), amount: TOTAL }
}

pub(super) fn ship(order: OrderId, tracking_number: &str) -> OrderCommand {
    let (tracking_number, carrier) = (tracking_number.to_owned(), "Nimbus".to_owned());
    OrderCommand::ShipOrder { order, tracking_number, carrier }
}

pub(super) fn deliver(order: OrderId) -> OrderCommand {
    OrderCommand::DeliverOrder { order }
}

pub(super) fn cancel(order: OrderId, reason: &str) -> OrderCommand {
    OrderCommand::CancelOrder { order, reason: reason.to_owned() }
}

/// Whether a moment stored the event that took its stream to this version.
pub(super) fn appends(recorded: &RecordedMoment, wanted: u64) -> bool {
    matches!(recorded.moment, Moment::Appended { version, .. } if version.0 == wanted)
}

/// Whether a handler was killed here.
pub(super) fn kills_a_handler(recorded: &RecordedMoment) -> bool {
    matches!((recorded.actor, &recorded.moment), (Actor::Handler(_), Moment::Crashed))
}

/// The events of a log in the words of orders.
pub(super) fn decoded(log: &[StoredEvent]) -> Vec<OrderEvent> {
    log.iter().filter_map(|stored| OrderEvent::decode(&stored.event.encoded).ok()).collect()
}
