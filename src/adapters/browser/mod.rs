//! What a browser gives besides a database: clock, chance, turns, other tabs; and the store a page chose.

mod any_store;
mod clock;
mod fetch;
mod rng;
mod tab_channel;
mod tab_lock;
mod timers;

pub use any_store::AnyStore;
pub use clock::BrowserClock;
pub use fetch::{fetch_text, fetch_texts};
pub use rng::BrowserRng;
pub use tab_channel::TabChannel;
pub use tab_lock::{Asking, TabLock};
pub use timers::BrowserTimers;
