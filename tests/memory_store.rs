//! Runs the contract of the stores against the store in memory, and against the faulty store around
//! it while no fault is armed.
#![cfg(not(target_arch = "wasm32"))]

mod contract;

use contract::{Database, every_clause};
use hindsight::{
    adapters::MemoryStore,
    kernel::Timestamp,
    simulation::{FaultyStore, World},
};

impl Database for MemoryStore {
    type Store = Self;

    async fn fresh() -> Self {
        Self::new()
    }

    async fn connect(&self) -> Self {
        Self::connect(self)
    }
}

/// Some memory behind a store that could fail.
struct Faultless(MemoryStore);

impl Database for Faultless {
    type Store = FaultyStore<MemoryStore>;

    async fn fresh() -> Self {
        Self(MemoryStore::new())
    }

    async fn connect(&self) -> Self::Store {
        World::new(self.0.connect(), Timestamp(0), 7).into_store()
    }
}

macro_rules! on_the_host {
    ($($topic:ident::$clause:ident),* $(,)?) => {$(
        #[test]
        fn $clause() {
            pollster::block_on(contract::$topic::$clause::<MemoryStore>());
            pollster::block_on(contract::$topic::$clause::<Faultless>());
        }
    )*};
}

every_clause!(on_the_host);
