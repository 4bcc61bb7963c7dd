//! A record of the log: events to JSON text and back, and what makes a record damaged.

use std::borrow::Cow;

use js_sys::{Array, Object};
use litemap::LiteMap;
use serde::{Deserialize, Serialize, de::IntoDeserializer};
use serde_json::value::RawValue;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::{
    kernel::{
        CausationId, CorrelationId, EncodedEvent, EventId, GlobalPosition, NewEvent, SchemaVersion,
        StoredEvent, StreamId, Timestamp, Version,
    },
    ports::DamagedRecord,
};

use super::{failure::damaged, open::whole};

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `log`.
    #[wasm_bindgen(extends = Object)]
    pub(super) type LogRecord;

    #[wasm_bindgen(method, getter)]
    fn first(this: &LogRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_first(this: &LogRecord, position: f64);
    #[wasm_bindgen(method, getter)]
    fn last(this: &LogRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_last(this: &LogRecord, position: f64);
    #[wasm_bindgen(method, setter)]
    fn set_streams(this: &LogRecord, streams: &Array);
    #[wasm_bindgen(method, getter)]
    fn events(this: &LogRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_events(this: &LogRecord, events: &str);
}

/// One event as it is written. Text that needs no unescaping is borrowed from the record.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    position: u64,
    #[serde(borrow)]
    stream: Cow<'a, str>,
    version: u64,
    id: EventId,
    occurred_at: Timestamp,
    correlation_id: CorrelationId,
    causation_id: CausationId,
    #[serde(rename = "type", borrow)]
    event_type: Cow<'a, str>,
    schema: SchemaVersion,
    /// Whether the data is no JSON and is therefore written as a text.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    text: bool,
    #[serde(borrow)]
    data: &'a RawValue,
}

/// Data as it is written.
enum Written<'a> {
    /// JSON without blanks around it stays as it is.
    Json(&'a RawValue),
    /// Everything else becomes a JSON text.
    Text(Box<RawValue>),
}

impl<'a> Written<'a> {
    fn of(data: &'a str) -> Self {
        match serde_json::from_str::<&RawValue>(data) {
            Ok(json) if json.get().len() == data.len() => Self::Json(json),
            // Writing a text as JSON cannot fail.
            _ => {
                serde_json::value::to_raw_value(data).map_or(Self::Json(RawValue::NULL), Self::Text)
            }
        }
    }

    fn json(&self) -> &RawValue {
        match self {
            Self::Json(json) => json,
            Self::Text(json) => json,
        }
    }
}

impl<'a> Line<'a> {
    fn of(stored: &'a StoredEvent, written: &'a Written<'_>) -> Self {
        let event = &stored.event;
        Self {
            position: stored.position.0,
            stream: stored.stream.as_str().into(),
            version: stored.version.0,
            id: event.id,
            occurred_at: event.occurred_at,
            correlation_id: event.correlation_id,
            causation_id: event.causation_id,
            event_type: event.encoded.event_type.as_str().into(),
            schema: event.encoded.schema_version,
            text: matches!(written, Written::Text(_)),
            data: written.json(),
        }
    }

    fn read(self) -> Result<StoredEvent, serde_json::Error> {
        let data = match self.text {
            true => serde_json::from_str(self.data.get())?,
            false => self.data.get().to_owned(),
        };
        Ok(StoredEvent {
            position: GlobalPosition(self.position),
            stream: StreamId::deserialize(self.stream.into_owned().into_deserializer())?,
            version: Version(self.version),
            event: NewEvent {
                id: self.id,
                occurred_at: self.occurred_at,
                correlation_id: self.correlation_id,
                causation_id: self.causation_id,
                encoded: EncodedEvent {
                    event_type: self.event_type.into_owned(),
                    schema_version: self.schema,
                    data,
                },
            },
        })
    }
}

/// The record of some events that follow each other in the log. There is at least one.
pub(super) fn encode(events: &[StoredEvent]) -> LogRecord {
    let record: LogRecord = Object::new().unchecked_into();
    let written: Vec<_> =
        events.iter().map(|stored| Written::of(&stored.event.encoded.data)).collect();
    let lines: Vec<_> =
        events.iter().zip(&written).map(|(stored, written)| Line::of(stored, written)).collect();
    let json = serde_json::to_string(&lines).unwrap_or_default();
    let (first, last) = (&events[0], &events[events.len() - 1]);
    record.set_first(number(first.position.0));
    record.set_last(number(last.position.0));
    record.set_streams(&streams(events));
    record.set_events(&json);
    record
}

/// The streams of the events, each with the version of its last event.
fn streams(events: &[StoredEvent]) -> Array {
    let mut versions = LiteMap::new_vec();
    for stored in events {
        versions.insert(stored.stream.as_str(), stored.version);
    }
    versions.into_iter().map(|(stream, version)| stream_key(stream, version)).collect()
}

/// A key of the index `streams`.
pub(super) fn stream_key(stream: &str, version: Version) -> Array {
    Array::of2(&stream.into(), &number(version.0).into())
}

/// The events of a record that are wanted.
///
/// All of them are checked, the others are just not copied.
pub(super) fn decode(
    record: &JsValue,
    wanted: impl Fn(&str, Version, GlobalPosition) -> bool,
) -> Result<Vec<StoredEvent>, DamagedRecord> {
    let record: &LogRecord = record.unchecked_ref();
    let key = record.last();
    let fail = |reason: String| {
        let key = key.as_f64().map_or_else(|| "?".to_owned(), |key| whole(key).to_string());
        damaged("log", key, reason)
    };
    let events =
        record.events().as_string().ok_or_else(|| fail("events are no text".to_owned()))?;
    let lines: Vec<Line<'_>> =
        serde_json::from_str(&events).map_err(|error| fail(format!("events: {error}")))?;
    check_range(record, &lines).map_err(|reason| fail(reason.to_owned()))?;
    let wanted = lines
        .into_iter()
        .filter(|line| wanted(&line.stream, Version(line.version), GlobalPosition(line.position)));
    wanted.map(Line::read).collect::<Result<_, _>>().map_err(|error| fail(format!("data: {error}")))
}

/// Whether the events are those at the positions `first` to `last`.
fn check_range(record: &LogRecord, lines: &[Line<'_>]) -> Result<(), &'static str> {
    let (Some(first), Some(last)) = (record.first().as_f64(), record.last().as_f64()) else {
        return Err("first or last is no number");
    };
    let (Some(start), Some(end)) = (lines.first(), lines.last()) else {
        return Err("it has no events");
    };
    if (number(start.position), number(end.position)) != (first, last) {
        return Err("its events do not lie at first to last");
    }
    if !lines.iter().map(|line| line.position).eq(start.position..=end.position) {
        return Err("its events do not follow each other");
    }
    Ok(())
}

/// A whole number as JavaScript has it: exact up to 2^53, and no log reaches that.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub(super) fn number(whole: u64) -> f64 {
    whole as f64
}
