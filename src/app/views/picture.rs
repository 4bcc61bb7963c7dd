//! The picture: the whole system at one moment, as plain data to draw.

use super::{FaultAt, Outcome, Person, ReadModel, Rejection, Room, SagasAt, Stage};
pub use crate::kernel::CommandId;

/// The behaviours that a pipeline can have, in their usual order.
const BEHAVIOURS: [Stage; 4] =
    [Stage::Logging, Stage::Validation, Stage::Idempotency, Stage::Retry];

/// The system after some moments. Its size is bounded, whatever the run: it can be kept and copied.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// How many moments led to it.
    pub moment: usize,
    /// How many people act: as many as there are boxes for them.
    pub people: u8,
    /// Where the last of them happened.
    pub lit: Option<Place>,
    /// What moved in it.
    pub moved: Vec<Movement>,
    /// The commands that are under way, or were killed there, in the order in which they were given.
    pub commands: Vec<CommandAt>,
    /// How many more are under way than are listed.
    pub commands_more: usize,
    /// What is to be said about the last command that met trouble.
    pub note: Option<Note>,
    /// The pipeline's behaviours, outermost first.
    pub behaviours: Vec<Stage>,
    /// Whether appends are refused that expect another version.
    pub checks_versions: bool,
    /// What is folded in the hexagon.
    pub aggregate: Option<Aggregate>,
    /// The event store.
    pub store: StorePicture,
    /// The three read models and their projectors.
    pub projectors: Vec<ProjectorAt>,
    /// The parts that it has beside those that every picture has.
    pub rooms: Vec<Room>,
    /// Whether services listen to the store themselves.
    pub reacts: bool,
    /// What each of the services holds, at a glance: of what, and how much.
    pub held: [Option<(String, u64)>; 4],
    /// The sagas that are not over.
    pub sagas: SagasAt,
    /// Those rooms that are dead.
    pub dead: Vec<Room>,
    /// Those that get no turn.
    pub paused: Vec<Room>,
    /// Those whose turns take longer.
    pub slowed: Vec<Room>,
    /// The faults that wait, in the order in which they were armed.
    pub faults: Vec<FaultAt>,
    /// The fault that happened in the last moment, in a word of the tape.
    pub fault_met: Option<&'static str>,
}

impl Picture {
    /// Every behaviour that a pipeline can have, and whether this one has it: those that it has in their
    /// order, the others where they would usually stand.
    #[must_use]
    pub fn stages(&self) -> Vec<(Stage, bool)> {
        let mut stages: Vec<_> = self.behaviours.iter().map(|stage| (*stage, true)).collect();
        for stage in BEHAVIOURS {
            if !self.behaviours.contains(&stage) {
                let next = stages.iter().position(|(other, _)| *other > stage);
                stages.insert(next.unwrap_or(stages.len()), (stage, false));
            }
        }
        stages
    }
}

/// What somebody can point at in the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A box, or a row of one.
    Place(Place),
    /// A command under way.
    Command(CommandId),
    /// A stored event.
    Event {
        /// Its stream.
        stream: String,
        /// Its place in it.
        version: u64,
    },
}

/// Where something can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Somebody who gives commands and reads.
    Person(Person),
    /// The way into the pipeline.
    Pipeline,
    /// One behaviour of it.
    Behaviour(Stage),
    /// The hexagon.
    Aggregate,
    /// The event store.
    Store,
    /// A read model with its projector.
    ReadModel(ReadModel),
    /// A part that is not in every picture.
    Room(Room),
    /// Beyond the picture: another tab.
    Elsewhere,
}

/// What a token stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A command on its way in.
    Command,
    /// Events.
    Events,
    /// An answer on its way out.
    Answer,
    /// A refusal or a failure on its way out.
    Refusal,
    /// A command that goes in again after a conflict.
    Conflict,
    /// The handler of a command that was killed.
    Dead,
    /// Rows of a read model.
    Rows,
}

