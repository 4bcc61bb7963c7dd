//! The store in memory: for the host, and for a browser that keeps nothing.

mod log;
mod read_models;

use std::{cell::RefCell, rc::Rc};

use litemap::LiteMap;
use uuid::Uuid;

use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Version},
    ports::{
        Append, AppendError, Appended, EventStore, Inbox, InboxEntry, LookBack, Outbox,
        PendingMessage, Reached, StorageError,
    },
};
use log::Log;

/// A handle on a database that lives as long as its last handle; a clone is the same database.
///
/// No call ever waits, so each one is a transaction by itself.
#[derive(Clone, Debug, Default)]
pub struct MemoryStore {
    data: Rc<RefCell<Data>>,
    /// What is seen through this one, where it is another one's past.
    past: Rc<RefCell<Option<Past>>>,
}

/// A database as it was.
#[derive(Debug)]
struct Past {
    of: Rc<RefCell<Data>>,
    reached: Reached,
}

/// Everything that the stores of one database share.
#[derive(Debug, Default)]
struct Data {
    log: Log,
    inbox: LiteMap<String, LiteMap<Uuid, String>>,
    outbox: Vec<PendingMessage>,
    models: LiteMap<String, read_models::Model>,
    keeps_history: bool,
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

    /// Looks at the data, and at how much of it there is to see; none for all of it.
    fn look<T>(&self, look: impl FnOnce(&Data, Option<&Reached>) -> T) -> T {
        match &*self.past.borrow() {
            Some(past) => look(&past.of.borrow(), Some(&past.reached)),
            None => look(&self.data.borrow(), None),
        }
    }

    /// Refuses to write where another store's past is seen.
    fn refuse_in_past(&self) -> Result<(), StorageError> {
        match &*self.past.borrow() {
            Some(_) => {
                Err(StorageError::Unavailable { cause: "the past stays as it was".to_owned() })
            }
            None => Ok(()),
        }
    }
}

impl LookBack for MemoryStore {
    fn keep_history(&self) {
        self.data.borrow_mut().keeps_history = true;
    }

    fn look_back(&self, on: &Self, reached: Reached) {
        *self.past.borrow_mut() = Some(Past { of: on.data.clone(), reached });
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
        self.refuse_in_past()?;
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
        Ok(self.look(|data, past| {
            let head = past.map_or(data.log.head(), |past| past.head);
            let events = data.log.stream(stream, after);
            events.take_while(|event| event.position <= head).cloned().collect()
        }))
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        Ok(self.look(|data, past| {
            let head = past.map_or(data.log.head(), |past| past.head);
            data.log.after(after, limit, head).to_vec()
        }))
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        Ok(self.look(|data, past| past.map_or(data.log.head(), |past| past.head)))
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
