//! What a saga can be told.

use super::{Call, SagaStatus};
use crate::kernel::StreamId;

/// What somebody tells a saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SagaCommand {
    /// Begin, for this aggregate.
    Start {
        /// The aggregate that it is about.
        subject: StreamId,
    },
    /// A call is about to be made: the one that [`Saga::next`](super::Saga::next) names.
    Request(Call),
    /// A call was answered.
    Answer {
        /// Which.
        call: Call,
        /// What.
        answer: StepAnswer,
    },
    /// A call was not answered in time. Whether it was done is not known.
    TimeOut(Call),
    /// A person wants a step that was given up to be tried again.
    Retry {
        /// Which.
        step: String,
    },
    /// A person has seen to a step that was given up.
    Settle {
        /// Which.
        step: String,
        /// What they did.
        note: String,
    },
}

/// What whoever does a step, or its compensation, says to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepAnswer {
    /// It is done, or was before.
    Done,
    /// A rule says no, to this request and to all others of its round: trying again does not help.
    Refused {
        /// Why.
        reason: String,
    },
    /// It could not be done now: trying again may help. It says nothing of other requests under the same
    /// key, which a network may have doubled: whether the step was done is not known.
    Unavailable {
        /// Why.
        reason: String,
    },
}

impl SagaRejection {
    /// The rule, in a word of the code.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotStarted => "not_started",
            Self::StartedForAnother { .. } => "started_for_another",
            Self::UnknownStep { .. } => "unknown_step",
            Self::NotNext { .. } => "not_next",
            Self::NotRequested => "not_requested",
            Self::NothingToRetry { .. } => "nothing_to_retry",
            Self::NotGivenUp { .. } => "not_given_up",
        }
    }
}

/// Why a saga refuses what it is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SagaRejection {
    /// It was not started.
    NotStarted,
    /// It was started for another aggregate.
    StartedForAnother {
        /// The one that it is about.
        subject: StreamId,
    },
    /// Its plan has no such step.
    UnknownStep {
        /// The name.
        step: String,
    },
    /// This call is not the next one.
    NotNext {
        /// The next one; none while it waits, and when it has ended.
        next: Option<Call>,
    },
    /// This call was never made.
    NotRequested,
    /// Nothing of the step can be tried: it was found done when the saga had turned back, and has no
    /// compensation. A person can only settle it.
    NothingToRetry {
        /// Which.
        step: String,
    },
    /// The step was not given up.
    NotGivenUp {
        /// What the saga is at.
        status: SagaStatus,
    },
}
