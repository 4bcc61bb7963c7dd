//! The log: its rows, its filter, how far it was read.

use super::{Damage, Fact};

/// One event of the log, ready to show.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its place in the log, from 1.
    pub position: u64,
    /// When it happened: milliseconds since 1970 (UTC).
    pub occurred_at_ms: i64,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Its stored type name, the same in every language.
    pub event_type: String,
    /// Which shape its data has.
    pub schema_version: u16,
    /// What it says, in order of importance. None when this program does not know the type.
    pub facts: Option<Vec<Fact>>,
    /// Its data as it is stored: JSON text.
    pub data: String,
    /// Its id.
    pub event_id: String,
    /// The request that began it.
    pub correlation_id: String,
    /// The command that caused it.
    pub causation_id: String,
}

/// A row of the log: an event, or the place of one that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum LogRow {
    /// An event.
    Event(Box<LogEntry>),
    /// The record that should hold this position is damaged.
    Damaged {
        /// The position.
        position: u64,
        /// What is wrong, naming the record.
        damage: Damage,
    },
}

/// Which events of the log to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Only streams whose name contains this text; empty for all.
    pub stream: String,
    /// Only events of this stored type.
    pub event_type: Option<String>,
}

/// How far the background reading of the log has come that filters and the damage check rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanProgress {
    /// Up to which position.
    pub scanned: u64,
    /// The last position.
    pub head: u64,
}
