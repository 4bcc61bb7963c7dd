//! The outbox: messages that are stored in the same transaction as the events they tell of.

use super::StorageError;
use crate::kernel::{GlobalPosition, MessageId};

/// Holds messages that are stored and not sent yet. They come in only with an append.
///
/// Source: Chris Richardson, "Microservices Patterns" (2018), transactional outbox.
pub trait Outbox {
    /// At most `limit` messages that wait, in the order of the events they came with.
    ///
    /// # Errors
    /// When the storage fails.
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError>;
}

/// A message to send once its events are stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// Names the message.
    pub id: MessageId,
    /// Messages with the same key keep their order.
    pub key: String,
    /// What it is about, such as the stored name of an event.
    pub topic: String,
    /// Its content, encoded.
    pub data: String,
}

/// A message that waits, with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingMessage {
    /// The position of the last event of the append that it came with.
    pub position: GlobalPosition,
    /// The message.
    pub message: OutboxMessage,
}
