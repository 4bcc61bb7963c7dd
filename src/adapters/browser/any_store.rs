//! The store that a page chose: in IndexedDB, or in memory where there is none.

use uuid::Uuid;

use crate::{
    adapters::{IndexedDbStore, MemoryStore},
    kernel::{CodecError, GlobalPosition, ModelName, RowKey, StoredEvent, StreamId, Version},
    ports::{
        Append, AppendError, Appended, EventStore, Inbox, InboxEntry, Known, LookBack, Outbox,
        Page, PageRequest, PendingMessage, Reached, ReadModelStore, RowWrite, StorageError,
        UpdateError,
    },
};

/// One of the stores there are. A clone is the same database.
#[derive(Clone, Debug)]
pub enum AnyStore {
    /// Kept until the page is closed.
    Memory(MemoryStore),
    /// Kept by the browser.
    IndexedDb(IndexedDbStore),
}

/// Asks whichever store it is.
macro_rules! delegate {
    ($any:expr, $store:ident => $call:expr) => {
        match $any {
            AnyStore::Memory($store) => $call.await,
            AnyStore::IndexedDb($store) => $call.await,
        }
    };
}

impl LookBack for AnyStore {
    fn keep_history(&self) {
        if let Self::Memory(store) = self {
            store.keep_history();
        }
    }

    fn look_back(&self, on: &Self, reached: Reached) {
        match (self, on) {
            (Self::Memory(store), Self::Memory(on)) => store.look_back(on, reached),
            _ => unreachable!("only in memory can be looked back"),
        }
    }
}

impl EventStore for AnyStore {
    async fn append(&self, append: &Append) -> Result<Appended, AppendError> {
        delegate!(self, store => store.append(append))
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        delegate!(self, store => store.read_stream(stream, after))
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        delegate!(self, store => store.read_log(after, limit))
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        delegate!(self, store => store.head())
    }
}

impl Inbox for AnyStore {
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError> {
        delegate!(self, store => store.find(consumer, message))
    }

    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError> {
        delegate!(self, store => store.record(entry))
    }
}

impl Outbox for AnyStore {
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError> {
        delegate!(self, store => store.pending(limit))
    }
}

impl ReadModelStore for AnyStore {
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        delegate!(self, store => store.update(model, from, to, keys, change))
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        delegate!(self, store => store.row(model, key))
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        delegate!(self, store => store.page(model, group, request))
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        delegate!(self, store => store.checkpoint(model))
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        delegate!(self, store => store.clear(model))
    }
}
