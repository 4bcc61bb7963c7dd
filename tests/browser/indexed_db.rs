//! What only IndexedDB has to keep: sealing, damage, schemas, closing, dumps.

use futures_util::future::join;
use hindsight::{
    adapters::{IndexedDbStore, OpenError, Sealed, delete_database, raw_dump},
    kernel::{GlobalPosition, StoredEvent, Version},
    ports::{AppendError, DamagedRecord, EventStore, ReadModelStore, StorageError},
};
use serde_json::Value;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    InIndexedDb,
    contract::{
        Database,
        sample::{append, entry, given, given_rows, message, numbers, row, stream, whole_log},
    },
    raw::script,
};

/// Appends of one, two and three events in turn to seven streams.
async fn given_events(store: &IndexedDbStore, appends: u64) {
    let mut next = u128::from(store.head().await.expect("the head").0) + 1;
    for number in 0..appends {
        let instance = (number % 7).to_string();
        let version =
            store.read_stream(&stream(&instance), Version::NONE).await.expect("read").len();
        let count = u128::from(number % 3) + 1;
        given(store, append(&instance, version as u64, next..next + count)).await;
        next += count;
    }
}

async fn seal_all(store: &IndexedDbStore) {
    while store.seal().await.expect("sealed") != Sealed::Nothing {}
}

/// Everything that can be read of the events.
async fn every_read(store: &IndexedDbStore) -> Vec<Vec<StoredEvent>> {
    let mut reads = vec![whole_log(store).await];
    let head = store.head().await.expect("the head");
    for after in (0..=head.0 + 1).step_by(37) {
        for limit in [1, 2, 100, 256, 512] {
            reads.push(store.read_log(GlobalPosition(after), limit).await.expect("read"));
        }
    }
    for instance in 0..8 {
        for after in [0, 1, 2, 50, 120, 1_000] {
            let stream = stream(&instance.to_string());
            reads.push(store.read_stream(&stream, Version(after)).await.expect("read"));
        }
    }
    reads
}

#[wasm_bindgen_test]
async fn sealing_changes_no_read() {
    let database = InIndexedDb::fresh().await;
    let (store, other) = (database.open().await, database.open().await);
    given_events(&store, 400).await;
    let before = every_read(&store).await;
    assert_eq!(store.seal().await, Ok(Sealed::Block { up_to: GlobalPosition(256) }));
    assert_eq!(every_read(&store).await, before);
    seal_all(&store).await;
    assert_eq!(every_read(&store).await, before);
    assert_eq!(every_read(&other).await, before);
    let keys = script(
        &database.name,
        "const db = await open(); \
        const keys = await settled(db.transaction('log').objectStore('log').getAllKeys()); \
        db.close(); return keys.slice(0, 3).join() + ' of ' + keys.length;",
    )
    .await;
    let keys = keys.as_string().expect("a text");
    assert!(keys.starts_with("256,512,768 of "), "{keys}");
}

#[wasm_bindgen_test]
async fn a_sealed_log_goes_on() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    given(&store, append("a", 0, 1..=255)).await;
    given(&store, append("b", 0, 256..=258)).await;
    seal_all(&store).await;
    assert_eq!(numbers(&whole_log(&store).await), (1..=258).collect::<Vec<_>>());
    let conflict = AppendError::Conflict { expected: Version(254), actual: Version(255) };
    assert_eq!(store.append(&append("a", 254, [900])).await, Err(conflict));
    let ahead = AppendError::Conflict { expected: Version(300), actual: Version(255) };
    assert_eq!(store.append(&append("a", 300, [900])).await, Err(ahead));
    let repeated = store.append(&append("b", 0, 256..=258)).await.expect("recognised");
    assert_eq!((repeated.version, repeated.position), (Version(3), GlobalPosition(258)));
    given(&store, append("a", 255, [259])).await;
    given(&store, append("b", 3, [260])).await;
    let reopened = database.open().await;
    assert_eq!(numbers(&whole_log(&reopened).await), (1..=260).collect::<Vec<_>>());
    assert_eq!(reopened.seal().await, Ok(Sealed::Block { up_to: GlobalPosition(256) }));
    assert_eq!(reopened.seal().await, Ok(Sealed::Nothing));
}

#[wasm_bindgen_test]
async fn the_log_is_sealed_while_it_grows() {
    let database = InIndexedDb::fresh().await;
    let (store, other) = (database.open().await, database.open().await);
    given_events(&store, 300).await;
    let growing = async {
        for number in 0..100_u64 {
            let at = u128::from(number) + 10_000;
            given(&store, append("growing", number, [at])).await;
        }
    };
    let sealing = async {
        join(seal_all(&other), seal_all(&database.open().await)).await;
        seal_all(&other).await;
    };
    join(growing, sealing).await;
    let log = whole_log(&other).await;
    let positions: Vec<_> = log.iter().map(|stored| stored.position.0).collect();
    assert_eq!(positions, (1..=700).collect::<Vec<_>>());
    assert_eq!(other.read_stream(&stream("growing"), Version(0)).await.expect("read").len(), 100);
}

