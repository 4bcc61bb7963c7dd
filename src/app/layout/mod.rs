//! Where everything of the picture stands: from left to right where there is room, from top to bottom
//! where not. Every part has a place of its own, those too that are not in every picture: they lie below
//! what always is, and the drawing ends above them until they are there.

mod area;
mod roads;
mod shape;
mod tall;
mod wide;

use self::{area::area, roads::Roads};
pub use self::{
    area::{Area, Point, arrow, line},
    shape::Shape,
};
use super::views::{Person, Place, ReadModel, Room, Stage};

/// The narrowest drawing that goes from left to right.
const WIDE_MIN: i32 = 640;
/// The widest drawing: with more room it grows as a whole.
const WIDTH_MAX: i32 = 1_040;
const WIDTH_MIN: i32 = 300;
/// Below the lowest box: half of its outline.
const BELOW: i32 = 2;

/// Where a person stands.
#[derive(Clone, Copy, Debug)]
pub struct PersonSpot {
    /// The box.
    pub area: Area,
    /// The middle of the head.
    pub head: Point,
    /// The way to the pipeline.
    pub way: [Point; 4],
}

/// Where everything stands in a drawing of some width.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Whether it goes from top to bottom.
    pub is_tall: bool,
    /// How wide the drawing is.
    pub width: i32,
    /// How tall it is.
    pub height: i32,
    /// Whether there are two people.
    pub two: bool,
    people: [PersonSpot; 2],
    /// The pipeline.
    pub pipeline: Area,
    /// The hexagon.
    pub hexagon: Area,
    /// The event store.
    pub store: Area,
    /// How far apart the lanes of the store are.
    pub pitch: i32,
    /// The read models.
    pub models: Area,
    /// What is to be said of the last trouble.
    pub note: Area,
    /// The ways between neighbours, from the pipeline to the read models.
    pub ways: [[Point; 2]; 3],
    /// The way from the store back to the retry.
    pub again: Vec<Point>,
    /// The way from the read models back to the person.
    pub back: Vec<Point>,
    rooms: Rooms,
    roads: Roads,
}

/// The places of what is not in every picture.
#[derive(Clone, Copy, Debug)]
struct Rooms {
    outbox: Area,
    relay: Area,
    broker: Area,
    saga: Area,
    services: Area,
}

impl Layout {
    /// The layout for a drawing that has this much room, in pixels of the page, and reaches down to these
    /// rooms. Which ones they are moves nothing.
    #[must_use]
    pub fn of(room: i32, two: bool, rooms: &[Room]) -> Self {
        let mut layout = if room < WIDE_MIN {
            Self::tall(room.max(WIDTH_MIN), two)
        } else {
            Self::wide(room.min(WIDTH_MAX), two)
        };
        let ends = rooms.iter().map(|room| layout.room(*room).bottom() + BELOW);
        layout.height = ends.fold(layout.height, i32::max);
        layout
    }

    /// The place of a room.
    #[must_use]
    pub fn room(&self, room: Room) -> Area {
        match room {
            Room::Outbox => self.rooms.outbox,
            Room::Relay => self.rooms.relay,
            Room::Broker => self.rooms.broker,
            Room::Saga => self.rooms.saga,
            Room::Service(index) => {
                let Area { x, y, width, .. } = self.rooms.services;
                area(x + 1, y + 1 + 24 * i32::from(index), width - 2, 24)
            }
        }
    }

    /// The box around the four services.
    #[must_use]
    pub fn services(&self) -> Area {
        self.rooms.services
    }

    /// The row of one behaviour, counted from the outermost.
    #[must_use]
    pub fn behaviour(&self, index: usize) -> Area {
        let Area { x, y, width, .. } = self.pipeline;
        let down = 38 + 32 * i32::try_from(index).unwrap_or(0);
        area(x + 10, y + down, width - 20, 28)
    }

    /// The row of one read model.
    #[must_use]
    pub fn model(&self, model: ReadModel) -> Area {
        let Area { x, y, width, .. } = self.models;
        area(x + 8, y + 25 + 24 * model as i32, width - 16, 24)
    }

