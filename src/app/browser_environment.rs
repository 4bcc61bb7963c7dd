//! The browser as an environment: for who looks, and for ids and times that come from outside of a run.

use crate::{
    adapters::{AnyStore, BrowserClock, BrowserRng, BrowserTimers},
    ports::{Environment, Silent},
};

/// What the page looks at: the store, the time, chance.
#[derive(Debug)]
pub struct BrowserEnvironment {
    store: AnyStore,
    clock: BrowserClock,
    rng: BrowserRng,
    timers: BrowserTimers,
    probe: Silent,
}

impl BrowserEnvironment {
    pub(super) fn new(store: AnyStore) -> Self {
        Self {
            store,
            clock: BrowserClock::new(),
            rng: BrowserRng::default(),
            timers: BrowserTimers::new(),
            probe: Silent,
        }
    }
}

impl Environment for BrowserEnvironment {
    type Store = AnyStore;
    type Clock = BrowserClock;
    type Rng = BrowserRng;
    type Timers = BrowserTimers;
    type Probe = Silent;

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

    fn probe(&self) -> &Silent {
        &self.probe
    }
}
