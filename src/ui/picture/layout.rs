//! Where everything stands: from left to right where there is room, from top to bottom where not.

use crate::app::views::{Place, ReadModel, Stage};

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

/// Where everything stands in a drawing of some width.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub is_tall: bool,
    pub width: i32,
    pub height: i32,
    pub person: Area,
    /// The middle of the person's head.
    pub head: Point,
    pub pipeline: Area,
    pub hexagon: Area,
    pub store: Area,
    /// How far apart the lanes of the store are.
    pub pitch: i32,
    pub models: Area,
    pub note: Area,
    /// The ways between neighbours, from the person to the read models.
    pub ways: [[Point; 2]; 4],
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
    pub fn of(room: i32) -> Self {
        if room < WIDE_MIN {
            Self::tall(room.max(WIDTH_MIN))
        } else {
            Self::wide(room.min(WIDTH_MAX))
        }
    }

    fn wide(width: i32) -> Self {
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
            person: area(1, 86, 70, 104),
            head: Point(36, 108),
            pipeline,
            hexagon,
            store,
            pitch: 24,
            models,
            note: area(84, 232, left - 108, 60),
            ways: [
                along(72, pipeline.x),
                along(pipeline.right(), hexagon.x - 6),
                along(hexagon.right() + 6, left),
                [Point(left - 2, reading), Point(models.right() + 2, reading)],
            ],
            again: again.map(|(x, y)| Point(x, y)).to_vec(),
            back: vec![Point(36, models.y - 2), Point(36, 194)],
        }
    }

    fn tall(width: i32) -> Self {
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
            person: area(spine - 34, 2, 68, 58),
            head: Point(spine, 18),
            pipeline,
            hexagon,
            store,
            pitch: 20,
            models,
            note: area(beside + 12, 272, width - beside - 14, 120),
            ways: [
                down(58, pipeline.y),
                down(pipeline.bottom(), hexagon.y - 6),
                down(hexagon.bottom() + 6, store.y),
                down(store.bottom(), models.y),
            ],
            again: vec![Point(beside, store.y), Point(beside, pipeline.bottom() + 2)],
            back: vec![
                Point(left - 2, reading),
                Point(5, reading),
                Point(5, 32),
                Point(spine - 38, 32),
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
            Place::Person(_) if self.is_tall => Point(self.head.0 - 46, self.head.1 + 14),
            Place::Person(_) => Point(self.head.0 + 24, self.head.1 - 8),
            Place::Pipeline => self.ways[0][1],
            Place::Behaviour(stage) => {
                let index = behaviours.iter().position(|known| *known == stage);
                middle(self.behaviour(index.unwrap_or(0)))
            }
            Place::Aggregate => Point(self.hexagon.x + self.hexagon.width / 2, self.hexagon.y + 22),
            Place::Store => self.ways[2][1],
            Place::ReadModel(model) => {
                let row = self.model(model);
                Point(row.right() - 160, row.y + 13)
            }
            Place::Elsewhere => Point(self.store.right(), self.store.y + 12),
        }
    }

    /// The points that a token goes through from one place to another.
    pub fn between(&self, from: Place, to: Place, behaviours: &[Stage]) -> Vec<Point> {
        let mut points = vec![self.spot(from, behaviours)];
        let (start, end) = (rank(from), rank(to));
        if from == Place::Store && matches!(to, Place::Behaviour(Stage::Retry)) {
            points.extend(&self.again);
        } else if end < start {
            points.extend(
                (end..start).rev().flat_map(|gate| [self.ways[gate][1], self.ways[gate][0]]),
            );
        } else {
            points.extend((start..end).flat_map(|gate| self.ways[gate]));
        }
        points.push(self.spot(to, behaviours));
        points
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
