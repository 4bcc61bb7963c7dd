//! A mirror: the log of a run once more, in memory, with what its read models were after each event.
//!
//! What log, orders and read models were at any moment is a look into it: nothing is played again.

use std::rc::Rc;

use super::{
    lab_past::copy,
    run::{PROJECTORS, Stores, projector},
    views::Failure,
};
use crate::{
    kernel::{GlobalPosition, ModelName},
    ports::{Clock, Environment, EventStore, ReadModelStore, Timers},
    simulation::World,
};

/// Events before the run that are taken in between two turns of the page.
const BATCH: usize = 128;
/// The same for those of the run, each of which is projected by itself.
const BATCH_OF_RUN: usize = 64;

/// The log of one run, as far as somebody has looked.
#[derive(Debug)]
pub(super) struct Mirror<E: Environment> {
    environment: E,
    /// How many events there were before the run: its read models never were anywhere between them.
    base: u64,
}

impl<E: Environment> Mirror<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// A mirror over an empty store, of a run that builds on so many events. Where it is to be looked at as
    /// it was, the store keeps its history.
    pub(super) fn new(environment: E, base: u64) -> Self {
        Self { environment, base }
    }

    /// Its environment, for a run that goes on from what is in it.
    pub(super) fn into_environment(self) -> E {
        self.environment
    }

    /// What is in it.
    pub(super) fn store(&self) -> &E::Store {
        self.environment.store()
    }

    /// The position before the run's first event.
    pub(super) fn base(&self) -> GlobalPosition {
        GlobalPosition(self.base)
    }

    /// Takes in what the log has up to here, giving the page its turn in between. False when nobody wants
    /// it any more.
    ///
    /// # Errors
    /// When a storage fails, or an event cannot be decoded.
    pub(super) async fn grow(
        &self,
        log: &E::Store,
        head: GlobalPosition,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<bool, Failure> {
        loop {
            let read_to = self.store().head().await?;
            if read_to >= head {
                break;
            }
            let left = usize::try_from(head.0 - read_to.0).unwrap_or(usize::MAX);
            let events = log.read_log(read_to, left.min(self.batch(read_to))).await?;
            if events.is_empty() {
                break;
            }
            for event in &events {
                copy(self.store(), event).await?;
            }
            self.project().await?;
            self.environment.timers().yield_now().await;
            if !is_wanted() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn batch(&self, read_to: GlobalPosition) -> usize {
        let before_run = usize::try_from(self.base.saturating_sub(read_to.0)).unwrap_or(BATCH);
        if before_run > 0 { before_run.min(BATCH) } else { BATCH_OF_RUN }
    }

    /// Brings the read models up to the log: at once before the run, then event by event, since the run's
    /// projectors may have stood after each of them.
    async fn project(&self) -> Result<(), Failure> {
        for model in PROJECTORS {
            // A world of its own each time: what it notes is of no use to anybody.
            let now = self.environment.clock().now();
            let world = World::new(self.store().clone(), now, 0);
            let projector = projector(Rc::new(world), model);
            while !projector.catch_up(self.step(model).await?).await?.at_end {}
        }
        Ok(())
    }

    async fn step(&self, model: ModelName) -> Result<usize, Failure> {
        let checkpoint = self.store().checkpoint(model).await?;
        Ok(if checkpoint.0 < self.base { self.batch(checkpoint) } else { 1 })
    }
}
