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
        match self {
            Self::ReserveInventory { .. } | Self::ReleaseInventory { .. } => INVENTORY,
            Self::ProcessPayment { .. } | Self::RefundPayment { .. } => PAYMENT,
            Self::CreateShipment { .. } | Self::CancelShipment { .. } | Self::HandOver { .. } => {
                SHIPPING
            }
            Self::SendConfirmation { .. } => NOTIFICATION,
        }
    }

    fn name(&self) -> &'static str {
        Self::NAMES[match self {
            Self::ReserveInventory { .. } => 0,
            Self::ReleaseInventory { .. } => 1,
            Self::ProcessPayment { .. } => 2,
            Self::RefundPayment { .. } => 3,
            Self::CreateShipment { .. } => 4,
            Self::CancelShipment { .. } => 5,
            Self::HandOver { .. } => 6,
            Self::SendConfirmation { .. } => 7,
        }]
    }
}
