//! The four services around an order, together.

use super::{
    OrderRequest,
    inventory::Inventory,
    notification::Notification,
    payment::Payment,
    request::{INVENTORY, PAYMENT, SHIPPING},
    shipping::Shipping,
};
use crate::{
    domain::orders::{CustomerId, ProductId},
    kernel::{Holding, Services, StepAnswer},
};

/// Inventory, payment, shipping, notification. Refusals are codes, such as `card_declined`.
#[derive(Clone, Debug, Default)]
pub struct OrderServices {
    inventory: Inventory,
    payment: Payment,
    shipping: Shipping,
    notification: Notification,
}

impl OrderServices {
    fn try_serve(&mut self, request: &OrderRequest) -> Result<(), &'static str> {
        match request {
            OrderRequest::ReserveInventory { order, items } => {
                return self.inventory.reserve(*order, items);
            }
            OrderRequest::ReleaseInventory { order } => self.inventory.release(*order),
            OrderRequest::ProcessPayment { order, customer, amount } => {
                return self.payment.charge(*order, customer, *amount);
            }
            OrderRequest::RefundPayment { order } => self.payment.refund(*order),
            OrderRequest::CreateShipment { order, customer } => {
                return self.shipping.pack(*order, customer);
            }
            OrderRequest::CancelShipment { order } => return self.shipping.unpack(*order),
            OrderRequest::HandOver { order } => {
                if !self.shipping.has_packed(*order) {
                    return Err("no_parcel");
                }
                self.inventory.hand_out(*order)?;
                self.shipping.hand_over(*order);
            }
            OrderRequest::SendConfirmation { order, .. } => self.notification.send(*order),
        }
        Ok(())
    }
}

impl Services for OrderServices {
    type Request = OrderRequest;

    const NAMES: &'static [&'static str] = &["inventory", "payment", "shipping", "notification"];

    fn serve(&mut self, request: &OrderRequest) -> StepAnswer {
        match self.try_serve(request) {
            Ok(()) => StepAnswer::Done,
            Err(reason) => StepAnswer::Refused { reason: reason.to_owned() },
        }
    }

    /// Inventory: stock by product. Payment: what a customer's card allows, 0 to decline it. Shipping:
    /// how many addresses of a customer are known.
    fn set(&mut self, service: &str, name: &str, amount: u64) {
        let name = name.to_owned();
        match Self::NAMES.iter().position(|known| *known == service) {
            Some(INVENTORY) => self.inventory.set(ProductId(name), amount),
            Some(PAYMENT) => self.payment.set(CustomerId(name), amount),
            Some(SHIPPING) => self.shipping.set(CustomerId(name), amount),
            _ => {}
        }
    }

    fn lock(&mut self, on: bool) {
        self.inventory.locks = on;
    }

    fn holdings(&self, service: usize) -> Vec<Holding> {
        match service {
            INVENTORY => {
                let stock = self.inventory.stock();
                let left = stock.map(|(product, left)| Holding::new(&product.0, left));
                [Holding::new("promised", self.inventory.promised())]
                    .into_iter()
                    .chain(left)
                    .collect()
            }
            PAYMENT => vec![
                Holding::new("held", self.payment.held()),
                Holding::new("charges", self.payment.charges()),
                Holding::new("refunds", self.payment.refunds()),
            ],
            SHIPPING => vec![
                Holding::new("packed", self.shipping.packed()),
                Holding::new("handed_over", self.shipping.handed_over()),
            ],
            _ => vec![
                Holding::new("letters", self.notification.letters()),
                Holding::new("repeats", self.notification.repeats()),
            ],
        }
    }
}
