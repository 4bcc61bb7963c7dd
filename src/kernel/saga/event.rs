//! What may have happened to a saga, and how it is stored.

use crate::kernel::{CodecError, EncodedEvent, Json, StoredForm, StreamId, from_json, to_json};

/// A fact about one saga. Steps are named as their plan names them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum SagaEvent {
    /// It began, for this aggregate.
    Started { subject: StreamId },
    /// Somebody was asked to do a step.
    StepRequested { step: String, attempt: u32 },
    /// A step is done.
    StepCompleted { step: String, attempt: u32 },
    /// An attempt was not done.
    StepFailed { step: String, attempt: u32, reason: String },
    /// An attempt was not answered in time.
    StepTimedOut { step: String, attempt: u32 },
    /// A step is given up, and the saga turns back.
    StepGivenUp { step: String, reason: String, may_be_done: bool },
    /// A step that was given up turned out to be done.
    StepAnsweredLate { step: String, attempt: u32 },
    /// Somebody was asked to undo a step.
    CompensationRequested { step: String, attempt: u32 },
    /// A step is undone.
    StepCompensated { step: String, attempt: u32 },
    /// An attempt to undo a step failed.
    CompensationFailed { step: String, attempt: u32, reason: String },
    /// A step, or on the way back its compensation, is given up and has to be done: a person is needed.
    NeedsAttention { step: String },
    /// A person wants it tried again.
    RetryAsked { step: String },
    /// A person has seen to it.
    StepSettled { step: String, note: String },
    /// Every step is done.
    Completed,
    /// Everything that was done is undone.
    Compensated,
    /// Nothing was done.
    FailedBeforeStart,
    /// Nothing is left to do, and a person saw to some of it.
    Settled,
}

/// The stored shapes, version 1. A shape never changes: a new one gets a new schema version.
mod v1 {
    use crate::kernel::{StreamId, json_object};

    pub(super) struct Started {
        pub(super) subject: StreamId,
    }
    json_object!(Started { subject });

    pub(super) struct Attempt {
        pub(super) step: String,
        pub(super) attempt: u32,
    }
    json_object!(Attempt { step, attempt });

    pub(super) struct Failed {
        pub(super) step: String,
        pub(super) attempt: u32,
        pub(super) reason: String,
    }
    json_object!(Failed { step, attempt, reason });

    pub(super) struct GivenUp {
        pub(super) step: String,
        pub(super) reason: String,
        pub(super) may_be_done: bool,
    }
    json_object!(GivenUp { step, reason, may_be_done });

    pub(super) struct OfStep {
        pub(super) step: String,
    }
    json_object!(OfStep { step });

    pub(super) struct Settled {
        pub(super) step: String,
        pub(super) note: String,
    }
    json_object!(Settled { step, note });

    pub(super) struct Nothing {}
    json_object!(Nothing {});
}

const SCHEMA_VERSION: u16 = 1;

impl SagaEvent {
    /// Its stored name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Started { .. } => "SagaStarted",
            Self::StepRequested { .. } => "SagaStepRequested",
            Self::StepCompleted { .. } => "SagaStepCompleted",
            Self::StepFailed { .. } => "SagaStepFailed",
            Self::StepTimedOut { .. } => "SagaStepTimedOut",
            Self::StepGivenUp { .. } => "SagaStepGivenUp",
            Self::StepAnsweredLate { .. } => "SagaStepAnsweredLate",
            Self::CompensationRequested { .. } => "SagaCompensationRequested",
            Self::StepCompensated { .. } => "SagaStepCompensated",
            Self::CompensationFailed { .. } => "SagaCompensationFailed",
            Self::NeedsAttention { .. } => "SagaNeedsAttention",
            Self::RetryAsked { .. } => "SagaRetryAsked",
            Self::StepSettled { .. } => "SagaStepSettled",
            Self::Completed => "SagaCompleted",
            Self::Compensated => "SagaCompensated",
            Self::FailedBeforeStart => "SagaFailedBeforeStart",
            Self::Settled => "SagaSettled",
        }
    }
}

impl SagaEvent {
    /// Whether the saga is over with it.
    #[must_use]
    pub fn is_ending(&self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Compensated | Self::FailedBeforeStart | Self::Settled
        )
    }

    /// Whether somebody was asked to do something, and nothing is done.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self, Self::StepRequested { .. } | Self::CompensationRequested { .. })
    }
}

