//! The environment: the set of adapters that one running engine stands on.

use super::{EventStore, Inbox, Outbox, Probe, ReadModelStore};
use crate::kernel::Timestamp;

/// Says what time it is.
pub trait Clock {
    /// Now. Never goes back within one run.
    fn now(&self) -> Timestamp;
}

/// A source of chance.
pub trait Rng {
    /// The next 64 bits.
    fn next_u64(&self) -> u64;
}

/// Gives others a turn.
pub trait Timers {
    /// Comes back after everybody else who waits (a page: its input and painting) had a turn.
    async fn yield_now(&self);
}

/// Everything that the engine needs from outside, chosen once for a run.
pub trait Environment {
    /// The database: all stores that share its transactions.
    type Store: EventStore + Inbox + Outbox + ReadModelStore + 'static;
    /// The clock.
    type Clock: Clock;
    /// The source of chance.
    type Rng: Rng;
    /// The turns.
    type Timers: Timers;
    /// Where moments go.
    type Probe: Probe;

    /// The database.
    fn store(&self) -> &Self::Store;
    /// The clock.
    fn clock(&self) -> &Self::Clock;
    /// The source of chance.
    fn rng(&self) -> &Self::Rng;
    /// The turns.
    fn timers(&self) -> &Self::Timers;
    /// Where moments go.
    fn probe(&self) -> &Self::Probe;
}
