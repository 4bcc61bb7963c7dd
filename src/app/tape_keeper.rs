//! The keeper of the tapes: one tab writes them into the database as they grow.

use std::cell::{Cell, RefCell};

use super::gate::Gate;
use crate::adapters::{Asking, TabLock};

/// Knows whether this tab is the one that keeps the tapes of the database, and what it left there last.
///
/// Two tabs may act on one log at the same time; each has tapes of its own, on which the events of the
/// other stand as foreign ones. The tapes of the tab that holds the lock are kept. The lock says who may
/// write, the stamp in the database makes sure of it.
#[derive(Debug)]
pub(super) struct TapeKeeper {
    /// Names this tab in its stamps.
    tab: u64,
    written: Cell<u32>,
    stamp: RefCell<String>,
    /// Whether what lies there was compared with the stamp since this tab got the lock.
    pub(super) has_looked: Cell<bool>,
    lock: RefCell<Option<TabLock>>,
    is_elsewhere: Cell<bool>,
    /// Whether this tab waits for the lock.
    is_waiting: Cell<bool>,
    /// Grows with each database that takes the place of another one.
    round: Cell<u32>,
    pub(super) writing: Gate,
    /// How many times the tapes of a database are being played again.
    restoring: Cell<u32>,
}

impl TapeKeeper {
    /// The keeper of a tab, which has a number that no other has.
    pub(super) fn new(tab: u64) -> Self {
        Self {
            tab,
            written: Cell::new(0),
            stamp: RefCell::default(),
            has_looked: Cell::new(false),
            lock: RefCell::default(),
            is_elsewhere: Cell::new(false),
            is_waiting: Cell::new(false),
            round: Cell::new(0),
            writing: Gate::default(),
            restoring: Cell::new(0),
        }
    }

    /// Another database takes the place of this one.
    pub(super) fn begin_again(&self) {
        self.round.set(self.round.get() + 1);
        self.stamp.take();
        self.let_go();
        self.is_elsewhere.set(false);
        self.is_waiting.set(false);
    }

    /// Plays the tapes again. What this tab has meanwhile is not what is to be kept.
    pub(super) async fn restore<T>(&self, playing: impl Future<Output = T>) -> T {
        self.restoring.set(self.restoring.get() + 1);
        let restored = playing.await;
        self.restoring.set(self.restoring.get() - 1);
        restored
    }

    /// Whether the tapes are still being played again.
    pub(super) fn is_restoring(&self) -> bool {
        self.restoring.get() > 0
    }

    /// The stamp that this tab found or left last.
    pub(super) fn stamp(&self) -> String {
        self.stamp.borrow().clone()
    }

    /// This stamp lies in the database.
    pub(super) fn found(&self, stamp: String) {
        self.stamp.replace(stamp);
    }

    /// A stamp that was never there before.
    pub(super) fn next_stamp(&self) -> String {
        self.written.set(self.written.get() + 1);
        format!("{:x}.{}", self.tab, self.written.get())
    }

    /// Whether this tab holds the lock.
    pub(super) fn is_holding(&self) -> bool {
        self.lock.borrow().is_some()
    }

    /// Whether another tab keeps the tapes.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.is_elsewhere.get()
    }

    /// Notes who keeps the tapes. True when that is news.
    pub(super) fn note_elsewhere(&self, is_elsewhere: bool) -> bool {
        self.is_elsewhere.replace(is_elsewhere) != is_elsewhere
    }

    /// This tab keeps nothing any more.
    pub(super) fn let_go(&self) {
        self.has_looked.set(false);
        self.lock.take();
    }

    /// Holds the lock of a database, if it can be had. Calls back when another tab takes it over.
    pub(super) async fn hold(
        &self,
        database: &str,
        asking: Asking,
        on_lost: impl FnOnce() + 'static,
    ) -> bool {
        if self.lock.borrow().is_some() {
            return true;
        }
        let round = self.round.get();
        if asking == Asking::OnceFree && self.is_waiting.replace(true) {
            return false;
        }
        let lock = TabLock::take(&format!("{database}.tape"), asking, on_lost).await;
        if self.round.get() != round {
            return false;
        }
        if asking == Asking::OnceFree {
            self.is_waiting.set(false);
        }
        let mut held = self.lock.borrow_mut();
        *held = held.take().or(lock);
        held.is_some()
    }
}