/// What moved in one moment. Where `from` is `to`, something happened on the spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Movement {
    /// From here.
    pub from: Place,
    /// To here.
    pub to: Place,
    /// What.
    pub token: Token,
    /// The command that moved, where it was one.
    pub command: Option<CommandId>,
    /// How many events, where it was events.
    pub count: usize,
}

/// A command under way.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandAt {
    /// Which.
    pub id: CommandId,
    /// Its name, as it is in the code.
    pub name: &'static str,
    /// What it is for.
    pub stream: String,
    /// Who gave it.
    pub person: Person,
    /// Whether it is meant for the version that they saw.
    pub insists: bool,
    /// Where it is.
    pub at: Place,
    /// As what.
    pub token: Token,
    /// How it ends, as far as that is known.
    pub outcome: Option<Outcome>,
    /// How many conflicts it met.
    pub conflicts: u32,
    /// Whether its handler gets no turn.
    pub paused: bool,
    /// Whether each turn of its handler takes longer.
    pub slowed: bool,
    /// The types of the events that were decided and are not stored.
    pub decided: Vec<String>,
    /// The version that was read.
    pub(in crate::app) read: u64,
    /// Whether its append was done and the answer lost, if the next moment does not say otherwise.
    pub(in crate::app) lost: bool,
}

/// What is to be said about a command that met trouble.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Which.
    pub command: CommandId,
    /// Its name, as it is in the code.
    pub name: &'static str,
    /// What.
    pub setback: Setback,
}

/// What a command met.
#[derive(Clone, Debug, PartialEq)]
pub enum Setback {
    /// A rule said no.
    Refused(Rejection),
    /// The validation said no: the first field that breaks a rule, and the rule.
    Invalid(String, Rejection),
    /// Somebody else was faster: what was expected and what is so. It is decided again.
    Conflict(u64, u64),
    /// Somebody else was faster: what its person saw and what is so. That is its end.
    Stale(u64, u64),
    /// Somebody else was faster each time.
    Contended,
    /// Something broke, in the words of the error.
    Failed(String),
    /// Its handler was killed.
    Killed,
}

/// The aggregate that is folded in the hexagon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// For which command.
    pub command: CommandId,
    /// Its stream.
    pub stream: String,
    /// The version it was folded to.
    pub version: u64,
}

/// The event store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorePicture {
    /// How many events it has.
    pub events: u64,
    /// How many of them came in the last moment.
    pub fresh: u64,
    /// How many streams there are.
    pub streams: u64,
    /// The streams that something happened in last, each in a lane that it keeps while it is there.
    pub lanes: Vec<StreamLane>,
}

/// A stream in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StreamLane {
    /// Its name.
    pub stream: String,
    /// The version of its last event.
    pub version: u64,
    /// Its last events, as far as this run stored them.
    pub tiles: Vec<Tile>,
    /// The moment in which something last happened in it.
    pub(in crate::app) touched: usize,
}

/// A stored event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Its place in the stream.
    pub version: u64,
    /// Its place in the log.
    pub position: u64,
    /// Its stored type; empty where the trace does not tell.
    pub event_type: String,
}

/// A read model and the projector that keeps it up to date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProjectorAt {
    /// Which.
    pub model: ReadModel,
    /// The last position it has written.
    pub checkpoint: u64,
    /// What the projector is doing.
    pub activity: Activity,
    /// Whether it gets no turn.
    pub paused: bool,
    /// Whether each of its turns takes longer.
    pub slowed: bool,
    /// Whether its writing was done and the answer lost, if the next moment does not say otherwise.
    pub(in crate::app) lost: bool,
}

impl ProjectorAt {
    /// How many events it is behind the log.
    #[must_use]
    pub fn behind(&self, store: &StorePicture) -> u64 {
        store.events.saturating_sub(self.checkpoint)
    }
}

/// What a projector is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Waiting for the log to grow.
    Waiting,
    /// It has read up to this position, and not written.
    Read(u64),
    /// It could not go on, and tries again.
    Failed,
    /// It was killed.
    Dead,
}
