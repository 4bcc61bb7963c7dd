//! The shared words of event sourcing: ids, positions, envelope, decider, stored form, projection,
//! saga, choreography.
//!
//! Pure values and traits: no waiting, no clock, no chance, no input or output.

mod choreography;
mod command;
mod decider;
mod envelope;
mod ids;
mod json;
mod position;
mod projection;
mod saga;
mod stored_form;
mod time;

pub use choreography::{
    ASKED_AGAIN, Choreography, Fact, Reaction, ReactionOutcome, ReactorPlan, has_reacted, is_stuck,
};
pub use command::{Command, CommandRequest, FieldError};
pub use decider::{Decider, evolve_all, fold};
pub use envelope::{EventType, NewEvent, Recorded, SchemaVersion, StoredEvent, StreamId};
pub(crate) use ids::uuid_id;
pub use ids::{CausationId, CommandId, CorrelationId, EventId, MessageId, SagaId};
pub use json::{Json, JsonError, from_json, to_json};
pub(crate) use json::{
    Verbatim, json_enum, json_newtype, json_object, read_member, required, variant, write_members,
    write_variant,
};
pub use position::{GlobalPosition, Version};
pub use projection::{ModelName, Projection, RowKey, RowPlace, Rows};
pub use saga::{
    Call, Direction, Ending, Holding, Leg, Plan, PlanError, Progress, Saga, SagaCommand,
    SagaDecider, SagaEvent, SagaPlan, SagaRejection, SagaStatus, ServiceRequest, Services, Step,
    StepAnswer, StepKind, StepState,
};
pub use stored_form::{CodecError, EncodedEvent, StoredForm};
pub use time::{Micros, Timestamp};
