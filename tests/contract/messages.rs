//! Clauses about inbox and outbox: alone, and together with an append.

use hindsight::{
    kernel::GlobalPosition,
    ports::{AppendError, EventStore, Inbox, Outbox, PendingMessage},
};
use uuid::Uuid;

use super::{
    Database,
    sample::{append, entry, given, message, numbers, whole_log},
};

pub(crate) async fn the_inbox_keeps_the_first_answer<D: Database>() {
    let store = D::fresh().await.connect().await;
    let id = Uuid::from_u128(7);
    assert_eq!(store.find("commands", id).await, Ok(None));
    assert_eq!(store.record(&entry(7, "first")).await, Ok(None));
    assert_eq!(store.find("commands", id).await, Ok(Some("first".to_owned())));
    assert_eq!(store.record(&entry(7, "second")).await, Ok(Some("first".to_owned())));
    assert_eq!(store.find("commands", id).await, Ok(Some("first".to_owned())));
}

pub(crate) async fn the_inbox_knows_consumers_apart<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.record(&entry(7, "one")).await, Ok(None));
    assert_eq!(store.find("command", Uuid::from_u128(7)).await, Ok(None));
    assert_eq!(store.find("commands", Uuid::from_u128(8)).await, Ok(None));
    let mut other = entry(7, "");
    other.consumer = "mails 👩‍👧".to_owned();
    assert_eq!(store.record(&other).await, Ok(None));
    assert_eq!(store.find(&other.consumer, other.message).await, Ok(Some(String::new())));
}

pub(crate) async fn an_append_writes_inbox_and_outbox<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut sent = append("a", 0, [1, 2]);
    sent.inbox = Some(entry(1, "done"));
    sent.outbox = vec![message(5), message(4)];
    given(&store, sent).await;
    assert_eq!(store.find("commands", Uuid::from_u128(1)).await, Ok(Some("done".to_owned())));
    let pending = |number| PendingMessage { position: GlobalPosition(2), message: message(number) };
    assert_eq!(store.pending(10).await, Ok(vec![pending(5), pending(4)]));
    assert_eq!(store.pending(1).await, Ok(vec![pending(5)]));
}

pub(crate) async fn a_message_answered_before_appends_nothing<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut first = append("a", 0, [1]);
    first.inbox = Some(entry(1, "done"));
    given(&store, first).await;
    let mut again = append("a", 1, [2]);
    again.inbox = Some(entry(1, "done again"));
    again.outbox = vec![message(1)];
    let answered = Err(AppendError::AlreadyAnswered { answer: "done".to_owned() });
    assert_eq!(store.append(&again).await, answered);
    assert_eq!(numbers(&whole_log(&store).await), [1]);
    assert_eq!(store.pending(10).await, Ok(vec![]));
    assert_eq!(store.find("commands", Uuid::from_u128(1)).await, Ok(Some("done".to_owned())));
}

pub(crate) async fn an_answer_recorded_alone_stops_an_append<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.record(&entry(1, "already so")).await, Ok(None));
    let mut sent = append("a", 0, [1]);
    sent.inbox = Some(entry(1, "done"));
    let answered = Err(AppendError::AlreadyAnswered { answer: "already so".to_owned() });
    assert_eq!(store.append(&sent).await, answered);
    assert_eq!(whole_log(&store).await, []);
}

pub(crate) async fn a_repeated_append_wins_over_its_own_inbox_entry<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut sent = append("a", 0, [1]);
    sent.inbox = Some(entry(1, "done"));
    sent.outbox = vec![message(1)];
    let first = store.append(&sent).await;
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(store.append(&sent).await, first);
    assert_eq!(store.pending(10).await.expect("read").len(), 1);
}

pub(crate) async fn an_answered_message_wins_over_a_conflict<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut first = append("a", 0, [1]);
    first.inbox = Some(entry(1, "done"));
    given(&store, first).await;
    given(&store, append("a", 1, [2])).await;
    let mut again = append("a", 1, [3]);
    again.inbox = Some(entry(1, "again"));
    let answered = Err(AppendError::AlreadyAnswered { answer: "done".to_owned() });
    assert_eq!(store.append(&again).await, answered);
}

pub(crate) async fn the_outbox_keeps_the_order_of_events<D: Database>() {
    let store = D::fresh().await.connect().await;
    let mut expected = Vec::new();
    for number in 0..12_u64 {
        let mut sent = append("a", number, [u128::from(number) + 1]);
        sent.outbox = vec![message(100 - u128::from(number)), message(200 + u128::from(number))];
        let position = GlobalPosition(number + 1);
        let messages = sent.outbox.iter().cloned();
        expected.extend(messages.map(|message| PendingMessage { position, message }));
        given(&store, sent).await;
    }
    assert_eq!(store.pending(7).await.as_deref(), Ok(&expected[..7]));
    assert_eq!(store.pending(100).await, Ok(expected));
}
