//! The layout from left to right: writes along the top, reads back along the middle, and below them who
//! works on with what was stored.

use super::{
    Layout, PersonSpot, Point, Rooms, WIDE_MIN, WIDTH_MAX,
    area::{Area, area},
    roads::Roads,
};

/// On which height writes go right.
const AXIS: i32 = 128;

impl Layout {
    pub(super) fn wide(width: i32, two: bool) -> Self {
        let between =
            |least, most| least + (most - least) * (width - WIDE_MIN) / (WIDTH_MAX - WIDE_MIN);
        let pipeline = area(between(94, 140), 42, between(148, 168), 172);
        let hexagon = area(pipeline.right() + between(28, 60), 60, between(132, 160), 136);
        let left = hexagon.right() + between(30, 64);
        let store = area(left, 20, width - left - 1, 370);
        let models = area(1, 290, hexagon.right() - between(30, 40), 100);
        let along = |from, to| [Point(from + 2, AXIS), Point(to - 2, AXIS)];
        let (reading, turn) = (models.y + 58, pipeline.right() - 40);
        let again = [(left, 184), (left - 14, 184), (left - 14, 222), (turn, 222), (turn, 216)];
        let door = pipeline.x + 20;
        Self {
            is_tall: false,
            width,
            height: models.bottom() + 20,
            two,
            people: if two { [20, 132] } else { [84; 2] }.map(|y| beside_pipeline(y, pipeline)),
            pipeline,
            hexagon,
            store,
            pitch: 22,
            models,
            note: area(door + 12, 218, left - door - 30, 60),
            ways: [
                along(pipeline.right(), hexagon.x - 6),
                along(hexagon.right() + 6, left),
                [Point(left - 2, reading), Point(models.right() + 2, reading)],
            ],
            again: again.map(|(x, y)| Point(x, y)).to_vec(),
            back: vec![Point(36, models.y - 2), Point(36, if two { 242 } else { 194 })],
            rooms: wide_rooms(width, between, store),
            roads: Roads {
                corridor: i32::midpoint(models.right(), left),
                lane: models.y - 8,
                door,
            },
        }
    }
}

fn wide_rooms(width: i32, between: impl Fn(i32, i32) -> i32, store: Area) -> Rooms {
    let top = store.bottom() + 24;
    let services = area(1, top, between(290, 470), 98);
    let relay_width = between(96, 120);
    let relay = area(width - 1 - relay_width, top + 27, relay_width, 44);
    let left = services.right() + between(28, 48);
    Rooms {
        outbox: area(store.x + 12, store.bottom() - 56, store.width - 24, 46),
        relay,
        broker: area(1, services.bottom() + 18, width - 2, 40),
        saga: area(left, top, relay.x - between(24, 40) - left, 98),
        services,
    }
}

/// A person to the left of the pipeline.
fn beside_pipeline(y: i32, pipeline: Area) -> PersonSpot {
    let turn = i32::midpoint(72, pipeline.x);
    let middle = y + 52;
    let start = if (middle - AXIS).abs() < 20 { AXIS } else { middle };
    let way = [(74, start), (turn, start), (turn, AXIS), (pipeline.x - 2, AXIS)];
    PersonSpot {
        area: area(1, y, 70, 104),
        head: Point(36, y + 22),
        way: way.map(|(x, y)| Point(x, y)),
    }
}
