//! Runs the contract of the stores against the store in memory.
#![cfg(not(target_arch = "wasm32"))]

mod contract;

use contract::{Database, every_clause};
use hindsight::adapters::MemoryStore;

impl Database for MemoryStore {
    type Store = Self;

    async fn fresh() -> Self {
        Self::new()
    }

    async fn connect(&self) -> Self {
        Self::connect(self)
    }
}

macro_rules! on_the_host {
    ($($topic:ident::$clause:ident),* $(,)?) => {$(
        #[test]
        fn $clause() {
            pollster::block_on(contract::$topic::$clause::<MemoryStore>());
        }
    )*};
}

every_clause!(on_the_host);
