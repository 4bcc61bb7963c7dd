//! Clauses about races: truly concurrent calls on several connections to one database.

use futures_util::future::{join, join_all, join3};
use hindsight::{
    kernel::{CodecError, GlobalPosition, Version},
    ports::{AppendError, Appended, EventStore, Inbox, ReadModelStore, UpdateError},
};
use uuid::Uuid;

use super::{
    Database,
    sample::{append, entry, given, numbers, positions, row, versions, whole_log, whole_stream},
};

const FROM: GlobalPosition = GlobalPosition::NONE;
const TO: GlobalPosition = GlobalPosition(5);

pub(crate) async fn of_two_appends_to_one_stream_one_wins<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    given(&one, append("a", 0, [1])).await;
    let (left, right) = (append("a", 1, [2, 3]), append("a", 1, [4, 5]));
    let results = join(one.append(&left), other.append(&right)).await;
    let won = Ok(Appended { version: Version(3), position: GlobalPosition(3) });
    let lost = Err(AppendError::Conflict { expected: Version(1), actual: Version(3) });
    let log = numbers(&whole_log(&one).await);
    if results.0.is_ok() {
        assert_eq!((results, log), ((won, lost), vec![1, 2, 3]));
    } else {
        assert_eq!((results, log), ((lost, won), vec![1, 4, 5]));
    }
}

pub(crate) async fn of_many_appends_to_one_stream_one_wins<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    for round in 0..10_u64 {
        let sent: Vec<_> =
            (1..=8).map(|n| append("a", round, [u128::from(round) * 100 + n])).collect();
        let racing = sent.iter().enumerate().map(|(number, append)| {
            let store = if number % 2 == 0 { &one } else { &other };
            store.append(append)
        });
        let won = join_all(racing).await.into_iter().filter(Result::is_ok).count();
        assert_eq!(won, 1, "round {round}");
    }
    let stored = whole_stream(&one, "a").await;
    assert_eq!(versions(&stored), (1..=10).collect::<Vec<_>>());
    assert_eq!(positions(&stored), (1..=10).collect::<Vec<_>>());
}

pub(crate) async fn appends_to_different_streams_all_win<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    let sent: Vec<_> =
        (0..20_u128).map(|n| append(&n.to_string(), 0, [2 * n + 1, 2 * n + 2])).collect();
    let racing = sent.iter().enumerate().map(|(number, append)| {
        let store = if number % 2 == 0 { &one } else { &other };
        store.append(append)
    });
    let answers = join_all(racing).await;
    let log = whole_log(&one).await;
    assert_eq!(positions(&log), (1..=40).collect::<Vec<_>>());
    for (append, answer) in sent.iter().zip(answers) {
        let appended = answer.expect("it wins");
        assert_eq!(whole_stream(&other, append.stream.instance()).await, append.stored(appended));
    }
}

pub(crate) async fn of_two_appends_for_one_message_one_wins<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    let (mut left, mut right) = (append("a", 0, [1]), append("b", 0, [2]));
    left.inbox = Some(entry(9, "left"));
    right.inbox = Some(entry(9, "right"));
    let results = join(one.append(&left), other.append(&right)).await;
    let found = one.find("commands", Uuid::from_u128(9)).await.expect("found");
    let answer = found.clone().expect("answered");
    let lost = Err(AppendError::AlreadyAnswered { answer });
    match found.as_deref() {
        Some("left") => assert_eq!((results.0.is_ok(), results.1), (true, lost)),
        _ => assert_eq!((results.1.is_ok(), results.0), (true, lost)),
    }
    assert_eq!(whole_log(&one).await.len(), 1);
}

pub(crate) async fn of_two_updates_of_one_model_one_wins<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    let left = one.update("m", FROM, TO, &[], |_| Ok(vec![row("k", "", 1, "left")]));
    let right = other.update("m", FROM, TO, &[], |_| Ok(vec![row("k", "", 1, "right")]));
    let same = one.update("m", FROM, TO, &[], |_| Ok(vec![row("k", "", 1, "same")]));
    let results = join3(left, right, same).await;
    let results = [results.0, results.1, results.2];
    let won: Vec<_> = results.iter().map(Result::is_ok).collect();
    assert_eq!(won.iter().filter(|won| **won).count(), 1, "{results:?}");
    let data = one.row("m", &"k".to_owned()).await.expect("read").value.expect("a row");
    let winner = won.iter().position(|won| *won).expect("one");
    assert_eq!(data, ["left", "right", "same"][winner]);
    let lost = Err(UpdateError::CheckpointMoved { found: TO });
    assert!(results.iter().all(|result| *result == Ok(()) || *result == lost), "{results:?}");
}

pub(crate) async fn updates_of_different_models_all_win<D: Database>() {
    let store = D::fresh().await.connect().await;
    let keys = ["k".to_owned()];
    for step in 0..5_u64 {
        let (from, to) = (GlobalPosition(step), GlobalPosition(step + 1));
        let before = (step > 0).then(|| (step - 1).to_string());
        let update = |model| {
            store.update(model, from, to, &keys, |rows| {
                assert_eq!(rows, std::slice::from_ref(&before));
                Ok(vec![row("k", model, step, &step.to_string())])
            })
        };
        let results = join3(update("one"), update("two"), update("three")).await;
        assert_eq!(results, (Ok(()), Ok(()), Ok(())));
    }
    for model in ["one", "two", "three"] {
        let known = store.row(model, &"k".to_owned()).await.expect("read");
        assert_eq!((known.value.as_deref(), known.up_to), (Some("4"), TO));
    }
}

pub(crate) async fn one_failing_update_does_not_touch_the_others<D: Database>() {
    let store = D::fresh().await.connect().await;
    let broken = || CodecError::UnknownType { event_type: "Nothing".to_owned() };
    let behind = GlobalPosition(3);
    let results = join3(
        store.update("one", FROM, TO, &[], |_| Ok(vec![row("k", "", 1, "kept")])),
        store.update("two", FROM, TO, &[], |_| Err(broken())),
        store.update("three", behind, TO, &[], |_| Ok(vec![row("k", "", 1, "lost")])),
    )
    .await;
    let moved = Err(UpdateError::CheckpointMoved { found: FROM });
    assert_eq!(results, (Ok(()), Err(broken().into()), moved));
    assert_eq!(store.checkpoint("one").await, Ok(TO));
    for model in ["two", "three"] {
        let known = store.row(model, &"k".to_owned()).await.expect("read");
        assert_eq!((known.value, known.up_to), (None, FROM), "{model}");
    }
}
