//! What the engine needs from outside, each port named after its role.
//!
//! One port call is one transaction: no transaction, cursor or lock crosses a port. Everything runs
//! on one thread, so no future here is `Send`.

mod environment;
mod event_store;
mod inbox;
mod look_back;
mod outbox;
mod probe;
mod read_model_store;
mod saga_moment;
mod steps;
mod storage;

pub use environment::{Clock, Environment, Rng, Timers};
pub use event_store::{Append, AppendError, Appended, EventStore};
pub use inbox::{Inbox, InboxEntry};
pub use look_back::{LookBack, Reached};
pub use outbox::{Outbox, OutboxMessage, PendingMessage};
pub use probe::{Moment, Outcome, Probe, Silent, Stage, StageTime};
pub use read_model_store::{Known, Page, PageRequest, ReadModelStore, RowWrite, UpdateError};
pub use saga_moment::{SagaCall, SagaMoment};
pub use steps::{StepCall, StepWorker};
pub use storage::{DamagedRecord, StorageError};
