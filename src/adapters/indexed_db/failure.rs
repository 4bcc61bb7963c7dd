//! What an exception of the browser means for a store.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::DomException;

use crate::ports::{DamagedRecord, StorageError};

/// The exception's name, or nothing for something else that was thrown.
pub(super) fn name(thrown: &JsValue) -> String {
    thrown.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
}

/// The exception in words.
pub(super) fn cause(thrown: &JsValue) -> String {
    match thrown.dyn_ref::<DomException>() {
        Some(exception) => format!("{}: {}", exception.name(), exception.message()),
        None => format!("{thrown:?}"),
    }
}

/// The exception as a store's failure.
pub(super) fn storage_error(thrown: &JsValue) -> StorageError {
    if name(thrown) == "QuotaExceededError" {
        StorageError::Full
    } else {
        StorageError::Unavailable { cause: cause(thrown) }
    }
}

/// Names a record that cannot be read.
pub(super) fn damaged(
    store: &str,
    key: impl Into<String>,
    reason: impl Into<String>,
) -> DamagedRecord {
    DamagedRecord { store: store.to_owned(), key: key.into(), reason: reason.into() }
}
