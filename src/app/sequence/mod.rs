//! The run of one saga as a sequence of messages: folded from the trace, drawn, and written into files.

mod draw;
mod files;
mod fold;

pub use self::{
    draw::{SequenceDrawing, sequence_drawing},
    files::{mermaid_source, sequence_svg},
};
use super::{
    moments::Moments,
    views::{Party, Sequence},
};
use crate::{
    domain::orders::{OrderRequest, OrderServices},
    kernel::{SagaId, Services},
    ports::{Moment, SagaMoment},
    simulation::{Actor, RecordedMoment},
};

impl Moments {
    /// What had passed between a saga and those who do its steps after a moment; nothing of a saga that
    /// nobody knows.
    #[must_use]
    pub fn sequence(&self, saga: &str, number: u32) -> Sequence {
        let Ok(id) = saga.parse() else { return Sequence::default() };
        let mut lines = vec![];
        self.look_at(&mut |trace, start| {
            let shown = trace.get(..number as usize).unwrap_or(trace);
            lines = fold::lines(id, shown, start);
        });
        Sequence { id: saga.to_owned(), lines }
    }

    /// The saga that a moment is about, by its id.
    #[must_use]
    pub fn saga_of(&self, number: u32) -> Option<String> {
        let mut found = None;
        self.look_at(&mut |trace, _| {
            let shown = trace.get(..number as usize).unwrap_or_default();
            found = shown.last().and_then(|last| saga_at(shown, last));
        });
        found.map(|saga| saga.to_string())
    }

    /// The saga that moved last up to a moment, by its id.
    #[must_use]
    pub fn last_saga(&self, number: u32) -> Option<String> {
        let mut found = None;
        self.look_at(&mut |trace, _| {
            let shown = trace.get(..number as usize).unwrap_or(trace);
            // What a service does for a saga follows from what the saga did.
            let of_sagas = |it: &&RecordedMoment| !matches!(it.actor, Actor::Service(_));
            let mut of_sagas = shown.iter().rev().filter(of_sagas);
            found = of_sagas.find_map(|it| saga_of(it.actor, &it.moment));
        });
        found.map(|saga| saga.to_string())
    }
}

/// The saga that a moment is about, after those before it. A service may serve an order that has none.
fn saga_at(before: &[RecordedMoment], recorded: &RecordedMoment) -> Option<SagaId> {
    let saga = saga_of(recorded.actor, &recorded.moment)?;
    let is_its = |it: &RecordedMoment| {
        !matches!(it.actor, Actor::Service(_)) && saga_of(it.actor, &it.moment) == Some(saga)
    };
    before.iter().rev().any(is_its).then_some(saga)
}

fn saga_of(actor: Actor, moment: &Moment) -> Option<SagaId> {
    if let Actor::Saga(saga) = actor {
        return Some(saga);
    }
    // A reactor is at an order that has no saga.
    if let Actor::Reactor(_) = actor {
        return None;
    }
    let Moment::Saga(moment) = moment else { return None };
    match moment {
        SagaMoment::Advanced { saga, .. }
        | SagaMoment::Conflict { saga, .. }
        | SagaMoment::Refused { saga, .. }
        | SagaMoment::AttentionGiven { saga, .. } => Some(*saga),
        SagaMoment::Stalled { saga, .. } => *saga,
        SagaMoment::BackedOff { call, .. }
        | SagaMoment::Called(call)
        | SagaMoment::Answered { call, .. }
        | SagaMoment::TimedOut(call)
        | SagaMoment::ServiceAsked { call, .. }
        | SagaMoment::ServiceServed { call, .. } => Some(call.saga),
        SagaMoment::RunnerRead { .. }
        | SagaMoment::Heard { .. }
        | SagaMoment::Noted { .. }
        | SagaMoment::ModeSwitched { .. }
        | SagaMoment::ServiceSet { .. }
        | SagaMoment::ProtectionSwitched { .. } => None,
    }
}

/// Whom a call of this name goes to.
fn asked(name: &str) -> Party {
    let service = OrderRequest::service_of(name).and_then(|place| u8::try_from(place).ok());
    service.map_or(Party::Order, Party::Service)
}

/// The party that a service is, by its name.
fn service(name: &str) -> Option<Party> {
    let place = OrderServices::NAMES.iter().position(|known| *known == name)?;
    u8::try_from(place).ok().map(Party::Service)
}
