//! One saga's run as a sequence of messages, as it was at some moment.

use crate::kernel::StepAnswer;

use super::SagaState;

/// What passed between a saga and those who do its steps, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequence {
    /// The saga's id, which is that of its order.
    pub id: String,
    /// What happened, the first first.
    pub lines: Vec<SequenceLine>,
}

/// Something that happened to a saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SequenceLine {
    /// The moment that it happened at.
    pub moment: u32,
    /// When, in virtual time since the beginning of the run in microseconds.
    pub at_us: u64,
    /// What.
    pub what: Happening,
    /// Who is dead then, in the order of [`Party::ALL`].
    pub dead: [bool; Party::ALL.len()],
}

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    /// The saga, and with it whoever runs it.
    Saga,
    /// The order, through the command pipeline.
    Order,
    /// A service, by its place among the four.
    Service(u8),
}

impl Party {
    /// All of them, from left to right.
    pub const ALL: [Self; 6] = [
        Self::Saga,
        Self::Order,
        Self::Service(0),
        Self::Service(1),
        Self::Service(2),
        Self::Service(3),
    ];

    /// Its place from the left.
    #[must_use]
    pub fn place(self) -> usize {
        match self {
            Self::Saga => 0,
            Self::Order => 1,
            Self::Service(index) => 2 + usize::from(index),
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    /// Something went from the saga to somebody, or came from there.
    Message(Message),
    /// Nobody had answered this call when its deadline passed: its name, and which attempt.
    TimedOut(&'static str, u32),
    /// It began.
    Began,
    /// It turned back, for this reason.
    TurnedBack(String),
    /// This step was given up and has to be done: a person is needed.
    NeedsPerson(String),
    /// A person wants this step tried again.
    AskedAgain(String),
    /// A person has seen to this step.
    Settled(String),
    /// It cannot go on for now, for this reason.
    Stalled(String),
    /// Somebody else had changed it: it is read again.
    Conflict,
    /// It is over.
    Ended(SagaState),
    /// Somebody was killed: the saga's runner, or a service.
    Killed(Party),
    /// They were built again from what is durable.
    Restarted(Party),
    /// The page was loaded again: whoever was at work was killed, and built again.
    Reloaded,
}

/// A request of the saga, or an answer to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Whom the saga asks, or who answers.
    pub party: Party,
    /// What is asked for: the name of a step, or of a compensation.
    pub name: &'static str,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// Whether it undoes a step.
    pub goes_back: bool,
    /// The answer; none for a request.
    pub answer: Option<StepAnswer>,
    /// What becomes of it.
    pub fate: Fate,
}

/// What becomes of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It arrives.
    Arrives,
    /// It never arrives.
    Lost,
    /// It takes much longer than usual.
    Slow,
    /// The network made it out of another one.
    Doubled,
    /// The same was sent before: whoever runs the saga did not know any more.
    SentAgain,
    /// It arrives after its deadline.
    Late,
    /// The same was heard before.
    HeardBefore,
    /// Whoever answers was asked before, and did nothing twice.
    Recognised,
}
