//! What is said of reactors.

use super::Label;
use crate::{
    app::texts::short_id,
    kernel::{ASKED_AGAIN, StepAnswer},
    ports::SagaMoment,
    simulation::Actor,
};

impl Label<'_> {
    /// What a reactor does, or was made to do; none for what sagas and services do.
    pub(super) fn reaction(&self, moment: &SagaMoment) -> Option<String> {
        let texts = self.texts;
        if let SagaMoment::Noted { reactor, saga, event, version, position } = moment {
            let (version, position) = (self.count(version.0), self.count(position.0));
            let (service, saga) = (texts.service(reactor), saga.to_string());
            let order = short_id(&saga);
            let place = [("version", &*version), ("position", &position)];
            let is_wish = *event == ASKED_AGAIN;
            let key = if is_wish { "moment.reactor_asked_again" } else { "moment.reactor_noted" };
            let values = [("service", service), ("order", order), ("event", event)];
            return Some(texts.fill(key, &[&values[..], &place].concat()));
        }
        let reactor = match self.recorded.actor {
            Actor::Reactor(reactor) => reactor,
            Actor::Handler(_) => return self.domain_called(moment),
            _ => return None,
        };
        let service = ("service", texts.service(reactor));
        let fill = |key, more: &[(&str, &str)]| Some(texts.fill(key, &[&[service], more].concat()));
        match moment {
            SagaMoment::Heard { saga, event, is_repeat, .. } => {
                let key =
                    if *is_repeat { "moment.reactor_heard_again" } else { "moment.reactor_heard" };
                fill(key, &[("order", short_id(&saga.to_string())), ("event", event)])
            }
            SagaMoment::RunnerRead { checkpoint, .. } => {
                fill("moment.reactor_read", &[("position", &self.count(checkpoint.0))])
            }
            SagaMoment::Stalled { reason, .. } => {
                fill("moment.reactor_stalled", &[("reason", reason)])
            }
            other => self.reactor_call(service, other),
        }
    }

    /// What a domain did that calls the network.
    fn domain_called(&self, moment: &SagaMoment) -> Option<String> {
        let SagaMoment::ServiceServed { service, call, answer, .. } = moment else { return None };
        let (key, reason) = match answer {
            StepAnswer::Done => ("moment.domain_called_done", String::new()),
            StepAnswer::Refused { reason } | StepAnswer::Unavailable { reason } => {
                ("moment.domain_called_refused", self.texts.step_reason(reason))
            }
        };
        let service = self.texts.service(service);
        Some(self.of_call(key, call, &[("service", service), ("reason", &reason)]))
    }

    /// What becomes of what a reactor asks for.
    fn reactor_call(&self, service: (&str, &str), moment: &SagaMoment) -> Option<String> {
        let texts = self.texts;
        let (key, call, more) = match moment {
            SagaMoment::BackedOff { call, time } => {
                ("moment.reactor_backed_off", call, texts.milliseconds(time.0))
            }
            SagaMoment::Called(call) => ("moment.reactor_called", call, String::new()),
            SagaMoment::Answered { call, answer } => match answer {
                StepAnswer::Done => ("moment.reactor_answered_done", call, String::new()),
                StepAnswer::Refused { reason } => {
                    ("moment.reactor_answered_refused", call, texts.step_reason(reason))
                }
                StepAnswer::Unavailable { reason } => {
                    ("moment.reactor_answered_unavailable", call, texts.step_reason(reason))
                }
            },
            _ => return None,
        };
        Some(self.of_call(key, call, &[service, ("time", &more), ("reason", &more)]))
    }
}
