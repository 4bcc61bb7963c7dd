//! What the events of one order add up to.

use serde::{Deserialize, Serialize};

use super::{CustomerId, Item, Money};

/// One order, once it was created.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// How far it is.
    pub status: OrderStatus,
    /// Whose it is.
    pub customer: CustomerId,
    /// What was ordered.
    pub items: Vec<Item>,
    /// The sum of the items.
    pub total: Money,
    /// The payment that was confirmed.
    pub payment: Option<Payment>,
    /// The shipment, once a carrier has it.
    pub shipment: Option<Shipment>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
}

/// How far an order is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OrderStatus {
    /// Created, not paid.
    Pending,
    /// Paid, not shipped.
    Paid,
    /// With the carrier.
    Shipped,
    /// With the customer: nothing more happens.
    Delivered,
    /// Called off: nothing more happens.
    Cancelled,
}

impl OrderStatus {
    /// All of them, in the order in which an order goes through them.
    pub const ALL: [Self; 5] =
        [Self::Pending, Self::Paid, Self::Shipped, Self::Delivered, Self::Cancelled];
}

/// A payment that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// Names it.
    pub payment_id: String,
    /// How much.
    pub amount: Money,
}

/// A shipment that was handed over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shipment {
    /// The carrier's name for it.
    pub tracking_number: String,
    /// Who carries it.
    pub carrier: String,
}
