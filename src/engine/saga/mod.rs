//! Sagas: one runner takes each of them as far as it goes, and one reader begins them.

mod runner;
mod starter;

pub use runner::{SagaError, SagaRunner};
pub use starter::{SagaStarter, Trigger};
