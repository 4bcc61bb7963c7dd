//! Orders as stories (given, when, then) and as rules that hold for random commands.

#![cfg(not(target_arch = "wasm32"))]

#[path = "orders/boundaries.rs"]
mod boundaries;
#[path = "orders/decisions.rs"]
mod decisions;
#[path = "orders/every_status.rs"]
mod every_status;
#[path = "orders/random.rs"]
mod random;
#[path = "orders/read_models.rs"]
mod read_models;
#[path = "orders/samples.rs"]
mod samples;
#[path = "orders/stored_form.rs"]
mod stored_form;
#[path = "orders/stored_rows.rs"]
mod stored_rows;
#[path = "orders/story.rs"]
mod story;
