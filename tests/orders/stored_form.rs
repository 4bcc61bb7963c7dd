//! How order events are written down: the stored names and shapes never change.

use hindsight::{
    domain::orders::{Money, OrderEvent},
    kernel::{CodecError, EncodedEvent, StoredForm},
};
use proptest::{
    prelude::{any, prop_assert_eq},
    prop_oneof, proptest,
    strategy::{Just, Strategy},
};

use super::{
    random::{config, wild_event},
    samples::{cancelled, created, created_with, delivered, item, paid, shipped},
};

/// Every event as it was first stored. Never edit a line: add a schema version.
fn pinned() -> [(OrderEvent, &'static str, &'static str); 6] {
    [
        (
            created(),
            "OrderCreated",
            r#"{"customer":"ada","items":[{"product":"teapot","quantity":2,"unit_price":2500},{"product":"spoon","quantity":1,"unit_price":500}],"total":5500}"#,
        ),
        (
            created_with("Zoë 🎈 \"<b>\"\n", vec![item("שלום", 10_000, 0)], Money::MAX),
            "OrderCreated",
            r#"{"customer":"Zoë 🎈 \"<b>\"\n","items":[{"product":"שלום","quantity":10000,"unit_price":0}],"total":9007199254740991}"#,
        ),
        (paid(), "OrderPaymentConfirmed", r#"{"payment_id":"payment-1","amount":5500}"#),
        (shipped(), "OrderShipped", r#"{"tracking_number":"track-1","carrier":"post"}"#),
        (delivered(), "OrderDelivered", "{}"),
        (cancelled(), "OrderCancelled", r#"{"reason":"changed my mind"}"#),
    ]
}

fn stored(event_type: &str, schema_version: u16, data: &str) -> EncodedEvent {
    EncodedEvent { event_type: event_type.to_owned(), schema_version, data: data.to_owned() }
}

#[test]
fn every_event_is_stored_as_it_always_was() {
    for (event, event_type, data) in pinned() {
        assert_eq!(event.encode(), stored(event_type, 1, data));
        assert_eq!(OrderEvent::decode(&stored(event_type, 1, data)), Ok(event));
    }
}

#[test]
fn an_unknown_type_is_neither_an_unknown_shape_nor_malformed() {
    for event_type in ["InvoiceSent", "ordercreated", ""] {
        let unknown = Err(CodecError::UnknownType { event_type: event_type.to_owned() });
        for (schema_version, data) in [(1, "{}"), (9, "{}"), (1, "not JSON")] {
            assert_eq!(OrderEvent::decode(&stored(event_type, schema_version, data)), unknown);
        }
    }
}

#[test]
fn an_unknown_shape_is_said_before_its_data_is_looked_at() {
    for (_, event_type, data) in pinned() {
        for schema_version in [0, 2, u16::MAX] {
            let event_type = event_type.to_owned();
            for data in [data, "not JSON"] {
                let event = stored(&event_type, schema_version, data);
                let event_type = event_type.clone();
                let unknown = CodecError::UnknownSchema { event_type, schema_version };
                assert_eq!(OrderEvent::decode(&event), Err(unknown));
            }
        }
    }
}

#[test]
fn data_that_is_not_what_its_type_says_is_malformed() {
    for (event, event_type, data) in pinned() {
        let cut = &data[..data.len() - 1];
        let wrong = match event {
            OrderEvent::OrderDelivered => "7",
            _ => "{}",
        };
        for data in ["", "not JSON", "null", "\"text\"", cut, wrong] {
            let malformed = OrderEvent::decode(&stored(event_type, 1, data));
            let Err(CodecError::Malformed { event_type: said, reason }) = malformed else {
                panic!("{event_type} with {data} is malformed, not {malformed:?}");
            };
            assert_eq!(said, event_type);
            assert!(!reason.is_empty());
        }
    }
    let beyond = r#"{"payment_id":"p","amount":9223372036854775808}"#;
    let half = r#"{"payment_id":"p","amount":0.5}"#;
    for data in [beyond, half] {
        let malformed = OrderEvent::decode(&stored("OrderPaymentConfirmed", 1, data));
        assert!(matches!(malformed, Err(CodecError::Malformed { .. })), "{malformed:?}");
    }
}

/// Text that is often nearly an event's data.
fn any_data() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\\[\\]{}\":,0-9a-z.eE+-]{0,60}",
        (wild_event(), any::<proptest::sample::Index>()).prop_map(|(event, at)| {
            let mut letters: Vec<char> = event.encode().data.chars().collect();
            let at = at.index(letters.len());
            letters.remove(at);
            letters.into_iter().collect()
        }),
    ]
}

fn any_type() -> impl Strategy<Value = String> {
    let known = pinned().map(|(_, event_type, _)| event_type.to_owned());
    prop_oneof![9 => proptest::sample::select(known.to_vec()), 1 => any::<String>()]
}

proptest! {
    #![proptest_config(config(1_024))]

    #[test]
    fn what_was_written_down_is_read_again(event in wild_event()) {
        let encoded = event.encode();
        prop_assert_eq!(OrderEvent::decode(&encoded), Ok(event.clone()));
        prop_assert_eq!(event.encode(), encoded, "the same event, the same bytes");
    }

    #[test]
    fn whatever_was_stored_is_an_event_or_an_error(
        event_type in any_type(),
        schema_version in prop_oneof![9 => Just(1), 1 => any::<u16>()],
        data in any_data(),
    ) {
        let stored = stored(&event_type, schema_version, &data);
        if let Ok(event) = OrderEvent::decode(&stored) {
            let again = event.encode();
            prop_assert_eq!(&again.event_type, &stored.event_type);
            prop_assert_eq!(OrderEvent::decode(&again), Ok(event));
        }
    }
}
