//! The store in IndexedDB, which exists in browsers only.
//!
//! # The records as they lie in the database
//!
//! | object store | key | value | index |
//! |---|---|---|---|
//! | `log` | `last` | `{last, first, streams, events}` | `streams`, each entry on its own |
//! | `inbox` | `[consumer, message]` | `{consumer, message, answer}` | |
//! | `outbox` | `[position, place]` | `{position, place, id, key, topic, data}` | |
//! | `rows` | `[model, key]` | `{model, key, group, rank, data}` | `place`: `[model, group, rank]` |
//! | `checkpoints` | `model` | `{model, position}` | |
//! | `tape` | `[branch, place]` | `{branch, place, text}` | |
//!
//! A record of the log holds the events at the positions `first` to `last`, in `events`, a JSON text
//! of an array. An append writes one record; [`IndexedDbStore::seal`] later puts the records of each
//! 256 positions together, which makes reading the log some ten times faster. Since the key is the
//! *last* position, the first record with a key of at least `p` holds position `p` in either form,
//! and the last key of all is the head.
//!
//! `streams` holds `[name, version]` for each stream in the record, the version of its last event
//! there. So the records after a version are one range of the index, and a stream is at version `v`
//! when the index has `[name, v]` and nothing above it: no record of versions has to be kept besides.
//!
//! # How it is written
//!
//! An append is one readwrite transaction with strict durability: it asks everything it has to know
//! in one go, decides, issues every write in one synchronous run and waits for the commit only. Who
//! looked a message up and read the stream in the same turn has asked already (`session`). Such
//! transactions are serialised by the browser, across tabs too, so positions have no gaps. Read models
//! can be made again and are written with relaxed durability; updates that are asked for in the same
//! turn share one transaction, each still with its own guard.
//!
//! The database is opened through `indexed_db_futures`. Its transactions are not used: they hide why
//! a commit failed (a full disk), cannot be committed before their answers have come (which lets the
//! next writer in sooner), and listen to every request where one of a run is enough.

mod append;
mod connection;
mod dump;
mod failure;
mod inbox;
mod log;
mod log_record;
mod open;
mod outbox;
mod pages;
mod read_models;
mod request;
mod rows;
mod seal;
mod session;
mod tape;
mod transaction;
mod update;

use std::rc::Rc;

pub use dump::raw_dump;
pub use open::{OpenError, delete_database};
pub use seal::Sealed;

use connection::Connection;

/// One connection to a database in IndexedDB; a clone is the same connection.
///
/// The connection is closed when its last clone is dropped, or when another tab wants to delete or
/// to upgrade the database; after that every call is answered with `Closed`.
#[derive(Clone, Debug)]
pub struct IndexedDbStore {
    connection: Rc<Connection>,
}

impl IndexedDbStore {
    /// Opens the database of that name, and makes it when there is none.
    ///
    /// # Errors
    /// See [`OpenError`]; the database was not touched.
    pub async fn open(name: &str) -> Result<Self, OpenError> {
        let connection = Connection::new(open::open_database(name).await?);
        let store = Self { connection: Rc::new(connection) };
        store.find_head().await.map_err(|error| OpenError::Other { cause: error.to_string() })?;
        Ok(store)
    }

    /// Closes the connection; calls under way end first.
    pub fn close(&self) {
        self.connection.close();
    }

    /// Whether the connection was closed.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.connection.is_closed()
    }
}
