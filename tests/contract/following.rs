//! Clauses about calls that follow on each other: a message is looked up, a stream is read, and what
//! is appended or recorded builds on both, whoever writes meanwhile.

use futures_util::future::join;
use hindsight::{
    kernel::{GlobalPosition, Version},
    ports::{Append, AppendError, Appended, EventStore, Inbox},
};
use uuid::Uuid;

use super::{
    Database, Stores,
    sample::{append, entry, given, numbers, positions, stream, versions, whole_log, whole_stream},
};

/// Looks a message up and reads a stream; an append of the message's number that follows on both.
async fn follow(store: &impl Stores, instance: &str, message: u128) -> Append {
    let stream = stream(instance);
    let found = store.find("commands", Uuid::from_u128(message));
    let (found, history) = join(found, store.read_stream(&stream, Version::NONE)).await;
    assert_eq!(found, Ok(None));
    let expected = history.expect("the stream is read").len() as u64;
    Append { inbox: Some(entry(message, "done")), ..append(instance, expected, [message]) }
}

async fn follow_and_append(
    store: &impl Stores,
    instance: &str,
    message: u128,
) -> Result<Appended, AppendError> {
    let append = follow(store, instance, message).await;
    store.append(&append).await
}

pub(crate) async fn appends_follow_on_what_was_read<D: Database>() {
    let store = D::fresh().await.connect().await;
    for (message, instance) in [(1, "a"), (2, "b"), (3, "a"), (4, "a")] {
        let appended = follow_and_append(&store, instance, message).await.expect("appended");
        assert_eq!(u128::from(appended.position.0), message);
        let found = store.find("commands", Uuid::from_u128(message)).await;
        assert_eq!(found, Ok(Some("done".to_owned())));
    }
    assert_eq!(numbers(&whole_stream(&store, "a").await), [1, 3, 4]);
    assert_eq!(versions(&whole_stream(&store, "a").await), [1, 2, 3]);
    assert_eq!(positions(&whole_log(&store).await), [1, 2, 3, 4]);
}

pub(crate) async fn an_append_after_somebody_elses_conflicts<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    given(&one, append("a", 0, [1])).await;
    let ours = follow(&one, "a", 2).await;
    given(&other, append("a", 1, [3, 4])).await;
    let conflict = AppendError::Conflict { expected: Version(1), actual: Version(3) };
    assert_eq!(one.append(&ours).await, Err(conflict));
    let ours = follow(&one, "a", 2).await;
    given(&other, append("b", 0, [5])).await;
    let behind = Appended { version: Version(4), position: GlobalPosition(5) };
    assert_eq!(one.append(&ours).await, Ok(behind), "another stream does not matter");
}

pub(crate) async fn an_answer_recorded_meanwhile_is_given_back<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    let ours = follow(&one, "a", 7).await;
    assert_eq!(other.record(&entry(7, "first")).await, Ok(None));
    let answered = Err(AppendError::AlreadyAnswered { answer: "first".to_owned() });
    assert_eq!(one.append(&ours).await, answered);
    assert_eq!(one.record(&entry(7, "second")).await, Ok(Some("first".to_owned())));
    assert_eq!(whole_log(&one).await, []);
}

pub(crate) async fn an_answer_follows_on_looking_it_up<D: Database>() {
    let store = D::fresh().await.connect().await;
    let refused = follow(&store, "a", 7).await;
    assert_eq!(store.record(&entry(7, "no")).await, Ok(None));
    assert_eq!(store.find("commands", Uuid::from_u128(7)).await, Ok(Some("no".to_owned())));
    let answered = Err(AppendError::AlreadyAnswered { answer: "no".to_owned() });
    assert_eq!(store.append(&refused).await, answered);
    let other = follow(&store, "a", 8).await;
    assert_eq!(store.record(&entry(9, "another message")).await, Ok(None));
    assert!(store.append(&other).await.is_ok());
}

pub(crate) async fn an_append_builds_on_what_was_read_only<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    let Append { events, inbox, .. } = follow(&store, "b", 3).await;
    let stale = Append { events, inbox, ..append("a", 0, []) };
    let conflict = AppendError::Conflict { expected: Version::NONE, actual: Version(2) };
    assert_eq!(store.append(&stale).await, Err(conflict));
    let stale = Append { expected: Version(1), ..follow(&store, "a", 3).await };
    let conflict = AppendError::Conflict { expected: Version(1), actual: Version(2) };
    assert_eq!(store.append(&stale).await, Err(conflict));
    let part = store.read_stream(&stream("a"), Version(2)).await;
    assert_eq!(part, Ok(vec![]), "nothing after version 2 says nothing about the versions before");
    let ahead = AppendError::Conflict { expected: Version(5), actual: Version(2) };
    assert_eq!(store.append(&append("a", 5, [4])).await, Err(ahead));
}

pub(crate) async fn all_who_follow_at_once_and_try_again_get_through<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    let work = async |store: &D::Store, first: u128| {
        for message in first..first + 10 {
            let appending = async || follow_and_append(store, "a", message).await;
            while let Err(AppendError::Conflict { .. }) = appending().await {}
        }
    };
    join(join(work(&one, 100), work(&one, 200)), join(work(&other, 300), work(&other, 400))).await;
    let stored = whole_stream(&one, "a").await;
    assert_eq!(versions(&stored), (1..=40).collect::<Vec<_>>());
    assert_eq!(positions(&stored), (1..=40).collect::<Vec<_>>());
    let mut numbers = numbers(&stored);
    numbers.sort_unstable();
    let sent = [100, 200, 300, 400].into_iter().flat_map(|first: u128| first..first + 10);
    assert_eq!(numbers, sent.collect::<Vec<_>>());
}
