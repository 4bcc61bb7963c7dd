//! The tape: everything that came from outside of a run, in order, as text that a person can read.
//!
//! A tape is a text of JSON lines. The first line is its [`Head`], each other one an [`Entry`]:
//!
//! ```text
//! {"hindsight_tape":1,"seed":7,"start":1790000000000000,"base":0,"moment_us":100,"check_versions":true,"behaviours":["Logging","Validation","Idempotency","Retry"]}
//! {"at":0,"input":{"command":{"id":"…","as_seen":null,"command":{"DeliverOrder":{"order":"…"}}}}}
//! {"at":1200,"input":{"crash":{"projector":"order_details"}}}
//! ```

use nojson::{DisplayJson, JsonFormatter, RawJsonValue};
use thiserror::Error;

use super::{ArmedFault, FaultPoint, FulfilmentInput, Person, Target};
use crate::{
    kernel::{
        CommandId, Json, JsonError, Micros, StoredEvent, Timestamp, Version, from_json, json_enum,
        json_object, required, to_json, write_members,
    },
    ports::Stage,
};

/// The newest form of a tape, and the only one so far.
pub const TAPE_VERSION: u32 = 1;

/// Everything that came from outside: from it a run is made again, byte for byte.
///
/// Its entries are in the order of their times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tape<C> {
    /// What the run begins with.
    pub head: Head,
    /// What came, in order.
    pub entries: Vec<Entry<C>>,
}

/// What a run begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The form of this tape.
    pub hindsight_tape: u32,
    /// All chance comes from it.
    pub seed: u64,
    /// The virtual time at which the run begins.
    pub start: Timestamp,
    /// How many events the log had before: the run goes on behind them.
    pub base: u64,
    /// What one moment costs, in microseconds of virtual time.
    pub moment_us: Micros,
    /// Whether appends are refused that expect another version.
    pub check_versions: bool,
    /// The pipeline's behaviours, outermost first.
    pub behaviours: Vec<Stage>,
}

json_object!(Head { hindsight_tape, seed, start, base, moment_us, check_versions, behaviours });

/// Something that came from outside, with when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry<C> {
    /// Virtual time since the start. Every turn that begins at this time or before comes first.
    pub at: Micros,
    /// What came.
    pub input: Input<C>,
}

json_object!(Entry<C> { at, input });

/// What can come from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input<C> {
    /// Somebody gives a command.
    Command(GivenCommand<C>),
    /// A fault waits at its point from now on.
    Arm(ArmedFault),
    /// No fault waits at this point any more.
    Disarm(FaultPoint),
    /// A task is killed where it stands.
    Crash(Target),
    /// A task is built again: a handler gets its command once more.
    Restart(Target),
    /// A task gets no turn.
    Pause(Target),
    /// A task gets its turns again.
    Resume(Target),
    /// Each turn of a task takes so much longer.
    Slow(Target, Micros),
    /// A read model is deleted and made again from the first event on, by a new task.
    Rebuild(Target),
    /// The version check is switched.
    CheckVersions(bool),
    /// The pipeline has these behaviours from now on, outermost first.
    Behaviours(Vec<Stage>),
    /// Something is done to the fulfilment of orders.
    Fulfilment(FulfilmentInput),
    /// The page is loaded again: every task is killed, and the projectors begin anew.
    Reload,
    /// Another writer appended events of one stream, and they have their places already.
    Foreign(Vec<StoredEvent>),
    /// This moment gets a name.
    Mark(String),
    /// An earlier moment gets a name: so many had been reached. Nothing else of it changes, so this
    /// stands on the tape when it was given, and no run has to begin anew.
    MarkPast(u32, String),
}

json_enum!(Input<C> {
    Command(given) = "command",
    Arm(fault) = "arm",
    Disarm(point) = "disarm",
    Crash(target) = "crash",
    Restart(target) = "restart",
    Pause(target) = "pause",
    Resume(target) = "resume",
    Slow(target, by) = "slow",
    Rebuild(target) = "rebuild",
    CheckVersions(on) = "check_versions",
    Behaviours(stages) = "behaviours",
    Fulfilment(input) = "fulfilment",
    Reload = "reload",
    Foreign(events) = "foreign",
    Mark(words) = "mark",
    MarkPast(moment, words) = "mark_past"
});

/// A command as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenCommand<C> {
    /// Names it: given again, it gets the recorded answer.
    pub id: CommandId,
    /// The version on which the person decided, when they insist on it.
    pub as_seen: Option<Version>,
    /// What is wanted.
    pub command: C,
    /// Who gives it. A tape says so where it is not the first.
    pub person: Person,
}

