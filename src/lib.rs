//! Hindsight: an event-sourcing engine that can be watched, broken and rewound, and the page that shows it.
//!
//! The rooms, from the inside out; an arrow means "may name" (held by `tests/architecture.rs`):
//!
//! ```text
//! kernel <- domain
//! kernel <- ports <- engine
//! kernel, ports      <- adapters
//! kernel, ports      <- simulation
//! all of the above   <- app
//! app only           <- ui
//! ```

pub mod adapters;
pub mod app;
pub mod domain;
pub mod engine;
pub mod kernel;
pub mod ports;
pub mod simulation;
#[cfg(target_arch = "wasm32")]
pub mod ui;
