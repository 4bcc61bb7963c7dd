//! Lines of a tape, as they are kept.

/// Lines of a branch's tape from a place on: what is kept of it there and behind gives way to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLines {
    /// The number of the branch.
    pub branch: u32,
    /// The place of the first of the lines, from 0.
    pub place: u32,
    /// They; none at place 0 for a branch that is gone.
    pub lines: Vec<String>,
}
