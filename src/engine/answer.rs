//! Answers: what a command came to, and how the inbox remembers it.

use crate::{
    kernel::{
        CodecError, CommandRequest, Decider, FieldError, Json, StoredEvent, Version, from_json,
        json_enum, to_json,
    },
    ports::{InboxEntry, Outcome},
};

/// What a command was answered. It is recorded, and a repeat of the command gets it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer<R> {
    /// Events were stored.
    Accepted {
        /// The version of the last of them.
        version: Version,
        /// How many there are.
        events: usize,
    },
    /// It had taken effect before: nothing was stored.
    AlreadySo {
        /// What the stream is at.
        version: Version,
    },
    /// A rule said no.
    Rejected {
        /// Which.
        rejection: R,
    },
    /// Validation said no; nothing reached the aggregate.
    Invalid {
        /// Every field that breaks a rule.
        errors: Vec<FieldError<R>>,
    },
}

json_enum!(Answer<R> {
    Accepted { version, events },
    AlreadySo { version },
    Rejected { rejection },
    Invalid { errors }
});

impl<R> Answer<R> {
    /// How the command ended, in one word.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Accepted { .. } => Outcome::Accepted,
            Self::AlreadySo { .. } => Outcome::AlreadySo,
            Self::Rejected { .. } => Outcome::Rejected,
            Self::Invalid { .. } => Outcome::Invalid,
        }
    }
}

/// An answer, and the events that were stored just now for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handled<R> {
    /// The answer.
    pub answer: Answer<R>,
    /// The events; none when the answer was recorded before.
    pub events: Vec<StoredEvent>,
}

/// The name under which the inbox keeps the answers to commands.
pub(super) const CONSUMER: &str = "commands";

/// The inbox entry that remembers an answer.
pub(super) fn entry<D: Decider>(
    request: &CommandRequest<D::Command>,
    answer: &Answer<D::Rejection>,
) -> InboxEntry
where
    D::Rejection: Json,
{
    InboxEntry { consumer: CONSUMER.to_owned(), message: request.id.0, answer: to_json(answer) }
}

/// The answer that an inbox entry remembers.
pub(super) fn recorded<R: Json>(answer: &str) -> Result<Answer<R>, CodecError> {
    from_json(answer).map_err(|error| CodecError::Malformed {
        event_type: "recorded answer".to_owned(),
        reason: error.to_string(),
    })
}
