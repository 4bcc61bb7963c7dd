//! The event store: streams of encoded events with versions, in one log with global positions.

use thiserror::Error;

use super::{InboxEntry, OutboxMessage, StorageError};
use crate::kernel::{GlobalPosition, NewEvent, StoredEvent, StreamId, Version};

/// Keeps events for ever, in order, and refuses a writer whose belief about a stream is wrong.
///
/// Numbering belongs to this port, not to an adapter: versions start at 1 in each stream, global
/// positions at 1 in the log, both without gaps. What was acknowledged is seen by every later read
/// of every connection. All adapters pass `tests/contract`.
pub trait EventStore {
    /// Writes all of it or nothing, in one transaction.
    ///
    /// An append repeated with the same event ids is recognised: it is answered as the first time
    /// and writes nothing.
    ///
    /// # Errors
    /// See [`AppendError`]; in each case nothing was written.
    ///
    /// # Panics
    /// When there is no event to append: a mistake of the programmer.
    async fn append(&self, append: &Append) -> Result<Appended, AppendError>;

    /// The events of a stream after a version, oldest first; empty for a stream that does not exist.
    ///
    /// # Errors
    /// When the storage fails or a record of the stream is damaged.
    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError>;

    /// At most `limit` events of the log after a position, oldest first.
    ///
    /// # Errors
    /// When the storage fails or a record in that range is damaged.
    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError>;

    /// The position of the last event; [`GlobalPosition::NONE`] for an empty log.
    ///
    /// # Errors
    /// When the storage fails.
    async fn head(&self) -> Result<GlobalPosition, StorageError>;
}

/// Everything that one append writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Append {
    /// The stream that the events belong to.
    pub stream: StreamId,
    /// What the writer believes the stream to be at; [`Version::NONE`] for a new one.
    pub expected: Version,
    /// At least one event.
    pub events: Vec<NewEvent>,
    /// Messages to send once this is stored, written in the same transaction.
    pub outbox: Vec<OutboxMessage>,
    /// The answer to the message that led to this append, written in the same transaction.
    pub inbox: Option<InboxEntry>,
}

/// Where an append ended up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The version of its last event.
    pub version: Version,
    /// The global position of its last event; the others lie directly before it.
    pub position: GlobalPosition,
}

/// Why nothing was appended.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AppendError {
    /// The writer's belief was wrong: load again and decide again.
    #[error("expected version {}, found {}", expected.0, actual.0)]
    Conflict {
        /// What the writer believed.
        expected: Version,
        /// What the stream is at.
        actual: Version,
    },
    /// The inbox already holds an answer to this message: give it back.
    #[error("this message was answered before")]
    AlreadyAnswered {
        /// The answer as it was recorded.
        answer: String,
    },
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

impl Append {
    /// The events with their places, given where the append ended up.
    #[must_use]
    pub fn stored(&self, appended: Appended) -> Vec<StoredEvent> {
        let count = self.events.len() as u64;
        (1..)
            .zip(&self.events)
            .map(|(number, event)| StoredEvent {
                position: GlobalPosition(appended.position.0 - count + number),
                stream: self.stream.clone(),
                version: Version(appended.version.0 - count + number),
                event: event.clone(),
            })
            .collect()
    }
}
