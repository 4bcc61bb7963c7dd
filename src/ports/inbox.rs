//! The inbox: what a consumer has already seen, and what it answered.

use uuid::Uuid;

use super::StorageError;

/// Remembers messages by consumer and id, so that a repeat is recognised.
///
/// Source: the idempotent receiver of Hohpe and Woolf, "Enterprise Integration Patterns" (2003).
pub trait Inbox {
    /// The recorded answer to a message; none when the consumer has not seen it.
    ///
    /// # Errors
    /// When the storage fails.
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError>;

    /// Records an answer on its own; one that is already there stays and is given back.
    ///
    /// # Errors
    /// When the storage fails; nothing was recorded.
    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError>;
}

/// One message that was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InboxEntry {
    /// Who saw it.
    pub consumer: String,
    /// The message's id.
    pub message: Uuid,
    /// What was answered, encoded by the consumer.
    pub answer: String,
}
