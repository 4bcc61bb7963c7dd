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

    /// A saga asked for something.
    pub(super) fn ask(&mut self, call: &SagaCall) {
        self.saga(call.saga).call = Some((call.name, call.call.attempt));
    }

    fn saga(&mut self, id: SagaId) -> &mut SagaAt {
        let known = self.under_way.iter().position(|saga| saga.id == id);
        let place = known.unwrap_or_else(|| {
            self.under_way.push(SagaAt { id, goes_back: false, stuck: 0, call: None });
            self.under_way.len() - 1
        });
        &mut self.under_way[place]
    }
}

/// The bit of a step.
fn bit(step: &str) -> u32 {
    OrderFulfilment::PLAN.find(step).map_or(0, |place| 1 << place)
}
