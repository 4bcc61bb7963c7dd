//! A clock that only moves when it is told to.

use std::cell::Cell;

use crate::{
    kernel::{Micros, Timestamp},
    ports::Clock,
};

/// Virtual time. It never goes back.
#[derive(Clone, Debug)]
pub struct VirtualClock {
    now: Cell<Timestamp>,
}

impl VirtualClock {
    /// A clock that shows this time.
    #[must_use]
    pub fn new(now: Timestamp) -> Self {
        Self { now: Cell::new(now) }
    }

    /// Moves it on.
    pub fn advance(&self, by: Micros) {
        self.now.set(self.now.get().after(by));
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        self.now.get()
    }
}
