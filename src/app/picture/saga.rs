//! Sagas and services in the picture: what they ask, what they are answered, and what they hold.

use super::super::{
    texts::Texts,
    views::{Picture, Place, Room, Token},
};
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

/// What pictures do with sagas and services.
#[derive(Clone, Copy, Debug)]
struct Late {
    take: fn(&mut Picture, Actor, &Moment),
    lines: fn(Texts, &Picture, Room) -> Vec<String>,
}

const LATE: Late = Late { take: Picture::take_of_rooms, lines: Texts::lines_of };

/// In the page it comes with their code, without which there is no such moment.
#[cfg(target_arch = "wasm32")]
static HERE: std::sync::OnceLock<Late> = std::sync::OnceLock::new();

/// Lets pictures be made of moments of sagas and services.
#[cfg(target_arch = "wasm32")]
pub(in crate::app) fn install_saga_picture() {
    // Installed twice, it is the same.
    let _ = HERE.set(LATE);
}

fn late() -> Option<Late> {
    #[cfg(target_arch = "wasm32")]
    return HERE.get().copied();
    #[cfg(not(target_arch = "wasm32"))]
    Some(LATE)
}

impl Texts {
    /// What is to be seen of a room: what was done to it, and what is in it.
    #[must_use]
    pub fn room_lines(self, picture: &Picture, room: Room) -> Vec<String> {
        late().map_or_else(Vec::new, |late| (late.lines)(self, picture, room))
    }
}

impl Picture {
    /// A moment of a saga, or of who runs them, or of a service.
    pub(super) fn take_late(&mut self, actor: Actor, moment: &Moment) {
        if let Some(late) = late() {
            (late.take)(self, actor, moment);
        }
    }

    fn take_of_rooms(&mut self, actor: Actor, moment: &Moment) {
        match (moment, actor) {
            (Moment::Saga(moment), _) => self.take_of_saga(actor, moment),
            (_, Actor::Reactor(reactor)) => {
                if let Moment::FaultMet { fault, .. } = moment {
                    self.fault_met = Some(fault);
                }
                self.light(home_of(reactor));
            }
            (_, Actor::Runner) => self.take_of_room(Room::Saga, moment),
            (_, Actor::Service(service)) => {
                if let Some(room) = room_of(service) {
                    self.take_of_room(room, moment);
                }
            }
            _ => {}
        }
    }

    /// What happened to who runs sagas, or to a service.
    fn take_of_room(&mut self, room: Room, moment: &Moment) {
        match moment {
            Moment::Crashed => {
                self.dead.push(room);
                self.paused.retain(|paused| *paused != room);
                self.slowed.retain(|slowed| *slowed != room);
            }
            Moment::Restarted => self.dead.retain(|dead| *dead != room),
            Moment::Paused if !self.paused.contains(&room) => self.paused.push(room),
            Moment::Resumed => self.paused.retain(|paused| *paused != room),
            Moment::Slowed { by } => {
                self.slowed.retain(|slowed| *slowed != room);
                self.slowed.extend((by.0 > 0).then_some(room));
            }
            Moment::FaultMet { fault, .. } => self.fault_met = Some(fault),
            _ => {}
        }
        self.light(Place::Room(room));
    }

    fn take_of_saga(&mut self, actor: Actor, moment: &SagaMoment) {
        match (actor, moment) {
            (_, SagaMoment::Advanced { saga, events, version, position, .. }) => {
                events.iter().for_each(|event| self.sagas.take(*saga, event));
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
            SagaMoment::Called(_)
            | SagaMoment::Answered { .. }
            | SagaMoment::TimedOut(_)
            | SagaMoment::Refused { .. } => self.take_call(moment),
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
    /// A request of a saga, and what it comes to.
    fn take_call(&mut self, moment: &SagaMoment) {
        match moment {
            SagaMoment::Called(call) => {
                let to = asked(call);
                let service = match to {
                    Place::Room(Room::Service(index)) => Some(index),
                    _ => None,
                };
                self.sagas.ask(call, service);
                self.travel(SAGA, to, Token::Command, 1);
            }
            SagaMoment::Answered { call, answer } => {
                self.sagas.hear(call);
                let token = match answer {
                    StepAnswer::Done => Token::Answer,
                    StepAnswer::Refused { .. } | StepAnswer::Unavailable { .. } => Token::Refusal,
                };
                self.travel(asked(call), SAGA, token, 1);
            }
            other => {
                if let SagaMoment::TimedOut(call) = other {
                    self.sagas.hear(call);
                }
                self.travel(SAGA, SAGA, Token::Refusal, 1);
            }
        }
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
fn room_of(service: &str) -> Option<Room> {
    let place = OrderServices::NAMES.iter().position(|known| *known == service)?;
    u8::try_from(place).ok().map(Room::Service)
}
