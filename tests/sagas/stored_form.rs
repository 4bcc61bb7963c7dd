//! How saga events are written down: the stored names and shapes never change.

use hindsight::kernel::{CodecError, EncodedEvent, Fact, SagaEvent, StoredForm};

use super::samples::{
    asked_back, compensated, failed, failed_back, given_up, needs_attention, requested, started,
    timed_out,
};

/// Every event as it was first stored. Never edit a line: add a schema version.
fn pinned() -> [(SagaEvent, &'static str, &'static str); 17] {
    let step = || "Charge".to_owned();
    let attempt = r#"{"step":"Charge","attempt":2}"#;
    let failure = r#"{"step":"Charge","attempt":2,"reason":"no"}"#;
    [
        (started(), "SagaStarted", r#"{"subject":"order-7"}"#),
        (requested(1, 2), "SagaStepRequested", attempt),
        (SagaEvent::StepCompleted { step: step(), attempt: 2 }, "SagaStepCompleted", attempt),
        (failed(1, 2, "no"), "SagaStepFailed", failure),
        (timed_out(1, 2), "SagaStepTimedOut", attempt),
        (
            given_up(1, "no", true),
            "SagaStepGivenUp",
            r#"{"step":"Charge","reason":"no","may_be_done":true}"#,
        ),
        (SagaEvent::StepAnsweredLate { step: step(), attempt: 2 }, "SagaStepAnsweredLate", attempt),
        (asked_back(1, 2), "SagaCompensationRequested", attempt),
        (compensated(1, 2), "SagaStepCompensated", attempt),
        (failed_back(1, 2, "no"), "SagaCompensationFailed", failure),
        (needs_attention(1), "SagaNeedsAttention", r#"{"step":"Charge"}"#),
        (SagaEvent::RetryAsked { step: step() }, "SagaRetryAsked", r#"{"step":"Charge"}"#),
        (
            SagaEvent::StepSettled { step: step(), note: "by hand".to_owned() },
            "SagaStepSettled",
            r#"{"step":"Charge","note":"by hand"}"#,
        ),
        (SagaEvent::Completed, "SagaCompleted", "{}"),
        (SagaEvent::Compensated, "SagaCompensated", "{}"),
        (SagaEvent::FailedBeforeStart, "SagaFailedBeforeStart", "{}"),
        (SagaEvent::Settled, "SagaSettled", "{}"),
    ]
}

fn stored(event_type: &str, schema_version: u16, data: &str) -> EncodedEvent {
    EncodedEvent { event_type: event_type.to_owned(), schema_version, data: data.to_owned() }
}

#[test]
fn every_event_is_stored_as_it_always_was() {
    for (event, event_type, data) in pinned() {
        assert_eq!(event.encode(), stored(event_type, 1, data));
        assert_eq!(SagaEvent::decode(&stored(event_type, 1, data)), Ok(event));
    }
}

#[test]
fn an_unknown_type_is_neither_an_unknown_shape_nor_malformed() {
    for event_type in ["SagaDanced", "Saga", "OrderCreated", ""] {
        let unknown = Err(CodecError::UnknownType { event_type: event_type.to_owned() });
        for (schema_version, data) in [(1, "{}"), (9, "{}"), (1, "not JSON")] {
            assert_eq!(SagaEvent::decode(&stored(event_type, schema_version, data)), unknown);
        }
    }
    for (_, event_type, data) in pinned() {
        let shape =
            CodecError::UnknownSchema { event_type: event_type.to_owned(), schema_version: 2 };
        assert_eq!(SagaEvent::decode(&stored(event_type, 2, data)), Err(shape));
        let malformed = SagaEvent::decode(&stored(event_type, 1, "[1]"));
        assert!(matches!(malformed, Err(CodecError::Malformed { .. })), "{malformed:?}");
    }
}

#[test]
fn what_a_reactor_says_is_stored_as_it_always_was() {
    let fact = Fact { asked: "Charge".to_owned(), failure: Some("no".to_owned()), note: None };
    let form = stored("Refunded", 1, r#"{"asked":"Charge","failure":"no","note":null}"#);
    assert_eq!(fact.encode("Refunded"), form);
    assert_eq!(Fact::decode(&form), Ok(fact));
    let newer = Fact::decode(&stored("Refunded", 2, &form.data));
    assert!(matches!(newer, Err(CodecError::UnknownSchema { schema_version: 2, .. })), "{newer:?}");
    let malformed = Fact::decode(&stored("Refunded", 1, "[1]"));
    assert!(matches!(malformed, Err(CodecError::Malformed { .. })), "{malformed:?}");
}
