//! What is kept: the event store with its lanes, and the read models with their projectors.

use super::scene::{Kind, Scene};
use crate::app::{
    Point,
    texts::{faults_at, fit, stream_name, width},
    views::{Part, Place, ProjectorAt, StreamLane},
};

/// How many lanes the store has.
const LANES: usize = 8;

impl Scene<'_> {
    pub fn store(&mut self) {
        let (layout, store) = (self.layout, &self.picture.store);
        let area = layout.store;
        self.open_box("plain", area.outline(10), Place::Store, false);
        let (title, room) = (self.texts.say("picture.store"), area.width - 64);
        let count = self.texts.plural("count.events", store.events, &[]);
        let has_room = width(title, 14) + width(&count, 12) <= room;
        let count = if has_room { count } else { self.texts.count(store.events) };
        let title = fit(title, room - width(&count, 12), 14);
        self.say("picture__title", Point(area.x + 16, area.y + 25), title);
        self.say("picture__soft picture__text--end", Point(area.right() - 38, area.y + 25), count);
        self.bolt(Point(area.right() - 20, area.y + 20), Place::Store);
        for index in 0..LANES {
            self.lane(index, store.lanes.get(index));
        }
        let shown = store.lanes.len().min(LANES) as u64;
        let more = store.streams.saturating_sub(shown);
        let more = if more == 0 {
            String::new()
        } else {
            self.texts.plural("picture.more_streams", more, &[])
        };
        let below = layout.tile(LANES, 0).y + 10;
        self.say("picture__soft", Point(area.x + 16, below), more);
        self.shape("picture__line", format!("M{} {}h{}", area.x + 16, below + 8, area.width - 32));
        let check = self.texts.version_check(self.picture.checks_versions);
        let class = if self.picture.checks_versions {
            "picture__soft"
        } else {
            "picture__soft picture__soft--bad"
        };
        self.say(class, Point(area.x + 16, below + 26), fit(check, area.width - 32, 12));
        self.faults(Point(area.x + 16, below + 45), area.width - 32);
    }

    /// The faults that wait at the store: the first ones, and how many more.
    fn faults(&mut self, at: Point, room: i32) {
        let rows = if self.layout.is_tall { 2 } else { 3 };
        let waiting: Vec<_> = faults_at(self.picture, Place::Store).collect();
        for row in 0..rows {
            let words = match waiting.get(row) {
                Some(_) if row + 1 == rows && waiting.len() > rows => {
                    self.texts.plural("picture.faults", (waiting.len() - row) as u64, &[])
                }
                Some(fault) => self.texts.fault_at(*fault),
                None => String::new(),
            };
            let down = 18 * i32::try_from(row).unwrap_or(0);
            self.say(
                "picture__soft picture__soft--bad",
                Point(at.0, at.1 + down),
                fit(&words, room, 12),
            );
        }
    }

    fn lane(&mut self, index: usize, lane: Option<&StreamLane>) {
        let (layout, store) = (self.layout, &self.picture.store);
        let first = layout.tile(index, 0);
        let name = lane.map_or(String::new(), |lane| fit(&stream_name(&lane.stream), 80, 12));
        self.say("picture__soft", Point(layout.store.x + 16, first.y + 12), name);
        let below =
            (layout.store.x + 16, first.y + 15 + (layout.pitch - 15) / 2, layout.store.width - 32);
        self.shape("picture__line", format!("M{} {}h{}", below.0, below.1, below.2));
        let version = lane.map_or(0, |lane| lane.version);
        let slots = layout.slots();
        let shown = u64::try_from(slots).unwrap_or(1).min(version);
        for slot in 0..slots {
            let area = layout.tile(index, slot);
            let Some(lane) = lane.filter(|_| (slot as u64) < shown) else {
                self.shape("", String::new());
                continue;
            };
            let version = version - shown + 1 + slot as u64;
            let tile = lane.tiles.iter().find(|tile| tile.version == version);
            let is_fresh = tile.is_some_and(|tile| tile.position + store.fresh > store.events);
            let class =
                if is_fresh { "picture__tile picture__tile--fresh" } else { "picture__tile" };
            let part = Part::Event { stream: lane.stream.clone(), version };
            self.handle(class.to_owned(), area.outline(3), part, Kind::Inner);
        }
        let version = if version == 0 { String::new() } else { format!("v{version}") };
        let end = Point(layout.store.right() - 14, first.y + 12);
        self.say("picture__soft picture__text--end", end, version);
    }

    pub fn read_models(&mut self) {
        let picture = self.picture;
        let area = self.layout.models;
        self.shape("picture__box picture__box--read", area.outline(10));
        let title = self.texts.say("pane.read_models").to_owned();
        self.say("picture__title", Point(area.x + 16, area.y + 22), title);
        for projector in &picture.projectors {
            self.read_model(projector);
        }
    }

    /// A read model: its name, how far it is beside the log, and how it is doing.
    fn read_model(&mut self, projector: &ProjectorAt) {
        let (texts, events) = (self.texts, self.picture.store.events);
        let (row, place) = (self.layout.model(projector.model), Place::ReadModel(projector.model));
        self.open_box("model", row.outline(6), place, false);
        let name = fit(texts.read_model(projector.model), 136, 13);
        self.say("picture__text", Point(row.x + 8, row.y + 17), name);
        let room = u64::try_from(row.width - 148 - 180).unwrap_or(0);
        let done = (projector.checkpoint * room).checked_div(events).unwrap_or(0);
        for (class, length) in [("", room), (" picture__track--done", done)] {
            let line = format!("M{} {}h{length}", row.x + 150, row.y + 12);
            let line = if room > 24 && length > 0 { line } else { String::new() };
            self.shape(format!("picture__track{class}"), line);
        }
        let state = texts.projector_state(projector).map(str::to_owned);
        let state = state.unwrap_or_else(|| texts.projector(self.picture, projector));
        let end = Point(row.right() - 30, row.y + 17);
        self.say("picture__soft picture__text--end", end, fit(&state, 112, 12));
        self.bolt(Point(row.right() - 13, row.y + 12), place);
    }
}
