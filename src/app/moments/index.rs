//! The index of a trace: what of each moment is asked for again and again, taken in once.

use litemap::LiteMap;

use super::{
    axis::Axis,
    lanes::{NO_STREAM, StreamLanes},
};
use crate::{
    app::{
        lab_marks::note_mark,
        views::{Interest, NamedMoment, Until},
    },
    domain::orders::OrderFulfilment,
    kernel::{CommandId, SagaPlan, StepAnswer, StreamId, Timestamp},
    ports::{Moment, Outcome, SagaMoment},
    simulation::{Actor, Person, RecordedMoment},
};

/// Grows with its trace: taking in one more moment costs the same however long the trace is, but for
/// the bins, which are put together each time the trace got twice as long.
#[derive(Clone, Debug)]
pub(super) struct Index {
    start: Timestamp,
    pub(super) axis: Axis,
    pub(super) lanes: StreamLanes,
    moments: Vec<Entry>,
    pub(super) marks: Vec<NamedMoment>,
    streams: LiteMap<StreamId, u32>,
    commands: LiteMap<CommandId, Known>,
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    stream: u32,
    interest: Option<Interest>,
}

/// What is known of a command since it was given.
#[derive(Clone, Copy, Debug)]
struct Known {
    stream: u32,
    name: &'static str,
    person: Person,
}

impl Index {
    pub(super) fn new(start: Timestamp, moment_us: u64) -> Self {
        Self {
            start,
            axis: Axis::new(moment_us),
            lanes: StreamLanes::new(),
            moments: vec![],
            marks: vec![],
            streams: LiteMap::new(),
            commands: LiteMap::new(),
        }
    }

    /// How many moments were taken in.
    pub(super) fn count(&self) -> u32 {
        self.moments.len() as u32
    }

    /// Takes in what a trace has beyond what was taken in.
    pub(super) fn take_in(&mut self, trace: &[RecordedMoment]) {
        for recorded in trace.get(self.moments.len()..).unwrap_or_default() {
            let stream = self.stream_of(recorded);
            let interest = interest(&recorded.moment);
            let place = self.axis.push(self.since_start(recorded.at));
            self.moments.push(Entry { stream, interest });
            self.lanes.push(self.count(), place, stream, interest);
            note_mark(&mut self.marks, self.moments.len() as u32, &recorded.moment);
        }
    }

    /// When the run began.
    pub(super) fn start(&self) -> Timestamp {
        self.start
    }

    /// The time of a moment, in microseconds since the run began.
    pub(super) fn since_start(&self, at: Timestamp) -> u64 {
        at.since(self.start).0
    }

    /// Why somebody may want to stop at a moment, if there is a reason.
    pub(super) fn interest(&self, number: u32) -> Option<Interest> {
        self.entry(number)?.interest
    }

    /// The name of the stream that a moment is about.
    pub(super) fn stream(&self, number: u32) -> Option<&str> {
        self.lanes.name(self.entry(number)?.stream)
    }

    /// The name of a command, and who gave it.
    pub(super) fn command(&self, command: CommandId) -> (&'static str, Person) {
        self.commands.get(&command).map_or(("", Person::FIRST), |known| (known.name, known.person))
    }

    /// Whether a moment is of this kind.
    pub(super) fn is(&self, number: u32, until: &Until) -> bool {
        match until {
            Until::Interest(interest) => self.interest(number) == Some(*interest),
            Until::Stream(stream) => self.stream(number) == Some(stream),
        }
    }

    fn entry(&self, number: u32) -> Option<Entry> {
        self.moments.get((number as usize).checked_sub(1)?).copied()
    }

    fn stream_of(&mut self, recorded: &RecordedMoment) -> u32 {
        if let Some(stream) = named_stream(&recorded.moment) {
            let stream = self.numbered(stream);
            if let Some((command, name)) = named_command(&recorded.moment) {
                let person = match recorded.actor {
                    Actor::Person(person) => person,
                    _ => self.command(command).1,
                };
                self.commands.insert(command, Known { stream, name, person });
            }
            return stream;
        }
        match (recorded.actor, &recorded.moment) {
            (_, Moment::Saga(SagaMoment::Advanced { saga, .. })) => {
                self.numbered(&StreamId::new(OrderFulfilment::CATEGORY, saga))
            }
            (
                _,
                Moment::Saga(
                    SagaMoment::Heard { category, saga, .. }
                    | SagaMoment::Noted { reactor: category, saga, .. },
                ),
            ) => self.numbered(&StreamId::new(category, saga)),
            (Actor::Handler(command), _) => {
                self.commands.get(&command).map_or(NO_STREAM, |known| known.stream)
            }
            (Actor::Saga(saga), _) => {
                self.numbered(&StreamId::new(OrderFulfilment::CATEGORY, saga))
            }
            _ => NO_STREAM,
        }
    }

    fn numbered(&mut self, stream: &StreamId) -> u32 {
        if let Some(known) = self.streams.get(stream) {
            return *known;
        }
        let number = self.lanes.begin(stream.as_str());
        self.streams.insert(stream.clone(), number);
        number
    }
}

/// The stream that a moment names.
pub(super) fn named_stream(moment: &Moment) -> Option<&StreamId> {
    match moment {
        Moment::CommandGiven { stream, .. }
        | Moment::CommandReceived { stream, .. }
        | Moment::StreamRead { stream, .. }
        | Moment::Appended { stream, .. }
        | Moment::ForeignAppended { stream, .. }
        | Moment::NobodyFaster { stream } => Some(stream),
        _ => None,
    }
}

fn named_command(moment: &Moment) -> Option<(CommandId, &'static str)> {
    match moment {
        Moment::CommandGiven { command, name, .. }
        | Moment::CommandReceived { command, name, .. } => Some((*command, *name)),
        _ => None,
    }
}

fn interest(moment: &Moment) -> Option<Interest> {
    match moment {
        Moment::Appended { .. } | Moment::ForeignAppended { .. } => Some(Interest::Event),
        Moment::Rejected { .. } | Moment::CommandAnswered { outcome: Outcome::Invalid, .. } => {
            Some(Interest::Refusal)
        }
        Moment::Conflict { .. } => Some(Interest::Conflict),
        // The conflict itself came before.
        Moment::CommandFailed { outcome: Outcome::Conflict, .. } => None,
        Moment::FaultMet { .. } | Moment::CommandFailed { .. } | Moment::ProjectorFailed { .. } => {
            Some(Interest::Fault)
        }
        Moment::Crashed | Moment::Reloaded => Some(Interest::Crash),
        Moment::Saga(moment) => interest_of_saga(moment),
        _ => None,
    }
}

fn interest_of_saga(moment: &SagaMoment) -> Option<Interest> {
    match moment {
        SagaMoment::Advanced { .. } | SagaMoment::Noted { .. } => Some(Interest::Event),
        SagaMoment::Refused { .. }
        | SagaMoment::Answered { answer: StepAnswer::Refused { .. }, .. } => {
            Some(Interest::Refusal)
        }
        SagaMoment::Conflict { .. } => Some(Interest::Conflict),
        SagaMoment::Stalled { .. }
        | SagaMoment::TimedOut(_)
        | SagaMoment::Answered { answer: StepAnswer::Unavailable { .. }, .. } => {
            Some(Interest::Fault)
        }
        _ => None,
    }
}
