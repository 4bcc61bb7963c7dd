//! The simulation: a clock that only moves when told, chance from a seed, faults that are asked for,
//! the world, which sees every moment, the executor, which runs its tasks in turns, and the tape,
//! from which all of it is made again.

mod actor;
mod chance;
mod clock;
mod describe;
mod describe_saga;
mod executor;
mod fault;
mod faulty_store;
mod progress;
mod queue;
mod rival;
mod services;
mod tape;
mod world;

pub use actor::{Actor, Person, Target};
pub use chance::SeededRng;
pub use clock::VirtualClock;
pub use describe::{
    Description, actor_name, describe, log_hash, stage_name, trace_hash, trace_line,
};
pub use executor::{Executor, Turn};
pub use fault::{ArmedFault, Fault, FaultPlan, FaultPoint, Times};
pub use faulty_store::FaultyStore;
pub use queue::Queue;
pub use rival::Rival;
pub use services::{
    ArmedServiceFault, Attention, FulfilmentInput, FulfilmentMode, Protection, Replies, Request,
    ServiceFault, ServiceNetwork, ServiceSetting,
};
pub use tape::{Entry, GivenCommand, Head, Input, TAPE_VERSION, Tape, TapeError};
pub use world::{MomentNumber, RecordedMoment, World, WorldTimers};
