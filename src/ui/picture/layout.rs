//! Where everything stands: from left to right where there is room, from top to bottom where not.

use crate::app::views::{Person, Place, ReadModel, Stage};

/// The narrowest drawing that goes from left to right.
const WIDE_MIN: i32 = 640;
/// The widest drawing: with more room it grows as a whole.
const WIDTH_MAX: i32 = 900;
const WIDTH_MIN: i32 = 300;
/// How many lanes the store has.
pub(super) const LANES: usize = 8;

/// A point of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point(pub i32, pub i32);

/// A rectangle of the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Area {
    pub x: i32,
    pub y: i32,
    pub width: i32,
    pub height: i32,
}

/// Where a person stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct PersonSpot {
    pub area: Area,
    /// The middle of the head.
    pub head: Point,
    /// The way to the pipeline.
    pub way: [Point; 4],
}

/// Where everything stands in a drawing of some width.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub is_tall: bool,
    pub width: i32,
    pub height: i32,
    /// Whether there are two people.
    pub two: bool,
    people: [PersonSpot; 2],
    pub pipeline: Area,
    pub hexagon: Area,
    pub store: Area,
    /// How far apart the lanes of the store are.
    pub pitch: i32,
    pub models: Area,
    pub note: Area,
    /// The ways between neighbours, from the pipeline to the read models.
    pub ways: [[Point; 2]; 3],
    /// The way from the store back to the retry.
    pub again: Vec<Point>,
    /// The way from the read models back to the person.
    pub back: Vec<Point>,
}

impl Point {
    /// A circle around it.
    pub fn circle(self, radius: i32) -> String {
        let Self(x, y) = self;
        Area { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }.outline(radius)
    }
}

impl Area {
    pub fn right(self) -> i32 {
        self.x + self.width
    }

    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Its outline with round corners.
    pub fn outline(self, radius: i32) -> String {
        let Self { x, y, width, height } = self;
        let (across, down) = (width - 2 * radius, height - 2 * radius);
        let turn = |x: i32, y: i32| format!("a{radius} {radius} 0 0 1 {x} {y}");
        let (one, two) = (turn(radius, radius), turn(-radius, radius));
        let (three, four) = (turn(-radius, -radius), turn(radius, -radius));
        format!("M{} {y}h{across}{one}v{down}{two}h-{across}{three}v-{down}{four}z", x + radius)
    }

    /// A hexagon that fills it.
    pub fn hexagon(self) -> String {
        let Self { x, y, width, height } = self;
        let (side, half) = (width / 4, height / 2);
        let across = width - 2 * side;
        format!("M{x} {}l{side}-{half}h{across}l{side} {half}-{side} {half}h-{across}z", y + half)
    }
}

impl Layout {
    /// The layout for a drawing that has this much room, in pixels of the page.
    pub fn of(room: i32, two: bool) -> Self {
        if room < WIDE_MIN {
            Self::tall(room.max(WIDTH_MIN), two)
        } else {
            Self::wide(room.min(WIDTH_MAX), two)
        }
    }

    fn wide(width: i32, two: bool) -> Self {
        let between =
            |least, most| least + (most - least) * (width - WIDE_MIN) / (WIDTH_MAX - WIDE_MIN);
        let area = |x, y, width, height| Area { x, y, width, height };
        let (axis, height) = (130, 440);
        let pipeline = area(between(94, 122), 44, between(148, 158), 172);
        let hexagon = area(pipeline.right() + between(28, 48), 62, between(132, 152), 136);
        let left = hexagon.right() + between(30, 56);
        let store = area(left, 24, width - left - 1, height - 44);
        let models = area(1, 304, hexagon.right() - 1, 116);
        let along = |from, to| [Point(from + 2, axis), Point(to - 2, axis)];
        let (reading, turn) = (models.y + 58, pipeline.right() - 40);
        let again = [(left, 190), (left - 14, 190), (left - 14, 226), (turn, 226), (turn, 218)];
        Self {
            is_tall: false,
            width,
            height,
            two,
            people: if two {
                [beside_pipeline(22, pipeline), beside_pipeline(134, pipeline)]
            } else {
                [beside_pipeline(86, pipeline); 2]
            },
            pipeline,
            hexagon,
            store,
            pitch: 24,
            models,
            note: area(84, 232, left - 108, 60),
            ways: [
                along(pipeline.right(), hexagon.x - 6),
                along(hexagon.right() + 6, left),
                [Point(left - 2, reading), Point(models.right() + 2, reading)],
            ],
            again: again.map(|(x, y)| Point(x, y)).to_vec(),
            back: vec![Point(36, models.y - 2), Point(36, if two { 242 } else { 194 })],
        }
    }

    fn tall(width: i32, two: bool) -> Self {
        let area = |x, y, width, height| Area { x, y, width, height };
        let (left, spine) = (18, 92);
        let full = |y, height| area(left, y, width - left - 1, height);
        let (pipeline, store, models) = (full(82, 172), full(412, 306), full(740, 124));
        let hexagon = area(left, 276, 148, 112);
        let down = |from, to| [Point(spine, from + 2), Point(spine, to - 2)];
        let beside = hexagon.right() + 8;
        let reading = models.y + 62;
        Self {
            is_tall: true,
            width,
            height: models.bottom() + 2,
            two,
            people: if two {
                let right = (left + width) / 2 + 4;
                [above_pipeline(left, spine, pipeline), above_pipeline(right, spine, pipeline)]
            } else {
                [above_pipeline(spine - 34, spine, pipeline); 2]
            },
            pipeline,
            hexagon,
            store,
            pitch: 20,
            models,
            note: area(beside + 12, 272, width - beside - 14, 120),
            ways: [
                down(pipeline.bottom(), hexagon.y - 6),
                down(hexagon.bottom() + 6, store.y),
                down(store.bottom(), models.y),
            ],
            again: vec![Point(beside, store.y), Point(beside, pipeline.bottom() + 2)],
            back: vec![
                Point(left - 2, reading),
                Point(5, reading),
                Point(5, 32),
                Point(if two { left - 4 } else { spine - 38 }, 32),
            ],
        }
    }

