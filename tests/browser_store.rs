//! Runs the contract of the stores in a real browser, and what only IndexedDB has to keep.
#![cfg(target_arch = "wasm32")]

mod contract;
#[path = "browser/environment.rs"]
mod environment;
#[path = "browser/indexed_db.rs"]
mod indexed_db;
#[path = "browser/raw.rs"]
mod raw;
#[path = "browser/session.rs"]
mod session;
#[path = "browser/speed.rs"]
mod speed;
#[path = "browser/tape.rs"]
mod tape;

use std::cell::Cell;

use contract::{Database, every_clause};
use hindsight::adapters::{AnyStore, IndexedDbStore, MemoryStore, delete_database};
use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);

thread_local! {
    static DATABASES: Cell<u32> = const { Cell::new(0) };
}

/// A database in IndexedDB with a name of its own. It stays until the next run takes its name.
struct InIndexedDb {
    name: String,
}

impl InIndexedDb {
    /// Opens a connection with everything that only IndexedDB has.
    async fn open(&self) -> IndexedDbStore {
        IndexedDbStore::open(&self.name).await.expect("the database opens")
    }
}

impl Database for InIndexedDb {
    type Store = AnyStore;

    async fn fresh() -> Self {
        let number = DATABASES.replace(DATABASES.get() + 1);
        let name = format!("hindsight-test-{number}");
        delete_database(&name).await.expect("the database of a run before is deleted");
        Self { name }
    }

    async fn connect(&self) -> AnyStore {
        AnyStore::IndexedDb(self.open().await)
    }
}

/// A database in memory, as a page has it where IndexedDB is blocked.
struct InMemory(MemoryStore);

impl Database for InMemory {
    type Store = AnyStore;

    async fn fresh() -> Self {
        Self(MemoryStore::new())
    }

    async fn connect(&self) -> AnyStore {
        AnyStore::Memory(self.0.connect())
    }
}

macro_rules! in_indexed_db {
    ($($topic:ident::$clause:ident),* $(,)?) => {
        mod contract_in_indexed_db {$(
            #[wasm_bindgen_test::wasm_bindgen_test]
            async fn $clause() {
                crate::contract::$topic::$clause::<crate::InIndexedDb>().await;
            }
        )*}
    };
}

macro_rules! in_memory {
    ($($topic:ident::$clause:ident),* $(,)?) => {
        mod contract_in_memory {$(
            #[wasm_bindgen_test::wasm_bindgen_test]
            async fn $clause() {
                crate::contract::$topic::$clause::<crate::InMemory>().await;
            }
        )*}
    };
}

every_clause!(in_indexed_db);
every_clause!(in_memory);
