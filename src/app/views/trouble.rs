//! Trouble: what somebody can make go wrong where something stands in the picture, and end again.

use super::{CommandId, Place, ReadModel, Stage};

/// A task that can be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// The one that handles a command.
    Handler(CommandId),
    /// The one that keeps a read model up to date.
    Projector(ReadModel),
    /// Whoever runs sagas.
    Runner,
    /// That of a service, by its place among the four.
    Service(u8),
}

/// Trouble that somebody can make, or end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Kills a task where it stands.
    Kill(Task),
    /// Builds a task again from what is durable.
    Restart(Task),
    /// Takes a task its turns away.
    Pause(Task),
    /// Gives them back.
    Resume(Task),
    /// Makes each turn of a task longer.
    Slow(Task),
    /// Gives it back its usual pace.
    Hasten(Task),
    /// Lets a fault wait.
    Arm(FaultAt),
    /// Takes away every fault that waits at the store, or else at the read models.
    Calm(Place),
    /// Switches the version check.
    CheckVersions(bool),
    /// Switches a behaviour of the pipeline.
    Behaviour {
        /// Which.
        stage: Stage,
        /// Whether it is on after that.
        on: bool,
        /// The behaviours that the pipeline has then, outermost first.
        stages: Vec<Stage>,
    },
    /// Deletes a read model and makes it again from the first event on.
    Rebuild(ReadModel),
    /// Loads the page again, as far as the engine is concerned.
    Reload,
}

/// A fault that waits, in words of the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultAt {
    /// At which point.
    pub point: &'static str,
    /// What.
    pub fault: &'static str,
    /// How often, in a word.
    pub times: &'static str,
    /// How many times more; 0 where there is no limit.
    pub left: u32,
}

impl FaultAt {
    /// One that waits as often as a word on the tape and the amounts say.
    #[must_use]
    pub fn chosen(
        (point, fault): (&'static str, &'static str),
        times: &'static str,
        amounts: Amounts,
    ) -> Self {
        let (times, left) = match times {
            "next" if amounts.times > 1 => ("next_few", amounts.times),
            "next" => ("next", 1),
            other => (other, 0),
        };
        Self { point, fault, times, left }
    }

    /// Whether it waits at the read models; else it waits at the event store.
    #[must_use]
    pub fn is_at_read_models(&self) -> bool {
        self.point == "update_read_model"
    }
}

/// What trouble goes by, as somebody chose it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// How many next times something goes wrong.
    pub times: u32,
    /// In how many of a hundred cases, where it is by chance.
    pub percent: u32,
    /// How much longer what is slow takes, in milliseconds.
    pub slow_ms: u32,
}

impl Default for Amounts {
    fn default() -> Self {
        Self { times: 1, percent: 50, slow_ms: 5 }
    }
}

impl Amounts {
    /// The most times and milliseconds that are taken.
    pub const MAX: u32 = 60_000;
}