/// A database of three records, one of which was changed by a script with `record` in its hands.
async fn damaged(change: &str) -> (InIndexedDb, IndexedDbStore) {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    given(&store, append("a", 0, [1])).await;
    given(&store, append("b", 0, [2, 3])).await;
    given(&store, append("a", 1, [4])).await;
    let body = format!(
        "const db = await open(); const tx = db.transaction('log', 'readwrite'); \
         const log = tx.objectStore('log'); const record = await settled(log.get(3)); \
         {change}; log.put(record); await done(tx); db.close();"
    );
    script(&database.name, &body).await;
    (database, store)
}

#[wasm_bindgen_test]
async fn a_damaged_record_is_named() {
    for change in [
        "record.events = record.events.slice(0, -9)",
        "record.events = 7",
        "delete record.events",
        "record.events = '[]'",
        "record.first = 1",
        "record.first = 'two'",
        "record.events = record.events.replace('\"position\":2', '\"position\":1')",
        "record.events = JSON.stringify(JSON.parse(record.events).slice(1))",
        "record.events = record.events.replace('\"id\":\"0', '\"id\":\"x')",
    ] {
        let (_database, store) = damaged(change).await;
        let found = store.read_log(GlobalPosition::NONE, 10).await;
        let Err(StorageError::Damaged(DamagedRecord { store: of, key, reason })) = found else {
            panic!("{change}: {found:?}");
        };
        assert_eq!((of.as_str(), key.as_str()), ("log", "3"), "{change}: {reason}");
        assert!(!reason.is_empty());
        let read = store.read_stream(&stream("b"), Version::NONE).await;
        assert!(matches!(read, Err(StorageError::Damaged(_))), "{change}: {read:?}");
        let read = store.read_stream(&stream("a"), Version::NONE).await.expect("it is whole");
        assert_eq!(numbers(&read), [1, 4], "{change}");
        assert_eq!(store.head().await, Ok(GlobalPosition(4)));
        given(&store, append("a", 2, [5])).await;
    }
}

#[wasm_bindgen_test]
async fn a_block_with_a_damaged_record_is_not_sealed() {
    let (_database, store) = damaged("record.events = 'x'").await;
    given(&store, append("c", 0, 10..=609)).await;
    seal_all(&store).await;
    let read = store.read_stream(&stream("a"), Version::NONE).await.expect("it is whole");
    assert_eq!(numbers(&read), [1, 4]);
    let read = store.read_stream(&stream("c"), Version::NONE).await.expect("it is whole");
    assert_eq!(numbers(&read), (10..=609).collect::<Vec<_>>());
}

#[wasm_bindgen_test]
async fn a_damaged_row_and_checkpoint_are_named() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    script(
        &database.name,
        "const db = await open(); const tx = db.transaction(['rows', 'checkpoints'], 'readwrite'); \
         tx.objectStore('rows').put({model: 'm', key: 'k', group: '', rank: 1, data: 5}); \
         tx.objectStore('checkpoints').put({model: 'n', position: 'x'}); await done(tx); db.close();",
    )
    .await;
    let row = store.row("m", &"k".to_owned()).await;
    assert!(matches!(&row, Err(StorageError::Damaged(d)) if d.store == "rows"), "{row:?}");
    let read = store.checkpoint("n").await;
    assert!(matches!(&read, Err(StorageError::Damaged(d)) if d.key == "n"), "{read:?}");
    assert_eq!(store.clear("m").await, Ok(()));
    assert_eq!(store.clear("n").await, Ok(()));
    assert_eq!(store.checkpoint("n").await, Ok(GlobalPosition::NONE));
}

async fn dump(name: &str) -> (u64, Vec<Value>) {
    let mut text = String::new();
    let records = raw_dump(name, |chunk| {
        assert!(chunk.ends_with('\n'));
        text += &chunk;
    });
    let records = records.await.expect("dumped");
    (records, text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect())
}