impl StoredForm for SagaEvent {
    fn encode(&self) -> EncodedEvent {
        let data = match self.clone() {
            Self::Started { subject } => to_json(&v1::Started { subject }),
            Self::StepRequested { step, attempt }
            | Self::StepCompleted { step, attempt }
            | Self::StepTimedOut { step, attempt }
            | Self::StepAnsweredLate { step, attempt }
            | Self::CompensationRequested { step, attempt }
            | Self::StepCompensated { step, attempt } => to_json(&v1::Attempt { step, attempt }),
            Self::StepFailed { step, attempt, reason }
            | Self::CompensationFailed { step, attempt, reason } => {
                to_json(&v1::Failed { step, attempt, reason })
            }
            Self::StepGivenUp { step, reason, may_be_done } => {
                to_json(&v1::GivenUp { step, reason, may_be_done })
            }
            Self::NeedsAttention { step } | Self::RetryAsked { step } => {
                to_json(&v1::OfStep { step })
            }
            Self::StepSettled { step, note } => to_json(&v1::Settled { step, note }),
            Self::Completed | Self::Compensated | Self::FailedBeforeStart | Self::Settled => {
                to_json(&v1::Nothing {})
            }
        };
        let event_type = self.name().to_owned();
        EncodedEvent { event_type, schema_version: SCHEMA_VERSION, data }
    }

    fn decode(stored: &EncodedEvent) -> Result<Self, CodecError> {
        let event_type = || stored.event_type.clone();
        let Some(kind) = stored.event_type.strip_prefix("Saga") else {
            return Err(CodecError::UnknownType { event_type: event_type() });
        };
        match kind {
            "Started" => data(stored).map(|v1::Started { subject }| Self::Started { subject }),
            "StepRequested"
            | "StepCompleted"
            | "StepTimedOut"
            | "StepAnsweredLate"
            | "CompensationRequested"
            | "StepCompensated" => data(stored).map(|shape| attempt(kind, shape)),
            "StepFailed" => data(stored).map(|v1::Failed { step, attempt, reason }| {
                Self::StepFailed { step, attempt, reason }
            }),
            "CompensationFailed" => data(stored).map(|v1::Failed { step, attempt, reason }| {
                Self::CompensationFailed { step, attempt, reason }
            }),
            "StepGivenUp" => data(stored).map(|v1::GivenUp { step, reason, may_be_done }| {
                Self::StepGivenUp { step, reason, may_be_done }
            }),
            "NeedsAttention" => {
                data(stored).map(|v1::OfStep { step }| Self::NeedsAttention { step })
            }
            "RetryAsked" => data(stored).map(|v1::OfStep { step }| Self::RetryAsked { step }),
            "StepSettled" => {
                data(stored).map(|v1::Settled { step, note }| Self::StepSettled { step, note })
            }
            "Completed" => data(stored).map(|v1::Nothing {}| Self::Completed),
            "Compensated" => data(stored).map(|v1::Nothing {}| Self::Compensated),
            "FailedBeforeStart" => data(stored).map(|v1::Nothing {}| Self::FailedBeforeStart),
            "Settled" => data(stored).map(|v1::Nothing {}| Self::Settled),
            _ => Err(CodecError::UnknownType { event_type: event_type() }),
        }
    }
}

/// One of the events that have the shape of an attempt.
fn attempt(kind: &str, v1::Attempt { step, attempt }: v1::Attempt) -> SagaEvent {
    match kind {
        "StepRequested" => SagaEvent::StepRequested { step, attempt },
        "StepCompleted" => SagaEvent::StepCompleted { step, attempt },
        "StepTimedOut" => SagaEvent::StepTimedOut { step, attempt },
        "StepAnsweredLate" => SagaEvent::StepAnsweredLate { step, attempt },
        "CompensationRequested" => SagaEvent::CompensationRequested { step, attempt },
        _ => SagaEvent::StepCompensated { step, attempt },
    }
}

fn data<T: Json>(stored: &EncodedEvent) -> Result<T, CodecError> {
    if stored.schema_version != SCHEMA_VERSION {
        let (event_type, schema_version) = (stored.event_type.clone(), stored.schema_version);
        return Err(CodecError::UnknownSchema { event_type, schema_version });
    }
    from_json(&stored.data).map_err(|error| CodecError::Malformed {
        event_type: stored.event_type.clone(),
        reason: error.to_string(),
    })
}
