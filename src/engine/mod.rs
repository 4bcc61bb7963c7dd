//! The engine: how commands become events and events become read models, over any domain and store.

mod answer;
mod behaviours;
mod ids;
mod pipeline;
mod projector;
mod read_model;
mod repository;
mod saga;

pub use answer::{Answer, Handled};
pub use behaviours::Behaviour;
pub use ids::new_id;
pub use pipeline::{CommandError, CommandPipeline};
pub use projector::{Progress, Projector, ProjectorError};
pub use read_model::{QueryError, ReadModel};
pub use repository::{LoadError, Loaded, load};
pub use saga::{Begins, Reactor, SagaError, SagaRunner, SagaStarter};
