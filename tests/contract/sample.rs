//! Samples: events, appends and rows that say no more than a clause needs.

use hindsight::{
    kernel::{
        CausationId, CorrelationId, EncodedEvent, EventId, GlobalPosition, MessageId, NewEvent,
        RowPlace, StoredEvent, StreamId, Timestamp, Version,
    },
    ports::{Append, InboxEntry, OutboxMessage, RowWrite},
};
use uuid::Uuid;

use super::Stores;

/// The stream of a sample aggregate.
pub(crate) fn stream(instance: &str) -> StreamId {
    StreamId::new("sample", instance)
}

/// An event with this number as its id.
pub(crate) fn event(number: u128) -> NewEvent {
    event_with_data(number, &format!(r#"{{"number":{number}}}"#))
}

/// An event with this number as its id and this data.
pub(crate) fn event_with_data(number: u128, data: &str) -> NewEvent {
    NewEvent {
        id: EventId(Uuid::from_u128(number)),
        occurred_at: Timestamp(1_700_000_000_000_001 + i64::try_from(number).expect("small")),
        correlation_id: CorrelationId(Uuid::from_u128(number + 1)),
        causation_id: CausationId(Uuid::from_u128(number + 2)),
        encoded: EncodedEvent {
            event_type: "SampleHappened".to_owned(),
            schema_version: 3,
            data: data.to_owned(),
        },
    }
}

/// An append of events with these numbers and nothing else.
pub(crate) fn append(
    instance: &str,
    expected: u64,
    numbers: impl IntoIterator<Item = u128>,
) -> Append {
    Append {
        stream: stream(instance),
        expected: Version(expected),
        events: numbers.into_iter().map(event).collect(),
        outbox: Vec::new(),
        inbox: None,
    }
}

/// An inbox entry of the consumer `commands`.
pub(crate) fn entry(message: u128, answer: &str) -> InboxEntry {
    InboxEntry {
        consumer: "commands".to_owned(),
        message: Uuid::from_u128(message),
        answer: answer.to_owned(),
    }
}

/// An outgoing message.
pub(crate) fn message(number: u128) -> OutboxMessage {
    OutboxMessage {
        id: MessageId(Uuid::from_u128(number)),
        key: "sample".to_owned(),
        topic: "SampleHappened".to_owned(),
        data: format!(r#"{{"message":{number}}}"#),
    }
}

/// A row.
pub(crate) fn row(key: &str, group: &str, rank: u64, data: &str) -> RowWrite {
    RowWrite {
        key: key.to_owned(),
        place: RowPlace { group: group.to_owned(), rank },
        data: data.to_owned(),
    }
}

/// Appends, and asserts that it was done.
pub(crate) async fn given(store: &impl Stores, append: Append) {
    store.append(&append).await.expect("the sample is appended");
}

/// Writes rows to a model, and asserts that it was done.
pub(crate) async fn given_rows(
    store: &impl Stores,
    model: &'static str,
    from: u64,
    rows: Vec<RowWrite>,
) {
    store
        .update(model, GlobalPosition(from), GlobalPosition(from + 1), &[], |_| Ok(rows))
        .await
        .expect("the rows are written");
}

/// All events of the log.
pub(crate) async fn whole_log(store: &impl Stores) -> Vec<StoredEvent> {
    store.read_log(GlobalPosition::NONE, 100_000).await.expect("the log is read")
}

/// All events of a stream.
pub(crate) async fn whole_stream(store: &impl Stores, instance: &str) -> Vec<StoredEvent> {
    store.read_stream(&stream(instance), Version::NONE).await.expect("the stream is read")
}

/// The numbers that the events were made from.
pub(crate) fn numbers(events: &[StoredEvent]) -> Vec<u128> {
    events.iter().map(|stored| stored.event.id.0.as_u128()).collect()
}

/// The positions of events.
pub(crate) fn positions(events: &[StoredEvent]) -> Vec<u64> {
    events.iter().map(|stored| stored.position.0).collect()
}

/// The versions of events.
pub(crate) fn versions(events: &[StoredEvent]) -> Vec<u64> {
    events.iter().map(|stored| stored.version.0).collect()
}
