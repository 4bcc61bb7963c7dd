//! The store in memory: for the host, and for a browser that keeps nothing.

mod log;
mod read_models;

use std::{cell::RefCell, rc::Rc};

use litemap::LiteMap;
use uuid::Uuid;

use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Version},
    ports::{
        Append, AppendError, Appended, EventStore, Inbox, InboxEntry, Outbox, PendingMessage,
        StorageError,
    },
};
use log::Log;

/// A handle on a database that lives as long as its last handle; a clone is the same database.
///
/// No call ever waits, so each one is a transaction by itself.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    data: Rc<RefCell<Data>>,
}

/// Everything that the stores of one database share.
#[derive(Debug, Default)]
struct Data {
    log: Log,
    inbox: LiteMap<String, LiteMap<Uuid, String>>,
    outbox: Vec<PendingMessage>,
    models: LiteMap<String, read_models::Model>,
}

impl MemoryStore {
    /// A new, empty database.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A second connection to the same data.
    #[must_use]
    pub fn connect(&self) -> Self {
        self.clone()
    }
}

impl Data {
    fn answer(&self, consumer: &str, message: Uuid) -> Option<&String> {
        self.inbox.get(consumer)?.get(&message)
    }

    fn record(&mut self, entry: &InboxEntry) {
        let seen = self.inbox.entry(entry.consumer.clone()).or_default();
        seen.entry(entry.message).or_insert_with(|| entry.answer.clone());
    }

    /// What an append is answered without writing anything, when there is such an answer.
    fn refusal(&self, append: &Append) -> Option<Result<Appended, AppendError>> {
        let actual = self.log.version(&append.stream);
        if actual != append.expected
            && let Some(appended) = self.log.repeated(append)
        {
            return Some(Ok(appended));
        }
        let answer = append.inbox.as_ref().and_then(|e| self.answer(&e.consumer, e.message));
        if let Some(answer) = answer {
            return Some(Err(AppendError::AlreadyAnswered { answer: answer.clone() }));
        }
        (actual != append.expected)
            .then_some(Err(AppendError::Conflict { expected: append.expected, actual }))
    }
}

impl EventStore for MemoryStore {
    async fn append(&self, append: &Append) -> Result<Appended, AppendError> {
        assert!(!append.events.is_empty(), "an append has at least one event");
        let data = &mut *self.data.borrow_mut();
        if let Some(answer) = data.refusal(append) {
            return answer;
        }
        let appended = data.log.push(append);
        let pending = append.outbox.iter().map(|message| PendingMessage {
            position: appended.position,
            message: message.clone(),
        });
        data.outbox.extend(pending);
        if let Some(entry) = &append.inbox {
            data.record(entry);
        }
        Ok(appended)
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        Ok(self.data.borrow().log.stream(stream, after).cloned().collect())
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        Ok(self.data.borrow().log.after(after, limit).to_vec())
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        Ok(self.data.borrow().log.head())
    }
}

impl Inbox for MemoryStore {
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError> {
        Ok(self.data.borrow().answer(consumer, message).cloned())
    }

    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError> {
        let data = &mut *self.data.borrow_mut();
        let before = data.answer(&entry.consumer, entry.message).cloned();
        data.record(entry);
        Ok(before)
    }
}

impl Outbox for MemoryStore {
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError> {
        Ok(self.data.borrow().outbox.iter().take(limit).cloned().collect())
    }
}
