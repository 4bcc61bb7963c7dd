//! Facts: a name and a value, the same in events and in states.

use super::OrderStatus;

/// Something that is so: a name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Of what.
    pub name: FactName,
    /// Its value.
    pub value: FactValue,
}

/// What a fact is about. The words for it are in the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum FactName {
    Status,
    Customer,
    Items,
    Item,
    Total,
    PaymentId,
    Amount,
    TrackingNumber,
    Carrier,
    Reason,
    Version,
    Revenue,
    OrdersAt(OrderStatus),
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// What a person typed: show it as text, isolated from the direction of the words around it.
    Text(String),
    /// Minor units.
    Money(i64),
    /// A number.
    Count(u64),
    /// A status of an order.
    Status(OrderStatus),
    /// A line of an order; the price in minor units.
    Item {
        /// What.
        product: String,
        /// How many.
        quantity: u64,
        /// What one costs.
        unit_price: i64,
    },
}
