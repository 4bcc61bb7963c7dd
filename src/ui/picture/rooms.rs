//! The rooms: what is in the picture only where a run has it, each a box with its name and its trouble.

use super::scene::Scene;
use crate::app::{
    Layout, Point, arrow,
    texts::fit,
    views::{Place, Room},
};

impl Scene<'_> {
    /// The roads between what is there.
    pub fn roads(&mut self) {
        let (rooms, reacts) = (&self.picture.rooms, self.picture.reacts);
        let is_there = |place| !matches!(place, Place::Room(room) if !rooms.contains(&room));
        let there = Layout::ROADS.into_iter().filter(|(from, to)| {
            is_there(*from) && is_there(*to) && (reacts || *from != Place::Store)
        });
        let roads: Vec<_> = there.filter_map(|(from, to)| self.layout.road(from, to)).collect();
        roads.iter().for_each(|road| self.shape("picture__way", arrow(road)));
    }

    /// The boxes. What a room holds is drawn into its area after that.
    pub fn rooms(&mut self) {
        let picture = self.picture;
        if picture.rooms.contains(&Room::Service(0)) {
            self.shape("picture__box picture__box--service", self.layout.services().outline(10));
        }
        picture.rooms.iter().for_each(|room| self.room(*room));
    }

    fn room(&mut self, room: Room) {
        let (area, place) = (self.layout.room(room), Place::Room(room));
        let (kind, radius, down) = match room {
            Room::Saga => ("saga", 10, 24),
            Room::Service(_) => ("model", 6, 17),
            Room::Outbox => ("row", 6, 19),
            Room::Relay | Room::Broker => ("plain", 10, 24),
        };
        let is_dead = self.picture.dead.contains(&room);
        let kind_now = if is_dead { format!("{kind} picture__box--bad") } else { kind.to_owned() };
        self.open_box(&kind_now, area.outline(radius), place, false);
        let name = fit(self.texts.room(room), area.width - 44, 13);
        let class =
            if kind == "model" || kind == "row" { "picture__text" } else { "picture__title" };
        self.say(class, Point(area.x + 14, area.y + down), name);
        self.bolt(Point(area.right() - 18, area.y + down - 5), place);
        let picture = self.picture;
        let lines = self.texts.room_lines(picture, room);
        match room {
            Room::Service(index) => {
                let at = Point(area.right() - 36, area.y + down);
                let held = picture.held[usize::from(index)].is_some();
                let words = lines.last().filter(|_| held).cloned().unwrap_or_default();
                self.say("picture__soft picture__text--end", at, words);
            }
            // As many each time, so that none takes another's place.
            _ => {
                for (row, down) in [46, 65, 84].into_iter().enumerate() {
                    let words =
                        lines.get(row).map_or(String::new(), |line| fit(line, area.width - 28, 12));
                    self.say("picture__soft", Point(area.x + 14, area.y + down), words);
                }
            }
        }
    }
}
