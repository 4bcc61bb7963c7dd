//! A faulty store: any store, with the faults that somebody asked for.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
};

use uuid::Uuid;

use crate::{
    kernel::{CodecError, GlobalPosition, ModelName, RowKey, StoredEvent, StreamId, Version},
    ports::{
        Append, AppendError, Appended, EventStore, Inbox, InboxEntry, Known, Outbox, Page,
        PageRequest, PendingMessage, ReadModelStore, RowWrite, StorageError, UpdateError,
    },
};

/// Where a fault happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultPoint {
    /// Storing events.
    Append,
    /// Reading a stream.
    ReadStream,
    /// Writing rows and checkpoint.
    UpdateReadModel,
}

/// What goes wrong, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The storage fails, and nothing is done.
    Refuse(StorageError),
    /// The work is done, and its answer is lost.
    LoseAnswer,
    /// Another writer was faster: the stream is not where it was expected.
    Conflict,
}

/// Passes everything on to a store, and does the faults that were armed, in their order.
#[derive(Debug)]
pub struct FaultyStore<S> {
    store: S,
    armed: RefCell<VecDeque<(FaultPoint, Fault)>>,
    met: Cell<usize>,
}

impl<S> FaultyStore<S> {
    /// The store, with no fault armed.
    pub fn new(store: S) -> Self {
        Self { store, armed: RefCell::default(), met: Cell::new(0) }
    }

    /// Arms a fault for the next time that its point is reached; faults of one point form a queue.
    pub fn arm(&self, point: FaultPoint, fault: Fault) {
        self.armed.borrow_mut().push_back((point, fault));
    }

    /// How many of the armed faults have happened.
    pub fn faults_met(&self) -> usize {
        self.met.get()
    }

    fn next(&self, point: FaultPoint) -> Option<Fault> {
        let mut armed = self.armed.borrow_mut();
        let index = armed.iter().position(|(at, _)| *at == point)?;
        self.met.set(self.met.get() + 1);
        armed.remove(index).map(|(_, fault)| fault)
    }
}

fn lost() -> StorageError {
    StorageError::Unavailable { cause: "the answer was lost".to_owned() }
}

impl<S: EventStore> EventStore for FaultyStore<S> {
    async fn append(&self, append: &Append) -> Result<Appended, AppendError> {
        match self.next(FaultPoint::Append) {
            None => self.store.append(append).await,
            Some(Fault::Refuse(error)) => Err(error.into()),
            Some(Fault::LoseAnswer) => {
                self.store.append(append).await?;
                Err(lost().into())
            }
            Some(Fault::Conflict) => {
                let (expected, actual) = (append.expected, append.expected.after(1));
                Err(AppendError::Conflict { expected, actual })
            }
        }
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        match self.next(FaultPoint::ReadStream) {
            None => self.store.read_stream(stream, after).await,
            Some(Fault::Refuse(error)) => Err(error),
            Some(Fault::LoseAnswer | Fault::Conflict) => Err(lost()),
        }
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        self.store.read_log(after, limit).await
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        self.store.head().await
    }
}

impl<S: Inbox> Inbox for FaultyStore<S> {
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError> {
        self.store.find(consumer, message).await
    }

    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError> {
        self.store.record(entry).await
    }
}

impl<S: Outbox> Outbox for FaultyStore<S> {
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError> {
        self.store.pending(limit).await
    }
}

impl<S: ReadModelStore> ReadModelStore for FaultyStore<S> {
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        match self.next(FaultPoint::UpdateReadModel) {
            None => self.store.update(model, from, to, keys, change).await,
            Some(Fault::Refuse(error)) => Err(error.into()),
            Some(Fault::LoseAnswer) => {
                self.store.update(model, from, to, keys, change).await?;
                Err(lost().into())
            }
            Some(Fault::Conflict) => Err(UpdateError::CheckpointMoved { found: from }),
        }
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        self.store.row(model, key).await
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        self.store.page(model, group, request).await
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        self.store.checkpoint(model).await
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        self.store.clear(model).await
    }
}
