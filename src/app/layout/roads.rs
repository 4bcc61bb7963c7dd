//! Roads: the ways from and to the rooms.

use super::{
    super::views::{Place, Room},
    Layout, Point,
};

/// Where roads turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roads {
    /// How far from the left a command of the saga leaves it.
    pub corridor: i32,
    /// How far from above it goes to the pipeline; in a tall drawing, nothing.
    pub lane: i32,
    /// How far from the left it reaches the pipeline.
    pub door: i32,
}

impl Layout {
    /// The roads that lead from or to a room, each drawn once there is a picture with both its ends. What
    /// goes the other way takes the same one.
    pub const ROADS: [(Place, Place); 8] = [
        (Place::Room(Room::Saga), Place::Pipeline),
        (Place::Room(Room::Saga), Place::Store),
        (Place::Room(Room::Saga), Place::Room(Room::Service(1))),
        (Place::Store, Place::Room(Room::Service(1))),
        (Place::Room(Room::Outbox), Place::Room(Room::Relay)),
        (Place::Room(Room::Relay), Place::Room(Room::Broker)),
        (Place::Room(Room::Broker), Place::Room(Room::Saga)),
        (Place::Room(Room::Broker), Place::Room(Room::Service(3))),
    ];

    /// The road from one place to another; none where there is none in this direction.
    #[must_use]
    pub fn road(&self, from: Place, to: Place) -> Option<Vec<Point>> {
        use Room::{Broker, Outbox, Relay, Saga, Service};
        let road = match (from, to) {
            (Place::Room(Saga), Place::Pipeline | Place::Behaviour(_)) => self.commands(),
            (Place::Room(Saga), Place::Store) => self.noted(),
            (Place::Room(Saga), Place::Room(service @ Service(_))) => self.request(service),
            (Place::Store, Place::Room(Service(_))) => self.heard(),
            (Place::Room(Outbox) | Place::Store, Place::Room(Relay)) => self.fetched(),
            (Place::Room(Relay), Place::Room(Broker)) => {
                let (relay, broker) = (self.room(Relay), self.room(Broker));
                let across = relay.middle().0;
                vec![Point(across, relay.bottom() + 2), Point(across, broker.y - 2)]
            }
            (Place::Room(Broker), Place::Room(Saga)) => self.delivered_to_saga(),
            (Place::Room(Broker), Place::Room(Service(_))) => {
                let across =
                    if self.is_tall { self.ways[0][0].0 } else { self.services().middle().0 };
                let (broker, services) = (self.room(Broker), self.services());
                vec![Point(across, broker.y - 2), Point(across, services.bottom() + 2)]
            }
            _ => return None,
        };
        Some(road)
    }

    /// The road between two places, as somebody goes it.
    pub(super) fn road_between(&self, from: Place, to: Place) -> Option<Vec<Point>> {
        let back = || self.road(to, from).map(|road| road.into_iter().rev().collect());
        self.road(from, to).or_else(back)
    }

    /// In a tall drawing, beside the boxes from one height to another.
    fn beside(&self, from: i32, to: i32) -> Vec<Point> {
        let (start, corridor) = (self.store.right() + 2, self.roads.corridor);
        let points = [(start, from), (corridor, from), (corridor, to), (start, to)];
        points.map(|(across, down)| Point(across, down)).to_vec()
    }

    /// From the saga to the pipeline.
    fn commands(&self) -> Vec<Point> {
        let (saga, Roads { corridor, lane, door }) = (self.room(Room::Saga), self.roads);
        if self.is_tall {
            return self.beside(saga.middle().1, self.pipeline.middle().1);
        }
        vec![
            Point(corridor, saga.y - 2),
            Point(corridor, lane),
            Point(door, lane),
            Point(door, self.pipeline.bottom() + 2),
        ]
    }

    /// From the saga to the store, where its stream is.
    fn noted(&self) -> Vec<Point> {
        let saga = self.room(Room::Saga);
        if self.is_tall {
            return self.beside(saga.middle().1, self.store.y + 24);
        }
        // Where the one is below the other.
        let across = i32::midpoint(self.store.x, saga.right());
        vec![Point(across, saga.y - 2), Point(across, self.store.bottom() + 2)]
    }

    /// From the saga to a service.
    fn request(&self, service: Room) -> Vec<Point> {
        let (saga, services) = (self.room(Room::Saga), self.services());
        if self.is_tall {
            let across = self.ways[0][0].0;
            return vec![Point(across, saga.bottom() + 2), Point(across, services.y - 2)];
        }
        let down = self.room(service).middle().1;
        vec![Point(saga.x - 2, down), Point(services.right() + 2, down)]
    }

    /// From the store to the services, where each listens for itself.
    fn heard(&self) -> Vec<Point> {
        let (store, services) = (self.store, self.services());
        if self.is_tall {
            return self.beside(store.y + 24, services.middle().1);
        }
        let (left, right) = (services.right() - 16, store.x + 16);
        let between = i32::midpoint(store.bottom(), services.y);
        vec![
            Point(right, store.bottom() + 2),
            Point(right, between),
            Point(left, between),
            Point(left, services.y - 2),
        ]
    }

    /// From the outbox to the relay.
    fn fetched(&self) -> Vec<Point> {
        let (outbox, relay) = (self.room(Room::Outbox), self.room(Room::Relay));
        if self.is_tall {
            let (from, to, beyond) = (outbox.middle().1, relay.middle().1, self.width - 4);
            let beside = self.store.right() + 2;
            return vec![
                Point(beside, from),
                Point(beyond, from),
                Point(beyond, to),
                Point(relay.right() + 2, to),
            ];
        }
        let across = relay.middle().0;
        vec![Point(across, self.store.bottom() + 2), Point(across, relay.y - 2)]
    }

    fn delivered_to_saga(&self) -> Vec<Point> {
        let (broker, saga) = (self.room(Room::Broker), self.room(Room::Saga));
        if self.is_tall {
            let (from, to, left) = (broker.middle().1, saga.middle().1, saga.x - 2);
            return vec![Point(left, from), Point(5, from), Point(5, to), Point(left, to)];
        }
        let across = saga.middle().0;
        vec![Point(across, broker.y - 2), Point(across, saga.bottom() + 2)]
    }
}
