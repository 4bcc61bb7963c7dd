//! A projector: reads the log from its checkpoint on and keeps one read model up to date.

use std::{cell::Cell, rc::Rc};

use thiserror::Error;

use crate::{
    kernel::{
        CodecError, GlobalPosition, Json, ModelName, Projection, Recorded, RowKey, Rows,
        StoredEvent, from_json, to_json,
    },
    ports::{
        Environment, EventStore, Moment, Probe, ReadModelStore, RowWrite, StorageError, UpdateError,
    },
};

/// How far a projector is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The last position it has read.
    pub checkpoint: GlobalPosition,
    /// Whether it met the end of the log.
    pub at_end: bool,
}

/// Why a projector stands still. Its read model stays as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ProjectorError {
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// An event or a row cannot be decoded.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

/// Keeps one read model up to date; it writes rows and checkpoint together and has no other effect.
///
/// Catch-up: it reads the log in batches until the end. Live: it is handed the events that were just
/// appended, and falls back on catching up when there is a gap.
///
/// It holds its projection as a function, so that all of it is compiled once, not once a projection.
#[derive(Debug)]
pub struct Projector<E> {
    environment: Rc<E>,
    model: ModelName,
    plan: fn(&[StoredEvent]) -> Result<Plan, CodecError>,
    /// Where the model is, as far as this projector knows.
    checkpoint: Cell<Option<GlobalPosition>>,
}

/// What events mean for a read model: the rows that they may change, and how they change them.
struct Plan {
    keys: Vec<RowKey>,
    change: Box<Change>,
}

/// How rows change, given what is stored under some keys.
type Change = dyn FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>;

impl<E: Environment> Projector<E> {
    /// A projector that begins at the model's stored checkpoint.
    pub fn new<P: Projection<Event: 'static>>(environment: Rc<E>) -> Self {
        Self { environment, model: P::MODEL, plan: plan::<P>, checkpoint: Cell::new(None) }
    }

    /// The last position it has read.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn checkpoint(&self) -> Result<GlobalPosition, StorageError> {
        if let Some(checkpoint) = self.checkpoint.get() {
            return Ok(checkpoint);
        }
        let checkpoint = self.environment.store().checkpoint(self.model).await?;
        self.checkpoint.set(Some(checkpoint));
        Ok(checkpoint)
    }

    // region: catch_up
    /// Reads on by at most `limit` events.
    ///
    /// # Errors
    /// See [`ProjectorError`].
    pub async fn catch_up(&self, limit: usize) -> Result<Progress, ProjectorError> {
        let from = self.checkpoint().await?;
        let events = self.environment.store().read_log(from, limit).await?;
        let (model, count) = (self.model, events.len());
        if count > 0 {
            let moment = || Moment::LogRead { model, after: from, events: count };
            self.environment.probe().reach(moment).await;
        }
        let checkpoint = self.take(from, &events).await?;
        let at_end = events.len() < limit && checkpoint >= from.after(count);
        Ok(Progress { checkpoint, at_end })
    }
    // endregion: catch_up

    /// Takes events that were just appended. Says false, and takes nothing, when they do not follow
    /// directly on what it has read.
    ///
    /// # Errors
    /// See [`ProjectorError`].
    pub async fn follow(&self, events: &[StoredEvent]) -> Result<bool, ProjectorError> {
        let from = self.checkpoint().await?;
        if events.first().is_none_or(|first| first.position != from.after(1)) {
            return Ok(false);
        }
        self.take(from, events).await?;
        Ok(true)
    }

    /// Deletes the read model and begins before the first event. Touches no event.
    ///
    /// # Errors
    /// When the storage fails; nothing was deleted.
    pub async fn start_again(&self) -> Result<(), StorageError> {
        self.environment.store().clear(self.model).await?;
        self.checkpoint.set(Some(GlobalPosition::NONE));
        Ok(())
    }

    // region: take
    /// Changes rows and moves the checkpoint over the events, in one transaction.
    async fn take(
        &self,
        from: GlobalPosition,
        events: &[StoredEvent],
    ) -> Result<GlobalPosition, ProjectorError> {
        let Plan { keys, change } = (self.plan)(events)?;
        let Some(to) = events.last().map(|event| event.position) else { return Ok(from) };
        match self.environment.store().update(self.model, from, to, &keys, change).await {
            Ok(()) => {}
            Err(UpdateError::CheckpointMoved { found }) => {
                self.checkpoint.set(Some(found));
                let model = self.model;
                let moment = || Moment::CheckpointMoved { model, found };
                self.environment.probe().reach(moment).await;
                return Ok(found);
            }
            Err(UpdateError::Codec(error)) => return Err(error.into()),
            Err(UpdateError::Storage(error)) => return Err(error.into()),
        }
        self.checkpoint.set(Some(to));
        let (model, count) = (self.model, events.len());
        self.environment
            .probe()
            .reach(|| Moment::Projected { model, checkpoint: to, events: count })
            .await;
        Ok(to)
    }
    // endregion: take
}

/// The plan of a projection.
fn plan<P: Projection<Event: 'static>>(events: &[StoredEvent]) -> Result<Plan, CodecError> {
    let known = decode_known::<P>(events)?;
    let keys = keys_of::<P>(&known);
    let named = keys.clone();
    let change = Box::new(move |stored| change_rows::<P>(&named, stored, &known));
    Ok(Plan { keys, change })
}

/// The events that the projection understands; types of others pass it by.
fn decode_known<P: Projection>(
    events: &[StoredEvent],
) -> Result<Vec<Recorded<P::Event>>, CodecError> {
    let mut known = Vec::with_capacity(events.len());
    for event in events {
        match event.decode() {
            Ok(recorded) => known.push(recorded),
            Err(CodecError::UnknownType { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(known)
}

/// The keys of all rows that the events may change, each once.
fn keys_of<P: Projection>(events: &[Recorded<P::Event>]) -> Vec<RowKey> {
    let mut keys: Vec<_> = events.iter().flat_map(P::keys).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The rows that the events really change, ready to be written.
fn change_rows<P: Projection>(
    keys: &[RowKey],
    stored: Vec<Option<String>>,
    events: &[Recorded<P::Event>],
) -> Result<Vec<RowWrite>, CodecError> {
    let mut rows = Rows::<P::Row>::new();
    for (key, data) in keys.iter().zip(stored) {
        if let Some(data) = data {
            rows.insert(key.clone(), decode_row(P::MODEL, key, &data)?);
        }
    }
    let before = rows.clone();
    for event in events {
        P::project(&mut rows, event);
    }
    let changed = rows.into_iter().filter(|(key, row)| before.get(key) != Some(row));
    Ok(changed.map(|(key, row)| row_write::<P>(key, &row)).collect())
}

fn row_write<P: Projection>(key: RowKey, row: &P::Row) -> RowWrite {
    let place = P::place(&key, row);
    RowWrite { key, place, data: to_json(row) }
}

/// A row as it was stored.
pub(super) fn decode_row<R: Json>(model: &str, key: &str, data: &str) -> Result<R, CodecError> {
    from_json(data).map_err(|error| CodecError::Malformed {
        event_type: format!("row {key} of {model}"),
        reason: error.to_string(),
    })
}
