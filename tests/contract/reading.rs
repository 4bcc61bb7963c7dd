//! Clauses about reading: after a version, after a position, with a limit, from every connection.

use hindsight::{
    kernel::{GlobalPosition, StreamId, Version},
    ports::EventStore,
};

use super::{
    Database,
    sample::{append, given, numbers, positions, stream, whole_log, whole_stream},
};

pub(crate) async fn a_stream_is_read_after_a_version<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    given(&store, append("b", 0, [3])).await;
    given(&store, append("a", 2, [4, 5])).await;
    for (after, expected) in [
        (0, vec![1, 2, 4, 5]),
        (1, vec![2, 4, 5]),
        (2, vec![4, 5]),
        (3, vec![5]),
        (4, vec![]),
        (9, vec![]),
    ] {
        let read = store.read_stream(&stream("a"), Version(after)).await.expect("read");
        assert_eq!(numbers(&read), expected, "after version {after}");
    }
}

pub(crate) async fn a_stream_that_does_not_exist_is_empty<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1])).await;
    assert_eq!(store.read_stream(&stream("b"), Version::NONE).await, Ok(vec![]));
}

pub(crate) async fn streams_with_similar_names_are_apart<D: Database>() {
    let store = D::fresh().await.connect().await;
    let names = ["1", "10", "1-1", "1 ", "A", "a"];
    for (number, name) in (1..).zip(names) {
        given(&store, append(name, 0, [number])).await;
    }
    for (number, name) in (1..).zip(names) {
        assert_eq!(numbers(&whole_stream(&store, name).await), [number], "stream {name}");
    }
    let other = StreamId::new("sampl", "e-1");
    assert_eq!(store.read_stream(&other, Version::NONE).await, Ok(vec![]));
}

pub(crate) async fn the_log_is_read_after_a_position<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1, 2, 3])).await;
    given(&store, append("b", 0, [4])).await;
    given(&store, append("a", 3, [5, 6])).await;
    for after in 0..=8 {
        let read = store.read_log(GlobalPosition(after), 100).await.expect("read");
        assert_eq!(positions(&read), (after + 1..=6).collect::<Vec<_>>(), "after {after}");
    }
}

pub(crate) async fn the_log_is_read_with_a_limit<D: Database>() {
    let store = D::fresh().await.connect().await;
    for number in 0..20_u64 {
        given(&store, append("a", number, [u128::from(number) + 1])).await;
    }
    for (after, limit) in [(0, 0), (0, 1), (0, 7), (5, 10), (13, 7), (13, 8), (19, 1), (20, 1)] {
        let read = store.read_log(GlobalPosition(after), limit).await.expect("read");
        let expected: Vec<_> = (after + 1..=20).take(limit).collect();
        assert_eq!(positions(&read), expected, "{limit} after {after}");
    }
}

pub(crate) async fn the_log_is_cut_within_an_append<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, 1..=5)).await;
    given(&store, append("b", 0, 6..=10)).await;
    for after in 0..=10 {
        for limit in 0..=11 {
            let read = store.read_log(GlobalPosition(after), limit).await.expect("read");
            let expected: Vec<_> = (after + 1..=10).take(limit).collect();
            assert_eq!(positions(&read), expected, "{limit} after {after}");
        }
    }
}

pub(crate) async fn the_head_is_the_last_position<D: Database>() {
    let database = D::fresh().await;
    let (store, other) = (database.connect().await, database.connect().await);
    assert_eq!(store.head().await, Ok(GlobalPosition::NONE));
    given(&store, append("a", 0, [1, 2, 3])).await;
    assert_eq!(store.head().await, Ok(GlobalPosition(3)));
    given(&other, append("b", 0, [4, 5])).await;
    assert_eq!(store.head().await, Ok(GlobalPosition(5)));
    assert_eq!(other.head().await, Ok(GlobalPosition(5)));
}

pub(crate) async fn every_connection_sees_what_was_acknowledged<D: Database>() {
    let database = D::fresh().await;
    let (one, other) = (database.connect().await, database.connect().await);
    given(&one, append("a", 0, [1])).await;
    assert_eq!(numbers(&whole_stream(&other, "a").await), [1]);
    given(&other, append("a", 1, [2])).await;
    given(&one, append("a", 2, [3])).await;
    given(&other, append("b", 0, [4])).await;
    assert_eq!(numbers(&whole_stream(&one, "a").await), [1, 2, 3]);
    assert_eq!(numbers(&whole_log(&one).await), [1, 2, 3, 4]);
    assert_eq!(whole_log(&one).await, whole_log(&other).await);
}

pub(crate) async fn reopening_sees_everything_acknowledged<D: Database>() {
    let database = D::fresh().await;
    let store = database.connect().await;
    given(&store, append("a", 0, [1, 2])).await;
    given(&store, append("b", 0, [3])).await;
    let before = whole_log(&store).await;
    drop(store);
    let store = database.connect().await;
    assert_eq!(whole_log(&store).await, before);
    given(&store, append("a", 2, [4])).await;
    assert_eq!(positions(&whole_log(&store).await), [1, 2, 3, 4]);
}
