//! The read model store: rows and the checkpoint they are true for, written together.

use thiserror::Error;

use super::StorageError;
use crate::kernel::{CodecError, GlobalPosition, ModelName, RowKey, RowPlace};

/// Keeps the rows of read models, each model with its own checkpoint.
///
/// Rows and checkpoint are written in one transaction, guarded by the checkpoint that the update
/// started from: what was projected once is never projected twice.
pub trait ReadModelStore {
    /// Moves a model from one checkpoint to the next and changes rows on the way, or does nothing.
    ///
    /// `change` is given what is stored under `keys`, in their order, and says what to write.
    ///
    /// # Errors
    /// [`UpdateError::CheckpointMoved`] when the model is not at `from`, what `change` says when it
    /// fails, or the storage's failure; in each case nothing was written.
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError>;

    /// One row, encoded, and the checkpoint it is true for.
    ///
    /// # Errors
    /// When the storage fails.
    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError>;

    /// One page of the rows of a group, highest rank first.
    ///
    /// # Errors
    /// When the storage fails.
    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError>;

    /// How far the model has read.
    ///
    /// # Errors
    /// When the storage fails.
    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError>;

    /// Deletes the model's rows and its checkpoint. Touches no event.
    ///
    /// # Errors
    /// When the storage fails; nothing was deleted.
    async fn clear(&self, model: ModelName) -> Result<(), StorageError>;
}

/// A row to write; it replaces the one with the same key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowWrite {
    /// Names the row within its model.
    pub key: RowKey,
    /// Where queries find it.
    pub place: RowPlace,
    /// The row, encoded.
    pub data: String,
}

/// An answer with the global position up to which it knows the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<T> {
    /// The answer.
    pub value: T,
    /// The checkpoint of the read model that answered.
    pub up_to: GlobalPosition,
}

impl<T> Known<T> {
    /// The same knowledge about something made from the answer.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Known<U> {
        Known { value: change(self.value), up_to: self.up_to }
    }
}

/// Which page of how many rows each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// From 1.
    pub page: u32,
    /// Rows on a page; at least 1.
    pub size: u32,
}

/// One page of rows. A page past the last one has no rows and the same totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// The rows, highest rank first.
    pub rows: Vec<T>,
    /// Which page, from 1.
    pub page: u32,
    /// Rows on a full page.
    pub size: u32,
    /// Rows on all pages.
    pub total_count: u64,
}

impl<T> Page<T> {
    /// How many pages there are; none for no rows.
    #[must_use]
    pub fn total_pages(&self) -> u64 {
        self.total_count.div_ceil(u64::from(self.size))
    }
}

impl PageRequest {
    /// How many rows lie before this page.
    #[must_use]
    pub fn rows_before(self) -> u64 {
        u64::from(self.page.saturating_sub(1)) * u64::from(self.size)
    }
}

/// Why a read model was not updated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum UpdateError {
    /// Somebody else moved the model on: continue from there.
    #[error("the checkpoint was expected at another place than {}", found.0)]
    CheckpointMoved {
        /// Where the model is.
        found: GlobalPosition,
    },
    /// A row or an event could not be read.
    #[error(transparent)]
    Codec(#[from] CodecError),
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
}
