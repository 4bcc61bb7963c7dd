//! The raw dump: every record of a database of whatever schema, for one that cannot be opened.

use std::{cell::Cell, rc::Rc};

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{IdbDatabase, IdbFactory, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest};

use crate::ports::StorageError;

use super::{
    failure::{cause, storage_error},
    open::{OpenError, whole},
    request::{answered, result},
};

/// A chunk of this many characters is a good step.
const CHUNK: usize = 256 * 1_024;

/// How many records are read in one step at most.
const RECORDS_MAX: u32 = 1_024;

/// Writes every record of every object store as JSON lines, in chunks of whole lines, and says how
/// many records there were.
///
/// The first line names the database and its version, every other one an object store, the key and
/// the value of a record. The database is not changed, and others have a turn between two chunks.
/// One that does not exist is not made: it has no records.
///
/// # Errors
/// [`OpenError::Blocked`] where there is no IndexedDB, and whatever fails on the way.
pub async fn raw_dump(name: &str, mut chunk: impl FnMut(String)) -> Result<u64, OpenError> {
    let Some(database) = open_as_it_is(name).await? else { return Ok(0) };
    let version = whole(database.version());
    let quoted = JSON::stringify(&name.into()).map(String::from).unwrap_or_default();
    chunk(format!("{{\"database\":{quoted},\"version\":{version}}}\n"));
    let stores = database.object_store_names();
    let mut records = 0;
    for number in 0..stores.length() {
        let store = stores.get(number).unwrap_or_default();
        records += dump_store(&database, &store, &mut chunk).await.map_err(other)?;
    }
    database.close();
    Ok(records)
}

/// Opens a database without a version; none when there is no such database.
async fn open_as_it_is(name: &str) -> Result<Option<IdbDatabase>, OpenError> {
    let blocked = |cause: String| OpenError::Blocked { cause };
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())
        .ok()
        .and_then(|factory| factory.dyn_into::<IdbFactory>().ok())
        .ok_or_else(|| blocked("there is no IndexedDB here".to_owned()))?;
    let request = factory.open(name).map_err(|thrown| blocked(cause(&thrown)))?;
    let missing = Rc::<Cell<bool>>::default();
    let on_upgrade = give_up(&request, Rc::clone(&missing));
    let opened = answered(&request).await;
    request.set_onupgradeneeded(None);
    drop(on_upgrade);
    match opened {
        Err(_) if missing.get() => Ok(None),
        Err(error) => Err(other(error)),
        Ok(database) => Ok(Some(database.unchecked_into())),
    }
}

/// Aborts the making of a database that does not exist.
fn give_up(request: &IdbOpenDbRequest, missing: Rc<Cell<bool>>) -> Closure<dyn FnMut()> {
    let opening = request.clone();
    let on_upgrade = Closure::new(move || {
        missing.set(true);
        if let Some(transaction) = opening.transaction() {
            let _ = transaction.abort();
        }
    });
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    on_upgrade
}

fn other(error: StorageError) -> OpenError {
    OpenError::Other { cause: error.to_string() }
}

/// Dumps one object store, in steps that grow and shrink with the size of its records.
async fn dump_store(
    database: &IdbDatabase,
    name: &str,
    chunk: &mut impl FnMut(String),
) -> Result<u64, StorageError> {
    let (mut records, mut step, mut range) = (0, 8, JsValue::UNDEFINED);
    loop {
        let transaction =
            database.transaction_with_str(name).map_err(|thrown| storage_error(&thrown))?;
        let store = transaction.object_store(name).map_err(|thrown| storage_error(&thrown))?;
        let (keys, values) = read_step(&store, &range, step).await?;
        if keys.length() == 0 {
            return Ok(records);
        }
        let text: String =
            (0..keys.length()).map(|n| line(name, &keys.get(n), &values.get(n))).collect();
        step = match text.len() {
            ..CHUNK => (step * 2).min(RECORDS_MAX),
            _ => (step / 2).max(1),
        };
        records += u64::from(keys.length());
        chunk(text);
        let last = keys.get(keys.length() - 1);
        let rest = IdbKeyRange::lower_bound_with_open(&last, true);
        range = rest.map_err(|thrown| storage_error(&thrown))?.into();
    }
}

/// At most `limit` records of a range, keys and values apart.
async fn read_step(
    store: &IdbObjectStore,
    range: &JsValue,
    limit: u32,
) -> Result<(Array, Array), StorageError> {
    let keys = store.get_all_keys_with_key_and_limit(range, limit);
    let keys = keys.map_err(|thrown| storage_error(&thrown))?;
    let values = store.get_all_with_key_and_limit(range, limit);
    let values = values.map_err(|thrown| storage_error(&thrown))?;
    let values_read = answered(&values).await?;
    Ok((result(&keys)?.unchecked_into(), values_read.unchecked_into()))
}

/// A record as a line; of one that has no JSON form, what the browser says about it.
fn line(store: &str, key: &JsValue, value: &JsValue) -> String {
    let json = |value: &JsValue| match JSON::stringify(value) {
        Ok(text) => text.as_string().unwrap_or_else(|| "null".to_owned()),
        Err(thrown) => {
            let unreadable = Object::new();
            let _ = Reflect::set(&unreadable, &"unreadable".into(), &cause(&thrown).into());
            JSON::stringify(&unreadable).map(String::from).unwrap_or_default()
        }
    };
    let store = json(&store.into());
    format!("{{\"store\":{store},\"key\":{},\"value\":{}}}\n", json(key), json(value))
}
