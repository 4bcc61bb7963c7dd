//! The layout from top to bottom.

use super::{
    BELOW, Layout, PersonSpot, Point, Rooms,
    area::{Area, area},
    roads::Roads,
};

/// Where boxes begin: on their left there is room for what comes back to the person.
const LEFT: i32 = 18;
/// How much room there is on their right, for what the saga wants and what the relay fetches.
const RIGHT: i32 = 22;
/// How far from the left the ways between boxes are.
const SPINE: i32 = 92;

impl Layout {
    pub(super) fn tall(width: i32, two: bool) -> Self {
        let full = |y, height| area(LEFT, y, width - LEFT - RIGHT, height);
        let (pipeline, store, models) = (full(82, 172), full(412, 322), full(756, 100));
        let hexagon = area(LEFT, 276, 148, 112);
        let down = |from, to| [Point(SPINE, from + 2), Point(SPINE, to - 2)];
        let beside = hexagon.right() + 8;
        let reading = models.y + 50;
        Self {
            is_tall: true,
            width,
            height: models.bottom() + BELOW,
            two,
            people: if two { [LEFT, i32::midpoint(LEFT, width) + 4] } else { [SPINE - 34; 2] }
                .map(|x| above_pipeline(x, pipeline)),
            pipeline,
            hexagon,
            store,
            pitch: 19,
            models,
            note: area(beside + 12, 272, pipeline.right() - beside - 12, 120),
            ways: [
                down(pipeline.bottom(), hexagon.y - 6),
                down(hexagon.bottom() + 6, store.y),
                down(store.bottom(), models.y),
            ],
            again: vec![Point(beside, store.y), Point(beside, pipeline.bottom() + 2)],
            back: vec![
                Point(LEFT - 2, reading),
                Point(5, reading),
                Point(5, 32),
                Point(if two { LEFT - 4 } else { SPINE - 38 }, 32),
            ],
            rooms: tall_rooms(store, models),
            roads: Roads { corridor: width - 12, lane: 0, door: 0 },
        }
    }
}

fn tall_rooms(store: Area, models: Area) -> Rooms {
    let full = |y, height| area(LEFT, y, store.width, height);
    let saga = full(models.bottom() + 24, 98);
    let services = full(saga.bottom() + 24, 98);
    Rooms {
        outbox: area(store.x + 12, store.bottom() - 52, store.width - 24, 44),
        relay: area(store.right() - 110, services.bottom() + 22, 110, 40),
        broker: full(services.bottom() + 84, 60),
        saga,
        services,
    }
}

/// A person above the pipeline.
fn above_pipeline(x: i32, pipeline: Area) -> PersonSpot {
    let start = x + 34;
    let way = [(start, 60), (start, 70), (SPINE, 70), (SPINE, pipeline.y - 2)];
    PersonSpot {
        area: area(x, 2, 68, 58),
        head: Point(start, 18),
        way: way.map(|(x, y)| Point(x, y)),
    }
}
