//! The log index: which stream and type stand at each position, so that the log can be filtered.
//!
//! It is made by reading the log once, in the background; the same reading finds damaged records.

use std::collections::BTreeMap;

use super::views::{Damage, LogFilter};
use crate::kernel::StoredEvent;

/// Stream and type of the events read so far, without gaps from position 1 on.
#[derive(Debug, Default)]
pub(super) struct LogIndex {
    entries: Vec<Entry>,
    streams: Names,
    types: Names,
    damages: Vec<Damage>,
    filtered: Option<Filtered>,
}

#[derive(Clone, Copy, Debug)]
enum Entry {
    Event { stream: u32, event_type: u32 },
    Damaged,
}

/// Names by number, in the order in which they were first seen.
#[derive(Debug, Default)]
struct Names {
    names: Vec<String>,
    numbers: BTreeMap<String, u32>,
}

/// The positions that match a filter, as far as the index had been read.
#[derive(Debug)]
struct Filtered {
    filter: LogFilter,
    positions: Vec<u64>,
    read_to: usize,
}

impl Names {
    fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        number
    }
}

impl LogIndex {
    /// The last position that was read.
    pub(super) fn read_to(&self) -> u64 {
        self.entries.len() as u64
    }

    /// How many streams were seen.
    pub(super) fn stream_count(&self) -> u64 {
        self.streams.names.len() as u64
    }

    /// How many streams whose names begin so have an event up to a position, as far as was read.
    pub(super) fn streams_up_to(&self, position: u64, beginning: &str) -> u64 {
        let end = self.entries.len().min(usize::try_from(position).unwrap_or(usize::MAX));
        let stream = |entry: &Entry| match entry {
            Entry::Event { stream, .. } => Some(*stream as usize + 1),
            Entry::Damaged => None,
        };
        // Streams have numbers in the order of their first events.
        let count = self.entries[..end].iter().filter_map(stream).max().unwrap_or(0);
        self.streams.names[..count].iter().filter(|name| name.starts_with(beginning)).count() as u64
    }

    /// Takes events that follow directly; those it has already are skipped. False when there is a gap.
    pub(super) fn take(&mut self, events: &[StoredEvent]) -> bool {
        for event in events {
            if event.position.0 <= self.read_to() {
                continue;
            }
            if event.position.0 != self.read_to() + 1 {
                return false;
            }
            let stream = self.streams.number(event.stream.as_str());
            let event_type = self.types.number(&event.event.encoded.event_type);
            self.entries.push(Entry::Event { stream, event_type });
        }
        true
    }

    /// Notes that the positions up to `last` cannot be read.
    pub(super) fn take_damage(&mut self, last: u64, damage: Damage) {
        while self.read_to() < last {
            self.entries.push(Entry::Damaged);
        }
        if !self.damages.contains(&damage) {
            self.damages.push(damage);
        }
    }

    /// What is damaged, as far as was read.
    pub(super) fn damages(&self) -> &[Damage] {
        &self.damages
    }

    /// The stored types seen so far.
    pub(super) fn event_types(&self) -> Vec<String> {
        self.types.names.clone()
    }

    /// The positions up to `head` that match the filter, oldest first. Damaged places match no filter.
    pub(super) fn positions(&mut self, filter: &LogFilter, head: u64) -> &[u64] {
        let positions = self.all_positions(filter);
        &positions[..positions.partition_point(|position| *position <= head)]
    }

    fn all_positions(&mut self, filter: &LogFilter) -> &[u64] {
        if self.filtered.as_ref().is_none_or(|filtered| filtered.filter != *filter) {
            let filter = filter.clone();
            self.filtered = Some(Filtered { filter, positions: vec![], read_to: 0 });
        }
        let Self { entries, streams, types, filtered, .. } = self;
        let Some(filtered) = filtered else { return &[] };
        if filtered.read_to == entries.len() {
            return &filtered.positions;
        }
        let matcher = Matcher::new(&filtered.filter, streams, types);
        for (index, entry) in entries.iter().enumerate().skip(filtered.read_to) {
            if matcher.matches(*entry) {
                filtered.positions.push(index as u64 + 1);
            }
        }
        filtered.read_to = entries.len();
        &filtered.positions
    }
}

/// A filter with its texts turned into numbers once.
struct Matcher {
    streams: Vec<bool>,
    event_type: Option<Option<u32>>,
}

impl Matcher {
    fn new(filter: &LogFilter, streams: &Names, types: &Names) -> Self {
        let wanted = filter.stream.trim().to_ascii_lowercase();
        let streams = streams.names.iter();
        Self {
            streams: streams.map(|name| name.to_ascii_lowercase().contains(&wanted)).collect(),
            event_type: filter.event_type.as_ref().map(|name| types.numbers.get(name).copied()),
        }
    }

    fn matches(&self, entry: Entry) -> bool {
        let Entry::Event { stream, event_type } = entry else { return false };
        self.streams.get(stream as usize).copied().unwrap_or(false)
            && self.event_type.is_none_or(|wanted| wanted == Some(event_type))
    }
}
