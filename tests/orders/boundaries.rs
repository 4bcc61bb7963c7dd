//! The rules of a command by itself, each just within and just beyond its boundary.

use hindsight::{
    domain::orders::{Item, Money, OrderCommand, OrderDecider, OrderEvent, Quantity, Rejection},
    kernel::{Command, Decider, FieldError},
};

use super::{
    samples::{
        cancel_with, create, create_with, created, deliver, item, paid, pay_with, ship_with,
    },
    story::given,
};

/// The fields that a command breaks, with the rule of each.
fn broken(command: &OrderCommand) -> Vec<(String, Rejection)> {
    let errors = command.field_errors();
    errors.into_iter().map(|FieldError { field, rejection }| (field, rejection)).collect()
}

/// Validation and decider say the same about a new order.
#[track_caller]
fn refused(command: OrderCommand, field: &str, rejection: Rejection) {
    assert_eq!(broken(&command), [(field.to_owned(), rejection.clone())]);
    let history = match command {
        OrderCommand::CreateOrder { .. } => vec![],
        OrderCommand::ShipOrder { .. } => vec![created(), paid()],
        _ => vec![created()],
    };
    given::<OrderDecider>(history).when(command).then_rejected(rejection);
}

#[track_caller]
fn accepted(items: Vec<Item>, total: i64) {
    let command = create_with("ada", items.clone());
    assert_eq!(broken(&command), []);
    let event = super::samples::created_with("ada", items, Money(total));
    given::<OrderDecider>([]).when(command).then([event]);
}

#[test]
fn an_order_has_one_to_a_hundred_items() {
    let many = |count: usize| vec![item("bead", 1, 3); count];
    accepted(many(1), 3);
    accepted(many(100), 300);
    refused(create_with("ada", many(0)), "items", Rejection::NoItems);
    let too_many = Rejection::TooManyItems { count: 101, max: 100 };
    refused(create_with("ada", many(101)), "items", too_many);
}

#[test]
fn a_quantity_is_from_one_to_ten_thousand() {
    accepted(vec![item("bead", 1, 3)], 3);
    accepted(vec![item("bead", 10_000, 3)], 30_000);
    for quantity in [0, 10_001, u64::MAX] {
        let command = create_with("ada", vec![item("bead", quantity, 3)]);
        let rejection = Rejection::QuantityOutOfRange { quantity, max: 10_000 };
        refused(command, "items[0].quantity", rejection);
    }
}

#[test]
fn a_price_is_not_negative() {
    accepted(vec![item("sample", 1, 0)], 0);
    for price in [-1, i64::MIN] {
        let command = create_with("ada", vec![item("bead", 1, price)]);
        let rejection = Rejection::PriceNegative { price: Money(price) };
        refused(command, "items[0].unit_price", rejection);
    }
}

#[test]
fn a_total_is_at_most_what_every_reader_of_json_counts_exactly() {
    assert_eq!(Money::MAX, Money(9_007_199_254_740_991));
    let max = Money::MAX.0;
    let too_large = || Rejection::TotalTooLarge { max: Money::MAX };
    accepted(vec![item("palace", 1, max)], max);
    accepted(vec![item("palace", 1, max - 1), item("bead", 1, 1)], max);
    let beyond = [
        vec![item("palace", 1, max), item("bead", 1, 1)],
        vec![item("palace", 2, max / 2 + 1)],
        vec![item("palace", 10_000, max)],
        vec![item("palace", 1, max); 100],
    ];
    for items in beyond {
        refused(create_with("ada", items), "items", too_large());
    }
    for price in [max + 1, i64::MAX] {
        let command = create_with("ada", vec![item("palace", 1, price)]);
        refused(command, "items[0].unit_price", too_large());
    }
}

#[test]
fn no_sum_and_no_product_of_money_goes_beyond_the_limit() {
    let (max, half) = (Money::MAX, Money((1 << 52) - 1));
    assert_eq!(half.checked_times(Quantity(2)), Some(Money(max.0 - 1)));
    assert_eq!(Money(half.0 + 1).checked_times(Quantity(2)), None);
    assert_eq!(max.checked_times(Quantity(u64::MAX)), None);
    assert_eq!(item("palace", 2, half.0 + 1).total(), None);
    assert_eq!(max.checked_add(Money(0)), Some(max));
    assert_eq!(max.checked_add(Money(1)), None);
    assert_eq!(Money(i64::MAX).checked_add(Money(i64::MAX)), None);
}

/// Every command with one text in it, and the field that it stands in.
fn with_text(text: &str) -> [(OrderCommand, &'static str); 6] {
    [
        (create_with(text, vec![item("bead", 1, 3)]), "customer"),
        (create_with("ada", vec![item(text, 1, 3)]), "items[0].product"),
        (pay_with(text, super::samples::TOTAL), "payment_id"),
        (ship_with(text, "post"), "tracking_number"),
        (ship_with("track-1", text), "carrier"),
        (cancel_with(text), "reason"),
    ]
}

#[test]
fn a_text_is_not_empty_and_not_only_blanks() {
    for text in ["", " ", "\t\r\n ", "\u{a0}\u{2003}\u{3000}"] {
        for (command, field) in with_text(text) {
            refused(command, field, Rejection::TextEmpty);
        }
    }
}

#[test]
fn a_text_has_at_most_two_hundred_characters_however_many_bytes() {
    for letter in ["a", "é", "字", "🎈", "ש"] {
        for (command, _) in with_text(&letter.repeat(200)) {
            assert_eq!(broken(&command), [], "{letter}");
        }
        for (command, field) in with_text(&letter.repeat(201)) {
            refused(command, field, Rejection::TextTooLong { length: 201, max: 200 });
        }
    }
    for (command, field) in with_text(&"a".repeat(10_000)) {
        refused(command, field, Rejection::TextTooLong { length: 10_000, max: 200 });
    }
}

#[test]
fn a_text_is_kept_as_it_was_typed() {
    for text in ["  ada  ", "<b>ada</b>", "שלום", "👩‍🚀", "\u{202e}ada"] {
        accepted(vec![item(text, 1, 3)], 3);
        let event = OrderEvent::OrderCancelled { reason: text.to_owned() };
        given::<OrderDecider>([created()]).when(cancel_with(text)).then([event]);
    }
}

#[test]
fn a_payment_is_not_negative_and_delivery_has_nothing_to_get_wrong() {
    let rejection = Rejection::PriceNegative { price: Money(-1) };
    refused(pay_with("payment-1", Money(-1)), "amount", rejection);
    assert_eq!(broken(&deliver()), []);
    assert_eq!(broken(&create()), []);
}

#[test]
fn all_broken_fields_are_said_at_once_in_the_order_of_the_form() {
    let items = vec![item("", 0, -1), item("bead", 1, 3), item(" ", 10_001, i64::MAX)];
    let command = create_with("", items);
    let said = broken(&command);
    let fields: Vec<_> = said.iter().map(|(field, _)| field.as_str()).collect();
    let expected = [
        "customer",
        "items[0].product",
        "items[0].quantity",
        "items[0].unit_price",
        "items[2].product",
        "items[2].quantity",
        "items[2].unit_price",
    ];
    assert_eq!(fields, expected);
    assert_eq!(OrderDecider::decide(&None, &command), Err(said[0].1.clone()));
    let fields: Vec<_> = broken(&ship_with("", "")).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["tracking_number", "carrier"]);
}
