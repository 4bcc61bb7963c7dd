//! One transaction: aborted when dropped, unless it was committed.

use std::rc::Rc;

use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use web_sys::{IdbIndex, IdbObjectStore, IdbTransaction};

use crate::ports::StorageError;

use super::{
    failure::{name, storage_error},
    request::Signal,
};

/// Why it is not sure that a transaction was written.
#[derive(Debug)]
pub(super) enum CommitError {
    /// The browser had ended it before it was asked to: it may have been written or not.
    Unknown,
    /// It was not written.
    Failed(StorageError),
}

impl From<CommitError> for StorageError {
    fn from(error: CommitError) -> Self {
        match error {
            CommitError::Unknown => {
                Self::Unavailable { cause: "the transaction ended before its commit".to_owned() }
            }
            CommitError::Failed(error) => error,
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// A transaction that can be committed; `web-sys` has the method marked as deprecated.
    #[wasm_bindgen(extends = IdbTransaction)]
    #[derive(Clone, Debug)]
    pub(super) type RawTransaction;

    /// Says that no further request will come.
    #[wasm_bindgen(method, catch, js_name = commit)]
    pub(super) fn end_requests(this: &RawTransaction) -> Result<(), JsValue>;
}

/// A transaction that is under way.
#[derive(Debug)]
pub(super) struct Transaction {
    raw: RawTransaction,
    committed: bool,
}

impl Transaction {
    pub(super) fn new(raw: RawTransaction) -> Self {
        Self { raw, committed: false }
    }

    /// One in which nothing is written yet: the browser ends it when no request comes in a turn.
    pub(super) fn left_to_the_browser(raw: RawTransaction) -> Self {
        Self { raw, committed: true }
    }

    /// The same transaction for somebody who writes in it.
    pub(super) fn to_write(&self) -> Self {
        Self::new(self.raw.clone())
    }

    /// One of its object stores.
    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore, StorageError> {
        self.raw.object_store(name).map_err(|thrown| storage_error(&thrown))
    }

    /// An index of one of its object stores.
    pub(super) fn index(&self, store: &str, index: &str) -> Result<IdbIndex, StorageError> {
        self.store(store)?.index(index).map_err(|thrown| storage_error(&thrown))
    }

    /// Says that no further request will come; those that were made are still answered.
    ///
    /// A transaction that only reads gives way to writers sooner by it.
    pub(super) fn ask_no_more(mut self) {
        // Where it fails the browser ends the transaction by itself, a little later.
        self.committed = self.raw.end_requests().is_ok();
    }

    /// Commits, and waits until everything is written.
    pub(super) async fn commit(mut self) -> Result<(), CommitError> {
        let end = End::of(&self.raw);
        match self.raw.end_requests() {
            Ok(()) => self.committed = true,
            Err(thrown) if name(&thrown) == "InvalidStateError" => {
                return Err(CommitError::Unknown);
            }
            Err(thrown) => return Err(CommitError::Failed(storage_error(&thrown))),
        }
        end.reached().await.map_err(CommitError::Failed)
    }
}

impl Drop for Transaction {
    fn drop(&mut self) {
        if !self.committed {
            // It fails for a transaction that has ended, and that one needs nothing.
            let _ = self.raw.abort();
        }
    }
}

/// The end of a transaction, for everybody who waits for it.
#[derive(Debug)]
pub(super) struct End {
    raw: IdbTransaction,
    completed: Rc<Signal>,
    ended: Rc<Signal>,
    _on_complete: Closure<dyn FnMut()>,
    _on_abort: Closure<dyn FnMut()>,
}

impl End {
    /// Listens to a transaction that has not ended.
    pub(super) fn of(raw: &IdbTransaction) -> Self {
        let (completed, ended) = (Rc::<Signal>::default(), Rc::<Signal>::default());
        let (set_completed, set_ended) = (Rc::clone(&completed), Rc::clone(&ended));
        let on_complete = Closure::new(move || {
            set_completed.set();
            set_ended.set();
        });
        let set_ended = Rc::clone(&ended);
        let on_abort = Closure::new(move || set_ended.set());
        raw.set_oncomplete(Some(on_complete.as_ref().unchecked_ref()));
        raw.set_onabort(Some(on_abort.as_ref().unchecked_ref()));
        Self { raw: raw.clone(), completed, ended, _on_complete: on_complete, _on_abort: on_abort }
    }

    /// Whether it has ended.
    pub(super) fn is_reached(&self) -> bool {
        self.ended.is_set()
    }

    /// Waits for it, and says whether everything was written.
    pub(super) async fn reached(&self) -> Result<(), StorageError> {
        self.ended.wait().await;
        if self.completed.is_set() {
            return Ok(());
        }
        match self.raw.error() {
            Some(exception) => Err(storage_error(&exception)),
            None => {
                Err(StorageError::Unavailable { cause: "the transaction was aborted".to_owned() })
            }
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        if !self.ended.is_set() {
            self.raw.set_oncomplete(None);
            self.raw.set_onabort(None);
        }
    }
}
