//! What one command asks in IndexedDB takes one transaction, as long as its turn lasts.

use futures_util::future::join;
use hindsight::{
    adapters::{BrowserTimers, IndexedDbStore},
    kernel::Version,
    ports::{Append, EventStore, Inbox, Timers},
};
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    InIndexedDb,
    contract::{
        Database,
        sample::{append, entry, stream},
    },
    raw::script,
};

/// How many transactions the page began while something was done.
async fn transactions_of<T>(database: &InIndexedDb, work: impl Future<Output = T>) -> (T, f64) {
    let count = "const real = IDBDatabase.prototype.transaction; let begun = 0; \
        IDBDatabase.prototype.transaction = function (...args) { begun += 1; return real.apply(this, args); }; \
        globalThis.counted = () => { IDBDatabase.prototype.transaction = real; return begun; };";
    script(&database.name, count).await;
    let done = work.await;
    let begun = script(&database.name, "return counted();").await;
    (done, begun.as_f64().expect("a number"))
}

/// Looks up the message of an append and reads its stream.
async fn prepare(store: &IndexedDbStore, sent: &Append) {
    let message = sent.inbox.as_ref().map_or(Uuid::nil(), |entry| entry.message);
    let found = store.find("commands", message);
    let asked = join(found, store.read_stream(&sent.stream, Version::NONE)).await;
    assert!(matches!(asked, (Ok(None), Ok(_))), "{asked:?}");
}

fn sent(number: u128, expected: u64) -> Append {
    Append { inbox: Some(entry(number, "done")), ..append("a", expected, [number]) }
}

#[wasm_bindgen_test]
async fn a_message_a_stream_and_an_append_take_one_transaction() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    for (number, expected) in [(1, 0), (2, 1), (3, 2)] {
        let sent = sent(number, expected);
        let command = async {
            prepare(&store, &sent).await;
            store.append(&sent).await
        };
        let (appended, begun) = transactions_of(&database, command).await;
        assert_eq!(
            (appended.as_ref().map(|at| u128::from(at.position.0)), begun),
            (Ok(number), 1.0)
        );
        assert_eq!(store.append(&sent).await, appended, "a repeat is recognised");
    }
}

#[wasm_bindgen_test]
async fn a_refused_command_takes_one_transaction() {
    let database = InIndexedDb::fresh().await;
    let store = database.open().await;
    let command = async {
        prepare(&store, &sent(1, 0)).await;
        store.record(&entry(1, "refused")).await
    };
    assert_eq!(transactions_of(&database, command).await, (Ok(None), 1.0));
    let found = store.find("commands", Uuid::from_u128(1)).await;
    assert_eq!(found, Ok(Some("refused".to_owned())));
}

#[wasm_bindgen_test]
async fn after_a_turn_an_append_takes_a_transaction_of_its_own() {
    let database = InIndexedDb::fresh().await;
    let (store, timers) = (database.open().await, BrowserTimers::new());
    let sent = sent(1, 0);
    let command = async {
        prepare(&store, &sent).await;
        timers.yield_now().await;
        store.append(&sent).await
    };
    let (appended, begun) = transactions_of(&database, command).await;
    assert_eq!((appended.map(|at| at.position.0), begun), (Ok(1), 2.0));
    let read = store.read_stream(&stream("a"), Version::NONE).await;
    assert_eq!(read.map(|events| events.len()), Ok(1));
}
