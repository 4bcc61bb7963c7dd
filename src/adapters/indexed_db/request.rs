//! Waiting for what IndexedDB says by events.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::IdbRequest;

use crate::ports::StorageError;

use super::failure::storage_error;

/// Something that happens once and that any number of tasks can wait for.
#[derive(Debug, Default)]
pub(super) struct Signal {
    happened: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

impl Signal {
    /// It happened: everybody who waits goes on.
    pub(super) fn set(&self) {
        self.happened.set(true);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Whether it happened.
    pub(super) fn is_set(&self) -> bool {
        self.happened.get()
    }

    /// Waits until it happened.
    pub(super) async fn wait(&self) {
        poll_fn(|context| {
            if self.happened.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

/// Waits until a request is answered, which also answers all requests of its transaction before it.
///
/// The transaction stays active until the code that waited waits for something else.
pub(super) async fn answered(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let listener = Listener::new(request);
    listener.signal.wait().await;
    result(request)
}

/// What a request that was answered says.
pub(super) fn result(request: &IdbRequest) -> Result<JsValue, StorageError> {
    let result = request.result().map_err(|thrown| storage_error(&thrown))?;
    // One that failed has no result, just like one that found nothing.
    match result.is_undefined().then(|| request.error()) {
        Some(Ok(Some(exception))) => Err(storage_error(&exception)),
        _ => Ok(result),
    }
}

/// Listens to one request, for one answer.
struct Listener<'a> {
    request: &'a IdbRequest,
    signal: Rc<Signal>,
    _on_answer: Closure<dyn FnMut()>,
}

impl<'a> Listener<'a> {
    fn new(request: &'a IdbRequest) -> Self {
        let signal = Rc::<Signal>::default();
        let set = Rc::clone(&signal);
        let on_answer = Closure::new(move || set.set());
        let function = on_answer.as_ref().unchecked_ref();
        request.set_onsuccess(Some(function));
        request.set_onerror(Some(function));
        Self { request, signal, _on_answer: on_answer }
    }
}

impl Drop for Listener<'_> {
    fn drop(&mut self) {
        if !self.signal.is_set() {
            self.request.set_onsuccess(None);
            self.request.set_onerror(None);
        }
    }
}
