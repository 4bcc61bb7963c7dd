//! The layout of the picture: every part has a place of its own at every width, what comes later moves
//! nothing, and ways lead from box to box and through none.

use hindsight::app::{
    Area, Layout, Point,
    texts::{Language, Texts, fit},
    views::{Place, ReadModel, Room},
};

/// Rooms of the page: from the narrowest phone to a projector.
const WIDTHS: std::ops::RangeInclusive<i32> = 300..=1_880;

/// Every layout there is, with its name.
fn layouts(rooms: &[Room]) -> Vec<(String, Layout)> {
    let of = |(width, two)| (format!("{width} wide, two: {two}"), Layout::of(width, two, rooms));
    WIDTHS.flat_map(|width| [(width, false), (width, true)]).map(of).collect()
}

/// The boxes that every picture has.
fn always(layout: &Layout) -> Vec<(String, Area)> {
    let mut boxes: Vec<_> =
        layout.people().iter().map(|spot| ("person".to_owned(), spot.area)).collect();
    let named = |name: &str, area| (name.to_owned(), area);
    boxes.push(named("pipeline", layout.pipeline));
    boxes.push(named("hexagon", layout.hexagon));
    boxes.push(named("store", layout.store));
    boxes.push(named("read models", layout.models));
    boxes
}

/// The boxes that come with a room: the outbox is in the store, services are in a box together.
fn rooms(layout: &Layout) -> Vec<(String, Area)> {
    let own = [Room::Relay, Room::Broker, Room::Saga];
    let mut boxes: Vec<_> =
        own.into_iter().map(|room| (format!("{room:?}"), layout.room(room))).collect();
    boxes.push(("services".to_owned(), layout.services()));
    boxes
}

fn overlap(one: Area, other: Area) -> bool {
    one.x < other.right()
        && other.x < one.right()
        && one.y < other.bottom()
        && other.y < one.bottom()
}

fn is_in(inner: Area, outer: Area) -> bool {
    inner.x >= outer.x
        && inner.y >= outer.y
        && inner.right() <= outer.right()
        && inner.bottom() <= outer.bottom()
}

#[test]
fn no_two_places_overlap_at_any_width() {
    for (name, layout) in layouts(&Room::ALL) {
        let mut boxes = always(&layout);
        boxes.push(("note".to_owned(), layout.note));
        boxes.extend(rooms(&layout));
        let drawing = Area { x: 0, y: 0, width: layout.width, height: layout.height };
        for (at, (one, area)) in boxes.iter().enumerate() {
            assert!(area.width > 60 && area.height > 30, "{name}: {one} is {area:?}");
            assert!(is_in(*area, drawing), "{name}: {one} at {area:?} is not in the drawing");
            for (other, beside) in &boxes[at + 1..] {
                assert!(!overlap(*area, *beside), "{name}: {one} {area:?} and {other} {beside:?}");
            }
        }
    }
}

#[test]
fn rooms_within_boxes_are_theirs_alone() {
    for (name, layout) in layouts(&Room::ALL) {
        let outbox = layout.room(Room::Outbox);
        assert!(is_in(outbox, layout.store), "{name}");
        // The lanes, how many more streams there are, the version check, and faults that wait.
        let faults = if layout.is_tall { 2 } else { 3 };
        let below = layout.tile(8, 0).y + 10 + 45 + 18 * (faults - 1);
        assert!(below < outbox.y, "{name}: the store's words end at {below}, {outbox:?}");
        let services: Vec<_> = (0..4).map(|index| layout.room(Room::Service(index))).collect();
        for (at, service) in services.iter().enumerate() {
            assert!(is_in(*service, layout.services()), "{name}");
            assert!(!services[at + 1..].iter().any(|other| overlap(*service, *other)), "{name}");
        }
        let models = ReadModel::ALL.map(|model| layout.model(model));
        assert!(models.iter().all(|model| is_in(*model, layout.models)), "{name}");
    }
}

