//! The engine's stories: a command's way through the pipeline, projectors, queries, over a world
//! whose store can be made to fail.

#![cfg(not(target_arch = "wasm32"))]

#[path = "engine/crashes.rs"]
mod crashes;
#[path = "engine/pipeline.rs"]
mod pipeline;
#[path = "engine/projectors.rs"]
mod projectors;
#[path = "engine/queues.rs"]
mod queues;
#[path = "engine/stage.rs"]
mod stage;