#[wasm_bindgen_test]
async fn a_newer_schema_is_not_touched_and_can_be_dumped() {
    let database = InIndexedDb::fresh().await;
    let make = "const db = await open(7, (db) => { db.createObjectStore('future'); \
        db.createObjectStore('empty'); }); \
        const tx = db.transaction('future', 'readwrite'); \
        tx.objectStore('future').put({what: '<b>?</b>', when: new Date(0)}, [1, 'x']); \
        tx.objectStore('future').put(7n, 'big'); \
        await done(tx); db.close();";
    script(&database.name, make).await;
    let refused = IndexedDbStore::open(&database.name).await.map(drop);
    assert_eq!(refused, Err(OpenError::NewerSchema { found: 7, known: 2 }));
    let (records, lines) = dump(&database.name).await;
    assert_eq!((records, lines.len()), (2, 3));
    assert_eq!(lines[0]["version"], 7);
    let first = &lines[1..].iter().find(|line| line["key"] == serde_json::json!([1, "x"]));
    let value = &first.expect("the record")["value"];
    assert_eq!(*value, serde_json::json!({"what": "<b>?</b>", "when": "1970-01-01T00:00:00.000Z"}));
    assert!(lines.iter().any(|line| line["value"]["unreadable"].is_string()), "{lines:?}");
    let refused = IndexedDbStore::open(&database.name).await.map(drop);
    assert_eq!(refused, Err(OpenError::NewerSchema { found: 7, known: 2 }));
}

#[wasm_bindgen_test]
async fn a_dump_has_every_record() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    let mut sent = append("a", 0, [1, 2]);
    sent.inbox = Some(entry(1, "done"));
    sent.outbox = vec![message(1), message(2)];
    given(&store, sent).await;
    for number in 0..100_u64 {
        given(&store, append("b", number, [u128::from(number) + 10])).await;
    }
    given_rows(&store, "m", 0, vec![row("k", "", 1, "one")]).await;
    let (records, lines) = dump(&database.name).await;
    assert_eq!((records, lines.len()), (101 + 1 + 2 + 1 + 1, 107));
    let first = lines.iter().find(|line| line["key"] == 2).expect("the first append");
    assert_eq!(first["store"], "log");
    assert_eq!(first["value"]["streams"], serde_json::json!([["sample-a", 2]]));
    let events: Value =
        serde_json::from_str(first["value"]["events"].as_str().expect("text")).expect("JSON");
    assert_eq!(events[1]["data"], serde_json::json!({"number": 2}), "data reads as JSON");
    assert_eq!(numbers(&whole_log(&store).await).len(), 102);
}

#[wasm_bindgen_test]
async fn a_dump_makes_no_database() {
    let database = InIndexedDb::fresh().await;
    assert_eq!(raw_dump(&database.name, |_| panic!("there is nothing")).await, Ok(0));
    let names = script("", "return (await indexedDB.databases()).map((d) => d.name).join()").await;
    assert!(!names.as_string().expect("a text").split(',').any(|name| name == database.name));
}

#[wasm_bindgen_test]
async fn a_connection_gives_way_to_another_version() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    given(&store, append("a", 0, [1])).await;
    script(&database.name, "(await open(3, () => {})).close();").await;
    assert!(store.is_closed());
    assert_eq!(store.head().await, Err(StorageError::Closed));
    assert_eq!(store.append(&append("a", 1, [2])).await, Err(StorageError::Closed.into()));
    let refused = IndexedDbStore::open(&database.name).await.map(drop);
    assert_eq!(refused, Err(OpenError::NewerSchema { found: 3, known: 2 }));
}

#[wasm_bindgen_test]
async fn deleting_closes_the_connections() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    given(&store, append("a", 0, [1])).await;
    assert_eq!(delete_database(&database.name).await, Ok(()));
    assert_eq!(store.head().await, Err(StorageError::Closed));
    assert_eq!(database.open().await.head().await, Ok(GlobalPosition::NONE));
}

#[wasm_bindgen_test]
async fn a_tab_that_does_not_let_go_is_told_of() {
    let database = InIndexedDb::fresh().await;
    let held = script(&database.name, "return await open(1, () => {});").await;
    assert_eq!(delete_database(&database.name).await, Err(OpenError::HeldByOtherTab));
    let _ = js_sys::Reflect::get(&held, &"close".into())
        .map(|close| wasm_bindgen::JsCast::unchecked_ref::<js_sys::Function>(&close).call0(&held));
    assert_eq!(database.open().await.head().await, Ok(GlobalPosition::NONE));
}

#[wasm_bindgen_test]
async fn dropping_closes_the_connection() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    let clone = store.clone();
    drop(store);
    assert_eq!(clone.head().await, Ok(GlobalPosition::NONE));
    drop(clone);
    let held = "return await new Promise((resolve) => { const r = indexedDB.deleteDatabase(name); \
        r.onblocked = () => resolve(true); r.onsuccess = () => resolve(false); });";
    assert_eq!(script(&database.name, held).await.as_bool(), Some(false));
}

#[wasm_bindgen_test]
async fn an_append_that_is_dropped_half_way_leaves_nothing() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    for _ in 0..5 {
        let dropped = append("a", 0, [1]);
        let dropped = std::pin::pin!(store.append(&dropped));
        let asked = futures_util::future::select(dropped, std::future::ready(())).await;
        drop(asked);
    }
    assert_eq!(whole_log(&store).await, []);
    given(&store, append("a", 0, [2])).await;
    assert_eq!(numbers(&whole_log(&store).await), [2]);
}
