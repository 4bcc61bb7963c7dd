//! The keeper of the tape: one tab writes it into the database as it grows.

use std::cell::RefCell;

use super::{gate::Gate, page_tape::FIRST_BRANCH};
use crate::adapters::{IndexedDbStore, TabLock};

/// Knows what of the tape is in the database, and whether this tab is the one that keeps it.
///
/// Two tabs may act on one log at the same time; each has a tape of its own, on which the events of
/// the other stand as foreign ones. The tape of the tab that holds the lock is kept.
#[derive(Debug, Default)]
pub(super) struct TapeKeeper {
    /// The lines that are in the database.
    lines: RefCell<Vec<String>>,
    lock: RefCell<Option<TabLock>>,
    writing: Gate,
}

impl TapeKeeper {
    /// Another database takes the place of this one: its tape begins.
    pub(super) fn begin_again(&self) {
        self.lines.take();
        self.lock.take();
    }

    /// These lines are in the database already.
    pub(super) fn kept(&self, lines: Vec<String>) {
        self.lines.replace(lines);
    }

    /// Writes what is new; nothing where another tab keeps the tape of this database.
    pub(super) async fn keep(
        &self,
        database: &str,
        store: &IndexedDbStore,
        lines: impl AsyncFn() -> Vec<String>,
    ) {
        self.writing
            .run(async || {
                if self.holds_lock(database).await {
                    self.write(store, lines().await).await;
                }
            })
            .await;
    }

    async fn holds_lock(&self, database: &str) -> bool {
        if self.lock.borrow().is_none() {
            let lock = TabLock::take(&format!("{database}.tape")).await;
            self.lock.replace(lock);
        }
        self.lock.borrow().is_some()
    }

    /// Writes the lines that differ from what is there, and those behind them.
    async fn write(&self, store: &IndexedDbStore, lines: Vec<String>) {
        let same =
            self.lines.borrow().iter().zip(&lines).take_while(|(one, two)| one == two).count();
        if same == lines.len() && same == self.lines.borrow().len() {
            return;
        }
        let place = u32::try_from(same).unwrap_or(u32::MAX);
        let written = store.write_tape(FIRST_BRANCH, place, &lines[same..]).await;
        // A storage that fails shows where events are stored; the next time all of it is written.
        if written.is_ok() {
            self.lines.replace(lines);
        }
    }
}
