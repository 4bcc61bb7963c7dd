//! Faults: what can be made to go wrong at the store, where, and how often.

use crate::{
    kernel::{Micros, json_enum, json_object},
    ports::{Rng, StorageError},
};

/// Where a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultPoint {
    /// Storing events.
    Append,
    /// Reading a stream.
    ReadStream,
    /// Reading the log.
    ReadLog,
    /// Writing rows and checkpoint.
    UpdateReadModel,
}

json_enum!(FaultPoint {
    Append = "append",
    ReadStream = "read_stream",
    ReadLog = "read_log",
    UpdateReadModel = "update_read_model"
});

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no room left: nothing is done.
    DiskFull,
    /// The storage fails: nothing is done.
    Unavailable,
    /// The work is done, and its answer is lost.
    LoseAnswer,
    /// Another writer is faster, if there is something that it could do: the stream or the checkpoint
    /// is not where it was expected.
    Conflict,
    /// The work is done, so much later.
    Slow(Micros),
}

json_enum!(Fault {
    DiskFull = "disk_full",
    Unavailable = "unavailable",
    LoseAnswer = "lose_answer",
    Conflict = "conflict",
    Slow(by) = "slow"
});

/// How often a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// The next so many times.
    Next(u32),
    /// Every time, until it is disarmed.
    Always,
    /// Each time with a chance of `hits` out of `of`.
    Chance {
        /// At most `of`.
        hits: u32,
        /// At least 1.
        of: u32,
    },
}

json_enum!(Times { Next(left) = "next", Always = "always", Chance { hits, of } = "chance" });

/// A fault that waits at a point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmedFault {
    /// Where.
    pub point: FaultPoint,
    /// What.
    pub fault: Fault,
    /// How often.
    pub times: Times,
}

json_object!(ArmedFault { point, fault, times });

/// The faults that wait, in the order in which they were armed.
#[derive(Clone, Debug, Default)]
pub struct FaultPlan {
    armed: Vec<ArmedFault>,
}

impl FaultPlan {
    /// Adds a fault behind those that wait already.
    pub fn arm(&mut self, fault: ArmedFault) {
        self.armed.push(fault);
    }

    /// Takes away what waits at a point.
    pub fn disarm(&mut self, point: FaultPoint) {
        self.armed.retain(|armed| armed.point != point);
    }

    /// What waits, in order.
    #[must_use]
    pub fn armed(&self) -> &[ArmedFault] {
        &self.armed
    }

    /// The fault that happens now at this point, if one does. The first that is armed comes first.
    pub(super) fn next(&mut self, point: FaultPoint, rng: &impl Rng) -> Option<(Fault, Times)> {
        let index =
            self.armed.iter().position(|armed| armed.point == point && armed.times.happens(rng))?;
        let armed = &mut self.armed[index];
        let (fault, times) = (armed.fault, armed.times);
        if armed.times.spend() {
            self.armed.remove(index);
        }
        Some((fault, times))
    }
}

impl Times {
    /// One time less; whether none is left.
    pub(super) fn spend(&mut self) -> bool {
        if let Self::Next(left) = self {
            *left -= 1;
        }
        *self == Self::Next(0)
    }

    pub(super) fn happens(self, rng: &impl Rng) -> bool {
        match self {
            Self::Next(left) => left > 0,
            Self::Always => true,
            Self::Chance { hits, of } => rng.next_u64() % u64::from(of.max(1)) < u64::from(hits),
        }
    }

    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Next(1) => "next",
            Self::Next(_) => "next_few",
            Self::Always => "always",
            Self::Chance { .. } => "chance",
        }
    }

    /// How many times at most; 0 where there is no limit.
    #[must_use]
    pub fn limit(self) -> u32 {
        match self {
            Self::Next(count) => count,
            Self::Always | Self::Chance { .. } => 0,
        }
    }
}

impl FaultPoint {
    /// All of them.
    pub const ALL: [Self; 4] =
        [Self::Append, Self::ReadStream, Self::ReadLog, Self::UpdateReadModel];
    /// Those at the event store.
    pub const AT_STORE: [Self; 3] = [Self::Append, Self::ReadStream, Self::ReadLog];

    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Append => "append",
            Self::ReadStream => "read_stream",
            Self::ReadLog => "read_log",
            Self::UpdateReadModel => "update_read_model",
        }
    }
}

impl Fault {
    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DiskFull => "disk_full",
            Self::Unavailable => "unavailable",
            Self::LoseAnswer => "lose_answer",
            Self::Conflict => "conflict",
            Self::Slow(_) => "slow",
        }
    }

    /// The error of a fault that does nothing; of one whose work is done, that its answer is lost.
    pub(super) fn error(self) -> StorageError {
        let cause = match self {
            Self::DiskFull => return StorageError::Full,
            Self::LoseAnswer => "the answer was lost",
            Self::Unavailable | Self::Conflict | Self::Slow(_) => "the store is down",
        };
        StorageError::Unavailable { cause: cause.to_owned() }
    }
}