#[test]
fn what_comes_later_moves_nothing_and_costs_no_height_before() {
    let nothing: &[Room] = &[];
    let (before, with_saga) = (layouts(nothing), [Room::Saga, Room::Service(0), Room::Service(3)]);
    for rooms in [&Room::ALL[..], &with_saga] {
        for ((name, before), (_, after)) in before.iter().zip(layouts(rooms)) {
            assert_eq!(always(before), always(&after), "{name}");
            assert_eq!((before.note, before.ways), (after.note, after.ways), "{name}");
            assert_eq!((&before.again, &before.back), (&after.again, &after.back), "{name}");
            let tile = |layout: &Layout| (layout.tile(7, 0), layout.slots());
            assert_eq!(tile(before), tile(&after), "{name}");
            assert!(after.height > before.height, "{name}");
        }
    }
    for (name, layout) in before {
        let lowest = always(&layout).iter().map(|(_, area)| area.bottom()).max().unwrap_or(0);
        assert!((lowest..lowest + 24).contains(&layout.height), "{name}: {}", layout.height);
    }
}

/// The box of a place, which its roads begin and end at.
fn box_of(layout: &Layout, place: Place) -> Area {
    match place {
        Place::Pipeline => layout.pipeline,
        Place::Store => layout.store,
        Place::Room(Room::Service(_)) => layout.services(),
        Place::Room(Room::Outbox) => layout.store,
        Place::Room(room) => layout.room(room),
        other => panic!("no road leads to {other:?}"),
    }
}

fn is_beside(Point(x, y): Point, area: Area) -> bool {
    let around =
        Area { x: area.x - 3, y: area.y - 3, width: area.width + 6, height: area.height + 6 };
    let at =
        |area: Area| (area.x..area.right()).contains(&x) && (area.y..area.bottom()).contains(&y);
    at(around) && !at(area)
}

#[test]
fn roads_lead_from_box_to_box_and_through_none() {
    for (name, layout) in layouts(&Room::ALL) {
        let mut boxes = always(&layout);
        boxes.push(("note".to_owned(), layout.note));
        boxes.extend(rooms(&layout));
        for (from, to) in Layout::ROADS {
            let road = layout.road(from, to).expect("it is drawn");
            let [first, .., last] = road[..] else { panic!("{name}: {road:?}") };
            let place = format!("{name}: {from:?} to {to:?}: {road:?}");
            assert!(is_beside(first, box_of(&layout, from)), "{place}");
            assert!(is_beside(last, box_of(&layout, to)), "{place}");
            for leg in road.windows(2) {
                let [Point(x, y), Point(to_x, to_y)] = leg else { continue };
                assert!(x == to_x || y == to_y, "{place}: it goes straight");
                let leg = Area {
                    x: *x.min(to_x),
                    y: *y.min(to_y),
                    width: (x - to_x).abs() + 1,
                    height: (y - to_y).abs() + 1,
                };
                assert!(
                    (0..layout.width).contains(&leg.x) && leg.right() <= layout.width,
                    "{place}"
                );
                let met = boxes.iter().find(|(_, area)| overlap(leg, *area));
                assert_eq!(met, None, "{place}");
            }
        }
    }
}

#[test]
fn a_token_goes_along_the_road_in_both_directions() {
    let (saga, pay) = (Place::Room(Room::Saga), Place::Room(Room::Service(1)));
    for (name, layout) in layouts(&Room::ALL) {
        let (there, mut back) = (layout.between(saga, pay, &[]), layout.between(pay, saga, &[]));
        back.reverse();
        assert_eq!(there, back, "{name}");
        assert!(there.len() > 3, "{name}");
        let spot = *there.last().expect("it ends");
        let area = layout.room(Room::Service(1));
        assert!(overlap(Area { x: spot.0, y: spot.1, width: 1, height: 1 }, area), "{name}");
    }
}

#[test]
fn every_service_has_room_for_its_name_and_for_what_it_holds() {
    for language in Language::ALL {
        let texts = Texts::of(language);
        for (name, layout) in layouts(&Room::ALL) {
            for index in 0..4 {
                let (room, area) = (Room::Service(index), layout.room(Room::Service(index)));
                let said = texts.room(room);
                assert_eq!(fit(said, 110, 13), said, "{name}");
                assert!(area.width - 122 - 40 >= 90, "{name}: {area:?}");
            }
        }
    }
}
