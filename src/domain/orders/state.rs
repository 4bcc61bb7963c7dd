//! What the events of one order add up to.

use nojson::{DisplayJson, JsonFormatter, RawJsonValue};

use super::{CustomerId, Item, Money};
use crate::kernel::{JsonError, json_object};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

    /// Its stored name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pending => "Pending",
            Self::Paid => "Paid",
            Self::Shipped => "Shipped",
            Self::Delivered => "Delivered",
            Self::Cancelled => "Cancelled",
        }
    }
}

impl DisplayJson for OrderStatus {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        json.string(self.name())
    }
}

impl<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>> for OrderStatus {
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        let name = json.to_unquoted_string_str()?;
        let named = Self::ALL.into_iter().find(|status| status.name() == name);
        named.ok_or_else(|| json.invalid("there is no such status"))
    }
}

/// A payment that arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// Names it.
    pub payment_id: String,
    /// How much.
    pub amount: Money,
}

json_object!(Payment { payment_id, amount });

/// A shipment that was handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shipment {
    /// The carrier's name for it.
    pub tracking_number: String,
    /// Who carries it.
    pub carrier: String,
}

json_object!(Shipment { tracking_number, carrier });