    /// The tile at a place in a lane of the store.
    #[must_use]
    pub fn tile(&self, lane: usize, slot: i32) -> Area {
        let Area { x, y, .. } = self.store;
        let lane = i32::try_from(lane).unwrap_or(0);
        area(x + 102 + 19 * slot, y + 40 + self.pitch * lane, 15, 15)
    }

    /// How many tiles have room in a lane.
    #[must_use]
    pub fn slots(&self) -> i32 {
        ((self.store.width - 102 - 46) / 19).clamp(1, 10)
    }

    /// Where the people stand.
    #[must_use]
    pub fn people(&self) -> &[PersonSpot] {
        &self.people[..if self.two { 2 } else { 1 }]
    }

    fn person(&self, person: Person) -> &PersonSpot {
        &self.people[usize::from(person != Person::FIRST)]
    }

    /// Where a token rests in a place.
    #[must_use]
    pub fn spot(&self, place: Place, behaviours: &[Stage]) -> Point {
        match place {
            Place::Person(person) => {
                let Point(x, y) = self.person(person).head;
                let is_beside = self.is_tall && !self.two;
                if is_beside { Point(x - 46, y + 14) } else { Point(x + 24, y - 8) }
            }
            Place::Pipeline => self.people[0].way[3],
            Place::Behaviour(stage) => {
                let index = behaviours.iter().position(|known| *known == stage);
                let row = self.behaviour(index.unwrap_or(0));
                Point(row.right() - 16, row.middle().1)
            }
            Place::Aggregate => Point(self.hexagon.x + self.hexagon.width / 2, self.hexagon.y + 22),
            Place::Store => self.ways[1][1],
            Place::ReadModel(model) => {
                let row = self.model(model);
                Point(row.right() - 160, row.y + 12)
            }
            Place::Room(room) => self.room_spot(room),
            Place::Elsewhere => Point(self.store.right(), self.store.y + 12),
        }
    }

    /// Where a token rests in a room: what comes to a service stays between its name and what it holds.
    fn room_spot(&self, room: Room) -> Point {
        let area = self.room(room);
        let Point(across, down) = area.middle();
        match room {
            Room::Saga if !self.is_tall => Point(self.roads.corridor, area.y + 14),
            Room::Saga => Point(area.right() - 16, down),
            Room::Service(_) => Point(area.x + 122, down),
            Room::Outbox | Room::Relay | Room::Broker => Point(across, down),
        }
    }

    /// The way through a gate between neighbours; the first gate has one for each person.
    fn way(&self, gate: usize, outer: Place) -> &[Point] {
        match (gate, outer) {
            (0, Place::Person(person)) => &self.person(person).way,
            (0, _) => &self.people[0].way,
            _ => &self.ways[gate - 1],
        }
    }

    /// The points that a token goes through from one place to another.
    #[must_use]
    pub fn between(&self, from: Place, to: Place, behaviours: &[Stage]) -> Vec<Point> {
        if let Some(road) = self.road_between(from, to) {
            // A road ends at the store's edge: what goes on from there has a place of its own in it.
            let end = |place, edge| match place {
                Place::Store => edge,
                _ => self.spot(place, behaviours),
            };
            let (first, last) = (road[0], road[road.len() - 1]);
            let mut points = vec![end(from, first)];
            points.extend(road);
            points.push(end(to, last));
            return points;
        }
        let mut points = vec![self.spot(from, behaviours)];
        if from == Place::Store && matches!(to, Place::Behaviour(Stage::Retry)) {
            points.extend(&self.again);
        } else if let Some((start, end)) = rank(from).zip(rank(to)) {
            if end < start {
                for gate in (end..start).rev() {
                    points.extend(self.way(gate, to).iter().rev());
                }
            } else {
                for gate in start..end {
                    points.extend(self.way(gate, from));
                }
            }
        }
        points.push(self.spot(to, behaviours));
        points
    }
}

/// Which box a place is in, in the order of the ways; another tab is beside the store. None for a room.
fn rank(place: Place) -> Option<usize> {
    match place {
        Place::Person(_) => Some(0),
        Place::Pipeline | Place::Behaviour(_) => Some(1),
        Place::Aggregate => Some(2),
        Place::Store | Place::Elsewhere => Some(3),
        Place::ReadModel(_) => Some(4),
        Place::Room(_) => None,
    }
}
