//! The records of read models: rows and checkpoints.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::IdbRequest;

use crate::{
    kernel::GlobalPosition,
    ports::{RowWrite, StorageError},
};

use super::{failure::damaged, log_record::number, open::whole, request::result};

/// The highest rank that JavaScript can tell from its neighbours.
const RANK_MAX: u64 = 1 << 53;

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `rows`.
    #[wasm_bindgen(extends = Object)]
    pub(super) type RowRecord;

    #[wasm_bindgen(method, getter)]
    fn model(this: &RowRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_model(this: &RowRecord, model: &str);
    #[wasm_bindgen(method, getter)]
    fn key(this: &RowRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_key(this: &RowRecord, key: &str);
    #[wasm_bindgen(method, setter)]
    fn set_group(this: &RowRecord, group: &str);
    #[wasm_bindgen(method, setter)]
    fn set_rank(this: &RowRecord, rank: f64);
    #[wasm_bindgen(method, getter)]
    fn data(this: &RowRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_data(this: &RowRecord, data: &str);

    /// A record of the object store `checkpoints`.
    #[wasm_bindgen(extends = Object)]
    pub(super) type CheckpointRecord;

    #[wasm_bindgen(method, getter, js_name = model)]
    fn of_model(this: &CheckpointRecord) -> JsValue;
    #[wasm_bindgen(method, setter, js_name = model)]
    fn set_of_model(this: &CheckpointRecord, model: &str);
    #[wasm_bindgen(method, getter)]
    fn position(this: &CheckpointRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_position(this: &CheckpointRecord, position: f64);
}

/// The key of a row.
pub(super) fn row_key(model: &str, key: &str) -> Array {
    Array::of2(&model.into(), &key.into())
}

/// The record of a row.
pub(super) fn row_record(model: &str, write: &RowWrite) -> Result<RowRecord, StorageError> {
    if write.place.rank > RANK_MAX {
        let cause = format!("the rank {} of {} is beyond 2^53", write.place.rank, write.key);
        return Err(StorageError::Unavailable { cause });
    }
    let record: RowRecord = Object::new().unchecked_into();
    record.set_model(model);
    record.set_key(&write.key);
    record.set_group(&write.place.group);
    record.set_rank(number(write.place.rank));
    record.set_data(&write.data);
    Ok(record)
}

/// The data of a row's record.
pub(super) fn row_data(record: &JsValue) -> Result<String, StorageError> {
    let record: &RowRecord = record.unchecked_ref();
    record.data().as_string().ok_or_else(|| {
        let text = |value: JsValue| value.as_string().unwrap_or_default();
        let key = format!("{}/{}", text(record.model()), text(record.key()));
        damaged("rows", key, "its data is no text").into()
    })
}

/// The data of a row, from the answer to a request for its key.
pub(super) fn requested_row(request: &IdbRequest) -> Result<Option<String>, StorageError> {
    let record = result(request)?;
    (!record.is_undefined()).then(|| row_data(&record)).transpose()
}

/// The record of a checkpoint.
pub(super) fn checkpoint_record(model: &str, position: GlobalPosition) -> CheckpointRecord {
    let record: CheckpointRecord = Object::new().unchecked_into();
    record.set_of_model(model);
    record.set_position(number(position.0));
    record
}

/// A checkpoint, from the answer to a request for its model.
pub(super) fn requested_checkpoint(request: &IdbRequest) -> Result<GlobalPosition, StorageError> {
    let record = result(request)?;
    if record.is_undefined() {
        return Ok(GlobalPosition::NONE);
    }
    let record: CheckpointRecord = record.unchecked_into();
    let position = record.position().as_f64().filter(|p| *p >= 0.0 && p.fract() == 0.0);
    position.map(|position| GlobalPosition(whole(position))).ok_or_else(|| {
        let key = record.of_model().as_string().unwrap_or_default();
        damaged("checkpoints", key, "its position is no whole number").into()
    })
}
