//! Tapes in a browser: kept in IndexedDB, and played over it to the very trace that the host has.

use hindsight::{
    adapters::{AnyStore, KeptLines, MemoryStore},
    app::{Run, install_fulfilment},
    domain::orders::OrderCommand,
    simulation::{Tape, log_hash, trace_hash},
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

fn part(branch: u32, place: u32, lines: &[&str]) -> KeptLines {
    let lines = lines.iter().map(|text| (*text).to_owned()).collect();
    KeptLines { branch, place, lines }
}

#[wasm_bindgen_test]
async fn tapes_are_kept_line_by_line_and_can_be_cut() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    assert_eq!(store.tapes().await, Ok((String::new(), vec![])));
    let first = [part(1, 0, &["head", "a", "b"]), part(2, 0, &["other"])];
    assert_eq!(store.write_tapes("", "1", &first).await, Ok(true));
    let more = [part(1, 3, &["c"])];
    assert_eq!(store.write_tapes("1", "2", &more).await, Ok(true));
    let kept = vec![part(1, 0, &["head", "a", "b", "c"]), part(2, 0, &["other"])];
    assert_eq!(store.tapes().await, Ok(("2".to_owned(), kept)));
    let cut = [part(1, 2, &["ñ"]), part(2, 0, &[])];
    assert_eq!(store.write_tapes("2", "3", &cut).await, Ok(true));
    drop(store);
    let store = database.open().await;
    assert_eq!(store.tapes().await, Ok(("3".to_owned(), vec![part(1, 0, &["head", "a", "ñ"])])));
}

#[wasm_bindgen_test]
async fn who_lost_the_tape_to_another_tab_writes_nothing_into_it() {
    let database = InIndexedDb::fresh().await;
    let (one, other) = (database.open().await, database.open().await);
    assert_eq!(one.write_tapes("", "one 1", &[part(1, 0, &["one"])]).await, Ok(true));
    let theirs = [part(1, 0, &["other", "more"])];
    assert_eq!(other.write_tapes("one 1", "other 1", &theirs).await, Ok(true));
    assert_eq!(one.write_tapes("one 1", "one 2", &[part(1, 1, &["late"])]).await, Ok(false));
    let kept = vec![part(1, 0, &["other", "more"])];
    assert_eq!(one.tapes().await, Ok(("other 1".to_owned(), kept)));
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
    assert_eq!(store.write_tapes("", "1", &[part(1, 0, &["head"])]).await, Ok(true));
    assert_eq!(store.tapes().await, Ok(("1".to_owned(), vec![part(1, 0, &["head"])])));
    assert_eq!(numbers(&whole_log(&store).await), [1]);
}

#[wasm_bindgen_test]
async fn the_tape_of_a_program_that_kept_one_branch_is_read_and_written_on() {
    let database = InIndexedDb::fresh().await;
    drop(database.open().await);
    let put = "const db = await open(2); const tape = db.transaction('tape', 'readwrite').objectStore('tape'); \
        ['head', 'a'].forEach((text, place) => tape.put({branch: 1, place, text})); \
        await new Promise((done) => { tape.transaction.oncomplete = done; }); db.close();";
    script(&database.name, put).await;
    let store = database.open().await;
    assert_eq!(store.tapes().await, Ok((String::new(), vec![part(1, 0, &["head", "a"])])));
    assert_eq!(store.write_tapes("", "1", &[part(1, 2, &["b"])]).await, Ok(true));
    let kept = vec![part(1, 0, &["head", "a", "b"])];
    assert_eq!(store.tapes().await, Ok(("1".to_owned(), kept)));
}

#[wasm_bindgen_test]
async fn a_run_has_the_trace_and_the_log_that_it_has_on_the_host() {
    let tape: Tape<OrderCommand> =
        Tape::from_text(include_str!("../tapes/everything.jsonl")).expect("a tape");
    install_fulfilment::<AnyStore>();
    let indexed_db = AnyStore::IndexedDb(InIndexedDb::fresh().await.open().await);
    for store in [AnyStore::Memory(MemoryStore::new()), indexed_db] {
        let mut run = Run::begin(tape.clone(), store);
        run.run_to_end().await;
        let trace = trace_hash(tape.head.start, &run.world().trace());
        let log = log_hash(&whole_log(run.world().store_behind()).await);
        let expected = include_str!("../tapes/everything.hash").trim();
        assert_eq!(format!("{trace:016x} {log:016x}"), expected);
    }
}