impl<C: DisplayJson> DisplayJson for GivenCommand<C> {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        let Self { id, as_seen, command, person } = self;
        let members: [(&str, &dyn DisplayJson); 4] =
            [("id", id), ("as_seen", as_seen), ("command", command), ("person", person)];
        let count = if *person == Person::FIRST { 3 } else { 4 };
        write_members(json, &members[..count])
    }
}

impl<'text, 'raw, C> TryFrom<RawJsonValue<'text, 'raw>> for GivenCommand<C>
where
    C: TryFrom<RawJsonValue<'text, 'raw>, Error = JsonError>,
{
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        let person = json.to_member("person")?.optional().map(Person::try_from).transpose()?;
        Ok(Self {
            id: required(json, "id")?.try_into()?,
            as_seen: required(json, "as_seen")?.try_into()?,
            command: required(json, "command")?.try_into()?,
            person: person.unwrap_or(Person::FIRST),
        })
    }
}

/// Why a text is no tape.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum TapeError {
    /// There is no line at all.
    #[error("the tape is empty: its first line says the form, seed and settings")]
    Empty,
    /// A newer program wrote it.
    #[error("the tape has form {found}; this program reads form {TAPE_VERSION}")]
    NewerForm {
        /// Which form it has.
        found: u32,
    },
    /// A line is not what it should be.
    #[error("line {line} of the tape is malformed: {reason}")]
    Malformed {
        /// From 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// A line comes before the one above it.
    #[error("line {line} of the tape comes before the line above it: times never go back")]
    OutOfOrder {
        /// From 1.
        line: usize,
    },
}

impl Head {
    /// Usual settings at a time, over an empty log.
    #[must_use]
    pub fn new(seed: u64, start: Timestamp) -> Self {
        Self {
            hindsight_tape: TAPE_VERSION,
            seed,
            start,
            base: 0,
            moment_us: Micros(100),
            check_versions: true,
            behaviours: vec![Stage::Logging, Stage::Validation, Stage::Idempotency, Stage::Retry],
        }
    }
}

impl<C> Tape<C> {
    /// A tape with nothing on it.
    #[must_use]
    pub fn new(head: Head) -> Self {
        Self { head, entries: vec![] }
    }

    /// Adds what came at a time; the same time as the last one, when that is later.
    pub fn push(&mut self, at: Micros, input: Input<C>) {
        let at = self.entries.last().map_or(at, |last| last.at.max(at));
        self.entries.push(Entry { at, input });
    }
}

impl<C: DisplayJson> Tape<C> {
    /// The tape as text, a line an entry.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.lines_from(0).iter().flat_map(|line| [line, "\n"]).collect()
    }

    /// Its lines from a place on, without their ends; the head has place 0.
    #[must_use]
    pub fn lines_from(&self, place: usize) -> Vec<String> {
        let head = (place == 0).then(|| to_json(&self.head));
        let entries = self.entries.get(place.saturating_sub(1)..).unwrap_or_default();
        head.into_iter().chain(entries.iter().map(|entry| to_json(entry))).collect()
    }
}

impl<C: Json> Tape<C> {
    /// The tape that a text is. Empty lines do not count.
    ///
    /// # Errors
    /// See [`TapeError`]; each names the line.
    pub fn from_text(text: &str) -> Result<Self, TapeError> {
        let mut tape = None;
        for (number, line) in (1..).zip(text.lines()) {
            Self::read_line(&mut tape, number, line)?;
        }
        tape.ok_or(TapeError::Empty)
    }

    /// Reads the next line of a tape, for who does not read all of it at once; an empty one does not count.
    ///
    /// # Errors
    /// See [`TapeError`]; each names the line, which has this number.
    pub fn read_line(tape: &mut Option<Self>, number: usize, line: &str) -> Result<(), TapeError> {
        if line.trim().is_empty() {
            return Ok(());
        }
        let Some(tape) = tape else {
            let head: Head = parse(number, line)?;
            if head.hindsight_tape != TAPE_VERSION {
                return Err(TapeError::NewerForm { found: head.hindsight_tape });
            }
            *tape = Some(Self::new(head));
            return Ok(());
        };
        let entry: Entry<C> = parse(number, line)?;
        if tape.entries.last().is_some_and(|last| last.at > entry.at) {
            return Err(TapeError::OutOfOrder { line: number });
        }
        tape.entries.push(entry);
        Ok(())
    }
}

fn parse<T: Json>(line: usize, text: &str) -> Result<T, TapeError> {
    from_json(text).map_err(|error| TapeError::Malformed { line, reason: error.to_string() })
}
