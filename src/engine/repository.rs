//! The repository: an aggregate is read by folding its stream.

use thiserror::Error;

use crate::{
    kernel::{CodecError, Decider, StoredEvent, StoredForm, StreamId, Version},
    ports::{Environment, EventStore, Moment, Probe, StorageError},
};

/// An aggregate as its stream says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded<S> {
    /// What its events add up to.
    pub state: S,
    /// The version of the last of them.
    pub version: Version,
}

/// Why an aggregate could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LoadError {
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// An event of the stream cannot be decoded: the history is corrupt, or of a newer program.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

/// Reads a stream and folds it, all of it or up to a version.
///
/// # Errors
/// When the storage fails, or an event cannot be decoded: a decision needs the whole history, so an
/// unknown type is an error here.
pub async fn load<D, E>(
    environment: &E,
    stream: &StreamId,
    up_to: Option<Version>,
) -> Result<Loaded<D::State>, LoadError>
where
    D: Decider,
    D::Event: StoredForm,
    E: Environment,
{
    let history = environment.store().read_stream(stream, Version::NONE).await?;
    replay::<D, E>(environment, stream, &history, up_to).await
}

// region: replay
/// Folds a stream that was read, all of it or up to a version.
pub(super) async fn replay<D, E>(
    environment: &E,
    stream: &StreamId,
    history: &[StoredEvent],
    up_to: Option<Version>,
) -> Result<Loaded<D::State>, LoadError>
where
    D: Decider,
    D::Event: StoredForm,
    E: Environment,
{
    let mut loaded = Loaded { state: D::initial(), version: Version::NONE };
    let mut events = 0;
    for stored in
        history.iter().take_while(|stored| up_to.is_none_or(|last| stored.version <= last))
    {
        events += 1;
        let event = D::Event::decode(&stored.event.encoded)?;
        loaded = Loaded { state: D::evolve(loaded.state, &event), version: stored.version };
    }
    let version = loaded.version;
    environment
        .probe()
        .reach(|| Moment::StreamRead { stream: stream.clone(), version, events })
        .await;
    Ok(loaded)
}
// endregion: replay
