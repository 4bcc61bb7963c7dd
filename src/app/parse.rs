//! What a person typed becomes a command, or a list of everything that is wrong with it.

use super::views::{CommandDraft, FieldProblem, ItemDraft, OrderDraft, Problem, Rejection};
use crate::domain::orders::{CustomerId, Item, Money, OrderCommand, OrderId, ProductId, Quantity};

/// The command that a draft means.
///
/// # Errors
/// Every field that cannot be read at all; the rules of the domain come later, in the pipeline.
pub(super) fn command(draft: &CommandDraft) -> Result<OrderCommand, Vec<FieldProblem>> {
    let mut reader = Reader::default();
    let command = reader.command(draft);
    if reader.problems.is_empty() { Ok(command) } else { Err(reader.problems) }
}

/// Reads field by field and notes what cannot be read.
#[derive(Default)]
struct Reader {
    problems: Vec<FieldProblem>,
}

impl Reader {
    fn command(&mut self, draft: &CommandDraft) -> OrderCommand {
        match draft {
            CommandDraft::CreateOrder(draft) => self.create_order(draft),
            CommandDraft::ConfirmPayment { order, payment_id, amount } => {
                OrderCommand::ConfirmPayment {
                    order: self.order(order),
                    payment_id: payment_id.clone(),
                    amount: self.money("amount", amount),
                }
            }
            CommandDraft::ShipOrder { order, tracking_number, carrier } => {
                OrderCommand::ShipOrder {
                    order: self.order(order),
                    tracking_number: tracking_number.clone(),
                    carrier: carrier.clone(),
                }
            }
            CommandDraft::DeliverOrder { order } => {
                OrderCommand::DeliverOrder { order: self.order(order) }
            }
            CommandDraft::CancelOrder { order, reason } => {
                OrderCommand::CancelOrder { order: self.order(order), reason: reason.clone() }
            }
        }
    }

    fn create_order(&mut self, draft: &OrderDraft) -> OrderCommand {
        let items = draft.items.iter().enumerate();
        OrderCommand::CreateOrder {
            order: self.order(&draft.order),
            customer: CustomerId(draft.customer.trim().to_owned()),
            items: items.map(|(number, item)| self.item(number, item)).collect(),
        }
    }

    fn item(&mut self, number: usize, item: &ItemDraft) -> Item {
        Item {
            product: ProductId(item.product.trim().to_owned()),
            quantity: self.quantity(&format!("items[{number}].quantity"), &item.quantity),
            unit_price: self.money(&format!("items[{number}].unit_price"), &item.unit_price),
        }
    }

    fn order(&mut self, text: &str) -> OrderId {
        text.trim().parse().unwrap_or_else(|_| {
            self.note("order", Problem::NotAnOrderId);
            OrderId(uuid::Uuid::nil())
        })
    }

    fn quantity(&mut self, field: &str, text: &str) -> Quantity {
        whole_number(text).unwrap_or_else(|| {
            self.note(field, Problem::NotAWholeNumber);
            Quantity(1)
        })
    }

    fn money(&mut self, field: &str, text: &str) -> Money {
        amount(text).unwrap_or_else(|problem| {
            self.note(field, problem);
            Money(0)
        })
    }

    fn note(&mut self, field: &str, problem: Problem) {
        self.problems.push(FieldProblem { field: field.to_owned(), problem });
    }
}

/// A number without sign; one that is too large to hold becomes the largest there is.
pub(super) fn whole_number(text: &str) -> Option<Quantity> {
    let digits = text.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(Quantity(digits.parse().unwrap_or(u64::MAX)))
}

/// An amount such as `64`, `64.5`, `64,50` or `-3.00`, in minor units.
pub(super) fn amount(text: &str) -> Result<Money, Problem> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (-1, rest),
        None => (1, text),
    };
    let (whole, cents) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let readable = !whole.is_empty() && cents.len() <= 2 && all_digits(whole) && all_digits(cents);
    if !readable || (digits.contains(['.', ',']) && cents.is_empty()) {
        return Err(Problem::NotAnAmount);
    }
    let too_large = Problem::Rule(Rejection::TotalTooLarge { max: Money::MAX });
    let minor = format!("{whole}{cents:0<2}").parse::<i64>().map_err(|_| too_large)?;
    Ok(Money(sign * minor))
}

/// An amount as a person would type it.
pub(super) fn amount_text(money: Money) -> String {
    let sign = if money.0 < 0 { "-" } else { "" };
    let minor = money.0.unsigned_abs();
    format!("{sign}{}.{:02}", minor / 100, minor % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let read = [("64", 6400), ("64.5", 6450), ("64,50", 6450), (" 0.01 ", 1), ("-3.00", -300)];
        for (text, minor) in read {
            assert_eq!(amount(text), Ok(Money(minor)), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1.234,00", "1e3", "NaN", "12.345", "٣", "--1", "1 000"]
        {
            assert_eq!(amount(text), Err(Problem::NotAnAmount), "{text}");
        }
        let too_large = Err(Problem::Rule(Rejection::TotalTooLarge { max: Money::MAX }));
        assert_eq!(amount("99999999999999999999999"), too_large);
    }

    #[test]
    fn an_amount_reads_back_as_it_was_written() {
        for minor in [0, 1, 99, 100, 6400, -300, i64::from(i32::MAX), Money::MAX.0] {
            assert_eq!(amount(&amount_text(Money(minor))), Ok(Money(minor)));
        }
    }

    #[test]
    fn quantities_are_whole_numbers_without_a_sign() {
        assert_eq!(whole_number(" 12 "), Some(Quantity(12)));
        assert_eq!(whole_number("99999999999999999999999"), Some(Quantity(u64::MAX)));
        for text in ["", "-1", "1.0", "1e3", "x", "１"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }
}
