//! Which source stands behind a moment of a saga, a reactor or a service.

use super::{Compiled, compiled};
use crate::{
    app::views::Who,
    domain::orders::OrderRequest,
    kernel::ServiceRequest,
    ports::{Moment, SagaMoment},
};

static RUNNER: Compiled = compiled!("engine/saga/runner.rs");
static STARTER: Compiled = compiled!("engine/saga/starter.rs");
pub(super) static SERVICES: Compiled = compiled!("simulation/services/mod.rs");
static FULFILMENT: Compiled = compiled!("app/run/fulfilment.rs");
static ATTENDING: Compiled = compiled!("app/run/attending.rs");
pub(super) static CALLING: Compiled = compiled!("app/run/calling.rs");
static REACTOR: Compiled = compiled!("engine/saga/reactor.rs");
static REACTORS: Compiled = compiled!("app/run/reactors.rs");
pub(super) static CHOREOGRAPHY: Compiled = compiled!("domain/orders/fulfilment/choreography.rs");

/// The function that reached the moment; none when it is no moment of a saga or a service.
pub(super) fn saga_place(moment: &Moment, who: Who) -> Option<(&'static Compiled, &'static str)> {
    Some(match moment {
        Moment::Saga(moment) => match who {
            Who::Reactor(_) => place_of_reactor(moment),
            Who::Handler(..) if matches!(moment, SagaMoment::ServiceServed { .. }) => {
                (&CALLING, "charge")
            }
            _ => place_of(moment),
        },
        Moment::FaultMet { point, .. } if OrderRequest::NAMES.contains(point) => {
            (&SERVICES, "meet")
        }
        Moment::FaultArmed { point, .. } | Moment::FaultsDisarmed { point }
            if OrderRequest::NAMES.contains(point) =>
        {
            (&FULFILMENT, "apply_fulfilment")
        }
        Moment::Restarted
            if matches!(who, Who::Runner | Who::Saga | Who::Service(_) | Who::Reactor(_)) =>
        {
            (&FULFILMENT, "restart_fulfilment")
        }
        _ => return None,
    })
}

fn place_of(moment: &SagaMoment) -> (&'static Compiled, &'static str) {
    match moment {
        SagaMoment::RunnerRead { .. } => (&STARTER, "read_on"),
        SagaMoment::Stalled { saga: None, .. } => (&FULFILMENT, "begin_sagas"),
        SagaMoment::Conflict { .. } | SagaMoment::Stalled { .. } => (&RUNNER, "run"),
        SagaMoment::Advanced { .. } => (&RUNNER, "tell"),
        SagaMoment::BackedOff { .. } => (&RUNNER, "back_off"),
        SagaMoment::Called(_) => (&RUNNER, "call"),
        SagaMoment::Answered { .. } => (&RUNNER, "take"),
        SagaMoment::TimedOut(_) => (&RUNNER, "wait_for"),
        SagaMoment::ServiceAsked { .. } | SagaMoment::ServiceServed { .. } => (&SERVICES, "serve"),
        SagaMoment::Refused { .. } | SagaMoment::AttentionGiven { .. } => (&ATTENDING, "attend"),
        SagaMoment::Heard { .. } => (&REACTOR, "react"),
        SagaMoment::Noted { .. } => (&REACTOR, "note"),
        SagaMoment::ModeSwitched { .. } => (&FULFILMENT, "switch_mode"),
        SagaMoment::ServiceSet { .. } | SagaMoment::ProtectionSwitched { .. } => {
            (&FULFILMENT, "apply_fulfilment")
        }
    }
}

fn place_of_reactor(moment: &SagaMoment) -> (&'static Compiled, &'static str) {
    match moment {
        SagaMoment::RunnerRead { .. } => (&REACTOR, "keep"),
        SagaMoment::Stalled { .. } => (&REACTORS, "keep_reacting"),
        SagaMoment::BackedOff { .. } => (&REACTOR, "back_off"),
        SagaMoment::Called(_) | SagaMoment::TimedOut(_) => (&REACTOR, "ask"),
        SagaMoment::Answered { .. } => (&REACTOR, "wait_for"),
        other => place_of(other),
    }
}

/// A kind of moment of a saga or a service as the code writes it.
pub(super) fn saga_variant(name: &str) -> Option<&'static str> {
    Some(match name {
        "runner_read" => "RunnerRead",
        "saga_advanced" => "Advanced",
        "saga_conflict" => "Conflict",
        "saga_refused" => "Refused",
        "saga_stalled" => "Stalled",
        "saga_backed_off" => "BackedOff",
        "saga_called" => "Called",
        "saga_answered" => "Answered",
        "saga_timed_out" => "TimedOut",
        "service_asked" => "ServiceAsked",
        "service_served" => "ServiceServed",
        "attention_given" => "AttentionGiven",
        "fulfilment_switched" => "ModeSwitched",
        "reactor_heard" => "Heard",
        "reactor_noted" => "Noted",
        "service_set" => "ServiceSet",
        "protection_switched" => "ProtectionSwitched",
        _ => return None,
    })
}
