//! The probe: where the engine's code passes at every moment worth seeing.

use crate::kernel::{CommandId, EventType, GlobalPosition, Micros, ModelName, StreamId, Version};

/// Is told of every moment. What stands behind it decides what a moment costs and does.
pub trait Probe {
    /// The engine has reached a moment. The moment is only made when somebody looks.
    async fn reach(&self, moment: impl FnOnce() -> Moment);
}

/// The probe that nobody stands behind: compiled away.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Probe for Silent {
    #[inline]
    async fn reach(&self, _moment: impl FnOnce() -> Moment) {}
}

/// Something that the engine did, with the data to draw and to explain it.
#[derive(Clone, Debug, PartialEq)]
pub enum Moment {
    /// A command entered the pipeline.
    CommandReceived {
        /// Which.
        command: CommandId,
        /// Its name.
        name: &'static str,
        /// What it is for.
        stream: StreamId,
    },
    /// The command went into a behaviour of the pipeline.
    BehaviourEntered {
        /// Which command.
        command: CommandId,
        /// Which behaviour.
        stage: Stage,
    },
    /// The command, or its answer, left a behaviour.
    BehaviourLeft {
        /// Which command.
        command: CommandId,
        /// Which behaviour.
        stage: Stage,
    },
    /// A stream was read and folded.
    StreamRead {
        /// Which.
        stream: StreamId,
        /// What it is at.
        version: Version,
        /// How many events were folded.
        events: usize,
    },
    /// The decider said yes.
    Decided {
        /// Which command.
        command: CommandId,
        /// The stored names of the events; none for "already so".
        events: Vec<EventType>,
    },
    /// The decider said no.
    Rejected {
        /// Which command.
        command: CommandId,
    },
    /// Events were stored.
    Appended {
        /// Which command caused them.
        command: CommandId,
        /// Where they were appended.
        stream: StreamId,
        /// The version of the last.
        version: Version,
        /// The position of the last.
        position: GlobalPosition,
    },
    /// The stream was not at the expected version.
    Conflict {
        /// Which command met it.
        command: CommandId,
        /// What was believed.
        expected: Version,
        /// What is so.
        actual: Version,
    },
    /// The logging behaviour wrote its line.
    CommandLogged {
        /// Which command.
        command: CommandId,
        /// Its name.
        name: &'static str,
        /// How it ended.
        outcome: Outcome,
        /// How often it was decided.
        attempts: u32,
        /// What each stage took by itself.
        stages: Vec<StageTime>,
    },
    /// A projector wrote rows and checkpoint.
    Projected {
        /// Which read model.
        model: ModelName,
        /// How far it has read now.
        checkpoint: GlobalPosition,
        /// How many events this took in.
        events: usize,
    },
}

/// A station on a command's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Behaviour: says what came, how it ended and what each stage took.
    Logging,
    /// Behaviour: refuses what no state would accept, all fields at once.
    Validation,
    /// Behaviour: gives the recorded answer to a command that was seen before.
    Idempotency,
    /// Behaviour: loads and decides again after a conflict.
    Retry,
    /// Reading the stream and folding it.
    Load,
    /// The decider.
    Decide,
    /// Storing the events.
    Append,
}

/// What one stage took by itself, without the stages inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageTime {
    /// Which.
    pub stage: Stage,
    /// How long.
    pub elapsed: Micros,
}

/// How a command ended, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Events were stored.
    Accepted,
    /// It had taken effect before.
    AlreadySo,
    /// The decider said no.
    Rejected,
    /// Validation said no.
    Invalid,
    /// It conflicted more often than it may.
    Contended,
    /// Something broke.
    Failed,
}
