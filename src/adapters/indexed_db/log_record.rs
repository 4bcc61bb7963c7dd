//! A record of the log: events to JSON text and back, and what makes a record damaged.

use std::borrow::Cow;

use js_sys::{Array, Object};
use litemap::LiteMap;
use nojson::{DisplayJson, JsonFormatter, RawJson, RawJsonValue};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::{
    kernel::{
        CausationId, CorrelationId, EncodedEvent, EventId, GlobalPosition, JsonError, NewEvent,
        SchemaVersion, StoredEvent, StreamId, Timestamp, Verbatim, Version, from_json, read_member,
        write_members,
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

/// One event as it was written. Its data is borrowed from the record.
struct Line<'a> {
    position: GlobalPosition,
    stream: StreamId,
    version: Version,
    id: EventId,
    occurred_at: Timestamp,
    correlation_id: CorrelationId,
    causation_id: CausationId,
    event_type: Cow<'a, str>,
    schema: SchemaVersion,
    /// Whether the data is no JSON and was therefore written as a text.
    text: bool,
    data: &'a str,
}

impl<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>> for Line<'text> {
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        let mut members = json.to_object()?;
        let mut next = |name| read_member(json, &mut members, name);
        Ok(Self {
            position: next("position")?.try_into()?,
            stream: next("stream")?.try_into()?,
            version: next("version")?.try_into()?,
            id: next("id")?.try_into()?,
            occurred_at: next("occurred_at")?.try_into()?,
            correlation_id: next("correlation_id")?.try_into()?,
            causation_id: next("causation_id")?.try_into()?,
            event_type: next("type")?.try_into()?,
            schema: next("schema")?.try_into()?,
            text: json.to_member("text")?.map(bool::try_from)?.unwrap_or(false),
            data: next("data")?.as_raw_str(),
        })
    }
}

impl Line<'_> {
    fn read(self) -> Result<StoredEvent, JsonError> {
        let data = if self.text { from_json(self.data)? } else { self.data.to_owned() };
        Ok(StoredEvent {
            position: self.position,
            stream: self.stream,
            version: self.version,
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

/// An event as it is written.
struct Written<'a>(&'a StoredEvent);

impl DisplayJson for Written<'_> {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        let Self(stored) = self;
        let event = &stored.event;
        let data = &event.encoded.data;
        let mut members: Vec<(&str, &dyn DisplayJson)> = vec![
            ("position", &stored.position),
            ("stream", &stored.stream),
            ("version", &stored.version),
            ("id", &event.id),
            ("occurred_at", &event.occurred_at),
            ("correlation_id", &event.correlation_id),
            ("causation_id", &event.causation_id),
            ("type", &event.encoded.event_type),
            ("schema", &event.encoded.schema_version),
        ];
        let bare = Verbatim(data);
        if is_bare_json(data) {
            members.push(("data", &bare));
        } else {
            members.extend([("text", &true as &dyn DisplayJson), ("data", data)]);
        }
        write_members(json, &members)
    }
}

/// Whether data is JSON without blanks around it: everything else is written as a text.
fn is_bare_json(data: &str) -> bool {
    RawJson::parse(data).is_ok_and(|json| json.value().as_raw_str().len() == data.len())
}

/// The record of some events that follow each other in the log. There is at least one.
pub(super) fn encode(events: &[StoredEvent]) -> LogRecord {
    let record: LogRecord = Object::new().unchecked_into();
    let lines = nojson::array(|json| json.elements(events.iter().map(Written)));
    let (first, last) = (&events[0], &events[events.len() - 1]);
    record.set_first(number(first.position.0));
    record.set_last(number(last.position.0));
    record.set_streams(&streams(events));
    record.set_events(&lines.to_string());
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
    let json = RawJson::parse(&events).map_err(|error| fail(format!("events: {error}")))?;
    let lines: Vec<Line<'_>> =
        json.value().try_into().map_err(|error| fail(format!("events: {error}")))?;
    check_range(record, &lines).map_err(|reason| fail(reason.to_owned()))?;
    let wanted =
        lines.into_iter().filter(|line| wanted(line.stream.as_str(), line.version, line.position));
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
    let (start, end) = (start.position.0, end.position.0);
    if (number(start), number(end)) != (first, last) {
        return Err("its events do not lie at first to last");
    }
    if !lines.iter().map(|line| line.position.0).eq(start..=end) {
        return Err("its events do not follow each other");
    }
    Ok(())
}

/// A whole number as JavaScript has it: exact up to 2^53, and no log reaches that.
#[expect(clippy::cast_precision_loss, reason = "exact up to 2^53")]
pub(super) fn number(whole: u64) -> f64 {
    whole as f64
}
