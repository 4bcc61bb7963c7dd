//! Runs: a tape becomes log and trace, the same way each time, whatever goes wrong on the way.
#![cfg(not(target_arch = "wasm32"))]

#[path = "run/crashes.rs"]
mod crashes;
#[path = "run/everything.rs"]
mod everything;
#[path = "run/moments.rs"]
mod moments;
#[path = "run/people.rs"]
mod people;

#[path = "run/pictures.rs"]
mod pictures;
#[path = "run/random.rs"]
mod random;
#[path = "run/sample.rs"]
mod sample;
#[path = "run/tapes.rs"]
mod tapes;
#[path = "run/trouble.rs"]
mod trouble;
