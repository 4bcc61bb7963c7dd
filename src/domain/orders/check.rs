//! The rules that a command breaks by itself, in any state: one list for validation and decider.

use super::{
    ITEMS_MAX, Item, Money, OrderCommand, QUANTITY_MAX, Rejection, TEXT_LENGTH_MAX, value::total_of,
};
use crate::kernel::FieldError;

/// Every rule that the command breaks, each with the field that breaks it, in the form's order.
pub(super) fn field_errors(command: &OrderCommand) -> Vec<FieldError<Rejection>> {
    let mut errors = Errors::default();
    match command {
        OrderCommand::CreateOrder { customer, items, .. } => {
            errors.text("customer", &customer.0);
            errors.items(items);
        }
        OrderCommand::ConfirmPayment { payment_id, amount, .. } => {
            errors.text("payment_id", payment_id);
            errors.price("amount", *amount);
        }
        OrderCommand::ShipOrder { tracking_number, carrier, .. } => {
            errors.text("tracking_number", tracking_number);
            errors.text("carrier", carrier);
        }
        OrderCommand::DeliverOrder { .. } => {}
        OrderCommand::CancelOrder { reason, .. } => errors.text("reason", reason),
    }
    errors.0
}

#[derive(Default)]
struct Errors(Vec<FieldError<Rejection>>);

impl Errors {
    fn add(&mut self, field: impl Into<String>, rejection: Rejection) {
        self.0.push(FieldError { field: field.into(), rejection });
    }

    fn text(&mut self, field: impl Into<String>, text: &str) {
        let length = text.chars().count();
        if text.trim().is_empty() {
            self.add(field, Rejection::TextEmpty);
        } else if length > TEXT_LENGTH_MAX {
            let max = TEXT_LENGTH_MAX as u64;
            self.add(field, Rejection::TextTooLong { length: length as u64, max });
        }
    }

    fn price(&mut self, field: impl Into<String>, price: Money) {
        if price < Money(0) {
            self.add(field, Rejection::PriceNegative { price });
        }
    }

    fn items(&mut self, items: &[Item]) {
        if items.is_empty() {
            return self.add("items", Rejection::NoItems);
        }
        if items.len() > ITEMS_MAX {
            let (count, max) = (items.len() as u64, ITEMS_MAX as u64);
            return self.add("items", Rejection::TooManyItems { count, max });
        }
        let broken_before = self.0.len();
        for (number, item) in items.iter().enumerate() {
            self.item(&format!("items[{number}]"), item);
        }
        if self.0.len() == broken_before && total_of(items).is_none() {
            self.add("items", Rejection::TotalTooLarge { max: Money::MAX });
        }
    }

    fn item(&mut self, path: &str, item: &Item) {
        self.text(format!("{path}.product"), &item.product.0);
        let quantity = item.quantity.0;
        if !(1..=QUANTITY_MAX).contains(&quantity) {
            let rejection = Rejection::QuantityOutOfRange { quantity, max: QUANTITY_MAX };
            self.add(format!("{path}.quantity"), rejection);
        }
        self.price(format!("{path}.unit_price"), item.unit_price);
        if item.unit_price > Money::MAX {
            let rejection = Rejection::TotalTooLarge { max: Money::MAX };
            self.add(format!("{path}.unit_price"), rejection);
        }
    }
}
