//! What somebody may want of an order.

use super::{CustomerId, Item, Money, OrderId, Rejection, check};
use crate::kernel::{Command, FieldError, StreamId, json_enum};

/// A command for one order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum OrderCommand {
    /// Place a new order.
    CreateOrder { order: OrderId, customer: CustomerId, items: Vec<Item> },
    /// Say that its payment has arrived.
    ConfirmPayment { order: OrderId, payment_id: String, amount: Money },
    /// Hand it to a carrier.
    ShipOrder { order: OrderId, tracking_number: String, carrier: String },
    /// Say that it has arrived.
    DeliverOrder { order: OrderId },
    /// Call it off.
    CancelOrder { order: OrderId, reason: String },
}

json_enum!(OrderCommand {
    CreateOrder { order, customer, items },
    ConfirmPayment { order, payment_id, amount },
    ShipOrder { order, tracking_number, carrier },
    DeliverOrder { order },
    CancelOrder { order, reason }
});

impl OrderCommand {
    /// The order that it is for.
    #[must_use]
    pub fn order(&self) -> OrderId {
        match self {
            Self::CreateOrder { order, .. }
            | Self::ConfirmPayment { order, .. }
            | Self::ShipOrder { order, .. }
            | Self::DeliverOrder { order }
            | Self::CancelOrder { order, .. } => *order,
        }
    }
}

impl Command for OrderCommand {
    type Rejection = Rejection;

    fn name(&self) -> &'static str {
        match self {
            Self::CreateOrder { .. } => "CreateOrder",
            Self::ConfirmPayment { .. } => "ConfirmPayment",
            Self::ShipOrder { .. } => "ShipOrder",
            Self::DeliverOrder { .. } => "DeliverOrder",
            Self::CancelOrder { .. } => "CancelOrder",
        }
    }

    fn stream(&self) -> StreamId {
        self.order().stream()
    }

    fn field_errors(&self) -> Vec<FieldError<Rejection>> {
        check::field_errors(self)
    }
}

impl OrderId {
    /// The stream of this order.
    #[must_use]
    pub fn stream(self) -> StreamId {
        StreamId::new("order", self)
    }

    /// The order that a stream belongs to; none when it is not an order's.
    ///
    /// An id has other text forms too: a stream named after one of those is no order's, so that two
    /// streams never belong to one order.
    #[must_use]
    pub fn of_stream(stream: &StreamId) -> Option<Self> {
        let order: Self = stream.instance().parse().ok()?;
        (order.stream() == *stream).then_some(order)
    }
}
