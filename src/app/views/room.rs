//! Rooms: parts of the system that a picture has beside those that are in every one.

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
