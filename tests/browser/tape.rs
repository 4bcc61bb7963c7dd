//! Tapes in a browser: kept in IndexedDB, and played over it to the very trace that the host has.

use hindsight::{
    adapters::{AnyStore, MemoryStore},
    app::Run,
    domain::orders::OrderCommand,
    simulation::{Tape, trace_hash},
};
use wasm_bindgen_test::wasm_bindgen_test;

use super::{
    InIndexedDb,
    contract::{
        Database,
        sample::{append, given, numbers, whole_log},
    },
    raw::script,
};

fn lines(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[wasm_bindgen_test]
async fn a_tape_is_kept_line_by_line_and_can_be_cut() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    assert_eq!(store.tape(1).await, Ok(vec![]));
    store.write_tape(1, 0, &lines(&["head", "a", "b"])).await.expect("written");
    store.write_tape(2, 0, &lines(&["other"])).await.expect("written");
    store.write_tape(1, 3, &lines(&["c"])).await.expect("written");
    assert_eq!(store.tape(1).await, Ok(lines(&["head", "a", "b", "c"])));
    store.write_tape(1, 2, &lines(&["ñ"])).await.expect("written");
    drop(store);
    let store = database.open().await;
    assert_eq!(store.tape(1).await, Ok(lines(&["head", "a", "ñ"])));
    assert_eq!(store.tape(2).await, Ok(lines(&["other"])));
}

#[wasm_bindgen_test]
async fn a_database_of_the_first_schema_gets_a_tape_and_keeps_its_events() {
    let database = InIndexedDb::fresh().await;
    let make = "const db = await open(1, (db) => { \
        db.createObjectStore('log', {keyPath: 'last'}).createIndex('streams', 'streams', {multiEntry: true}); \
        for (const [name, path] of [['inbox', ['consumer', 'message']], ['outbox', ['position', 'place']], \
            ['checkpoints', 'model']]) db.createObjectStore(name, {keyPath: path}); \
        db.createObjectStore('rows', {keyPath: ['model', 'key']}).createIndex('place', ['model', 'group', 'rank']); \
        }); db.close();";
    script(&database.name, make).await;
    let store = database.open().await;
    given(&store, append("a", 0, [1])).await;
    store.write_tape(1, 0, &lines(&["head"])).await.expect("written");
    assert_eq!(store.tape(1).await, Ok(lines(&["head"])));
    assert_eq!(numbers(&whole_log(&store).await), [1]);
}

#[wasm_bindgen_test]
async fn a_run_has_the_trace_that_it_has_on_the_host() {
    let tape: Tape<OrderCommand> =
        Tape::from_text(include_str!("../tapes/everything.jsonl")).expect("a tape");
    let indexed_db = AnyStore::IndexedDb(InIndexedDb::fresh().await.open().await);
    for store in [AnyStore::Memory(MemoryStore::new()), indexed_db] {
        let mut run = Run::begin(tape.clone(), store);
        run.run_to_end().await;
        let hash = trace_hash(tape.head.start, &run.world().trace());
        assert_eq!(format!("{hash:016x}"), include_str!("../tapes/everything.hash").trim());
    }
}
