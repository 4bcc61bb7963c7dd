//! Clauses about read models: rows and checkpoint are written together, guarded, or not at all.

use hindsight::{
    kernel::{CodecError, GlobalPosition},
    ports::{Known, ReadModelStore, UpdateError},
};

use super::{
    Database, Stores,
    sample::{append, given, given_rows, row, whole_log},
};

async fn value(store: &impl Stores, model: &'static str, key: &str) -> Option<String> {
    store.row(model, &key.to_owned()).await.expect("the row is read").value
}

pub(crate) async fn an_update_writes_rows_and_checkpoint<D: Database>() {
    let store = D::fresh().await.connect().await;
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition::NONE));
    let rows = vec![row("k", "g", 1, "one"), row("l", "g", 2, "two")];
    let to = GlobalPosition(7);
    let updated = store.update("m", GlobalPosition::NONE, to, &[], |_| Ok(rows)).await;
    assert_eq!(updated, Ok(()));
    assert_eq!(store.checkpoint("m").await, Ok(to));
    let known = Known { value: Some("two".to_owned()), up_to: to };
    assert_eq!(store.row("m", &"l".to_owned()).await, Ok(known));
    assert_eq!(store.row("m", &"n".to_owned()).await, Ok(Known { value: None, up_to: to }));
}

pub(crate) async fn an_update_from_elsewhere_writes_nothing<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    for from in [0, 2] {
        let result = store
            .update("m", GlobalPosition(from), GlobalPosition(9), &[], |_| {
                Ok(vec![row("k", "", 1, "two"), row("l", "", 1, "two")])
            })
            .await;
        assert_eq!(result, Err(UpdateError::CheckpointMoved { found: GlobalPosition(1) }));
    }
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition(1)));
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("one"));
    assert_eq!(value(&store, "m", "l").await, None);
}

pub(crate) async fn an_update_that_fails_writes_nothing<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    let error =
        CodecError::Malformed { event_type: "Sample".to_owned(), reason: "broken".to_owned() };
    let result = store
        .update("m", GlobalPosition(1), GlobalPosition(2), &["k".to_owned()], |rows| {
            assert_eq!(rows, [Some("one".to_owned())]);
            Err(error.clone())
        })
        .await;
    assert_eq!(result, Err(UpdateError::Codec(error)));
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition(1)));
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("one"));
}

pub(crate) async fn an_update_is_given_its_keys_in_order<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_rows(&store, "m", 0, vec![row("a", "", 1, "A"), row("b", "", 2, "B")]).await;
    given_rows(&store, "other", 0, vec![row("c", "", 1, "C")]).await;
    let keys = ["b", "c", "a", "b"].map(str::to_owned);
    let result = store
        .update("m", GlobalPosition(1), GlobalPosition(2), &keys, |rows| {
            let rows: Vec<_> = rows.iter().map(Option::as_deref).collect();
            assert_eq!(rows, [Some("B"), None, Some("A"), Some("B")]);
            Ok(vec![])
        })
        .await;
    assert_eq!(result, Ok(()));
}

pub(crate) async fn an_update_without_rows_moves_the_checkpoint<D: Database>() {
    let store = D::fresh().await.connect().await;
    let (from, to) = (GlobalPosition::NONE, GlobalPosition(1 << 40));
    let updated = store.update("m", from, to, &[], |rows| {
        assert_eq!(rows, []);
        Ok(vec![])
    });
    assert_eq!(updated.await, Ok(()));
    assert_eq!(store.checkpoint("m").await, Ok(to));
    assert_eq!(store.checkpoint("n").await, Ok(from));
}

pub(crate) async fn a_row_is_replaced<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    given_rows(&store, "m", 1, vec![row("k", "", 1, "two"), row("k", "", 1, "three")]).await;
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("three"));
}

pub(crate) async fn rows_come_back_byte_for_byte<D: Database>() {
    let store = D::fresh().await.connect().await;
    let text = "<b>\"👩‍👩‍👧\"</b> مرحبا שלום \u{202e}\u{0}\u{2028}\\ ";
    given_rows(&store, "m", 0, vec![row(text, text, 1, text), row("", "", 0, "")]).await;
    assert_eq!(value(&store, "m", text).await.as_deref(), Some(text));
    assert_eq!(value(&store, "m", "").await.as_deref(), Some(""));
}

pub(crate) async fn models_are_apart<D: Database>() {
    let store = D::fresh().await.connect().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "m")]).await;
    given_rows(&store, "mm", 0, vec![row("k", "", 1, "mm")]).await;
    given_rows(&store, "mm", 1, vec![]).await;
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("m"));
    assert_eq!(value(&store, "mm", "k").await.as_deref(), Some("mm"));
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition(1)));
    assert_eq!(store.checkpoint("mm").await, Ok(GlobalPosition(2)));
}

pub(crate) async fn clearing_leaves_other_models_and_events<D: Database>() {
    let store = D::fresh().await.connect().await;
    given(&store, append("a", 0, [1])).await;
    for model in ["l", "m", "mm", "n"] {
        given_rows(&store, model, 0, vec![row("", "", 1, model), row("k", "g", 2, model)]).await;
    }
    assert_eq!(store.clear("m").await, Ok(()));
    assert_eq!(store.clear("never").await, Ok(()));
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition::NONE));
    assert_eq!((value(&store, "m", "").await, value(&store, "m", "k").await), (None, None));
    for model in ["l", "mm", "n"] {
        assert_eq!(store.checkpoint(model).await, Ok(GlobalPosition(1)));
        assert_eq!(value(&store, model, "").await.as_deref(), Some(model));
        assert_eq!(value(&store, model, "k").await.as_deref(), Some(model));
    }
    assert_eq!(whole_log(&store).await.len(), 1);
    given_rows(&store, "m", 0, vec![row("k", "", 1, "again")]).await;
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("again"));
}

pub(crate) async fn reopening_sees_rows_and_checkpoints<D: Database>() {
    let database = D::fresh().await;
    let store = database.connect().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    drop(store);
    let store = database.connect().await;
    assert_eq!(value(&store, "m", "k").await.as_deref(), Some("one"));
    assert_eq!(store.checkpoint("m").await, Ok(GlobalPosition(1)));
}