    /// The row of one behaviour, counted from the outermost.
    pub fn behaviour(&self, index: usize) -> Area {
        let Area { x, y, width, .. } = self.pipeline;
        let down = 38 + 32 * i32::try_from(index).unwrap_or(0);
        Area { x: x + 10, y: y + down, width: width - 20, height: 28 }
    }

    /// The row of one read model.
    pub fn model(&self, model: ReadModel) -> Area {
        let Area { x, y, width, .. } = self.models;
        Area { x: x + 8, y: y + 30 + 28 * model as i32, width: width - 16, height: 26 }
    }

    /// The tile at a place in a lane of the store.
    pub fn tile(&self, lane: usize, slot: i32) -> Area {
        let Area { x, y, .. } = self.store;
        let lane = i32::try_from(lane).unwrap_or(0);
        Area { x: x + 102 + 19 * slot, y: y + 44 + self.pitch * lane, width: 15, height: 15 }
    }

    /// How many tiles have room in a lane.
    pub fn slots(&self) -> i32 {
        ((self.store.width - 102 - 46) / 19).clamp(1, 10)
    }

    /// Where a token rests in a place.
    pub fn spot(&self, place: Place, behaviours: &[Stage]) -> Point {
        let middle = |area: Area| Point(area.right() - 16, area.y + area.height / 2);
        match place {
            Place::Person(person) => {
                let Point(x, y) = self.person(person).head;
                let is_beside = self.is_tall && !self.two;
                if is_beside { Point(x - 46, y + 14) } else { Point(x + 24, y - 8) }
            }
            Place::Pipeline => self.people[0].way[3],
            Place::Behaviour(stage) => {
                let index = behaviours.iter().position(|known| *known == stage);
                middle(self.behaviour(index.unwrap_or(0)))
            }
            Place::Aggregate => Point(self.hexagon.x + self.hexagon.width / 2, self.hexagon.y + 22),
            Place::Store => self.ways[1][1],
            Place::ReadModel(model) => {
                let row = self.model(model);
                Point(row.right() - 160, row.y + 13)
            }
            Place::Elsewhere => Point(self.store.right(), self.store.y + 12),
        }
    }

    /// Where the people stand.
    pub fn people(&self) -> &[PersonSpot] {
        &self.people[..if self.two { 2 } else { 1 }]
    }

    fn person(&self, person: Person) -> &PersonSpot {
        &self.people[usize::from(person != Person::FIRST)]
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
    pub fn between(&self, from: Place, to: Place, behaviours: &[Stage]) -> Vec<Point> {
        let mut points = vec![self.spot(from, behaviours)];
        let (start, end) = (rank(from), rank(to));
        if from == Place::Store && matches!(to, Place::Behaviour(Stage::Retry)) {
            points.extend(&self.again);
        } else if end < start {
            for gate in (end..start).rev() {
                points.extend(self.way(gate, to).iter().rev());
            }
        } else {
            for gate in start..end {
                points.extend(self.way(gate, from));
            }
        }
        points.push(self.spot(to, behaviours));
        points
    }
}

/// A person to the left of the pipeline.
fn beside_pipeline(y: i32, pipeline: Area) -> PersonSpot {
    let (axis, turn) = (pipeline.y + pipeline.height / 2, (72 + pipeline.x) / 2);
    let middle = y + 52;
    let start = if (middle - axis).abs() < 20 { axis } else { middle };
    let way = [(74, start), (turn, start), (turn, axis), (pipeline.x - 2, axis)];
    PersonSpot {
        area: Area { x: 1, y, width: 70, height: 104 },
        head: Point(36, y + 22),
        way: way.map(|(x, y)| Point(x, y)),
    }
}

/// A person above the pipeline.
fn above_pipeline(x: i32, spine: i32, pipeline: Area) -> PersonSpot {
    let start = x + 34;
    let way = [(start, 60), (start, 70), (spine, 70), (spine, pipeline.y - 2)];
    PersonSpot {
        area: Area { x, y: 2, width: 68, height: 58 },
        head: Point(start, 18),
        way: way.map(|(x, y)| Point(x, y)),
    }
}

/// Which box a place is in, in the order of the ways; another tab is beside the store.
fn rank(place: Place) -> usize {
    match place {
        Place::Person(_) => 0,
        Place::Pipeline | Place::Behaviour(_) => 1,
        Place::Aggregate => 2,
        Place::Store | Place::Elsewhere => 3,
        Place::ReadModel(_) => 4,
    }
}

/// A line through points.
pub(super) fn line(points: &[Point]) -> String {
    let mut path = String::new();
    for Point(x, y) in points {
        path.push_str(if path.is_empty() { "M" } else { "L" });
        path.push_str(&format!("{x} {y}"));
    }
    path
}

/// A line through points with a head at its end.
pub(super) fn arrow(points: &[Point]) -> String {
    let mut path = line(points);
    if let [.., Point(x, y), end] = *points {
        let (right, down) = ((end.0 - x).signum() * 5, (end.1 - y).signum() * 5);
        let side = |sign: i32| format!("{} {}", -right + sign * down, -down + sign * right);
        path.push_str(&format!("m{}L{} {}l{}", side(1), end.0, end.1, side(-1)));
    }
    path
}
