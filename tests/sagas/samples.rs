//! A small plan with a step of each kind, and words for what happens to it.

use hindsight::kernel::{
    Call, Direction, Micros, Plan, SagaCommand, SagaDecider, SagaEvent, SagaPlan, Step, StepAnswer,
    StepKind, StreamId,
};

/// Reserve, charge, hand over, tell: undone, undone, point of no return, tried again.
pub(crate) struct Small;

pub(crate) type SmallSaga = SagaDecider<Small>;

impl SagaPlan for Small {
    const CATEGORY: &'static str = "small";
    const PLAN: Plan = Plan::checked(&[
        step("Reserve", StepKind::Compensatable { compensation: Some("Release") }),
        step("Charge", StepKind::Compensatable { compensation: Some("Refund") }),
        step("HandOver", StepKind::Pivot),
        step("Tell", StepKind::Retriable),
    ]);
}

pub(crate) const RESERVE: usize = 0;
pub(crate) const CHARGE: usize = 1;
pub(crate) const HAND_OVER: usize = 2;
pub(crate) const TELL: usize = 3;

pub(crate) const fn step(name: &'static str, kind: StepKind) -> Step {
    Step { name, kind, attempts_max: 2, deadline: Micros(2_500_000) }
}

pub(crate) fn name(step: usize) -> String {
    Small::PLAN.steps()[step].name.to_owned()
}

pub(crate) fn subject() -> StreamId {
    StreamId::new("order", "7")
}

pub(crate) fn start() -> SagaCommand {
    SagaCommand::Start { subject: subject() }
}

pub(crate) fn forward(step: usize, attempt: u32) -> Call {
    Call { direction: Direction::Forward, step, attempt }
}

pub(crate) fn back(step: usize, attempt: u32) -> Call {
    Call { direction: Direction::Back, step, attempt }
}

pub(crate) fn done(call: Call) -> SagaCommand {
    SagaCommand::Answer { call, answer: StepAnswer::Done }
}

pub(crate) fn refused(call: Call) -> SagaCommand {
    SagaCommand::Answer { call, answer: StepAnswer::Refused { reason: "no".to_owned() } }
}

pub(crate) fn unavailable(call: Call) -> SagaCommand {
    SagaCommand::Answer { call, answer: StepAnswer::Unavailable { reason: "down".to_owned() } }
}

pub(crate) fn started() -> SagaEvent {
    SagaEvent::Started { subject: subject() }
}

pub(crate) fn requested(step: usize, attempt: u32) -> SagaEvent {
    SagaEvent::StepRequested { step: name(step), attempt }
}

pub(crate) fn completed(step: usize) -> [SagaEvent; 2] {
    [requested(step, 1), SagaEvent::StepCompleted { step: name(step), attempt: 1 }]
}

pub(crate) fn failed(step: usize, attempt: u32, reason: &str) -> SagaEvent {
    SagaEvent::StepFailed { step: name(step), attempt, reason: reason.to_owned() }
}

pub(crate) fn timed_out(step: usize, attempt: u32) -> SagaEvent {
    SagaEvent::StepTimedOut { step: name(step), attempt }
}

pub(crate) fn given_up(step: usize, reason: &str, may_be_done: bool) -> SagaEvent {
    SagaEvent::StepGivenUp { step: name(step), reason: reason.to_owned(), may_be_done }
}

pub(crate) fn asked_back(step: usize, attempt: u32) -> SagaEvent {
    SagaEvent::CompensationRequested { step: name(step), attempt }
}

pub(crate) fn compensated(step: usize, attempt: u32) -> SagaEvent {
    SagaEvent::StepCompensated { step: name(step), attempt }
}

pub(crate) fn failed_back(step: usize, attempt: u32, reason: &str) -> SagaEvent {
    SagaEvent::CompensationFailed { step: name(step), attempt, reason: reason.to_owned() }
}

pub(crate) fn needs_attention(step: usize) -> SagaEvent {
    SagaEvent::NeedsAttention { step: name(step) }
}

/// Everything up to the charge, which was refused.
pub(crate) fn declined() -> Vec<SagaEvent> {
    let refusal = [requested(CHARGE, 1), failed(CHARGE, 1, "no"), given_up(CHARGE, "no", false)];
    [started()].into_iter().chain(completed(RESERVE)).chain(refusal).collect()
}

/// Everything up to the charge, which was asked for twice and never answered.
pub(crate) fn unanswered() -> Vec<SagaEvent> {
    let silence = [
        requested(CHARGE, 1),
        timed_out(CHARGE, 1),
        requested(CHARGE, 2),
        timed_out(CHARGE, 2),
        given_up(CHARGE, "no answer in time", true),
    ];
    [started()].into_iter().chain(completed(RESERVE)).chain(silence).collect()
}
