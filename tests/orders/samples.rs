//! Orders, items, commands and events that the stories are told with.

use hindsight::{
    domain::orders::{
        CustomerId, Item, Money, OrderCommand, OrderEvent, OrderId, ProductId, Quantity,
    },
    kernel::Timestamp,
};
use uuid::Uuid;

/// What the sample order costs: two teapots and a spoon.
pub(crate) const TOTAL: Money = Money(5_500);

pub(crate) fn order() -> OrderId {
    order_number(1)
}

pub(crate) fn order_number(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

pub(crate) fn item(product: &str, quantity: u64, unit_price: i64) -> Item {
    Item {
        product: ProductId(product.to_owned()),
        quantity: Quantity(quantity),
        unit_price: Money(unit_price),
    }
}

pub(crate) fn items() -> Vec<Item> {
    vec![item("teapot", 2, 2_500), item("spoon", 1, 500)]
}

pub(crate) fn create() -> OrderCommand {
    create_with("ada", items())
}

pub(crate) fn create_with(customer: &str, items: Vec<Item>) -> OrderCommand {
    OrderCommand::CreateOrder { order: order(), customer: CustomerId(customer.to_owned()), items }
}

pub(crate) fn pay() -> OrderCommand {
    pay_with("payment-1", TOTAL)
}

pub(crate) fn pay_with(payment_id: &str, amount: Money) -> OrderCommand {
    OrderCommand::ConfirmPayment { order: order(), payment_id: payment_id.to_owned(), amount }
}

pub(crate) fn ship() -> OrderCommand {
    ship_with("track-1", "post")
}

pub(crate) fn ship_with(tracking_number: &str, carrier: &str) -> OrderCommand {
    OrderCommand::ShipOrder {
        order: order(),
        tracking_number: tracking_number.to_owned(),
        carrier: carrier.to_owned(),
    }
}

pub(crate) fn deliver() -> OrderCommand {
    OrderCommand::DeliverOrder { order: order() }
}

pub(crate) fn cancel() -> OrderCommand {
    cancel_with("changed my mind")
}

pub(crate) fn cancel_with(reason: &str) -> OrderCommand {
    OrderCommand::CancelOrder { order: order(), reason: reason.to_owned() }
}

pub(crate) fn created() -> OrderEvent {
    created_with("ada", items(), TOTAL)
}

pub(crate) fn created_with(customer: &str, items: Vec<Item>, total: Money) -> OrderEvent {
    OrderEvent::OrderCreated { customer: CustomerId(customer.to_owned()), items, total }
}

pub(crate) fn paid() -> OrderEvent {
    OrderEvent::OrderPaymentConfirmed { payment_id: "payment-1".to_owned(), amount: TOTAL }
}

pub(crate) fn shipped() -> OrderEvent {
    OrderEvent::OrderShipped { tracking_number: "track-1".to_owned(), carrier: "post".to_owned() }
}

pub(crate) fn delivered() -> OrderEvent {
    OrderEvent::OrderDelivered
}

pub(crate) fn cancelled() -> OrderEvent {
    OrderEvent::OrderCancelled { reason: "changed my mind".to_owned() }
}

/// A time for an event: so many seconds after a beginning.
pub(crate) fn at(seconds: u64) -> Timestamp {
    Timestamp(1_795_000_000_000_000 + i64::try_from(seconds).expect("a small number") * 1_000_000)
}
