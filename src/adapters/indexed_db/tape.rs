//! The tapes: everything that came from outside of a run, a line a record.
//!
//! Who writes leaves a stamp, and says which one it found: so a tab that has lost the tape to another one
//! cannot write into what that one keeps, however late its write comes.

use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use web_sys::IdbKeyRange;

use crate::{adapters::KeptLines, ports::StorageError};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    request::answered,
};

#[wasm_bindgen]
extern "C" {
    /// A record of the object store `tape`.
    #[wasm_bindgen(extends = Object)]
    type TapeRecord;

    #[wasm_bindgen(method, getter)]
    fn branch(this: &TapeRecord) -> u32;
    #[wasm_bindgen(method, setter)]
    fn set_branch(this: &TapeRecord, branch: u32);
    #[wasm_bindgen(method, getter)]
    fn place(this: &TapeRecord) -> u32;
    #[wasm_bindgen(method, setter)]
    fn set_place(this: &TapeRecord, place: u32);
    #[wasm_bindgen(method, getter)]
    fn text(this: &TapeRecord) -> JsValue;
    #[wasm_bindgen(method, setter)]
    fn set_text(this: &TapeRecord, text: &str);
}

/// Lines that are read at once: some milliseconds of work.
const BATCH: u32 = 2_048;
/// Under which number the stamp is kept of who wrote last. No branch has it.
const STAMP: u32 = u32::MAX;

impl IndexedDbStore {
    /// All lines that are kept, a part a branch, and the stamp of who wrote last; an empty one where nobody
    /// left one.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn tapes(&self) -> Result<(String, Vec<KeptLines>), StorageError> {
        let transaction = self.connection.begin(Scope::Tape, Mode::Read)?;
        let (mut stamp, mut parts) = (String::new(), Vec::<KeptLines>::new());
        let mut after = Array::new();
        loop {
            let range = IdbKeyRange::lower_bound_with_open(&after, true);
            let range = range.map_err(|thrown| storage_error(&thrown))?;
            let request = transaction.store("tape")?.get_all_with_key_and_limit(&range, BATCH);
            let request = request.map_err(|thrown| storage_error(&thrown))?;
            let records: Array = answered(&request).await?.unchecked_into();
            for record in records.iter() {
                let record = record.unchecked_ref::<TapeRecord>();
                let branch = record.branch();
                // A damaged line makes the tape unreadable where it is read: that names the line.
                let text = record.text().as_string().unwrap_or_else(|| "?".to_owned());
                match parts.last_mut() {
                    _ if branch == STAMP => stamp = text,
                    Some(part) if part.branch == branch => part.lines.push(text),
                    _ => parts.push(KeptLines { branch, place: 0, lines: vec![text] }),
                }
                after = key(branch, record.place());
            }
            if records.length() < BATCH {
                transaction.ask_no_more();
                return Ok((stamp, parts));
            }
        }
    }

    /// Writes lines and a stamp, all or nothing, unless somebody else wrote since that stamp was found:
    /// then nothing is written, and this is false.
    ///
    /// # Errors
    /// When the storage fails; nothing was changed.
    pub async fn write_tapes(
        &self,
        found: &str,
        stamp: &str,
        parts: &[KeptLines],
    ) -> Result<bool, StorageError> {
        let transaction = self.connection.begin(Scope::Tape, Mode::WriteRelaxed)?;
        let store = transaction.store("tape")?;
        let thrown = |thrown: JsValue| storage_error(&thrown);
        let last = store.get(&key(STAMP, 0)).map_err(thrown)?;
        let last = answered(&last).await?;
        let last = last.is_object().then(|| last.unchecked_ref::<TapeRecord>().text().as_string());
        if last.flatten().unwrap_or_default() != found {
            return Ok(false);
        }
        for part in parts {
            store.delete(&from(part.branch, part.place)?.into()).map_err(thrown)?;
            for (place, line) in (part.place..).zip(&part.lines) {
                store.put(&record(part.branch, place, line)).map_err(thrown)?;
            }
        }
        store.put(&record(STAMP, 0, stamp)).map_err(thrown)?;
        transaction.commit().await?;
        Ok(true)
    }
}

fn record(branch: u32, place: u32, text: &str) -> TapeRecord {
    let record: TapeRecord = Object::new().unchecked_into();
    record.set_branch(branch);
    record.set_place(place);
    record.set_text(text);
    record
}

fn key(branch: u32, place: u32) -> Array {
    Array::of2(&branch.into(), &place.into())
}

/// The keys of a branch from a place on.
fn from(branch: u32, place: u32) -> Result<IdbKeyRange, StorageError> {
    let range = IdbKeyRange::bound(&key(branch, place), &key(branch, u32::MAX));
    range.map_err(|thrown| storage_error(&thrown))
}
