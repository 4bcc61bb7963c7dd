//! Sagas, reactors and services in the picture: what they ask, hear and say, and what they hold.

use super::super::views::{Picture, Place, Room, Token};
use crate::{
    domain::orders::{OrderFulfilment, OrderRequest, OrderServices},
    kernel::{GlobalPosition, Holding, SagaPlan, Services, StepAnswer, StreamId, Version},
    ports::{Moment, SagaCall, SagaMoment},
    simulation::{Actor, FulfilmentMode, Protection},
};

const SAGA: Place = Place::Room(Room::Saga);
/// The runner of sagas, and the four services.
const ROOMS: [Room; 5] =
    [Room::Saga, Room::Service(0), Room::Service(1), Room::Service(2), Room::Service(3)];

impl Picture {
    pub(super) fn take_of_saga(&mut self, actor: Actor, moment: &SagaMoment) {
        match (actor, moment) {
            (_, SagaMoment::Advanced { saga, events, version, position, .. }) => {
                let stream = StreamId::new(OrderFulfilment::CATEGORY, saga);
                let types: Vec<_> = events.iter().map(|event| event.name().to_owned()).collect();
                self.notes(SAGA, &stream, (*version, *position), &types);
            }
            (_, SagaMoment::Noted { reactor, saga, event, version, position }) => {
                let (home, stream) = (home_of(reactor), StreamId::new(reactor, saga));
                self.notes(home, &stream, (*version, *position), &[(*event).to_owned()]);
            }
            (Actor::Reactor(reactor), SagaMoment::Heard { .. }) => {
                self.travel(Place::Store, home_of(reactor), Token::Events, 1);
            }
            (Actor::Reactor(reactor), _) => self.light(home_of(reactor)),
            _ => self.take_of_orchestration(moment),
        }
    }

    /// What a saga or a reactor notes lies in the store like any other event.
    fn notes(
        &mut self,
        place: Place,
        stream: &StreamId,
        (version, position): (Version, GlobalPosition),
        types: &[String],
    ) {
        let count = types.len() as u64;
        self.store_events(stream.as_str(), version.0, position.0, types, count);
        self.travel(place, Place::Store, Token::Events, count);
    }

    fn take_of_orchestration(&mut self, moment: &SagaMoment) {
        match moment {
            SagaMoment::RunnerRead { events, .. } => {
                self.travel(Place::Store, SAGA, Token::Events, *events as u64);
            }
            SagaMoment::Called(call) => self.travel(SAGA, asked(call), Token::Command, 1),
            SagaMoment::Answered { call, answer } => {
                let token = match answer {
                    StepAnswer::Done => Token::Answer,
                    StepAnswer::Refused { .. } | StepAnswer::Unavailable { .. } => Token::Refusal,
                };
                self.travel(asked(call), SAGA, token, 1);
            }
            SagaMoment::TimedOut(_) | SagaMoment::Refused { .. } => {
                self.travel(SAGA, SAGA, Token::Refusal, 1);
            }
            SagaMoment::Conflict { .. } => self.travel(SAGA, SAGA, Token::Conflict, 1),
            SagaMoment::ServiceAsked { call, .. } => self.light(asked(call)),
            SagaMoment::ServiceServed { call, holdings, .. } => self.serves(call, holdings),
            SagaMoment::ProtectionSwitched { protection, on }
                if *protection == Protection::PureDomain.name() =>
            {
                if !on && self.rooms.is_empty() {
                    self.rooms = ROOMS[1..].to_vec();
                }
                self.light(Place::Aggregate);
            }
            SagaMoment::ModeSwitched { mode } => {
                self.reacts |= *mode == FulfilmentMode::Choreography.name();
                if *mode != FulfilmentMode::People.name() {
                    self.rooms = ROOMS.to_vec();
                }
                self.light(SAGA);
            }
            _ => self.light(SAGA),
        }
    }
}

impl Picture {
    /// What happened to a reactor.
    pub(super) fn take_of_reactor(&mut self, reactor: &str, moment: &Moment) {
        if let Moment::FaultMet { fault, .. } = moment {
            self.fault_met = Some(fault);
        }
        self.light(home_of(reactor));
    }

    /// A service says what it holds. Of the inventory, the first product says most.
    fn serves(&mut self, call: &SagaCall, holdings: &[Holding]) {
        let place = asked(call);
        self.light(place);
        if let Place::Room(Room::Service(index)) = place {
            let shown = holdings.get(1).filter(|_| index == 0).or(holdings.first());
            self.held[usize::from(index)] = shown.map(|it| (it.name.clone(), it.amount));
        }
    }
}

/// Whom a call goes to: a service, or the order through the pipeline.
fn asked(call: &SagaCall) -> Place {
    let service = OrderRequest::service_of(call.name).and_then(|place| u8::try_from(place).ok());
    service.map_or(Place::Pipeline, |index| Place::Room(Room::Service(index)))
}

/// Where a reactor is: that of the order itself is where commands go.
fn home_of(reactor: &str) -> Place {
    room_of(reactor).map_or(Place::Pipeline, Place::Room)
}

/// The room of a service.
pub(super) fn room_of(service: &str) -> Option<Room> {
    let place = OrderServices::NAMES.iter().position(|known| *known == service)?;
    u8::try_from(place).ok().map(Room::Service)
}
