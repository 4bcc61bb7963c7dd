//! Moments: what happened when, by whom and because of what; and the lanes on which they are drawn.

use super::{Person, ReadModel};

/// A moment of the trace, ready to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MomentView {
    /// Its place in the trace, from 1.
    pub number: u32,
    /// When: microseconds of virtual time since the run began.
    pub at_us: u64,
    /// Who reached it.
    pub who: Who,
    /// The name of its kind, as it is in the code.
    pub name: &'static str,
    /// What is known of it: names as in the code, and values.
    pub facts: Vec<(&'static str, String)>,
    /// Why somebody may want to stop here.
    pub interest: Option<Interest>,
    /// The stream that it is about, if it is about one.
    pub stream: Option<String>,
}

/// A moment that somebody gave a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedMoment {
    /// Which: so many moments had been reached.
    pub number: u32,
    /// Its name.
    pub name: String,
}

/// Why a moment was given no name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkRefusal {
    /// There are no letters in it.
    NoName,
    /// Another moment of the branch has it: this one.
    Taken(NamedMoment),
}

/// Who reached a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Somebody outside.
    Person(Person),
    /// The task that handles a command of this name, which this person gave.
    Handler(&'static str, Person),
    /// The task that keeps a read model up to date.
    Projector(ReadModel),
    /// The task that begins sagas.
    Runner,
    /// The task that runs a saga.
    Saga,
    /// The task of the service of this name.
    Service(&'static str),
    /// The task of the reactor of this name.
    Reactor(&'static str),
}

/// Why a moment is worth stopping at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interest {
    /// Events were stored.
    Event,
    /// A rule or the validation said no.
    Refusal,
    /// The stream was not at the expected version.
    Conflict,
    /// A fault happened, or something failed for one.
    Fault,
    /// A task was killed.
    Crash,
}

impl Interest {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Event, Self::Refusal, Self::Conflict, Self::Fault, Self::Crash];
}

/// Some of the interests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Interests(u8);

impl Interests {
    /// Whether it is among them.
    #[must_use]
    pub fn has(self, interest: Interest) -> bool {
        self.0 & (1 << interest as u8) != 0
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The same with one more.
    #[must_use]
    pub fn with(self, interest: Interest) -> Self {
        Self(self.0 | 1 << interest as u8)
    }

    /// The same with one put in or taken out.
    #[must_use]
    pub fn toggled(self, interest: Interest) -> Self {
        Self(self.0 ^ 1 << interest as u8)
    }
}

/// What a run is played up to: the next moment of that kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Until {
    /// One with this interest.
    Interest(Interest),
    /// One of this stream.
    Stream(String),
}

/// Where playing ends by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stops {
    /// At the next moment of this kind, once.
    pub until: Option<Until>,
    /// At every moment with one of these interests, to explain it.
    pub explain: Interests,
    /// After so many moments, as the scenario wants it; not on the way to the next moment of a kind.
    pub pauses: Vec<u32>,
}

/// How far playing went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advance {
    /// How many moments are shown now.
    pub shown: u32,
    /// What is left to spend, in the time that a usual moment takes.
    pub budget: f64,
    /// Whether it ends here.
    pub stopped: bool,
}

/// Streams as lanes along one axis of time, on which idle times are short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lanes {
    /// The lanes, from above.
    pub rows: Vec<Lane>,
    /// Where the axis ends; it begins at 0.
    pub end: u32,
    /// The longest idle times, as far as they are long enough to be seen.
    pub gaps: Vec<Gap>,
}

/// One lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// What it shows.
    pub name: LaneName,
    /// What is on it, from left to right.
    pub marks: Vec<Mark>,
}

/// What a lane shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LaneName {
    /// This stream.
    Stream(String),
    /// So many streams that have no lane of their own.
    More(u64),
    /// What is about no stream: trouble of projectors, reloads.
    NoStream,
}

/// A place on a lane, with everything that happened there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where on the axis.
    pub place: u32,
    /// What.
    pub interests: Interests,
}

/// An idle time, drawn shorter than it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Where on the axis it begins.
    pub from: u32,
    /// Where on the axis it ends.
    pub to: u32,
    /// How long it was, in microseconds.
    pub idle_us: u64,
}
