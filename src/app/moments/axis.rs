//! The axis of time: a moment takes room by the time since the one before it, and idle times are short.

use crate::app::views::Gap;

/// The room that a usual moment takes.
pub(super) const USUAL: u32 = 8;
/// The least room between two moments, so that those of one time stay apart.
const LEAST: u32 = 2;
/// Beyond so many usual moments, room no longer grows with time but with its logarithm.
const STRAIGHT_MOMENTS: u64 = 6;
/// What grows by twice the time is this much longer.
const DOUBLING: u32 = 8;
/// Beyond so many usual moments nothing happens: an idle time.
const IDLE_MOMENTS: u64 = 20;

/// Where moments lie, and where the idle times are.
#[derive(Clone, Debug)]
pub(super) struct Axis {
    /// What a usual moment costs, in microseconds.
    moment_us: u64,
    last_us: u64,
    places: Vec<u32>,
    gaps: Vec<Gap>,
}

impl Axis {
    pub(super) fn new(moment_us: u64) -> Self {
        Self { moment_us: moment_us.max(1), last_us: 0, places: vec![], gaps: vec![] }
    }

    /// Adds the next moment. Returns its place.
    pub(super) fn push(&mut self, at_us: u64) -> u32 {
        let waited = at_us.saturating_sub(self.last_us);
        self.last_us = self.last_us.max(at_us);
        let from = self.end();
        let place = from.saturating_add(self.room(waited));
        if self.is_idle(waited) {
            self.gaps.push(Gap { from, to: place, idle_us: waited });
        }
        self.places.push(place);
        place
    }

    /// Where the axis ends.
    pub(super) fn end(&self) -> u32 {
        self.places.last().copied().unwrap_or(0)
    }

    /// The place of the last of so many moments.
    pub(super) fn place(&self, shown: u32) -> u32 {
        shown.checked_sub(1).and_then(|last| self.places.get(last as usize)).map_or(0, |at| *at)
    }

    /// How many moments lie up to a place.
    pub(super) fn shown_at(&self, place: u32) -> u32 {
        self.places.partition_point(|at| *at <= place) as u32
    }

    /// What the step to the next moment takes, in the time of a usual one: idle times pass quickly.
    pub(super) fn cost(&self, shown: u32) -> f64 {
        let room = self.place(shown + 1).saturating_sub(self.place(shown));
        cost_of(room)
    }

    /// What waiting for a moment that is still to come takes, when it comes at this time.
    pub(super) fn cost_until(&self, at_us: u64) -> f64 {
        cost_of(self.room(at_us.saturating_sub(self.last_us)))
    }

    /// The idle times that take at least this much room each.
    pub(super) fn gaps_from(&self, room_min: u32) -> Vec<Gap> {
        self.gaps.iter().filter(|gap| gap.to - gap.from >= room_min).copied().collect()
    }

    fn room(&self, waited: u64) -> u32 {
        let straight = STRAIGHT_MOMENTS * self.moment_us;
        if waited <= straight {
            let room = waited * u64::from(USUAL) / self.moment_us;
            return u32::try_from(room).unwrap_or(u32::MAX).max(LEAST);
        }
        let doublings = (waited / straight).ilog2();
        STRAIGHT_MOMENTS as u32 * USUAL + doublings * DOUBLING
    }

    fn is_idle(&self, waited: u64) -> bool {
        waited > IDLE_MOMENTS.saturating_mul(self.moment_us)
    }
}

fn cost_of(room: u32) -> f64 {
    (f64::from(room) / f64::from(USUAL)).min(2.0)
}
