//! The tapes: everything that came from outside of a run, a line a record.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::IdbKeyRange;

use crate::ports::StorageError;

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::{damaged, storage_error},
    request::answered,
};

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `tape`.
    #[wasm_bindgen(extends = Object)]
    type TapeRecord;

    #[wasm_bindgen(method, setter)]
    fn set_branch(this: &TapeRecord, branch: u32);
    #[wasm_bindgen(method, setter)]
    fn set_place(this: &TapeRecord, place: u32);
    #[wasm_bindgen(method, getter)]
    fn text(this: &TapeRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_text(this: &TapeRecord, text: &str);
}

impl IndexedDbStore {
    /// The lines of a branch's tape, in order; none for a branch that has none.
    ///
    /// # Errors
    /// When the storage fails or a record is damaged.
    pub async fn tape(&self, branch: u32) -> Result<Vec<String>, StorageError> {
        let transaction = self.connection.begin(Scope::Tape, Mode::Read)?;
        let request = transaction.store("tape")?.get_all_with_key(&from(branch, 0)?.into());
        let request = request.map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        let records: Array = answered(&request).await?.unchecked_into();
        let texts = records.iter().map(|record| {
            let text = record.unchecked_ref::<TapeRecord>().text().as_string();
            text.ok_or_else(|| damaged("tape", branch.to_string(), "a line is no text").into())
        });
        texts.collect()
    }

    /// Puts lines onto a branch's tape from a place on; what stood there and behind it is gone.
    ///
    /// # Errors
    /// When the storage fails; nothing was changed.
    pub async fn write_tape(
        &self,
        branch: u32,
        place: u32,
        lines: &[String],
    ) -> Result<(), StorageError> {
        let transaction = self.connection.begin(Scope::Tape, Mode::WriteRelaxed)?;
        let store = transaction.store("tape")?;
        let thrown = |thrown: JsValue| storage_error(&thrown);
        store.delete(&from(branch, place)?.into()).map_err(thrown)?;
        for (place, line) in (place..).zip(lines) {
            let record: TapeRecord = Object::new().unchecked_into();
            record.set_branch(branch);
            record.set_place(place);
            record.set_text(line);
            store.put(&record).map_err(thrown)?;
        }
        Ok(transaction.commit().await?)
    }
}

/// The keys of a branch from a place on.
fn from(branch: u32, place: u32) -> Result<IdbKeyRange, StorageError> {
    let key = |place: u32| Array::of2(&branch.into(), &place.into());
    IdbKeyRange::bound(&key(place), &key(u32::MAX)).map_err(|thrown| storage_error(&thrown))
}
