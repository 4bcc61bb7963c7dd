//! Sagas: one runner takes each of them as far as it goes, and one reader begins them; or nobody does, and
//! reactors go by what others say.

mod reactor;
mod runner;
mod starter;

pub use reactor::{Begins, Reactor};
pub use runner::{SagaError, SagaRunner};
pub use starter::SagaStarter;
