//! What can be asked of the services around an order.

use crate::{
    domain::orders::{CustomerId, Item, Money, OrderId},
    kernel::ServiceRequest,
};

/// A request to a service.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum OrderRequest {
    /// Inventory: keep these for the order.
    ReserveInventory { order: OrderId, items: Vec<Item> },
    /// Inventory: they are free again.
    ReleaseInventory { order: OrderId },
    /// Payment: take so much from the customer's card.
    ProcessPayment { order: OrderId, customer: CustomerId, amount: Money },
    /// Payment: give it back.
    RefundPayment { order: OrderId },
    /// Shipping: pack a parcel.
    CreateShipment { order: OrderId, customer: CustomerId },
    /// Shipping: unpack it.
    CancelShipment { order: OrderId },
    /// Shipping: give it to the carrier. There is no way back.
    HandOver { order: OrderId },
    /// Notification: write to the customer that the order is on its way.
    SendConfirmation { order: OrderId, customer: CustomerId },
}

pub(super) const INVENTORY: usize = 0;
pub(super) const PAYMENT: usize = 1;
pub(super) const SHIPPING: usize = 2;
pub(super) const NOTIFICATION: usize = 3;

impl ServiceRequest for OrderRequest {
    const NAMES: &'static [&'static str] = &[
        "ReserveInventory",
        "ReleaseInventory",
        "ProcessPayment",
        "RefundPayment",
        "CreateShipment",
        "CancelShipment",
        "HandOver",
        "SendConfirmation",
    ];

    fn service(&self) -> usize {
        SERVICES[self.place()]
    }

    fn name(&self) -> &'static str {
        Self::NAMES[self.place()]
    }
}

/// Whose each of the requests is, in the order of their names.
const SERVICES: [usize; 8] =
    [INVENTORY, INVENTORY, PAYMENT, PAYMENT, SHIPPING, SHIPPING, SHIPPING, NOTIFICATION];

impl OrderRequest {
    /// Whose the requests of this name are: a place among the services. None for no request.
    #[must_use]
    pub fn service_of(name: &str) -> Option<usize> {
        Self::NAMES.iter().position(|known| *known == name).map(|place| SERVICES[place])
    }

    /// Its place among the names.
    fn place(&self) -> usize {
        match self {
            Self::ReserveInventory { .. } => 0,
            Self::ReleaseInventory { .. } => 1,
            Self::ProcessPayment { .. } => 2,
            Self::RefundPayment { .. } => 3,
            Self::CreateShipment { .. } => 4,
            Self::CancelShipment { .. } => 5,
            Self::HandOver { .. } => 6,
            Self::SendConfirmation { .. } => 7,
        }
    }
}
