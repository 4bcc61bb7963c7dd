//! What every store may say went wrong: closed, so that a caller can branch on it.

use thiserror::Error;

/// Why a store could not do what was asked. Nothing was written, unless it says otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum StorageError {
    /// There is no room left; free some, or export and start over.
    #[error("the disk is full")]
    Full,
    /// The connection was closed, for example because a newer program took over the database.
    #[error("the connection to the database was closed")]
    Closed,
    /// A stored record is not what it should be.
    #[error(transparent)]
    Damaged(#[from] DamagedRecord),
    /// Anything else that the storage below says; trying again may help.
    #[error("the storage failed: {cause}")]
    Unavailable {
        /// In the words of the storage below.
        cause: String,
    },
}

/// A stored record that cannot be read, named so that a person can find it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the record {key} in {store} is damaged: {reason}")]
pub struct DamagedRecord {
    /// The object store or table that it lies in.
    pub store: String,
    /// Its key, as text.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}
