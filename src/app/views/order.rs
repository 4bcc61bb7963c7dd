//! One order through its versions.

use super::{Fact, FactValue, LogEntry, OrderStatus};

/// One order through all its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderHistory {
    /// Which.
    pub order: String,
    /// Its stream's name.
    pub stream: String,
    /// The state at each version: index 0 before the first event, index n at version n.
    pub versions: Vec<OrderAt>,
}

impl OrderHistory {
    /// The version of its last event.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.versions.len() as u64 - 1
    }

    /// The state at its last version.
    ///
    /// # Panics
    /// Never: a history has at least the state before the first event.
    #[must_use]
    pub fn latest(&self) -> &OrderAt {
        self.versions.last().expect("a history begins with the empty state")
    }
}

/// An order as it was at one version.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderAt {
    /// The version, 0 before the first event.
    pub version: u64,
    /// How far it was; none before it was created.
    pub status: Option<OrderStatus>,
    /// The event that led here; none at version 0.
    pub event: Option<LogEntry>,
    /// The folded state, each fact with what the event changed.
    pub state: Vec<StateFact>,
}

/// A fact of a folded state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFact {
    /// The fact.
    pub fact: Fact,
    /// What the last event did to it.
    pub change: Change,
}

/// What an event did to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// It was not there before.
    New,
    /// It was this before.
    Was(FactValue),
}
