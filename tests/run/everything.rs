//! The tape with one of everything that can come from outside, to which hosts and browsers are held; and
//! that nothing is missing on it.

use std::collections::BTreeSet;

use hindsight::{
    domain::orders::OrderCommand,
    kernel::{CommandId, Micros, SagaId, StoredEvent, from_json},
    ports::Stage,
    simulation::{
        ArmedFault, ArmedServiceFault, Attention, Fault, FaultPoint, FulfilmentInput,
        FulfilmentMode, Input, Protection, ServiceFault, ServiceSetting, Target, Times,
    },
};
use uuid::Uuid;

use crate::sample::{OrderTape, by_second, cancel, create, given, order, pay, seen, ship, tape};

type OrderInput = Input<OrderCommand>;

/// One of everything that can come from outside.
pub(crate) fn everything() -> OrderTape {
    let orders = of_commands().into_iter().chain(of_trouble());
    let orders = orders.chain(of_fulfilment()).chain(of_choreography());
    tape(7, orders)
}

fn arm(point: FaultPoint, fault: Fault, times: Times) -> OrderInput {
    Input::Arm(ArmedFault { point, fault, times })
}

fn projector() -> Target {
    Target::Projector("order_details".to_owned())
}

/// One order, what is done to the tasks around it, and every switch.
fn of_commands() -> Vec<(u64, OrderInput)> {
    let handler = Target::Handler(CommandId(Uuid::from_u128(2)));
    let arm = |fault, times| arm(FaultPoint::Append, fault, times);
    vec![
        (0, given(1, create(1))),
        (2_000, Input::Slow(projector(), Micros(500))),
        (2_000, given(2, pay(1))),
        (2_600, Input::Crash(handler.clone())),
        (3_000, Input::Restart(handler)),
        (6_000, Input::Mark("paid".to_owned())),
        (6_000, Input::Pause(projector())),
        (6_000, arm(Fault::Conflict, Times::Next(1))),
        (6_000, given(3, ship(1))),
        (9_000, Input::Resume(projector())),
        (9_000, arm(Fault::Slow(Micros(300)), Times::Chance { hits: 1, of: 2 })),
        (9_000, Input::CheckVersions(false)),
        (9_000, Input::Behaviours(vec![Stage::Validation, Stage::Retry])),
        (9_100, by_second(seen(4, Some(2), cancel(1)))),
        (12_000, Input::Disarm(FaultPoint::Append)),
        (12_100, Input::Rebuild(projector())),
        (12_500, Input::Reload),
    ]
}

/// An event of another tab, and a command that meets one failure of the store after the other.
fn of_trouble() -> Vec<(u64, OrderInput)> {
    vec![
        (20_000, Input::Foreign(vec![foreign()])),
        (20_000, Input::MarkPast(3, "decided".to_owned())),
        (21_000, arm(FaultPoint::Append, Fault::Unavailable, Times::Next(1))),
        (21_000, given(5, create(2))),
        (24_000, arm(FaultPoint::Append, Fault::DiskFull, Times::Always)),
        (24_000, given(5, create(2))),
        (27_000, Input::Disarm(FaultPoint::Append)),
        (27_000, arm(FaultPoint::Append, Fault::LoseAnswer, Times::Next(1))),
        (27_000, arm(FaultPoint::UpdateReadModel, Fault::Conflict, Times::Next(1))),
        (27_000, arm(FaultPoint::ReadLog, Fault::Unavailable, Times::Next(1))),
        (27_000, given(5, create(2))),
        (30_000, arm(FaultPoint::ReadStream, Fault::Slow(Micros(400)), Times::Next(1))),
        (30_000, given(5, create(2))),
    ]
}

/// An event of another tab.
fn foreign() -> StoredEvent {
    let text = include_str!("../tapes/foreign.json");
    from_json(text).expect("a stored event")
}

