//! What is said of sagas, of reactors, and of the services that do their steps.

use super::Label;
use crate::{
    app::texts::{Texts, short_id},
    domain::orders::{OrderFulfilment, OrderRequest},
    kernel::{SagaEvent, SagaId, SagaPlan, ServiceRequest, StepAnswer, StreamId},
    ports::{Moment, SagaCall, SagaMoment},
    simulation::Actor,
};

impl Texts {
    /// Why a step was not done, by its code; a code that nobody knows is shown as it is.
    #[must_use]
    pub fn step_reason(self, code: &str) -> String {
        self.say(match code {
            "not_enough_stock" => "step_reason.not_enough_stock",
            "card_declined" => "step_reason.card_declined",
            "over_limit" => "step_reason.over_limit",
            "address_missing" => "step_reason.address_missing",
            "handed_over" => "step_reason.handed_over",
            "no_parcel" => "step_reason.no_parcel",
            "undone_before" => "step_reason.undone_before",
            "order_missing" => "step_reason.order_missing",
            "order_not_pending" => "step_reason.order_not_pending",
            "order_cancelled" => "step_reason.order_cancelled",
            "customer_invalid" => "step_reason.customer_invalid",
            "refused" => "step_reason.refused",
            "unavailable" => "step_reason.unavailable",
            "overloaded" => "step_reason.overloaded",
            "no answer in time" => "step_reason.no_answer",
            other => return other.to_owned(),
        })
        .into()
    }
}

