//! The envelope: what stands around an event's data from the moment it is decided.

use std::rc::Rc;

use nojson::{DisplayJson, JsonFormatter, RawJsonValue};

use super::{
    CausationId, CodecError, CorrelationId, EncodedEvent, EventId, GlobalPosition, JsonError,
    StoredForm, Timestamp, Version, required, write_members,
};

/// Names a stream: the category of its aggregate and the instance, as `category-instance`. Clones share
/// the name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StreamId(Rc<str>);

impl DisplayJson for StreamId {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        json.string(self)
    }
}

impl<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>> for StreamId {
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        String::try_from(json).map(|name| Self(name.into()))
    }
}

impl StreamId {
    /// The stream of one instance. The category has no hyphen in it.
    #[must_use]
    pub fn new(category: &str, instance: impl std::fmt::Display) -> Self {
        assert!(!category.contains('-'), "a category has no hyphen");
        Self(format!("{category}-{instance}").into())
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the first hyphen, and all of a name that has none.
    #[must_use]
    pub fn category(&self) -> &str {
        self.0.split_once('-').map_or(&self.0, |(category, _)| category)
    }

    /// The part after the first hyphen; empty for a name that has none.
    #[must_use]
    pub fn instance(&self) -> &str {
        self.0.split_once('-').map_or("", |(_, instance)| instance)
    }
}

impl std::fmt::Display for StreamId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The stored name of a kind of event. It never changes, whatever the Rust type is called.
pub type EventType = String;

/// Which shape an event's data has; 1 for the first shape of its type.
pub type SchemaVersion = u16;

/// An event that was decided and has no place in the log yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewEvent {
    /// Names it for ever.
    pub id: EventId,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The request that began it.
    pub correlation_id: CorrelationId,
    /// The command that caused it.
    pub causation_id: CausationId,
    /// Type name, schema version and data.
    pub encoded: EncodedEvent,
}

/// An event with its place: what a store gives back, for ever the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the log.
    pub position: GlobalPosition,
    /// The stream that it belongs to.
    pub stream: StreamId,
    /// Its place in the stream.
    pub version: Version,
    /// What was appended.
    pub event: NewEvent,
}

impl DisplayJson for StoredEvent {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        let event = &self.event;
        write_members(
            json,
            &[
                ("position", &self.position),
                ("stream", &self.stream),
                ("version", &self.version),
                ("id", &event.id),
                ("occurred_at", &event.occurred_at),
                ("correlation_id", &event.correlation_id),
                ("causation_id", &event.causation_id),
                ("type", &event.encoded.event_type),
                ("schema", &event.encoded.schema_version),
                ("data", &event.encoded.data),
            ],
        )
    }
}

impl<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>> for StoredEvent {
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        let member = |name| required(json, name);
        Ok(Self {
            position: member("position")?.try_into()?,
            stream: member("stream")?.try_into()?,
            version: member("version")?.try_into()?,
            event: NewEvent {
                id: member("id")?.try_into()?,
                occurred_at: member("occurred_at")?.try_into()?,
                correlation_id: member("correlation_id")?.try_into()?,
                causation_id: member("causation_id")?.try_into()?,
                encoded: EncodedEvent {
                    event_type: member("type")?.try_into()?,
                    schema_version: member("schema")?.try_into()?,
                    data: member("data")?.try_into()?,
                },
            },
        })
    }
}

/// A decoded event with what a reader needs of its envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct Recorded<E> {
    /// Its place in the log.
    pub position: GlobalPosition,
    /// The stream that it belongs to.
    pub stream: StreamId,
    /// Its place in the stream.
    pub version: Version,
    /// When it happened.
    pub occurred_at: Timestamp,
    /// The event itself.
    pub event: E,
}

impl StoredEvent {
    /// The event in the words of one context.
    ///
    /// # Errors
    /// As [`StoredForm::decode`].
    pub fn decode<E: StoredForm>(&self) -> Result<Recorded<E>, CodecError> {
        Ok(Recorded {
            position: self.position,
            stream: self.stream.clone(),
            version: self.version,
            occurred_at: self.event.occurred_at,
            event: E::decode(&self.event.encoded)?,
        })
    }
}
