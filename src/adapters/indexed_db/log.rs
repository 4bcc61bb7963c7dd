//! Reading events: the log by position, a stream by version, the head.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursor, IdbCursorDirection, IdbKeyRange, IdbRequest};

use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Version},
    ports::{Append, AppendError, Appended, EventStore, StorageError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    log_record::{decode, number, stream_key},
    open::whole,
    request::{answered, result},
    transaction::Transaction,
};

impl EventStore for IndexedDbStore {
    async fn append(&self, append: &Append) -> Result<Appended, AppendError> {
        self.append_events(append).await
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        if let Some((session, records)) = self.ask_in_session(stream, after) {
            let events = events_of_stream(&answered(&records).await?, stream, after)?;
            session.has_read(stream, after, &events);
            return Ok(events);
        }
        let transaction = self.connection.begin(Scope::Log, Mode::Read)?;
        let records = records_of_stream(&transaction, stream, after)?;
        transaction.ask_no_more();
        events_of_stream(&answered(&records).await?, stream, after)
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let end = GlobalPosition(after.0.saturating_add(limit as u64));
        let transaction = self.connection.begin(Scope::Log, Mode::Read)?;
        let within = (limit > 1)
            .then(|| request_all(&transaction, &between(after.0 + 1, end.0 - 1)?))
            .transpose()?;
        let store = transaction.store("log")?;
        let at_end = store.get(&at_least(end.0)?.into()).map_err(|e| storage_error(&e))?;
        transaction.ask_no_more();
        let at_end = answered(&at_end).await?;
        let records = match within {
            Some(request) => result(&request)?.unchecked_into(),
            None => Array::new(),
        };
        if !at_end.is_undefined() {
            records.push(&at_end);
        }
        decode_all(&records, |_, _, position| after < position && position <= end)
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        let transaction = self.connection.begin(Scope::Log, Mode::Read)?;
        let request = request_head(&transaction, self.connection.reached())?;
        transaction.ask_no_more();
        answered(&request).await?;
        self.read_head(&request)
    }
}

impl IndexedDbStore {
    /// Finds the head when nothing is known of it.
    pub(super) async fn find_head(&self) -> Result<(), StorageError> {
        let transaction = self.connection.begin(Scope::Log, Mode::Read)?;
        let request = transaction
            .store("log")?
            .open_key_cursor_with_range_and_direction(&JsValue::NULL, IdbCursorDirection::Prev)
            .map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        if let Ok(cursor) = answered(&request).await?.dyn_into::<IdbCursor>()
            && let Ok(key) = cursor.key()
        {
            self.connection.has_reached(GlobalPosition(whole(key.as_f64().unwrap_or(0.0))));
        }
        Ok(())
    }

    /// The head, from the answer to [`request_head`].
    pub(super) fn read_head(&self, request: &IdbRequest) -> Result<GlobalPosition, StorageError> {
        let keys: Array = result(request)?.unchecked_into();
        let last = keys.length().checked_sub(1).and_then(|last| keys.get(last).as_f64());
        let head = GlobalPosition(last.map_or(0, whole));
        self.connection.has_reached(head);
        Ok(head)
    }
}

/// Asks for the keys from a position on that the log has reached; the last of them is the head.
///
/// It takes one request, where a cursor takes a round trip of its own to be opened.
pub(super) fn request_head(
    transaction: &Transaction,
    reached: GlobalPosition,
) -> Result<IdbRequest, StorageError> {
    let range = at_least(reached.0)?;
    transaction.store("log")?.get_all_keys_with_key(&range).map_err(|e| storage_error(&e))
}

/// Asks for a key beyond a position; there is none when that is the head.
pub(super) fn request_beyond(
    transaction: &Transaction,
    reached: GlobalPosition,
) -> Result<IdbRequest, StorageError> {
    let range = IdbKeyRange::lower_bound_with_open(&number(reached.0).into(), true)
        .map_err(|thrown| storage_error(&thrown))?;
    transaction.store("log")?.get_key(&range).map_err(|thrown| storage_error(&thrown))
}

/// Asks for all records of a stream that hold events after a version.
pub(super) fn records_of_stream(
    transaction: &Transaction,
    stream: &StreamId,
    after: Version,
) -> Result<IdbRequest, StorageError> {
    let lower = stream_key(stream.as_str(), after.after(1));
    let upper = Array::of2(&stream.as_str().into(), &f64::INFINITY.into());
    let range = IdbKeyRange::bound(&lower, &upper).map_err(|e| storage_error(&e))?;
    let index = transaction.index("log", "streams")?;
    index.get_all_with_key(&range).map_err(|thrown| storage_error(&thrown))
}

/// The events of a stream after a version, from the answer to [`records_of_stream`].
pub(super) fn events_of_stream(
    records: &JsValue,
    stream: &StreamId,
    after: Version,
) -> Result<Vec<StoredEvent>, StorageError> {
    let name = stream.as_str();
    decode_all(records.unchecked_ref(), |of, version, _| of == name && version > after)
}

/// Asks for all records of the log in a range of keys.
pub(super) fn request_all(
    transaction: &Transaction,
    range: &IdbKeyRange,
) -> Result<IdbRequest, StorageError> {
    transaction.store("log")?.get_all_with_key(range).map_err(|thrown| storage_error(&thrown))
}

/// The wanted events of some records, in their order.
pub(super) fn decode_all(
    records: &Array,
    wanted: impl Fn(&str, Version, GlobalPosition) -> bool,
) -> Result<Vec<StoredEvent>, StorageError> {
    let mut events = Vec::new();
    for record in records.iter() {
        events.extend(decode(&record, &wanted)?);
    }
    Ok(events)
}

/// The keys from one position to another, both included.
pub(super) fn between(from: u64, to: u64) -> Result<IdbKeyRange, StorageError> {
    IdbKeyRange::bound(&number(from).into(), &number(to).into()).map_err(|e| storage_error(&e))
}

/// The keys from a position on.
pub(super) fn at_least(position: u64) -> Result<IdbKeyRange, StorageError> {
    IdbKeyRange::lower_bound(&number(position).into()).map_err(|e| storage_error(&e))
}
