//! Commands: what somebody wants, with what a pipeline needs to know of it.

use super::{CausationId, CommandId, CorrelationId, StreamId, Timestamp, Version, json_object};

/// What a pipeline asks of every command.
pub trait Command {
    /// Why a rule said no.
    type Rejection;

    /// Its name, as it is in the code, in every language.
    fn name(&self) -> &'static str;

    /// The stream of the aggregate that it is for.
    fn stream(&self) -> StreamId;

    /// Everything about the command alone that would be refused in any state, all of it at once.
    ///
    /// The decider holds the same rules: validation says them earlier and together, it does not
    /// replace them.
    fn field_errors(&self) -> Vec<FieldError<Self::Rejection>>;
}

/// A rule that one field of a command breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError<R> {
    /// The field's path in the command, such as `items[2].quantity`.
    pub field: String,
    /// The rule, as the decider would say it.
    pub rejection: R,
}

json_object!(FieldError<R> { field, rejection });

/// A command on its way, with who asked, when, and because of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandRequest<C> {
    /// Names this command: a repeat has the same id.
    pub id: CommandId,
    /// The request that began it.
    pub correlation_id: CorrelationId,
    /// The message that caused it; none when a person did.
    pub causation_id: Option<CausationId>,
    /// When it was given; the events that follow from it occurred then.
    pub given_at: Timestamp,
    /// The version on which the person decided, when they insist on it: the command is decided on the
    /// state at that version, and a conflict is its end. None to decide on what is there.
    pub as_seen: Option<Version>,
    /// What is wanted.
    pub command: C,
}

impl<C> CommandRequest<C> {
    /// A command that a person gives: it begins its own correlation.
    pub fn from_person(id: CommandId, given_at: Timestamp, command: C) -> Self {
        Self {
            id,
            correlation_id: CorrelationId(id.0),
            causation_id: None,
            given_at,
            as_seen: None,
            command,
        }
    }
}