/// An order that a saga fulfils, while every service fails in its own way, and a person sees to the rest.
fn of_fulfilment() -> Vec<(u64, OrderInput)> {
    let fulfilment = |input| (40_000, Input::Fulfilment(input));
    let arm = |request: &str, fault, times| {
        let request = request.to_owned();
        fulfilment(FulfilmentInput::Arm(ArmedServiceFault { request, fault, times }))
    };
    let (service, name) = ("inventory".to_owned(), "Moka".to_owned());
    let attention = Attention {
        id: CommandId(Uuid::from_u128(7)),
        saga: SagaId(order(3).0),
        step: "SendConfirmation".to_owned(),
        settled: Some("told by phone".to_owned()),
    };
    let (saga, shipping) = (Target::Saga(SagaId(order(3).0)), "shipping".to_owned());
    let late = |input| (120_000_000, Input::Fulfilment(input));
    vec![
        fulfilment(FulfilmentInput::Mode(FulfilmentMode::Saga)),
        fulfilment(FulfilmentInput::Set(ServiceSetting { service, name, amount: 9 })),
        fulfilment(FulfilmentInput::Protect(Protection::Idempotency, true)),
        fulfilment(FulfilmentInput::Protect(Protection::SemanticLock, false)),
        fulfilment(FulfilmentInput::Protect(Protection::SemanticLock, true)),
        arm("ReserveInventory", ServiceFault::Duplicate, Times::Next(1)),
        arm("ProcessPayment", ServiceFault::Slow(Micros(200_000)), Times::Next(1)),
        arm("ProcessPayment", ServiceFault::Unavailable, Times::Next(1)),
        arm("CreateShipment", ServiceFault::LoseRequest, Times::Next(1)),
        arm("HandOver", ServiceFault::LoseAnswer, Times::Next(1)),
        arm("SendConfirmation", ServiceFault::Refuse, Times::Always),
        (40_000, Input::Slow(Target::Service(shipping), Micros(100))),
        (41_000, given(6, create(3))),
        (500_000, Input::Crash(saga.clone())),
        (600_000, Input::Restart(saga)),
        (700_000, Input::Crash(Target::Runner)),
        (800_000, Input::Restart(Target::Runner)),
        late(FulfilmentInput::Disarm("SendConfirmation".to_owned())),
        late(FulfilmentInput::Attend(attention)),
    ]
}

/// An order that nobody conducts, with the reactor of payment killed while it waits, and a refund that a
/// person has tried again; then one whose domain calls the network.
fn of_choreography() -> Vec<(u64, OrderInput)> {
    let second = 1_000_000;
    let fulfilment = |at, input| (at, Input::Fulfilment(input));
    let arm = |request: &str, fault, times| {
        let request = request.to_owned();
        fulfilment(200 * second, FulfilmentInput::Arm(ArmedServiceFault { request, fault, times }))
    };
    let attention = Attention {
        id: CommandId(Uuid::from_u128(9)),
        saga: SagaId(order(4).0),
        step: "ProcessPayment".to_owned(),
        settled: None,
    };
    let reactor = Target::Reactor("payment".to_owned());
    let mode = FulfilmentInput::Mode;
    vec![
        fulfilment(200 * second, mode(FulfilmentMode::Choreography)),
        arm("ProcessPayment", ServiceFault::LoseAnswer, Times::Next(1)),
        arm("CreateShipment", ServiceFault::Refuse, Times::Next(1)),
        arm("RefundPayment", ServiceFault::Unavailable, Times::Next(3)),
        (200 * second, given(8, create(4))),
        (201 * second, Input::Crash(reactor.clone())),
        (202 * second, Input::Restart(reactor)),
        fulfilment(240 * second, FulfilmentInput::Attend(attention)),
        fulfilment(260 * second, mode(FulfilmentMode::People)),
        fulfilment(270 * second, FulfilmentInput::Protect(Protection::PureDomain, false)),
        (270 * second, given(10, create(5))),
        (271 * second, given(11, pay(5))),
        (272 * second, given(12, ship(5))),
        fulfilment(280 * second, FulfilmentInput::Protect(Protection::PureDomain, true)),
    ]
}

/// Names every kind of something: a function that names one, and the names of all. A kind that is not
/// named is no pattern of the match, and does not compile.
macro_rules! kinds {
    ($one:ident, $all:ident: $type:ty { $($pattern:pat => $name:literal,)* }) => {
        fn $one(one: &$type) -> &'static str {
            match one {
                $($pattern => $name,)*
            }
        }

        const $all: &[&str] = &[$($name),*];
    };
}

