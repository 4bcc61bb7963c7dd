//! The outbox: one record for each message that waits, in the order of the events they came with.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};

use crate::{
    kernel::GlobalPosition,
    ports::{DamagedRecord, Outbox, OutboxMessage, PendingMessage, StorageError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::{damaged, storage_error},
    log_record::number,
    open::whole,
    request::answered,
};

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `outbox`.
    #[wasm_bindgen(extends = Object)]
    pub(super) type OutboxRecord;

    #[wasm_bindgen(method, getter)]
    fn position(this: &OutboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_position(this: &OutboxRecord, position: f64);
    #[wasm_bindgen(method, setter)]
    fn set_place(this: &OutboxRecord, place: u32);
    #[wasm_bindgen(method, getter)]
    fn id(this: &OutboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_id(this: &OutboxRecord, id: &str);
    #[wasm_bindgen(method, getter)]
    fn key(this: &OutboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_key(this: &OutboxRecord, key: &str);
    #[wasm_bindgen(method, getter)]
    fn topic(this: &OutboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_topic(this: &OutboxRecord, topic: &str);
    #[wasm_bindgen(method, getter)]
    fn data(this: &OutboxRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_data(this: &OutboxRecord, data: &str);
}

impl Outbox for IndexedDbStore {
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError> {
        // As a limit, IndexedDB takes 0 for "all of them".
        if limit == 0 {
            return Ok(Vec::new());
        }
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        let transaction = self.connection.begin(Scope::Outbox, Mode::Read)?;
        let request = transaction
            .store("outbox")?
            .get_all_with_key_and_limit(&JsValue::UNDEFINED, limit)
            .map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        let records: Array = answered(&request).await?.unchecked_into();
        let messages = records.iter().map(|record| read(record.unchecked_ref()));
        Ok(messages.collect::<Result<_, _>>()?)
    }
}

/// The record of a message that is the `place`th of its append.
pub(super) fn record(
    position: GlobalPosition,
    place: u32,
    message: &OutboxMessage,
) -> OutboxRecord {
    let record: OutboxRecord = Object::new().unchecked_into();
    record.set_position(number(position.0));
    record.set_place(place);
    record.set_id(&message.id.to_string());
    record.set_key(&message.key);
    record.set_topic(&message.topic);
    record.set_data(&message.data);
    record
}

fn read(record: &OutboxRecord) -> Result<PendingMessage, DamagedRecord> {
    let position = record.position().as_f64().map_or(0, whole);
    let fail = |what: &str| damaged("outbox", position.to_string(), format!("its {what} is wrong"));
    let text = |value: JsValue, what: &str| value.as_string().ok_or_else(|| fail(what));
    Ok(PendingMessage {
        position: GlobalPosition(position),
        message: OutboxMessage {
            id: text(record.id(), "id")?.parse().map_err(|_| fail("id"))?,
            key: text(record.key(), "key")?,
            topic: text(record.topic(), "topic")?,
            data: text(record.data(), "data")?,
        },
    })
}
