//! The store's lanes: the streams that something happened in last, with their last events.

use super::super::views::{Picture, StreamLane, Tile};

/// The most lanes that are shown.
const LANES_MAX: usize = 8;
/// The most tiles that a lane keeps.
const TILES_MAX: usize = 10;

impl Picture {
    /// Somebody read a stream; one without events is none yet.
    pub(super) fn see_stream(&mut self, stream: &str, version: u64) {
        if version > 0 {
            let lane = self.lane(stream);
            lane.version = lane.version.max(version);
        }
    }

    /// The version of a stream, as far as its lane says.
    pub(super) fn version_of(&self, stream: &str) -> u64 {
        self.store.lanes.iter().find(|lane| lane.stream == stream).map_or(0, |lane| lane.version)
    }

    /// Events came into the store; `version` and `position` are those of the last. The first ones
    /// have these types; of the rest, the trace does not tell.
    pub(super) fn store_events(
        &mut self,
        stream: &str,
        version: u64,
        position: u64,
        types: &[String],
        count: u64,
    ) {
        if count == 0 || position <= self.store.events {
            return;
        }
        self.store.events = position;
        self.store.fresh = count;
        self.store.streams += u64::from(version == count);
        let lane = self.lane(stream);
        lane.version = lane.version.max(version);
        let last_few = count.min(TILES_MAX as u64);
        for back in (0..last_few).rev() {
            let index = usize::try_from(count - 1 - back).unwrap_or(usize::MAX);
            let event_type = types.get(index).cloned().unwrap_or_default();
            let (version, position) = (version - back, position - back);
            lane.tiles.push(Tile { version, position, event_type });
        }
        let beyond = lane.tiles.len().saturating_sub(TILES_MAX);
        lane.tiles.drain(..beyond);
    }

    /// The lane of a stream. A new one takes the place of the one in which nothing happened longest.
    fn lane(&mut self, stream: &str) -> &mut StreamLane {
        let touched = self.moment;
        let lanes = &mut self.store.lanes;
        let known = lanes.iter().position(|lane| lane.stream == stream);
        let index = known.unwrap_or_else(|| {
            let fresh =
                StreamLane { stream: stream.to_owned(), version: 0, tiles: vec![], touched };
            if lanes.len() < LANES_MAX {
                lanes.push(fresh);
                return lanes.len() - 1;
            }
            let oldest = lanes.iter().enumerate().min_by_key(|(_, lane)| lane.touched);
            let index = oldest.map_or(0, |(index, _)| index);
            lanes[index] = fresh;
            index
        });
        lanes[index].touched = touched;
        &mut lanes[index]
    }
}
