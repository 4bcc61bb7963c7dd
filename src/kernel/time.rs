//! Time as a number that comes in from outside: nothing in here reads a clock.

use super::json_newtype;

/// A moment in time: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

json_newtype!(Timestamp);

impl Timestamp {
    /// The last moment there is: for who waits without an end.
    pub const MAX: Self = Self(i64::MAX);

    /// The time from `earlier` to this moment; zero when `earlier` is later, and at most what a
    /// signed number holds.
    #[must_use]
    pub fn since(self, earlier: Self) -> Micros {
        Micros(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The moment that comes so much later; the last one there is, where time ends.
    #[must_use]
    pub fn after(self, elapsed: Micros) -> Self {
        Self(self.0.saturating_add(i64::try_from(elapsed.0).unwrap_or(i64::MAX)))
    }

    /// Whole milliseconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn millis(self) -> i64 {
        self.0.div_euclid(1_000)
    }
}

/// A length of time in microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub u64);

json_newtype!(Micros);

impl std::ops::AddAssign for Micros {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
