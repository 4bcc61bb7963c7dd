//! The simulation: a clock that only moves when told, chance from a seed, faults that are asked for,
//! the world, which sees every moment, and the executor, which runs its tasks in turns.

mod chance;
mod clock;
mod executor;
mod faulty_store;
mod world;

pub use chance::SeededRng;
pub use clock::VirtualClock;
pub use executor::{Executor, TaskNumber, Turn};
pub use faulty_store::{Fault, FaultPoint, FaultyStore};
pub use world::{RecordedMoment, World};
