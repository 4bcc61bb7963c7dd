//! Moments of sagas and services in words of the code.

use super::describe::{Description, described};
use crate::{
    kernel::{Direction, Holding, SagaEvent, StepAnswer},
    ports::{SagaCall, SagaMoment},
};

/// What a moment of a saga or a service is, as names and values.
pub(super) fn describe(moment: &SagaMoment) -> Description {
    match moment {
        SagaMoment::RunnerRead { model, checkpoint, events } => {
            described!("runner_read", model, checkpoint = checkpoint.0, events)
        }
        SagaMoment::Advanced { saga, events, step, version, position } => {
            let events = events.iter().map(SagaEvent::name).collect::<Vec<_>>().join(", ");
            let (version, position) = (version.0, position.0);
            described!("saga_advanced", saga, events, step, version, position)
        }
        SagaMoment::Conflict { saga, expected, actual } => {
            described!("saga_conflict", saga, expected = expected.0, actual = actual.0)
        }
        SagaMoment::Refused { saga, command, rule } => {
            described!("saga_refused", saga, command, rule)
        }
        SagaMoment::Stalled { saga, reason } => {
            let saga = saga.map_or(String::new(), |saga| saga.to_string());
            described!("saga_stalled", saga, reason)
        }
        SagaMoment::BackedOff { call, time } => {
            with_call("saga_backed_off", call, vec![("time", time.0.to_string())])
        }
        SagaMoment::Called(call) => with_call("saga_called", call, vec![]),
        SagaMoment::Answered { call, answer } => with_call("saga_answered", call, of(answer)),
        SagaMoment::TimedOut(call) => with_call("saga_timed_out", call, vec![]),
        SagaMoment::ServiceAsked { service, call } => {
            with_call("service_asked", call, vec![("service", (*service).to_owned())])
        }
        SagaMoment::ServiceServed { service, call, answer, is_repeat, holdings } => {
            let mut facts = vec![("service", (*service).to_owned())];
            facts.extend(of(answer));
            facts.push(("is_repeat", is_repeat.to_string()));
            facts.push(("holdings", holdings.iter().map(held).collect::<Vec<_>>().join(", ")));
            with_call("service_served", call, facts)
        }
        other => describe_reactor(other),
    }
}

/// What a reactor does by itself.
fn describe_reactor(moment: &SagaMoment) -> Description {
    match moment {
        SagaMoment::Heard { category, saga, event, is_repeat } => {
            described!("reactor_heard", category, saga, event, is_repeat)
        }
        SagaMoment::Noted { reactor, saga, event, version, position } => {
            let (version, position) = (version.0, position.0);
            described!("reactor_noted", reactor, saga, event, version, position)
        }
        other => describe_outside(other),
    }
}

/// What came from outside.
fn describe_outside(moment: &SagaMoment) -> Description {
    match moment {
        SagaMoment::AttentionGiven { saga, command, step, retry } => {
            described!("attention_given", saga, command, step, retry)
        }
        SagaMoment::ModeSwitched { mode } => described!("fulfilment_switched", mode),
        SagaMoment::ServiceSet { service, name, amount } => {
            described!("service_set", service, name, amount)
        }
        SagaMoment::ProtectionSwitched { protection, on } => {
            described!("protection_switched", protection, on)
        }
        _ => unreachable!("what sagas and services reach is described before"),
    }
}

fn with_call(
    name: &'static str,
    SagaCall { saga, name: asked, call }: &SagaCall,
    more: Vec<(&'static str, String)>,
) -> Description {
    let direction = match call.direction {
        Direction::Forward => "forward",
        Direction::Back => "back",
    };
    let mut facts = vec![
        ("saga", saga.to_string()),
        ("call", (*asked).to_owned()),
        ("direction", direction.to_owned()),
        ("attempt", call.attempt.to_string()),
    ];
    facts.extend(more);
    Description { name, facts }
}

fn of(answer: &StepAnswer) -> Vec<(&'static str, String)> {
    let (outcome, reason) = match answer {
        StepAnswer::Done => ("done", None),
        StepAnswer::Refused { reason } => ("refused", Some(reason)),
        StepAnswer::Unavailable { reason } => ("unavailable", Some(reason)),
    };
    let reason = reason.map(|reason| ("reason", reason.clone()));
    [("outcome", outcome.to_owned())].into_iter().chain(reason).collect()
}

fn held(Holding { name, amount }: &Holding) -> String {
    format!("{name}: {amount}")
}
