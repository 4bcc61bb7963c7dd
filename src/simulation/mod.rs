//! The simulation: a clock that only moves when told, chance from a seed, faults that are asked for,
//! and the world, which sees every moment.

mod chance;
mod clock;
mod faulty_store;
mod world;

pub use chance::SeededRng;
pub use clock::VirtualClock;
pub use faulty_store::{Fault, FaultPoint, FaultyStore};
pub use world::{RecordedMoment, World};
