//! Clauses about appending: expected versions, numbering, repeats, all or nothing.

use hindsight::{
    kernel::{GlobalPosition, StreamId, Version},
    ports::{AppendError, Appended, EventStore, Inbox, Outbox},
};
use uuid::Uuid;

use super::{
    Database,
    sample::{
        append, entry, event, event_with_data, given, message, numbers, positions, stream,
        versions, whole_log, whole_stream,
    },
};

fn appended(version: u64, position: u64) -> Result<Appended, AppendError> {
    Ok(Appended { version: Version(version), position: GlobalPosition(position) })
}

fn conflict(expected: u64, actual: u64) -> Result<Appended, AppendError> {
    Err(AppendError::Conflict { expected: Version(expected), actual: Version(actual) })
}

pub(crate) async fn a_new_stream_expects_no_version_and_starts_at_one<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.append(&append("a", 0, [1])).await, appended(1, 1));
    let stored = whole_log(&store).await;
    assert_eq!(stored[0].event, event(1));
    assert_eq!(stored[0].stream, stream("a"));
    assert_eq!((stored[0].version, stored[0].position), (Version(1), GlobalPosition(1)));
}

pub(crate) async fn an_append_with_the_expected_version_goes_on<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.append(&append("a", 0, [1, 2])).await, appended(2, 2));
    assert_eq!(store.append(&append("a", 2, [3])).await, appended(3, 3));
    assert_eq!(numbers(&whole_stream(&store, "a").await), [1, 2, 3]);
}

pub(crate) async fn a_conflict_carries_both_versions<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2, 3])).await;
    given(&store, append("b", 0, [4, 5, 6, 7])).await;
    assert_eq!(store.append(&append("a", 1, [8])).await, conflict(1, 3));
    assert_eq!(numbers(&whole_log(&store).await), [1, 2, 3, 4, 5, 6, 7]);
}

pub(crate) async fn a_writer_ahead_of_the_stream_conflicts<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.append(&append("a", 2, [1])).await, conflict(2, 0));
    given(&store, append("a", 0, [1, 2])).await;
    assert_eq!(store.append(&append("a", 7, [3])).await, conflict(7, 2));
    assert_eq!(numbers(&whole_log(&store).await), [1, 2]);
}

pub(crate) async fn a_stream_that_exists_is_not_new<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    assert_eq!(store.append(&append("a", 0, [3])).await, conflict(0, 2));
}

pub(crate) async fn versions_and_positions_have_no_gaps<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    given(&store, append("b", 0, [3])).await;
    assert_eq!(store.append(&append("b", 0, [9])).await, conflict(0, 1));
    given(&store, append("a", 2, [4, 5, 6])).await;
    given(&store, append("b", 1, [7])).await;
    let log = whole_log(&store).await;
    assert_eq!(positions(&log), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(numbers(&log), [1, 2, 3, 4, 5, 6, 7]);
    assert_eq!(versions(&whole_stream(&store, "a").await), [1, 2, 3, 4, 5]);
    assert_eq!(versions(&whole_stream(&store, "b").await), [1, 2]);
}

pub(crate) async fn a_repeated_append_is_answered_as_the_first_time<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1])).await;
    let sent = append("a", 1, [2, 3, 4]);
    assert_eq!(store.append(&sent).await, appended(4, 4));
    assert_eq!(store.append(&sent).await, appended(4, 4));
    assert_eq!(numbers(&whole_log(&store).await), [1, 2, 3, 4]);
}

pub(crate) async fn a_repeat_is_recognised_after_others_appended<D: Database>() {
    let store = D::fresh().await.connect().await;
    let sent = append("a", 0, [1, 2]);
    given(&store, sent.clone()).await;
    given(&store, append("b", 0, [3])).await;
    given(&store, append("a", 2, [4])).await;
    assert_eq!(store.append(&sent).await, appended(2, 2));
    assert_eq!(numbers(&whole_log(&store).await), [1, 2, 3, 4]);
}

pub(crate) async fn a_repeat_of_part_of_an_append_is_a_conflict<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    assert_eq!(store.append(&append("a", 0, [2])).await, conflict(0, 2));
    assert_eq!(store.append(&append("a", 0, [2, 1])).await, conflict(0, 2));
    assert_eq!(store.append(&append("a", 0, [1, 3])).await, conflict(0, 2));
}

pub(crate) async fn a_repeat_with_more_events_is_a_conflict<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    assert_eq!(store.append(&append("a", 0, [1, 2, 3])).await, conflict(0, 2));
    assert_eq!(numbers(&whole_log(&store).await), [1, 2]);
}

pub(crate) async fn a_failed_append_leaves_nothing<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1])).await;
    let mut failing = append("a", 0, [2, 3]);
    failing.outbox = vec![message(1)];
    failing.inbox = Some(entry(1, "never"));
    assert_eq!(store.append(&failing).await, conflict(0, 1));
    assert_eq!(numbers(&whole_log(&store).await), [1]);
    assert_eq!(store.head().await, Ok(GlobalPosition(1)));
    assert_eq!(store.pending(10).await, Ok(vec![]));
    assert_eq!(store.find("commands", Uuid::from_u128(1)).await, Ok(None));
    assert_eq!(store.append(&append("a", 1, [4])).await, appended(2, 2));
}

pub(crate) async fn a_large_append_is_one_append<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1])).await;
    assert_eq!(store.append(&append("b", 0, 100..800)).await, appended(700, 701));
    assert_eq!(numbers(&whole_stream(&store, "b").await), (100..800).collect::<Vec<_>>());
    assert_eq!(positions(&whole_log(&store).await), (1..=701).collect::<Vec<_>>());
}

pub(crate) async fn data_comes_back_byte_for_byte<D: Database>() {
    let samples = [
        r#"{"name":"<b onclick=\"x()\">&amp;</b>"}"#,
        "{\"name\":\"👩‍👩‍👧 مرحبا שלום \u{202e}abc\u{0}\"}",
        "{ \"spaces\" :\t[ 1.0, 1e3 , -0 ],\n \"b\": 1, \"a\": 2, \"a\": 3 }",
        r#"{"escapes":"\u00e9\/\u2028\ud83d\ude00"}"#,
        r#"{"number":123456789012345678901234567890}"#,
        " {} ",
        "[]",
        "null",
        "",
        "not JSON \"at\" all\\ \u{2028}",
        "{\"open\":",
    ];
    let store = D::fresh().await.connect().await;
    let mut sent = append("a", 0, []);
    sent.events = (1..).zip(samples).map(|(n, data)| event_with_data(n, data)).collect();
    given(&store, sent.clone()).await;
    let stored = whole_stream(&store, "a").await;
    let events: Vec<_> = stored.into_iter().map(|stored| stored.event).collect();
    assert_eq!(events, sent.events);
}

pub(crate) async fn names_come_back_byte_for_byte<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut sent = append("a", 0, [1]);
    sent.stream = StreamId::new("sample", "\"quoted\" \\ <i>👩‍👧</i> مرحبا\n\u{0}");
    sent.events[0].encoded.event_type = "Sämple\"Häppened\"\u{2029}".to_owned();
    given(&store, sent.clone()).await;
    given(&store, append("b", 0, [2])).await;
    let log = whole_log(&store).await;
    assert_eq!((&log[0].stream, &log[0].event), (&sent.stream, &sent.events[0]));
    let read = store.read_stream(&sent.stream, Version::NONE).await;
    assert_eq!(read.as_deref(), Ok(&log[..1]));
}
