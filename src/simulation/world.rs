//! The world: an environment in which every moment is recorded and takes virtual time.

use std::{cell::RefCell, rc::Rc};

use super::{SeededRng, TaskNumber, VirtualClock, executor::Baton};
use crate::{
    kernel::{Micros, Timestamp},
    ports::{Clock, Environment, EventStore, Inbox, Moment, Outbox, Probe, ReadModelStore, Timers},
};

/// What one moment costs in virtual time.
const MOMENT_DURATION: Micros = Micros(100);

/// Runs an engine over any store, on virtual time, with chance from a seed, and keeps the trace.
///
/// Under an [`Executor`](super::Executor) every moment ends a turn; without one, code runs through.
#[derive(Debug)]
pub struct World<S> {
    store: S,
    pub(super) clock: Rc<VirtualClock>,
    rng: SeededRng,
    timers: Turns,
    pub(super) probe: TraceProbe,
}

/// A moment with the virtual time at which it was reached.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedMoment {
    /// When.
    pub at: Timestamp,
    /// Whose turn it was; none when no executor ran.
    pub task: Option<TaskNumber>,
    /// What.
    pub moment: Moment,
}

/// Puts every moment into the trace, and ends the turn of the task that reached it.
#[derive(Debug)]
pub struct TraceProbe {
    clock: Rc<VirtualClock>,
    pub(super) baton: Rc<Baton>,
    trace: RefCell<Vec<RecordedMoment>>,
}

/// Nobody else waits for a turn here.
#[derive(Clone, Copy, Debug)]
pub struct Turns;

impl<S> World<S> {
    /// A world over a store, at a time, with a seed.
    pub fn new(store: S, now: Timestamp, seed: u64) -> Self {
        let clock = Rc::new(VirtualClock::new(now));
        let probe =
            TraceProbe { clock: clock.clone(), baton: Rc::default(), trace: RefCell::default() };
        Self { store, clock, rng: SeededRng::new(seed), timers: Turns, probe }
    }

    /// Every moment so far, in order.
    pub fn trace(&self) -> Vec<RecordedMoment> {
        self.probe.trace.borrow().clone()
    }
}

impl Probe for TraceProbe {
    async fn reach(&self, moment: impl FnOnce() -> Moment) {
        let task = self.baton.holder();
        let recorded = RecordedMoment { at: self.clock.now(), task, moment: moment() };
        self.trace.borrow_mut().push(recorded);
        match task {
            Some(_) => self.baton.hand_back(MOMENT_DURATION).await,
            None => self.clock.advance(MOMENT_DURATION),
        }
    }
}

impl Timers for Turns {
    async fn yield_now(&self) {}
}

impl<S: EventStore + Inbox + Outbox + ReadModelStore> Environment for World<S> {
    type Store = S;
    type Clock = VirtualClock;
    type Rng = SeededRng;
    type Timers = Turns;
    type Probe = TraceProbe;

    fn store(&self) -> &S {
        &self.store
    }

    fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    fn rng(&self) -> &SeededRng {
        &self.rng
    }

    fn timers(&self) -> &Turns {
        &self.timers
    }

    fn probe(&self) -> &TraceProbe {
        &self.probe
    }
}