/// What is said of a moment of sagas and services. In the page it comes with their code.
#[cfg(target_arch = "wasm32")]
static SAY: std::sync::OnceLock<fn(&Label<'_>) -> String> = std::sync::OnceLock::new();

/// Lets moments of sagas and services be told.
#[cfg(target_arch = "wasm32")]
pub fn install_saga_sentences() {
    // Installed twice, it is the same.
    let _ = SAY.set(say);
}

fn say(label: &Label<'_>) -> String {
    match &label.recorded.moment {
        Moment::Saga(moment) => label.reaction(moment).unwrap_or_else(|| label.saga(moment)),
        Moment::StreamRead { stream, version, events } => {
            label.saga_read(stream, version.0, *events as u64)
        }
        Moment::FaultArmed { point, .. }
        | Moment::FaultsDisarmed { point }
        | Moment::FaultMet { point, .. } => label.service_fault(point, &label.recorded.moment),
        _ => unreachable!("it is about no saga"),
    }
}

impl Label<'_> {
    /// What is said of this moment, if it is one of sagas and services.
    pub(super) fn of_sagas(&self) -> Option<String> {
        let is_one = match &self.recorded.moment {
            Moment::Saga(_) => true,
            Moment::StreamRead { stream, .. } => self.is_of_saga(stream),
            Moment::FaultArmed { point, .. }
            | Moment::FaultsDisarmed { point }
            | Moment::FaultMet { point, .. } => OrderRequest::NAMES.contains(point),
            _ => false,
        };
        #[cfg(target_arch = "wasm32")]
        let say = SAY.get()?;
        is_one.then(|| say(self))
    }

    fn saga(&self, moment: &SagaMoment) -> String {
        match moment {
            SagaMoment::Advanced { saga, events, version, position, .. } => {
                let (version, position) = (self.count(version.0), self.count(position.0));
                let events = events.iter().map(SagaEvent::name).collect::<Vec<_>>().join(", ");
                let more = [("events", &*events), ("version", &version), ("position", &position)];
                self.of_saga("moment.saga_advanced", *saga, &more)
            }
            SagaMoment::Conflict { saga, expected, actual } => {
                let (expected, actual) = (self.count(expected.0), self.count(actual.0));
                let more = [("expected", &*expected), ("actual", &actual)];
                self.of_saga("moment.saga_conflict", *saga, &more)
            }
            SagaMoment::Refused { saga, rule, .. } => {
                self.of_saga("moment.saga_refused", *saga, &[("rule", rule)])
            }
            SagaMoment::Stalled { saga: Some(saga), reason } => {
                self.of_saga("moment.saga_stalled", *saga, &[("reason", reason)])
            }
            SagaMoment::Stalled { saga: None, reason } => {
                self.texts.fill("moment.runner_stalled", &[("reason", reason)])
            }
            SagaMoment::RunnerRead { checkpoint, .. } => {
                self.texts.fill("moment.runner_read", &[("position", &self.count(checkpoint.0))])
            }
            other => self.saga_call(other),
        }
    }

    /// Whether a stream is read for a saga: its own, or that of its order.
    fn is_of_saga(&self, stream: &StreamId) -> bool {
        let by_saga = matches!(self.recorded.actor, Actor::Saga(_) | Actor::Reactor(_));
        by_saga || stream.category() == OrderFulfilment::CATEGORY
    }

    fn saga_read(&self, stream: &StreamId, version: u64, events: u64) -> String {
        let is_own = stream.category() == OrderFulfilment::CATEGORY;
        let (key, service) = match self.recorded.actor {
            Actor::Reactor(reactor) => ("moment.reactor_looked", self.texts.service(reactor)),
            _ if is_own => ("moment.saga_read", ""),
            _ => ("moment.saga_looked", ""),
        };
        let (order, version) = (short_id(stream.instance()), self.count(version));
        let values = [("order", order), ("version", &*version), ("service", service)];
        self.texts.plural(key, events, &values)
    }

    /// What became of a call.
    fn saga_call(&self, moment: &SagaMoment) -> String {
        match moment {
            SagaMoment::BackedOff { call, time } => {
                let time = self.texts.milliseconds(time.0);
                self.of_call("moment.saga_backed_off", call, &[("time", &time)])
            }
            SagaMoment::Called(call) => self.of_call("moment.saga_called", call, &[]),
            SagaMoment::TimedOut(call) => self.of_call("moment.saga_timed_out", call, &[]),
            SagaMoment::Answered { call, answer } => {
                let (key, reason) = match answer {
                    StepAnswer::Done => ("moment.saga_answered_done", String::new()),
                    StepAnswer::Refused { reason } => {
                        ("moment.saga_answered_refused", self.texts.step_reason(reason))
                    }
                    StepAnswer::Unavailable { reason } => {
                        ("moment.saga_answered_unavailable", self.texts.step_reason(reason))
                    }
                };
                self.of_call(key, call, &[("reason", &reason)])
            }
            other => self.service(other),
        }
    }

    /// What a service did.
    fn service(&self, moment: &SagaMoment) -> String {
        match moment {
            SagaMoment::ServiceAsked { service, call } => {
                let service = self.texts.service(service);
                self.of_call("moment.service_asked", call, &[("service", service)])
            }
            SagaMoment::ServiceServed { service, call, answer, is_repeat, .. } => {
                let (key, reason) = match answer {
                    StepAnswer::Done if *is_repeat => ("moment.service_repeat", String::new()),
                    StepAnswer::Done => ("moment.service_done", String::new()),
                    StepAnswer::Refused { reason } => {
                        ("moment.service_refused", self.texts.step_reason(reason))
                    }
                    StepAnswer::Unavailable { reason } => {
                        ("moment.service_unavailable", self.texts.step_reason(reason))
                    }
                };
                let service = self.texts.service(service);
                self.of_call(key, call, &[("service", service), ("reason", &reason)])
            }
            other => self.saga_outside(other),
        }
    }

    /// What came from outside.
    fn saga_outside(&self, moment: &SagaMoment) -> String {
        let texts = self.texts;
        match moment {
            SagaMoment::AttentionGiven { saga, step, retry, .. } => {
                let key =
                    if *retry { "moment.attention_retry" } else { "moment.attention_settled" };
                self.of_saga(key, *saga, &[("step", step)])
            }
            SagaMoment::ModeSwitched { mode } => {
                let key = match *mode {
                    "saga" => "moment.fulfilled_by_saga",
                    "choreography" => "moment.fulfilled_by_reactors",
                    _ => "moment.fulfilled_by_people",
                };
                texts.say(key).into()
            }
            SagaMoment::ServiceSet { service, name, amount } => {
                texts.service_set(service, name, *amount)
            }
            SagaMoment::ProtectionSwitched { protection, on } => texts
                .say(match (*protection, on) {
                    ("idempotency", true) => "moment.idempotency_on",
                    ("idempotency", false) => "moment.idempotency_off",
                    ("pure_domain", true) => "moment.pure_domain_on",
                    ("pure_domain", false) => "moment.pure_domain_off",
                    (_, true) => "moment.semantic_lock_on",
                    (_, false) => "moment.semantic_lock_off",
                })
                .into(),
            _ => unreachable!("what sagas and services reach is told before"),
        }
    }

    /// A fault that waits for requests, or met one.
    fn service_fault(&self, point: &str, moment: &Moment) -> String {
        let texts = self.texts;
        match moment {
            Moment::FaultArmed { fault, times, .. } => {
                let (fault, times) = (texts.service_fault(fault), texts.fault_times(times));
                let values = [("point", point), ("fault", fault), ("times", times)];
                texts.fill("moment.service_fault_armed", &values)
            }
            Moment::FaultMet { fault, .. } => {
                let values = [("point", point), ("fault", texts.service_fault(fault))];
                texts.fill("moment.service_fault_met", &values)
            }
            _ => texts.fill("moment.service_faults_disarmed", &[("point", point)]),
        }
    }

    fn of_saga(&self, key: &'static str, saga: SagaId, more: &[(&str, &str)]) -> String {
        let saga = saga.to_string();
        self.texts.fill(key, &[&[("order", short_id(&saga))], more].concat())
    }

    pub(super) fn of_call(
        &self,
        key: &'static str,
        call: &SagaCall,
        more: &[(&str, &str)],
    ) -> String {
        let attempt = self.count(u64::from(call.call.attempt));
        let values = [&[("call", call.name), ("attempt", &attempt)], more].concat();
        self.of_saga(key, call.saga, &values)
    }

    pub(super) fn count(&self, number: u64) -> String {
        self.texts.count(number)
    }
}
