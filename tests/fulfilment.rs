//! The fulfilment of orders: a saga or nobody over four services, and everything that can go wrong on its way.

#![cfg(not(target_arch = "wasm32"))]

#[path = "fulfilment/back_off.rs"]
mod back_off;
#[path = "fulfilment/board.rs"]
mod board;
#[path = "fulfilment/by_hand.rs"]
mod by_hand;
#[path = "fulfilment/choreography.rs"]
mod choreography;
#[path = "fulfilment/every_fault.rs"]
mod every_fault;
#[path = "fulfilment/laws.rs"]
mod laws;
#[path = "fulfilment/picture.rs"]
mod picture;
#[path = "fulfilment/random.rs"]
mod random;
#[path = "fulfilment/rules.rs"]
mod rules;
#[path = "fulfilment/sample.rs"]
mod sample;
#[path = "fulfilment/sequence.rs"]
mod sequence;
#[path = "fulfilment/store_faults.rs"]
mod store_faults;
#[path = "fulfilment/stories.rs"]
mod stories;
#[path = "fulfilment/two_faults.rs"]
mod two_faults;
#[path = "fulfilment/unfit.rs"]
mod unfit;
