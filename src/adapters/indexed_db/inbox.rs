//! The inbox: one record for each message that a consumer has seen.

use js_sys::{Array, Object};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::IdbRequest;

use crate::ports::{Inbox, InboxEntry, StorageError};

use super::{
    IndexedDbStore,
    append::add,
    connection::{Mode, Scope},
    failure::{damaged, storage_error},
    request::{answered, result},
    transaction::Transaction,
};

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `inbox`.
    #[wasm_bindgen(extends = Object)]
    pub(super) type InboxRecord;

    #[wasm_bindgen(method, setter)]
    fn set_consumer(this: &InboxRecord, consumer: &str);
    #[wasm_bindgen(method, getter)]
    fn message(this: &InboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_message(this: &InboxRecord, message: &str);
    #[wasm_bindgen(method, getter, js_name = answer)]
    fn recorded_answer(this: &InboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_answer(this: &InboxRecord, answer: &str);
}

impl Inbox for IndexedDbStore {
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError> {
        let session = self.begin_session(consumer, message)?;
        answered(&session.found).await?;
        answer(&session.found)
    }

    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError> {
        if let Some(transaction) = self.record_in_session(entry) {
            transaction.commit().await?;
            return Ok(None);
        }
        let transaction = self.connection.begin(Scope::Inbox, Mode::WriteStrict)?;
        let request = request(&transaction, &entry.consumer, entry.message)?;
        answered(&request).await?;
        if let Some(first) = answer(&request)? {
            return Ok(Some(first));
        }
        add(&transaction, "inbox", &record(entry))?;
        transaction.commit().await?;
        Ok(None)
    }
}

/// Asks for the entry of a message.
pub(super) fn request(
    transaction: &Transaction,
    consumer: &str,
    message: Uuid,
) -> Result<IdbRequest, StorageError> {
    let key = Array::of2(&consumer.into(), &message.to_string().into());
    transaction.store("inbox")?.get(&key).map_err(|thrown| storage_error(&thrown))
}

/// The recorded answer, from the answer to [`request`].
pub(super) fn answer(request: &IdbRequest) -> Result<Option<String>, StorageError> {
    let record = result(request)?;
    if record.is_undefined() {
        return Ok(None);
    }
    let record: InboxRecord = record.unchecked_into();
    match record.recorded_answer().as_string() {
        Some(answer) => Ok(Some(answer)),
        None => {
            let key = record.message().as_string().unwrap_or_default();
            Err(damaged("inbox", key, "its answer is no text").into())
        }
    }
}

/// The record of an entry.
pub(super) fn record(entry: &InboxEntry) -> InboxRecord {
    let record: InboxRecord = Object::new().unchecked_into();
    record.set_consumer(&entry.consumer);
    record.set_message(&entry.message.to_string());
    record.set_answer(&entry.answer);
    record
}
