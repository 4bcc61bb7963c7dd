//! Long work in slices: the page gets its turn before anybody misses it.

use crate::{
    kernel::{Micros, Timestamp},
    ports::{Clock, Environment, Timers},
};

/// Steps after which the page gets its turn, whatever the clock says.
const STEPS: u32 = 512;
/// The time after which it does.
const SLICE: Micros = Micros(12_000);

/// Work on runs that is done in slices.
pub(super) struct Slices<'a, E> {
    environment: &'a E,
    steps: u32,
    began: Timestamp,
}

impl<'a, E: Environment> Slices<'a, E> {
    /// Begins the first slice.
    pub(super) fn new(environment: &'a E) -> Self {
        Self { environment, steps: 0, began: environment.clock().now() }
    }

    /// A step was taken. Gives the page its turn where it is time; true when it had it.
    pub(super) async fn step(&mut self) -> bool {
        self.steps += 1;
        // One step may read a part of a long log; asking the clock costs as much as a small one.
        let is_late = || self.environment.clock().now().since(self.began) >= SLICE;
        if !(self.steps.is_multiple_of(STEPS) || self.steps.is_multiple_of(2) && is_late()) {
            return false;
        }
        self.environment.timers().yield_now().await;
        self.began = self.environment.clock().now();
        true
    }
}
