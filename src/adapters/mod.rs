//! Adapters: what fulfils the ports, on the host and in a browser.
//!
//! `memory` runs everywhere; `indexed_db` and `browser` exist in a browser only. All stores pass
//! every clause of `tests/contract`.

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
mod kept_lines;
mod memory;

#[cfg(target_arch = "wasm32")]
pub use browser::{
    AnyStore, Asking, BrowserClock, BrowserRng, BrowserTimers, TabChannel, TabLock, fetch_text,
    fetch_texts,
};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::{IndexedDbStore, OpenError, Sealed, delete_database, raw_dump};
pub use kept_lines::KeptLines;
pub use memory::MemoryStore;
