//! The export: the log as JSON lines, one CloudEvent a line.

use chrono::{DateTime, SecondsFormat};
use nojson::{DisplayJson, RawJson};

use super::{Lab, run::Stores, views::Failure};
use crate::{
    kernel::{GlobalPosition, JsonError, StoredEvent, Timestamp, Verbatim, write_members},
    ports::{Environment, EventStore, Timers},
};

/// Events read, written and handed on at a time.
const BATCH: usize = 512;

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

/// One event as the outside world knows it.
///
/// Source: CloudEvents 1.0.2, JSON format; `correlationid`, `causationid` and `sequence` are its
/// documented extensions, `streamversion` and `schemaversion` are ours.
fn json_line(stored: &StoredEvent) -> Result<String, JsonError> {
    let event = &stored.event;
    let data = RawJson::parse(&event.encoded.data)?;
    let time = rfc_3339(event.occurred_at);
    let sequence = stored.position.0.to_string();
    let members: &[(&str, &dyn DisplayJson)] = &[
        ("specversion", &"1.0"),
        ("id", &event.id),
        ("source", &"hindsight"),
        ("type", &event.encoded.event_type),
        ("subject", &stored.stream.as_str()),
        ("time", &time),
        ("datacontenttype", &"application/json"),
        ("correlationid", &event.correlation_id),
        ("causationid", &event.causation_id),
        ("sequence", &sequence),
        ("streamversion", &stored.version.0),
        ("schemaversion", &event.encoded.schema_version),
        ("data", &Verbatim(data.value().as_raw_str())),
    ];
    Ok(nojson::json(|json| write_members(json, members)).to_string())
}

fn rfc_3339(time: Timestamp) -> String {
    DateTime::from_timestamp_micros(time.0)
        .unwrap_or_default()
        .to_rfc3339_opts(SecondsFormat::Micros, true)
}
