//! How rows, answers and rejections are written down: as they always were.

use hindsight::{
    domain::orders::{
        CustomerId, Money, OrderDetailsRow, OrderRow, OrderStatus, Payment, Rejection, SalesRow,
        SalesTotals, Shipment,
    },
    engine::Answer,
    kernel::{FieldError, GlobalPosition, Json, Version, from_json, to_json},
};

use super::samples::{TOTAL, at, items, order};

/// Writes a value, and reads the same value back.
fn pin<T: Json + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
    assert_eq!(to_json(value), text);
    assert_eq!(&from_json::<T>(text).expect("it reads back"), value);
}

fn row() -> OrderRow {
    OrderRow {
        order: order(),
        customer: CustomerId("ada \"A\"\n\u{1}".to_owned()),
        status: OrderStatus::Shipped,
        item_count: 2,
        total: TOTAL,
        version: Version(3),
        created_at: at(1),
        changed_at: at(3),
        created_position: GlobalPosition(7),
    }
}

const ROW: &str = r#"{"order":"00000000-0000-0000-0000-000000000001","customer":"ada \"A\"\n\u0001","status":"Shipped","item_count":2,"total":5500,"version":3,"created_at":CREATED,"changed_at":CHANGED,"created_position":7}"#;

fn row_text() -> String {
    ROW.replace("CREATED", &at(1).0.to_string()).replace("CHANGED", &at(3).0.to_string())
}

#[test]
fn every_row_is_stored_as_it_always_was() {
    pin(&row(), &row_text());
    let details = OrderDetailsRow {
        row: row(),
        items: items(),
        payment: Some(Payment { payment_id: "payment-1".to_owned(), amount: TOTAL }),
        shipment: Some(Shipment { tracking_number: "t".to_owned(), carrier: "c".to_owned() }),
        cancel_reason: None,
    };
    let text = format!(
        r#"{{"row":{},"items":[{{"product":"teapot","quantity":2,"unit_price":2500}},{{"product":"spoon","quantity":1,"unit_price":500}}],"payment":{{"payment_id":"payment-1","amount":5500}},"shipment":{{"tracking_number":"t","carrier":"c"}},"cancel_reason":null}}"#,
        row_text()
    );
    pin(&details, &text);
    let counted = SalesRow::Order { status: OrderStatus::Paid, taken: Money(-1) };
    pin(&counted, r#"{"Order":{"status":"Paid","taken":-1}}"#);
    let totals = SalesTotals {
        orders_by_status: [(OrderStatus::Cancelled, 2), (OrderStatus::Pending, 0)]
            .into_iter()
            .collect(),
        revenue_taken: TOTAL,
    };
    let text =
        r#"{"Totals":{"orders_by_status":{"Pending":0,"Cancelled":2},"revenue_taken":5500}}"#;
    pin(&SalesRow::Totals(totals), text);
}

#[test]
fn every_answer_is_recorded_as_it_always_was() {
    let accepted = Answer::<Rejection>::Accepted { version: Version(4), events: 1 };
    pin(&accepted, r#"{"Accepted":{"version":4,"events":1}}"#);
    let already_so = Answer::<Rejection>::AlreadySo { version: Version(4) };
    pin(&already_so, r#"{"AlreadySo":{"version":4}}"#);
    let rejected =
        Answer::Rejected { rejection: Rejection::NotPending { status: OrderStatus::Paid } };
    pin(&rejected, r#"{"Rejected":{"rejection":{"NotPending":{"status":"Paid"}}}}"#);
    let empty = FieldError { field: "customer".to_owned(), rejection: Rejection::TextEmpty };
    let text = r#"{"Invalid":{"errors":[{"field":"customer","rejection":"TextEmpty"}]}}"#;
    pin(&Answer::Invalid { errors: vec![empty] }, text);
}

#[test]
fn every_rejection_is_recorded_as_it_always_was() {
    let (max, status) = (Money::MAX, OrderStatus::Cancelled);
    let pinned = [
        (Rejection::OrderMissing, r#""OrderMissing""#),
        (Rejection::OrderExists, r#""OrderExists""#),
        (Rejection::NoItems, r#""NoItems""#),
        (
            Rejection::TooManyItems { count: 101, max: 100 },
            r#"{"TooManyItems":{"count":101,"max":100}}"#,
        ),
        (Rejection::TextEmpty, r#""TextEmpty""#),
        (
            Rejection::TextTooLong { length: 201, max: 200 },
            r#"{"TextTooLong":{"length":201,"max":200}}"#,
        ),
        (
            Rejection::QuantityOutOfRange { quantity: u64::MAX, max: 1 },
            r#"{"QuantityOutOfRange":{"quantity":18446744073709551615,"max":1}}"#,
        ),
        (Rejection::PriceNegative { price: Money(-1) }, r#"{"PriceNegative":{"price":-1}}"#),
        (Rejection::TotalTooLarge { max }, r#"{"TotalTooLarge":{"max":9007199254740991}}"#),
        (Rejection::NotPending { status }, r#"{"NotPending":{"status":"Cancelled"}}"#),
        (
            Rejection::AmountDiffers { amount: Money(1), total: TOTAL },
            r#"{"AmountDiffers":{"amount":1,"total":5500}}"#,
        ),
        (Rejection::PaymentNotConfirmed, r#""PaymentNotConfirmed""#),
        (Rejection::AlreadyShipped, r#""AlreadyShipped""#),
        (Rejection::NotShipped { status }, r#"{"NotShipped":{"status":"Cancelled"}}"#),
        (Rejection::AlreadyDelivered, r#""AlreadyDelivered""#),
        (Rejection::AlreadyCancelled, r#""AlreadyCancelled""#),
    ];
    for (rejection, text) in pinned {
        pin(&rejection, text);
    }
}

#[test]
fn what_no_such_value_says_is_an_error() {
    for text in [
        "",
        "7",
        "null",
        "{}",
        r#""NoSuchRule""#,
        r#"{"TextEmpty":1,"NoItems":2}"#,
        r#"{"NotPending":{}}"#,
    ] {
        assert!(from_json::<Rejection>(text).is_err(), "{text}");
    }
    for text in [r#"{"Accepted":{"version":0.5,"events":1}}"#, r#"{"Accepted":{"version":1}}"#] {
        assert!(from_json::<Answer<Rejection>>(text).is_err(), "{text}");
    }
}
