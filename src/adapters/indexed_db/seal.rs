//! Sealing: putting the small records of appends together, so that reading the log is fast.

use js_sys::Array;
use wasm_bindgen::JsCast;

use crate::{
    kernel::{GlobalPosition, StoredEvent},
    ports::StorageError,
};

use super::{
    IndexedDbStore,
    append::add,
    connection::{Mode, Scope},
    failure::storage_error,
    log::{at_least, between, decode_all, request_all},
    log_record::encode,
    open::whole,
    request::{answered, result},
    transaction::Transaction,
};

/// How many events a sealed record holds: the positions `256 n + 1` to `256 n + 256`.
const BLOCK: u64 = 256;

/// How many keys are looked at in one step.
const KEYS_MAX: u32 = 1_024;

/// What one step of sealing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// The log is sealed up to this position and there may be more to do.
    Block {
        /// The last sealed position.
        up_to: GlobalPosition,
    },
    /// There is no full block left to seal.
    Nothing,
}

impl IndexedDbStore {
    /// Seals at most one block of 256 events, in one transaction. No read tells the difference.
    ///
    /// Blocks lie at fixed positions, so two tabs that seal at the same time do the same. A block
    /// with a damaged record is left as it is.
    ///
    /// # Errors
    /// When the storage fails; nothing was changed.
    pub async fn seal(&self) -> Result<Sealed, StorageError> {
        let sealed = self.connection.sealed.get();
        if sealed.behind(self.connection.reached()) < BLOCK {
            return Ok(Sealed::Nothing);
        }
        let up_to = self.sealed_from(sealed).await?;
        if up_to > sealed {
            self.connection.sealed.set(up_to);
            return Ok(Sealed::Block { up_to });
        }
        let up_to = sealed.after(256);
        self.seal_block(sealed, up_to).await?;
        self.connection.sealed.set(up_to);
        Ok(Sealed::Block { up_to })
    }

    /// How far the log is sealed already, as far as some keys tell it.
    async fn sealed_from(&self, sealed: GlobalPosition) -> Result<GlobalPosition, StorageError> {
        let transaction = self.connection.begin(Scope::Log, Mode::Read)?;
        let range = at_least(sealed.0 + 1)?;
        let request = transaction.store("log")?.get_all_keys_with_key_and_limit(&range, KEYS_MAX);
        let request = request.map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        let keys: Array = answered(&request).await?.unchecked_into();
        let keys = keys.iter().map(|key| key.as_f64().map_or(0, whole));
        // Positions have no gaps, so a record whose key is one block further holds that block.
        let blocks = (1..).map(|number| sealed.0 + number * BLOCK);
        let sealed_blocks = keys.zip(blocks).take_while(|(key, end)| key == end);
        Ok(sealed_blocks.last().map_or(sealed, |(key, _)| GlobalPosition(key)))
    }

    async fn seal_block(
        &self,
        after: GlobalPosition,
        end: GlobalPosition,
    ) -> Result<(), StorageError> {
        let transaction = self.connection.begin(Scope::Log, Mode::WriteStrict)?;
        let before_end = request_all(&transaction, &between(after.0 + 1, end.0 - 1)?)?;
        let at_end = transaction.store("log")?.get(&at_least(end.0)?.into());
        let at_end = at_end.map_err(|thrown| storage_error(&thrown))?;
        let at_end = answered(&at_end).await?;
        let records: Array = result(&before_end)?.unchecked_into();
        if records.length() == 0 || at_end.is_undefined() {
            return Ok(());
        }
        records.push(&at_end);
        match decode_all(&records, |_, _, _| true) {
            Ok(events) if starts_after(&events, after) => {
                replace(&transaction, &events, after, end)?;
                Ok(transaction.commit().await?)
            }
            Ok(_) | Err(StorageError::Damaged(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

/// Whether the events are those after a position, without a gap.
fn starts_after(events: &[StoredEvent], after: GlobalPosition) -> bool {
    events.iter().map(|stored| stored.position.0).eq((after.0 + 1..).take(events.len()))
}

/// Puts one record for the block in place of all that lie in it, and one for what lies beyond it.
fn replace(
    transaction: &Transaction,
    events: &[StoredEvent],
    after: GlobalPosition,
    end: GlobalPosition,
) -> Result<(), StorageError> {
    let (block, beyond) = events.split_at(usize::try_from(end.0 - after.0).unwrap_or(events.len()));
    let last = events.last().map_or(end, |stored| stored.position);
    let block = encode(block);
    let beyond = (!beyond.is_empty()).then(|| encode(beyond));
    let replaced = between(after.0 + 1, last.0)?;
    let log = transaction.store("log")?;
    log.delete(&replaced).map_err(|thrown| storage_error(&thrown))?;
    add(transaction, "log", &block)?;
    beyond.iter().try_for_each(|record| add(transaction, "log", record))
}
