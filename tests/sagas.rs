//! Sagas: plans, what the decider makes of them, and every state that a saga can come to.

#![cfg(not(target_arch = "wasm32"))]

#[path = "sagas/decisions.rs"]
mod decisions;
#[path = "sagas/every_state.rs"]
mod every_state;
#[path = "sagas/plans.rs"]
mod plans;
#[path = "sagas/samples.rs"]
mod samples;
#[path = "sagas/stored_form.rs"]
mod stored_form;
#[path = "orders/story.rs"]
mod story;
#[path = "sagas/ways.rs"]
mod ways;
