//! Rooms: parts of the system that a picture has beside those that are in every one.

use super::SagaState;
use crate::kernel::SagaId;

/// A part that is in the picture once a run has it: [`Picture::rooms`](super::Picture::rooms) names it. Its
/// place is kept free, so nothing that was there before moves.
///
/// ```
/// use hindsight::app::{Layout, views::{Place, Room}};
///
/// let (without, with) = (Layout::of(776, false, &[]), Layout::of(776, false, &[Room::Saga]));
/// assert_eq!(without.store, with.store);
/// // The picture reaches down to it, and a token finds its way from it to the pipeline.
/// assert!(with.height >= with.room(Room::Saga).bottom());
/// assert!(with.between(Place::Room(Room::Saga), Place::Pipeline, &[]).len() > 2);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// The messages that wait in the store.
    Outbox,
    /// Who sends them.
    Relay,
    /// Who hands them on.
    Broker,
    /// The runner of sagas.
    Saga,
    /// A service, by its place among the four: [`Services::NAMES`](crate::kernel::Services::NAMES).
    Service(u8),
}

impl Room {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Outbox,
        Self::Relay,
        Self::Broker,
        Self::Saga,
        Self::Service(0),
        Self::Service(1),
        Self::Service(2),
        Self::Service(3),
    ];
}

/// The sagas that are not over, at a glance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SagasAt {
    /// One for each, in the order in which they began.
    pub(in crate::app) under_way: Vec<SagaAt>,
}

/// A saga that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SagaAt {
    /// Which.
    pub id: SagaId,
    /// Whether it turned back.
    pub(in crate::app) goes_back: bool,
    /// Its steps that wait for a person, a bit for each place.
    pub(in crate::app) stuck: u32,
    /// What it asked for last, and which attempt that is; none before it asked for anything.
    pub(in crate::app) call: Option<(&'static str, u32)>,
    /// The service whose answer it waits for, by its place among the four.
    pub(in crate::app) waits_for: Option<u8>,
}

impl SagaAt {
    /// What it is at.
    #[must_use]
    pub fn state(&self) -> SagaState {
        match (self.stuck, self.goes_back) {
            (1.., _) => SagaState::NeedsAttention,
            (0, true) => SagaState::Compensating,
            (0, false) => SagaState::InProgress,
        }
    }
}

impl SagasAt {
    /// The only one that is under way.
    #[must_use]
    pub fn only(&self) -> Option<&SagaAt> {
        match &self.under_way[..] {
            [only] => Some(only),
            _ => None,
        }
    }

    /// How many wait for a service, by its place among the four.
    #[must_use]
    pub fn waiting_for(&self, service: u8) -> u64 {
        self.under_way.iter().filter(|saga| saga.waits_for == Some(service)).count() as u64
    }

    /// What they are at, and how many are at it.
    #[must_use]
    pub fn counts(&self) -> [(SagaState, u64); 3] {
        let states = [SagaState::InProgress, SagaState::Compensating, SagaState::NeedsAttention];
        states.map(|state| {
            let here = self.under_way.iter().filter(|saga| saga.state() == state);
            (state, here.count() as u64)
        })
    }
}
