//! The sagas that are not over: what each is at, from what was stored of it.
//!
//! Little is kept of each, since pictures are copied: whether it turned back, and what waits for a person.

use super::super::views::{SagaAt, SagasAt};
use crate::{
    domain::orders::OrderFulfilment,
    kernel::{SagaEvent, SagaId, SagaPlan},
    ports::SagaCall,
};

impl SagasAt {
    /// Something was stored of a saga.
    pub(super) fn take(&mut self, id: SagaId, event: &SagaEvent) {
        match event {
            SagaEvent::StepGivenUp { .. } => self.saga(id).goes_back = true,
            // What was over opens again, on its way back.
            SagaEvent::StepAnsweredLate { .. } => self.saga(id).goes_back = true,
            SagaEvent::NeedsAttention { step } => self.saga(id).stuck |= bit(step),
            SagaEvent::RetryAsked { step }
            | SagaEvent::StepSettled { step, .. }
            | SagaEvent::StepCompleted { step, .. }
            | SagaEvent::StepCompensated { step, .. } => self.saga(id).stuck &= !bit(step),
            SagaEvent::Completed
            | SagaEvent::Compensated
            | SagaEvent::FailedBeforeStart
            | SagaEvent::Settled => self.under_way.retain(|saga| saga.id != id),
            _ => _ = self.saga(id),
        }
    }

    /// A saga asked for something, of a service or of somebody else.
    pub(super) fn ask(&mut self, call: &SagaCall, service: Option<u8>) {
        let saga = self.saga(call.saga);
        saga.call = Some((call.name, call.call.attempt));
        saga.waits_for = service;
    }

    /// A saga heard an answer to its last call, or does not wait for one any more. Over it may be too.
    pub(super) fn hear(&mut self, call: &SagaCall) {
        let own = Some((call.name, call.call.attempt));
        let asked = self.under_way.iter_mut().find(|saga| saga.id == call.saga && saga.call == own);
        asked.into_iter().for_each(|saga| saga.waits_for = None);
    }

    fn saga(&mut self, id: SagaId) -> &mut SagaAt {
        let known = self.under_way.iter().position(|saga| saga.id == id);
        let place = known.unwrap_or_else(|| {
            self.under_way.push(SagaAt {
                id,
                goes_back: false,
                stuck: 0,
                call: None,
                waits_for: None,
            });
            self.under_way.len() - 1
        });
        &mut self.under_way[place]
    }
}

impl SagaAt {
    /// What it is at: the step that waits for a person, or what it asked for last and which attempt that is.
    pub(in crate::app) fn at(&self) -> Option<(&'static str, u32)> {
        let steps = OrderFulfilment::PLAN.steps();
        let waits = steps.get(self.stuck.trailing_zeros() as usize).map(|step| (step.name, 1));
        waits.or(self.call)
    }
}

/// The bit of a step.
fn bit(step: &str) -> u32 {
    OrderFulfilment::PLAN.find(step).map_or(0, |place| 1 << place)
}
