//! The rival: the other writer of a fault that wants somebody else to be faster.
//!
//! It really appends, right before the append that shall meet a conflict. What somebody else could do
//! to a stream now is the domain's to say: who begins a run names a [`Rival`].

use uuid::{Builder, Uuid};

use super::{Actor, FaultyStore, Person};
use crate::{
    kernel::{
        CausationId, CorrelationId, EncodedEvent, EventId, NewEvent, StoredEvent, StreamId, Version,
    },
    ports::{Append, AppendError, Clock, EventStore, Moment, Probe, Rng},
};

/// What somebody else could do now to a stream with this history; none where nothing is possible. Where
/// several things are, the number picks one.
pub type Rival = fn(&StreamId, &[StoredEvent], u64) -> Option<Vec<EncodedEvent>>;

impl<S: EventStore> FaultyStore<S> {
    // region: be_faster
    /// Lets somebody else append to a stream, if there is something that they could do.
    pub(super) async fn be_faster(&self, stream: &StreamId) -> Result<(), AppendError> {
        let history = self.inner().read_stream(stream, Version::NONE).await?;
        let acts = self.rival().and_then(|rival| rival(stream, &history, self.rng().next_u64()));
        let Some(events) = acts.filter(|events| !events.is_empty()) else {
            self.probe().reach(|| Moment::NobodyFaster { stream: stream.clone() }).await;
            return Ok(());
        };
        let request = self.draw_id();
        let new_event = |encoded| NewEvent {
            id: EventId(self.draw_id()),
            occurred_at: self.probe().clock.now(),
            correlation_id: CorrelationId(request),
            causation_id: CausationId(request),
            encoded,
        };
        let append = Append {
            stream: stream.clone(),
            expected: history.last().map_or(Version::NONE, |last| last.version),
            events: events.into_iter().map(new_event).collect(),
            outbox: vec![],
            inbox: None,
        };
        let appended = self.append_own(&append).await?;
        let Append { stream, events, .. } = append;
        let events = events.into_iter().map(|event| event.encoded.event_type).collect();
        let (version, position) = (appended.version, appended.position);
        let moment = || Moment::ForeignAppended { stream, events, version, position };
        let (rival, request) = (Actor::Person(Person::SECOND), Some(CorrelationId(request)));
        self.probe().reach_as(rival, request, moment).await;
        Ok(())
    }
    // endregion: be_faster

    /// An id from the faults' own chance.
    fn draw_id(&self) -> Uuid {
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&self.rng().next_u64().to_be_bytes());
        bytes[8..].copy_from_slice(&self.rng().next_u64().to_be_bytes());
        Builder::from_random_bytes(bytes).into_uuid()
    }
}
