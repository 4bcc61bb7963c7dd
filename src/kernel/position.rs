//! Where an event stands: its version in its stream, its global position in the log.

use super::json_newtype;

/// An event's place in its stream: 1 for the first event, then without gaps.
///
/// As the version of a stream it is the version of its last event, and [`Version::NONE`] for a
/// stream without events. As an expected version it is what a writer believes the stream to be at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(pub u64);

json_newtype!(Version);

impl Version {
    /// The version of a stream that has no events.
    pub const NONE: Self = Self(0);

    /// The version `count` events later.
    #[must_use]
    pub fn after(self, count: usize) -> Self {
        Self(self.0 + count as u64)
    }
}

/// An event's place in the log: 1 for the first event of all, then without gaps.
///
/// As a checkpoint it is the position of the last event read, and [`GlobalPosition::NONE`] before
/// the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GlobalPosition(pub u64);

json_newtype!(GlobalPosition);

impl GlobalPosition {
    /// Before the first event.
    pub const NONE: Self = Self(0);

    /// The position `count` events later.
    #[must_use]
    pub fn after(self, count: usize) -> Self {
        Self(self.0 + count as u64)
    }

    /// How many events lie between this checkpoint and `head`; none when it is not behind.
    #[must_use]
    pub fn behind(self, head: Self) -> u64 {
        head.0.saturating_sub(self.0)
    }
}
