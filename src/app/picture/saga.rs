//! Sagas and services in the picture: what they ask, what they are answered, and what they hold.

use super::super::views::{Picture, Place, Room, Token};
use crate::{
    domain::orders::{OrderFulfilment, OrderRequest, OrderServices},
    kernel::{Holding, SagaPlan, Services, StepAnswer, StreamId},
    ports::{SagaCall, SagaMoment},
    simulation::FulfilmentMode,
};

const SAGA: Place = Place::Room(Room::Saga);
/// The runner of sagas, and the four services.
const ROOMS: [Room; 5] =
    [Room::Saga, Room::Service(0), Room::Service(1), Room::Service(2), Room::Service(3)];

impl Picture {
    pub(super) fn take_of_saga(&mut self, moment: &SagaMoment) {
        match moment {
            SagaMoment::Advanced { saga, events, version, position, .. } => {
                // What a saga notes lies in the store like any other event.
                let stream = StreamId::new(OrderFulfilment::CATEGORY, saga);
                let types: Vec<_> = events.iter().map(|event| event.name().to_owned()).collect();
                let count = types.len() as u64;
                self.store_events(stream.as_str(), version.0, position.0, &types, count);
                self.travel(SAGA, Place::Store, Token::Events, count);
            }
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
            SagaMoment::ModeSwitched { mode } => {
                if *mode == FulfilmentMode::Saga.name() {
                    self.rooms = ROOMS.to_vec();
                }
                self.light(SAGA);
            }
            _ => self.light(SAGA),
        }
    }
}

impl Picture {
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

/// The room of a service.
pub(super) fn room_of(service: &str) -> Option<Room> {
    let place = OrderServices::NAMES.iter().position(|known| *known == service)?;
    u8::try_from(place).ok().map(Room::Service)
}
