//! Which moments a part of the picture had.

use super::Moments;
use crate::{
    app::{
        picture::model_of,
        views::{CommandId, Part, Place, Room},
    },
    domain::orders::OrderServices,
    kernel::Services,
    ports::{Moment, Stage},
    simulation::{Actor, RecordedMoment},
};

/// How far back it is looked, in moments.
const BACK_MAX: usize = 20_000;

impl Moments {
    /// The last moments of a part up to one, the last first: at most so many.
    pub fn of_part(&self, part: &Part, up_to: u32, most: usize) -> Vec<u32> {
        let mut found = vec![];
        (self.show_trace)(&mut |trace| {
            let end = trace.len().min(up_to as usize);
            let looked = trace[..end].iter().enumerate().rev().take(BACK_MAX);
            let mine = looked.filter(|(_, recorded)| is_of(part, recorded));
            found = mine.take(most).map(|(index, _)| index as u32 + 1).collect();
        });
        found
    }

    /// The name of a command, as it is in the code; empty for one that nobody gave.
    pub fn command(&self, id: CommandId) -> &'static str {
        self.index.command(id).0
    }
}

fn is_of(part: &Part, recorded: &RecordedMoment) -> bool {
    match part {
        Part::Place(place) => is_at(*place, recorded),
        Part::Command(id) => {
            recorded.actor == Actor::Handler(*id)
                || matches!(&recorded.moment, Moment::CommandGiven { command, .. } if command == id)
        }
        Part::Event { stream, version: wanted } => match &recorded.moment {
            Moment::Appended { stream: other, version, .. }
            | Moment::ForeignAppended { stream: other, version, .. } => {
                other.as_str() == stream && version.0 == *wanted
            }
            _ => false,
        },
    }
}

fn is_at(place: Place, RecordedMoment { actor, moment, .. }: &RecordedMoment) -> bool {
    match place {
        Place::Person(person) => {
            *actor == Actor::Person(person) || matches!(moment, Moment::CommandAnswered { .. })
        }
        Place::Pipeline => matches!(
            moment,
            Moment::CommandReceived { .. }
                | Moment::BehaviourEntered { .. }
                | Moment::BehaviourLeft { .. }
                | Moment::CommandLogged { .. }
                | Moment::CommandAnswered { .. }
                | Moment::CommandFailed { .. }
                | Moment::BehavioursChanged { .. }
        ),
        Place::Behaviour(wanted) => match moment {
            Moment::BehaviourEntered { stage, .. } | Moment::BehaviourLeft { stage, .. } => {
                *stage == wanted
            }
            Moment::CommandLogged { .. } => wanted == Stage::Logging,
            Moment::Conflict { .. } => wanted == Stage::Retry,
            Moment::BehavioursChanged { .. } => true,
            _ => false,
        },
        Place::Aggregate => matches!(
            moment,
            Moment::StreamRead { .. } | Moment::Decided { .. } | Moment::Rejected { .. }
        ),
        Place::Store => is_at_store(moment),
        Place::ReadModel(model) => {
            matches!(actor, Actor::Projector(name) if model_of(name) == Some(model))
        }
        Place::Elsewhere => matches!(moment, Moment::ForeignAppended { .. }),
        Place::Room(room) => is_in(room, *actor),
    }
}

/// Whether somebody is in a room.
fn is_in(room: Room, actor: Actor) -> bool {
    match room {
        Room::Saga => matches!(actor, Actor::Runner | Actor::Saga(_)),
        Room::Service(index) => {
            let name = OrderServices::NAMES.get(usize::from(index)).copied();
            matches!(actor, Actor::Service(other) | Actor::Reactor(other) if Some(other) == name)
        }
        Room::Outbox | Room::Relay | Room::Broker => false,
    }
}

fn is_at_store(moment: &Moment) -> bool {
    match moment {
        Moment::StreamRead { .. }
        | Moment::Appended { .. }
        | Moment::ForeignAppended { .. }
        | Moment::Conflict { .. }
        | Moment::LogRead { .. }
        | Moment::VersionCheckSwitched { .. } => true,
        Moment::FaultArmed { point, .. }
        | Moment::FaultsDisarmed { point }
        | Moment::FaultMet { point, .. } => *point != "update_read_model",
        _ => false,
    }
}
