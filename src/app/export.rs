//! The export: the log as JSON lines, one CloudEvent a line.

use chrono::{DateTime, SecondsFormat};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{Lab, run::Stores, views::Failure};
use crate::{
    kernel::{GlobalPosition, StoredEvent, Timestamp},
    ports::{Environment, EventStore, Timers},
};

/// Events read, written and handed on at a time.
const BATCH: usize = 512;

/// One event as the outside world knows it.
///
/// Source: CloudEvents 1.0.2, JSON format; `correlationid`, `causationid` and `sequence` are its
/// documented extensions, `streamversion` and `schemaversion` are ours.
#[derive(Serialize)]
struct CloudEvent<'a> {
    specversion: &'static str,
    id: String,
    source: &'static str,
    #[serde(rename = "type")]
    event_type: &'a str,
    subject: &'a str,
    time: String,
    datacontenttype: &'static str,
    correlationid: String,
    causationid: String,
    sequence: String,
    streamversion: u64,
    schemaversion: u16,
    data: &'a RawValue,
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Hands out the log in chunks of whole lines and says how far it is: events done, events in all.
    /// Ends early when `progress` says false.
    ///
    /// # Errors
    /// When the storage fails, or a record is damaged; what was handed out until then is right.
    pub async fn export(
        &self,
        mut chunk: impl FnMut(String),
        mut progress: impl FnMut(u64, u64) -> bool,
    ) -> Result<u64, Failure> {
        let environment = self.wiring().environment.clone();
        let head = environment.store().head().await?.0;
        let mut done = 0;
        while done < head && progress(done, head) {
            let events = environment.store().read_log(GlobalPosition(done), BATCH).await?;
            let Some(last) = events.last() else { break };
            done = last.position.0;
            chunk(json_lines(&events)?);
            environment.timers().yield_now().await;
        }
        progress(done, head);
        Ok(done)
    }
}

fn json_lines(events: &[StoredEvent]) -> Result<String, Failure> {
    let mut lines = String::new();
    for event in events {
        lines.push_str(&json_line(event).map_err(|error| Failure::Undecodable {
            reason: format!("event {}: {error}", event.position.0),
        })?);
        lines.push('\n');
    }
    Ok(lines)
}

fn json_line(stored: &StoredEvent) -> serde_json::Result<String> {
    let event = &stored.event;
    serde_json::to_string(&CloudEvent {
        specversion: "1.0",
        id: event.id.to_string(),
        source: "hindsight",
        event_type: &event.encoded.event_type,
        subject: stored.stream.as_str(),
        time: rfc_3339(event.occurred_at),
        datacontenttype: "application/json",
        correlationid: event.correlation_id.to_string(),
        causationid: event.causation_id.to_string(),
        sequence: stored.position.0.to_string(),
        streamversion: stored.version.0,
        schemaversion: event.encoded.schema_version,
        data: serde_json::from_str(&event.encoded.data)?,
    })
}

fn rfc_3339(time: Timestamp) -> String {
    DateTime::from_timestamp_micros(time.0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Micros, true)
}
