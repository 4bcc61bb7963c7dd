//! How an event is written down: a stored type name, a schema version and JSON.

use thiserror::Error;

use super::{EventType, SchemaVersion};

/// An event as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodedEvent {
    /// The stored name of its kind.
    pub event_type: EventType,
    /// Which shape the data has.
    pub schema_version: SchemaVersion,
    /// The data, as JSON text.
    pub data: String,
}

/// Events that can be written down and read again.
///
/// Stored names are independent of Rust names: `decode(encode(e)) == e` for ever.
pub trait StoredForm: Sized {
    /// The event as it is stored, in its newest shape.
    fn encode(&self) -> EncodedEvent;

    /// The event that was stored.
    ///
    /// # Errors
    /// [`CodecError::UnknownType`] for a type of another context or a newer program (a reader that
    /// only shows events passes it through), [`CodecError::UnknownSchema`] for a shape that is not
    /// known, [`CodecError::Malformed`] for data that is not what its type says (a corrupt history).
    fn decode(stored: &EncodedEvent) -> Result<Self, CodecError>;
}

/// Why stored data could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodecError {
    /// No event of this context has that stored name.
    #[error("the event type {event_type} is not known")]
    UnknownType {
        /// The stored name.
        event_type: EventType,
    },
    /// The type is known, this shape of it is not.
    #[error("schema version {schema_version} of {event_type} is not known")]
    UnknownSchema {
        /// The stored name.
        event_type: EventType,
        /// The shape.
        schema_version: SchemaVersion,
    },
    /// The data is not what its type says.
    #[error("the data of {event_type} is malformed: {reason}")]
    Malformed {
        /// The stored name.
        event_type: EventType,
        /// What the parser says.
        reason: String,
    },
}
