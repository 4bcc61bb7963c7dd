//! The browser as an environment.

use super::PageProbe;
use crate::{
    adapters::{AnyStore, BrowserClock, BrowserRng, BrowserTimers},
    ports::Environment,
};

/// What the engine stands on in a page.
#[derive(Debug)]
pub struct BrowserEnvironment {
    store: AnyStore,
    clock: BrowserClock,
    rng: BrowserRng,
    timers: BrowserTimers,
    probe: PageProbe,
}

impl BrowserEnvironment {
    pub(super) fn new(store: AnyStore) -> Self {
        Self {
            store,
            clock: BrowserClock::new(),
            rng: BrowserRng,
            timers: BrowserTimers::new(),
            probe: PageProbe::default(),
        }
    }
}

impl Environment for BrowserEnvironment {
    type Store = AnyStore;
    type Clock = BrowserClock;
    type Rng = BrowserRng;
    type Timers = BrowserTimers;
    type Probe = PageProbe;

    fn store(&self) -> &AnyStore {
        &self.store
    }

    fn clock(&self) -> &BrowserClock {
        &self.clock
    }

    fn rng(&self) -> &BrowserRng {
        &self.rng
    }

    fn timers(&self) -> &BrowserTimers {
        &self.timers
    }

    fn probe(&self) -> &PageProbe {
        &self.probe
    }
}
