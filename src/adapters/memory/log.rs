//! The log in memory: all events in order, and for each stream where its events lie in it.

use litemap::LiteMap;

use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Version},
    ports::{Append, Appended},
};

/// All events in order. The event at position `p` lies at index `p - 1`, and the event of version
/// `v` of a stream is named at index `v - 1` of that stream's list.
#[derive(Debug, Default)]
pub(super) struct Log {
    events: Vec<StoredEvent>,
    /// By category, then by stream: ids grow with time, so a new stream comes behind those of its category.
    streams: LiteMap<String, LiteMap<StreamId, Vec<GlobalPosition>>>,
}

impl Log {
    /// The position of the last event.
    pub(super) fn head(&self) -> GlobalPosition {
        GlobalPosition::NONE.after(self.events.len())
    }

    /// What a stream is at.
    pub(super) fn version(&self, stream: &StreamId) -> Version {
        Version::NONE.after(self.positions(stream).len())
    }

    fn positions(&self, stream: &StreamId) -> &[GlobalPosition] {
        let Some(streams) = self.streams.get(stream.category()) else { return &[] };
        // Most often it is the newest of its category.
        let newest = streams.last().filter(|(newest, _)| *newest == stream);
        newest
            .map(|(_, positions)| positions)
            .or_else(|| streams.get(stream))
            .map_or(&[], Vec::as_slice)
    }

    fn positions_mut(&mut self, stream: &StreamId) -> Option<&mut Vec<GlobalPosition>> {
        let streams = self.streams.get_mut(stream.category())?;
        let is_newest = streams.last().is_some_and(|(newest, _)| newest == stream);
        if is_newest {
            streams.iter_mut().next_back().map(|(_, positions)| positions)
        } else {
            streams.get_mut(stream)
        }
    }

    /// The events of a stream after a version.
    pub(super) fn stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> impl Iterator<Item = &StoredEvent> {
        tail(self.positions(stream), after.0)
            .iter()
            .map(|position| &self.events[index(position.0 - 1)])
    }

    /// At most `limit` events after a position, up to another.
    pub(super) fn after(
        &self,
        position: GlobalPosition,
        limit: usize,
        head: GlobalPosition,
    ) -> &[StoredEvent] {
        let events = tail(&self.events[..index(head.0).min(self.events.len())], position.0);
        &events[..limit.min(events.len())]
    }

    /// Where the append ended up, when exactly these events were appended before.
    pub(super) fn repeated(&self, append: &Append) -> Option<Appended> {
        let stored: Vec<_> =
            self.stream(&append.stream, append.expected).take(append.events.len()).collect();
        let ids = append.events.iter().map(|event| event.id);
        if !stored.iter().map(|event| event.event.id).eq(ids) {
            return None;
        }
        stored.last().map(|last| Appended { version: last.version, position: last.position })
    }

    /// Writes the events behind all others.
    pub(super) fn push(&mut self, append: &Append) -> Appended {
        let count = append.events.len();
        let appended =
            Appended { version: append.expected.after(count), position: self.head().after(count) };
        let stored = append.stored(appended);
        let positions = stored.iter().map(|event| event.position);
        if let Some(known) = self.positions_mut(&append.stream) {
            known.extend(positions);
        } else {
            let streams = self.streams.entry(append.stream.category().to_owned()).or_default();
            streams.insert(append.stream.clone(), positions.collect());
        }
        self.events.extend(stored);
        appended
    }
}

/// What is left of a list without its first `count` items.
fn tail<T>(items: &[T], count: u64) -> &[T] {
    items.get(index(count)..).unwrap_or_default()
}

/// A count as an index; beyond every list when it does not fit.
fn index(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
