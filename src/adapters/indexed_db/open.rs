//! Opening and deleting a database, and the schema of this program.

use std::{rc::Rc, time::Duration};

use futures_util::future::{Either, select};
use indexed_db_futures::{
    Build, KeyPath,
    database::Database,
    error::{DomException, Error, OpenDbError},
    internals::SystemRepr,
};
use thiserror::Error;
use wasm_bindgen::{
    JsValue,
    prelude::{Closure, wasm_bindgen},
};

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
    let set_held = Rc::clone(&held);
    let request = Database::open(name)
        .with_version(SCHEMA_VERSION)
        .with_on_blocked(move |_| {
            set_held.set();
            Ok(())
        })
        .with_on_upgrade_needed(|change, database| create_stores(change.old_version(), &database))
        .build()?;
    let opened = Box::pin(request.into_future());
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

/// Makes the object stores that the module's table describes, as far as an older schema (0 for none)
/// does not have them: the tape came with schema 2.
fn create_stores(old_schema: f64, database: &Database) -> Result<(), Error> {
    let path = |names: &[&str]| KeyPath::from_iter(names.iter().map(|name| (*name).to_owned()));
    if old_schema < 2.0 {
        let tape = path(&["branch", "place"]);
        database.create_object_store("tape").with_key_path(tape).build()?;
    }
    if old_schema >= 1.0 {
        return Ok(());
    }
    let log = database.create_object_store("log").with_key_path("last".into()).build()?;
    log.create_index("streams", "streams".into()).with_multi_entry(true).build()?;
    let inbox = path(&["consumer", "message"]);
    database.create_object_store("inbox").with_key_path(inbox).build()?;
    let outbox = path(&["position", "place"]);
    database.create_object_store("outbox").with_key_path(outbox).build()?;
    let rows = path(&["model", "key"]);
    let rows = database.create_object_store("rows").with_key_path(rows).build()?;
    rows.create_index("place", path(&["model", "group", "rank"])).build()?;
    database.create_object_store("checkpoints").with_key_path("model".into()).build()?;
    Ok(())
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