kinds!(input, INPUTS: OrderInput {
    Input::Command(_) => "command",
    Input::Arm(_) => "arm",
    Input::Disarm(_) => "disarm",
    Input::Crash(_) => "crash",
    Input::Restart(_) => "restart",
    Input::Pause(_) => "pause",
    Input::Resume(_) => "resume",
    Input::Slow(..) => "slow",
    Input::Rebuild(_) => "rebuild",
    Input::CheckVersions(_) => "check_versions",
    Input::Behaviours(_) => "behaviours",
    Input::Reload => "reload",
    Input::Foreign(_) => "foreign",
    Input::Mark(_) => "mark",
    Input::MarkPast(..) => "mark_past",
    Input::Fulfilment(_) => "fulfilment",
});

kinds!(fulfilment, FULFILMENT: FulfilmentInput {
    FulfilmentInput::Mode(_) => "mode",
    FulfilmentInput::Attend(_) => "attend",
    FulfilmentInput::Arm(_) => "arm",
    FulfilmentInput::Disarm(_) => "disarm",
    FulfilmentInput::Set(_) => "set",
    FulfilmentInput::Protect(..) => "protect",
});

kinds!(mode, MODES: FulfilmentMode {
    FulfilmentMode::People => "people",
    FulfilmentMode::Saga => "saga",
    FulfilmentMode::Choreography => "choreography",
});

kinds!(protection, PROTECTIONS: Protection {
    Protection::Idempotency => "idempotency",
    Protection::SemanticLock => "semantic_lock",
    Protection::PureDomain => "pure_domain",
});

kinds!(fault, FAULTS: Fault {
    Fault::DiskFull => "disk_full",
    Fault::Unavailable => "unavailable",
    Fault::LoseAnswer => "lose_answer",
    Fault::Conflict => "conflict",
    Fault::Slow(_) => "slow",
});

kinds!(point, POINTS: FaultPoint {
    FaultPoint::Append => "append",
    FaultPoint::ReadStream => "read_stream",
    FaultPoint::ReadLog => "read_log",
    FaultPoint::UpdateReadModel => "update_read_model",
});

kinds!(service_fault, SERVICE_FAULTS: ServiceFault {
    ServiceFault::Refuse => "refuse",
    ServiceFault::Unavailable => "unavailable",
    ServiceFault::Slow(_) => "slow",
    ServiceFault::LoseRequest => "lose_request",
    ServiceFault::LoseAnswer => "lose_answer",
    ServiceFault::Duplicate => "duplicate",
});

kinds!(times, TIMES: Times {
    Times::Next(_) => "next",
    Times::Always => "always",
    Times::Chance { .. } => "chance",
});

kinds!(target, TARGETS: Target {
    Target::Handler(_) => "handler",
    Target::Projector(_) => "projector",
    Target::Runner => "runner",
    Target::Saga(_) => "saga",
    Target::Service(_) => "service",
    Target::Reactor(_) => "reactor",
});

/// What of each sort a tape has on it.
fn found(tape: &OrderTape) -> [BTreeSet<&'static str>; 9] {
    let mut all: [BTreeSet<_>; 9] = Default::default();
    for entry in &tape.entries {
        all[0].insert(input(&entry.input));
        match &entry.input {
            Input::Arm(armed) => {
                all[2].insert(fault(&armed.fault));
                all[3].insert(point(&armed.point));
                all[5].insert(times(&armed.times));
            }
            Input::Crash(whom) | Input::Slow(whom, _) => _ = all[6].insert(target(whom)),
            Input::Fulfilment(given) => {
                all[1].insert(fulfilment(given));
                match given {
                    FulfilmentInput::Mode(way) => _ = all[7].insert(mode(way)),
                    FulfilmentInput::Protect(one, _) => _ = all[8].insert(protection(one)),
                    _ => {}
                }
                if let FulfilmentInput::Arm(armed) = given {
                    all[4].insert(service_fault(&armed.fault));
                }
            }
            _ => {}
        }
    }
    all
}

#[test]
fn no_kind_of_input_or_of_fault_is_missing_on_the_tape() {
    let all =
        [INPUTS, FULFILMENT, FAULTS, POINTS, SERVICE_FAULTS, TIMES, TARGETS, MODES, PROTECTIONS];
    let all = all.map(|kinds| kinds.iter().copied().collect::<BTreeSet<_>>());
    assert_eq!(found(&everything()), all);
}
