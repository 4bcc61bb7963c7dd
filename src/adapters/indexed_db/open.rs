//! Opening and deleting a database, and the schema of this program.

use std::{rc::Rc, time::Duration};

use futures_util::future::{Either, select};
use indexed_db_futures::{
    Build,
    database::Database,
    error::{DomException, Error, OpenDbError},
    internals::SystemRepr,
};
use js_sys::Array;
use thiserror::Error;
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use web_sys::{IdbDatabase, IdbIndexParameters, IdbObjectStoreParameters, IdbOpenDbRequest};

use super::{failure::cause, request::Signal};

/// The schema that this program writes; a database of a newer one is not touched.
pub(super) const SCHEMA_VERSION: u32 = 2;

/// How long another tab may take to let go of a database.
const PATIENCE: Duration = Duration::from_millis(2_000);

/// Why a database was not opened.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum OpenError {
    /// The browser has no IndexedDB here or refuses it, as some do in private windows.
    #[error("the browser does not let this page store anything: {cause}")]
    Blocked {
        /// In the words of the browser.
        cause: String,
    },
    /// The database belongs to a newer program and was not touched; [`raw_dump`](super::raw_dump)
    /// can export it.
    #[error("the database has schema {found}, this program knows up to {known}")]
    NewerSchema {
        /// The schema of the database.
        found: u64,
        /// The newest schema that this program knows.
        known: u64,
    },
    /// Another tab holds the database open in an older form and does not let go.
    #[error("another tab holds the database")]
    HeldByOtherTab,
    /// Anything else that the browser says.
    #[error("the database could not be opened: {cause}")]
    Other {
        /// In the words of the browser.
        cause: String,
    },
}

impl From<OpenDbError> for OpenError {
    fn from(error: OpenDbError) -> Self {
        match error {
            // Every exception that `open` throws comes as the first of these; the version is not 0.
            OpenDbError::VersionZero | OpenDbError::NullFactory => {
                Self::Blocked { cause: "IndexedDB is not to be had".to_owned() }
            }
            OpenDbError::UnsupportedEnvironment => {
                Self::Blocked { cause: "there is no IndexedDB here".to_owned() }
            }
            OpenDbError::Base(error) => error.into(),
        }
    }
}

impl From<Error> for OpenError {
    fn from(error: Error) -> Self {
        match error {
            Error::DomException(exception) => Self::of_exception(&exception),
            // Its own words would bring the formatting of fractions along, some 10 KB of the page.
            _ => Self::Other { cause: "the browser gave something unexpected".to_owned() },
        }
    }
}

impl OpenError {
    fn of_exception(exception: &DomException) -> Self {
        let name = exception.as_sys().name();
        let cause = cause(exception.as_ref());
        match name.as_str() {
            "SecurityError" | "NotAllowedError" => Self::Blocked { cause },
            // Firefox refuses in this way where a person forbids all storage.
            "InvalidStateError" => Self::Blocked { cause },
            _ => Self::Other { cause },
        }
    }
}

/// Opens the database in the schema of this program.
pub(super) async fn open_database(name: &str) -> Result<Database, OpenError> {
    let held = Rc::<Signal>::default();
    let request = Database::open(name).with_version(SCHEMA_VERSION).build()?;
    let listening = listen(request.as_sys(), Rc::clone(&held));
    let opened = Box::pin(async move {
        let opened = request.await;
        drop(listening);
        opened
    });
    let waited_long = Box::pin(async move {
        held.wait().await;
        pause(PATIENCE).await;
    });
    match select(opened, waited_long).await {
        Either::Left((Ok(database), _)) => Ok(database),
        Either::Left((Err(error), _)) => Err(explain(name, error).await),
        Either::Right(((), opened)) => {
            wasm_bindgen_futures::spawn_local(async move {
                if let Ok(database) = opened.await {
                    database.close();
                }
            });
            Err(OpenError::HeldByOtherTab)
        }
    }
}

