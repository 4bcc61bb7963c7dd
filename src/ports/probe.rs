//! The probe: where the engine's code passes at every moment worth seeing.

use super::SagaMoment;
use crate::kernel::{
    CommandId, EventType, GlobalPosition, Micros, ModelName, StreamId, Version, json_enum,
};

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

/// Something that happened in or to the engine, with the data to draw and to explain it.
///
/// The first part is what the engine reaches by itself; the second what came from outside or was
/// made to go wrong, and is recorded where a simulation stands behind the probe.
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
        /// The rule, as JSON text.
        rejection: String,
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
    /// The answer left the pipeline.
    CommandAnswered {
        /// Which command.
        command: CommandId,
        /// How it ended.
        outcome: Outcome,
        /// The answer, as JSON text.
        answer: String,
    },
    /// The pipeline has no answer: nothing is known to be stored, and the command may be sent again.
    CommandFailed {
        /// Which command.
        command: CommandId,
        /// Contended, in conflict or failed.
        outcome: Outcome,
        /// In the words of the error.
        reason: String,
    },
    /// A projector read on in the log.
    LogRead {
        /// For which read model.
        model: ModelName,
        /// After which position.
        after: GlobalPosition,
        /// How many events there were.
        events: usize,
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
    /// A projector found its read model at another place than it believed: it goes on from there.
    CheckpointMoved {
        /// Which read model.
        model: ModelName,
        /// Where it is.
        found: GlobalPosition,
    },
    /// A projector could not read on; it tries again after a while.
    ProjectorFailed {
        /// Which read model.
        model: ModelName,
        /// In the words of the error.
        reason: String,
    },

    /// Something in or to a saga, its runner or a service.
    Saga(SagaMoment),

    /// From outside: somebody gave a command.
    CommandGiven {
        /// Which.
        command: CommandId,
        /// Its name.
        name: &'static str,
        /// What it is for.
        stream: StreamId,
        /// The version on which the person decided, when they insist on it.
        as_seen: Option<Version>,
    },
    /// From outside: a fault waits at its point.
    FaultArmed {
        /// Where.
        point: &'static str,
        /// What.
        fault: &'static str,
        /// How often, in a word.
        times: &'static str,
        /// How many times at most; 0 where there is no limit.
        limit: u32,
    },
    /// From outside: no fault waits at this point any more.
    FaultsDisarmed {
        /// Where.
        point: &'static str,
    },
    /// A fault happened.
    FaultMet {
        /// Where.
        point: &'static str,
        /// What.
        fault: &'static str,
        /// How often the one that happened was armed for, in a word.
        times: &'static str,
    },
    /// A fault wanted another writer to be faster, and nobody could do anything to this stream.
    NobodyFaster {
        /// Which.
        stream: StreamId,
    },
    /// From outside: a task was killed where it stood. What was volatile is gone.
    Crashed,
    /// From outside: a task was built again from what is durable.
    Restarted,
    /// From outside: a task gets no turn until it is resumed.
    Paused,
    /// From outside: a task gets its turns again.
    Resumed,
    /// From outside: each turn of a task takes so much longer.
    Slowed {
        /// How much; zero for the usual pace.
        by: Micros,
    },
    /// From outside: a read model's rows and checkpoint were deleted. No event was touched.
    ModelCleared {
        /// Which read model.
        model: ModelName,
    },
    /// From outside: the version check was switched.
    VersionCheckSwitched {
        /// Whether appends are refused that expect another version.
        on: bool,
    },
    /// From outside: the pipeline has these behaviours now.
    BehavioursChanged {
        /// Outermost first.
        stages: Vec<Stage>,
    },
    /// From outside: the page was loaded again; every task was killed, and projectors began anew.
    Reloaded,
    /// Another writer appended to the same log: from outside, or since a fault wanted it.
    ForeignAppended {
        /// Where.
        stream: StreamId,
        /// The stored names of the events.
        events: Vec<EventType>,
        /// The version of the last event.
        version: Version,
        /// The position of the last event.
        position: GlobalPosition,
    },
    /// From outside: somebody gave this moment a name.
    Marked {
        /// The name.
        name: String,
    },
    /// From outside: somebody gave an earlier moment a name.
    PastMarked {
        /// Which: so many moments had been reached.
        moment: u32,
        /// The name.
        name: String,
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

json_enum!(Stage { Logging, Validation, Idempotency, Retry, Load, Decide, Append });

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
    /// It was meant for one version only, and the stream was at another.
    Conflict,
    /// Something broke.
    Failed,
}
