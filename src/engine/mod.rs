//! The engine: how commands become events and events become read models, over any domain and store.

mod behaviours;
mod ids;
mod pipeline;
mod projector;
mod read_model;
mod repository;

pub use behaviours::Behaviour;
pub use ids::new_id;
pub use pipeline::{Answer, CommandError, CommandPipeline, Handled};
pub use projector::{Progress, Projector, ProjectorError};
pub use read_model::{QueryError, ReadModel};
pub use repository::{LoadError, Loaded, load};