/// Listens until the request is answered: whether another tab holds the database, and whether it is
/// of an older schema. The crate's own listeners would bring the formatting of fractions along.
fn listen(request: &IdbOpenDbRequest, held: Rc<Signal>) -> [Closure<dyn FnMut()>; 2] {
    let on_blocked = Closure::new(move || held.set());
    let upgrading = request.clone();
    let on_upgrade = Closure::new(move || {
        let made = upgrading.result().and_then(|database| create_stores(database.unchecked_ref()));
        if let (Err(_), Some(transaction)) = (made, upgrading.transaction()) {
            // It throws when it has ended: then the request fails as well.
            let _ = transaction.abort();
        }
    });
    request.set_onblocked(Some(on_blocked.as_ref().unchecked_ref()));
    request.set_onupgradeneeded(Some(on_upgrade.as_ref().unchecked_ref()));
    [on_blocked, on_upgrade]
}

/// Why opening failed; looks at the database when it may be too new.
async fn explain(name: &str, error: OpenDbError) -> OpenError {
    if let OpenDbError::Base(Error::DomException(exception)) = &error
        && exception.as_sys().name() == "VersionError"
        && let Ok(request) = Database::open(name).build()
        && let Ok(database) = request.await
    {
        let found = whole(database.version());
        database.close();
        return OpenError::NewerSchema { found, known: u64::from(SCHEMA_VERSION) };
    }
    error.into()
}

/// A version as a whole number, which it always is.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a version is a whole number between 1 and 2^53"
)]
pub(super) fn whole(version: f64) -> u64 {
    version as u64
}

/// Makes the object stores that the module's table describes, as far as an older schema does not have
/// them: the tape came with schema 2.
fn create_stores(database: &IdbDatabase) -> Result<(), JsValue> {
    let stores: [(&str, &[&str]); 6] = [
        ("log", &["last"]),
        ("inbox", &["consumer", "message"]),
        ("outbox", &["position", "place"]),
        ("rows", &["model", "key"]),
        ("checkpoints", &["model"]),
        ("tape", &["branch", "place"]),
    ];
    for (name, path) in stores {
        if database.object_store_names().contains(name) {
            continue;
        }
        let (store, index) = (IdbObjectStoreParameters::new(), IdbIndexParameters::new());
        store.set_key_path(&key_path(path));
        let store = database.create_object_store_with_optional_parameters(name, &store)?;
        let (index_name, indexed) = match name {
            "log" => ("streams", key_path(&["streams"])),
            "rows" => ("place", key_path(&["model", "group", "rank"])),
            _ => continue,
        };
        index.set_multi_entry(name == "log");
        store
            .create_index_with_str_sequence_and_optional_parameters(index_name, &indexed, &index)?;
    }
    Ok(())
}

/// One name as it is, several as an array: their keys differ.
fn key_path(names: &[&str]) -> JsValue {
    match names {
        [name] => (*name).into(),
        names => names.iter().map(|name| JsValue::from(*name)).collect::<Array>().into(),
    }
}

/// Deletes a database; one that does not exist is deleted already.
///
/// # Errors
/// [`OpenError::HeldByOtherTab`] when another tab does not close it in time (it is deleted as soon
/// as that tab does), [`OpenError::Blocked`] where there is no IndexedDB.
pub async fn delete_database(name: &str) -> Result<(), OpenError> {
    let deleted = Box::pin(Database::delete_by_name(name)?);
    match select(deleted, Box::pin(pause(PATIENCE))).await {
        Either::Left((result, _)) => result.map_err(OpenError::from),
        Either::Right(((), deleted)) => {
            wasm_bindgen_futures::spawn_local(async move {
                let _ = deleted.await;
            });
            Err(OpenError::HeldByOtherTab)
        }
    }
}

/// Waits for some time.
async fn pause(time: Duration) {
    let signal = Rc::<Signal>::default();
    let set = Rc::clone(&signal);
    let on_time = Closure::once_into_js(move || set.set());
    let millis = i32::try_from(time.as_millis()).unwrap_or(i32::MAX);
    if set_timeout(&on_time, millis).is_ok() {
        signal.wait().await;
    }
}

#[wasm_bindgen]
extern "C" {
    /// The same in a window and in a worker.
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(function: &JsValue, millis: i32) -> Result<JsValue, JsValue>;
}
