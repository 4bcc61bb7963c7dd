//! Lanes: which streams have one of their own, and what is on each.
//!
//! A stream has a lane while it is among those that something happened to last. Among these, the one
//! that began last is on top, so that no lane moves when something happens on it.

use super::bins::{Bins, Width};
use crate::app::views::{Interest, Lane, LaneName};

/// What is about no stream.
pub(super) const NO_STREAM: u32 = 0;

/// The marks of every stream. The first has those that are about none.
#[derive(Clone, Debug)]
pub(super) struct StreamLanes {
    width: Width,
    all: Bins,
    streams: Vec<StreamLane>,
}

#[derive(Clone, Debug, Default)]
struct StreamLane {
    name: String,
    bins: Bins,
    /// The number of the moment that was its last.
    last: u32,
}

impl StreamLanes {
    pub(super) fn new() -> Self {
        let streams = vec![StreamLane::default()];
        Self { width: Width::default(), all: Bins::default(), streams }
    }

    /// Adds a stream that nothing happened to before. Returns what names it from now on.
    pub(super) fn begin(&mut self, name: &str) -> u32 {
        self.streams.push(StreamLane { name: name.to_owned(), ..StreamLane::default() });
        self.streams.len() as u32 - 1
    }

    /// The name of a stream; none for what is about no stream.
    pub(super) fn name(&self, stream: u32) -> Option<&str> {
        let name = &self.streams.get(stream as usize)?.name;
        Some(name.as_str()).filter(|_| stream != NO_STREAM)
    }

    /// Adds a moment at a place that lies behind all others, or with the last.
    pub(super) fn push(
        &mut self,
        number: u32,
        place: u32,
        stream: u32,
        interest: Option<Interest>,
    ) {
        let lane = &mut self.streams[stream as usize];
        lane.last = number;
        let Some(interest) = interest else { return };
        while self.width.is_too_small_for(place) {
            self.width.double();
            self.all.halve();
            self.streams.iter_mut().for_each(|lane| lane.bins.halve());
        }
        self.all.push(self.width, place, interest);
        self.streams[stream as usize].bins.push(self.width, place, interest);
    }

    /// At most so many lanes: streams, then the others together, then what is about none; if there is
    /// room for one only, everything together.
    pub(super) fn rows(&self, rows_max: usize) -> Vec<Lane> {
        let [none, streams @ ..] = self.streams.as_slice() else { return vec![] };
        if rows_max <= 1 {
            let name = LaneName::More(streams.len() as u64);
            return vec![Lane { name, marks: self.all.marks(self.width) }];
        }
        let has_none = !none.bins.marks(self.width).is_empty();
        let room = rows_max.saturating_sub(usize::from(has_none));
        let own = if streams.len() > room { room.saturating_sub(1) } else { streams.len() };
        let shown = latest(streams, own);
        let row = |name, bins: &Bins| Lane { name, marks: bins.marks(self.width) };
        let mut rows: Vec<_> = shown
            .iter()
            .map(|index| &streams[*index])
            .map(|lane| row(LaneName::Stream(lane.name.clone()), &lane.bins))
            .collect();
        if streams.len() > own {
            let parts = shown.iter().map(|index| &streams[*index].bins).chain([&none.bins]);
            let rest = self.all.without(&parts.collect::<Vec<_>>());
            rows.push(row(LaneName::More((streams.len() - own) as u64), &rest));
        }
        if has_none {
            rows.push(row(LaneName::NoStream, &none.bins));
        }
        rows
    }
}

/// The streams that something happened to last, so many of them; the one that began last comes first.
fn latest(streams: &[StreamLane], count: usize) -> Vec<usize> {
    let mut latest: Vec<usize> = Vec::with_capacity(count + 1);
    for index in 0..streams.len() {
        let place = latest.partition_point(|kept| streams[*kept].last > streams[index].last);
        latest.insert(place, index);
        latest.truncate(count);
    }
    (0..streams.len()).rev().filter(|index| latest.contains(index)).collect()
}
