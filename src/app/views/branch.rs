//! Branches: runs that share a past.

use super::{Failure, ReadModel, StateFact};
use crate::simulation::TapeError;

/// One branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BranchView {
    /// Its number, from 1.
    pub number: u32,
    /// What somebody calls it; empty where it has its number only.
    pub name: String,
    /// From which branch it parted, and after how many moments; from 0 where it began empty, as somebody
    /// wished.
    pub parent: Option<(u32, u64)>,
    /// The scenario that it began with.
    pub scenario: Option<u16>,
    /// How many moments it has.
    pub moments: u64,
    /// Whether it is the one that is acted on.
    pub is_current: bool,
}

/// What a person gave last was taken back, on a new branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undone {
    /// How many events others appended since: they stay where they are, in the branch of before.
    pub foreign: u64,
}

/// Two branches side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many moments they share.
    pub parts_at: u64,
    /// Streams and versions of the events that only this branch has.
    pub here: Vec<(String, u64)>,
    /// Those that only the other one has.
    pub there: Vec<(String, u64)>,
}

/// A read model on two branches side by side. Rows are the same when they say the same; when that came
/// about does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelComparison {
    /// Which.
    pub model: ReadModel,
    /// The first of the rows that differ.
    pub rows: Vec<RowPair>,
    /// How many more differ.
    pub more: u64,
    /// How many are the same.
    pub equal: u64,
}

/// A row on both sides; no facts where it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPair {
    /// The key of the row: an order's id, or the name of a row of figures.
    pub key: String,
    /// What this branch says, each fact with what it is on the other side.
    pub here: Vec<StateFact>,
    /// What the other one says.
    pub there: Vec<StateFact>,
}

/// How a tape that was kept fitted to the log after a reload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Restored {
    /// The run goes on from it.
    Whole {
        /// How many events of the log are not from this tape: others appended them.
        foreign: u64,
    },
    /// It leads to another log: it was given up.
    Differs {
        /// The first position at which they part.
        position: u64,
    },
    /// It cannot be read or played: it was given up.
    Unreadable {
        /// Why.
        why: Unplayable,
    },
    /// Somebody did not want to wait for it: it was given up.
    Skipped,
    /// A branch beside the first cannot be played. It stays in the database.
    BranchUnreadable {
        /// Its number.
        number: u32,
        /// Why.
        why: Unplayable,
    },
}

/// Why a tape cannot be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unplayable {
    /// It is none.
    Tape(TapeError),
    /// The events that it builds on cannot be had.
    Failure(Failure),
}

impl From<TapeError> for Unplayable {
    fn from(error: TapeError) -> Self {
        Self::Tape(error)
    }
}

impl From<Failure> for Unplayable {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}
