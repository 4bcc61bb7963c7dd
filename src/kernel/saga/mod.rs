//! Sagas: a plan as data, and one decider that runs any plan.
//!
//! A saga's stream is an ordinary stream, so it is stored, folded and tested like any other; a runner
//! that was killed goes on from it.
//! Source: Hector Garcia-Molina, Kenneth Salem, "Sagas" (1987); the kinds of steps after Chris
//! Richardson, "Microservices Patterns" (2018), chapter 4.

mod command;
mod decider;
mod event;
mod plan;
mod service;
mod state;

pub use command::{SagaCommand, SagaRejection, StepAnswer};
pub use decider::SagaDecider;
pub use event::SagaEvent;
pub use plan::{Plan, PlanError, SagaPlan, Step, StepKind};
pub use service::{Holding, ServiceRequest, Services};
pub use state::{Call, Direction, Ending, Leg, Progress, Saga, SagaStatus, StepState};
