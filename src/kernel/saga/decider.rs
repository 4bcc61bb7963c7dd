//! The saga's decider: the same for every plan.

use std::marker::PhantomData;

use super::{
    Call, Direction, Ending, Leg, Plan, Progress, Saga, SagaCommand, SagaEvent, SagaPlan,
    SagaRejection, StepAnswer, StepKind, StepState,
};
use crate::kernel::{Decider, evolve_all};

/// Decides what becomes of a saga with this plan.
///
/// What it is told twice is "already so". A step that was given up without an answer counts as done
/// when there is something to undo: to undo what was not done harms nobody.
#[derive(Clone, Copy, Debug)]
pub struct SagaDecider<P>(PhantomData<P>);

type Decision = Result<Vec<SagaEvent>, SagaRejection>;

impl<P: SagaPlan> Decider for SagaDecider<P> {
    type Command = SagaCommand;
    type Event = SagaEvent;
    type Rejection = SagaRejection;
    type State = Option<Saga>;

    fn initial() -> Self::State {
        None
    }

    fn decide(state: &Self::State, command: &SagaCommand) -> Decision {
        let mut events = match (state, command) {
            (None, SagaCommand::Start { subject }) => {
                return Ok(vec![SagaEvent::Started { subject: subject.clone() }]);
            }
            (None, _) => return Err(SagaRejection::NotStarted),
            (Some(saga), command) => decide_started(&P::PLAN, saga, command)?,
        };
        // Nothing ends with what is only asked for, and most that happens is.
        if events.iter().all(SagaEvent::is_request) {
            return Ok(events);
        }
        let after = evolve_all::<Self>(state.clone(), &events);
        let end = after.and_then(|saga| saga.reached_end(&P::PLAN)).map(ended);
        events.extend(end);
        Ok(events)
    }

    fn evolve(state: Self::State, event: &SagaEvent) -> Self::State {
        match (state, event) {
            (_, SagaEvent::Started { subject }) => Some(Saga::new(subject.clone(), &P::PLAN)),
            (Some(saga), event) => Some(evolve_started(&P::PLAN, saga, event)),
            (None, _) => None,
        }
    }
}

fn ended(ending: Ending) -> SagaEvent {
    match ending {
        Ending::Completed => SagaEvent::Completed,
        Ending::Compensated => SagaEvent::Compensated,
        Ending::FailedBeforeStart => SagaEvent::FailedBeforeStart,
        Ending::Settled => SagaEvent::Settled,
    }
}

fn decide_started(plan: &Plan, saga: &Saga, command: &SagaCommand) -> Decision {
    match command {
        SagaCommand::Start { subject } if *subject == saga.subject => Ok(vec![]),
        SagaCommand::Start { .. } => {
            Err(SagaRejection::StartedForAnother { subject: saga.subject.clone() })
        }
        SagaCommand::Request(call) if saga.waits_for(plan) == Some(*call) => Ok(vec![]),
        SagaCommand::Request(call) => match saga.next(plan) {
            Some(next) if next == *call => Ok(vec![requested(plan, next)]),
            next => Err(SagaRejection::NotNext { next }),
        },
        SagaCommand::Answer { call, answer } => {
            refuse_unmade(saga, *call)?;
            Ok(match call.direction {
                Direction::Forward => answered(plan, saga, *call, answer),
                Direction::Back => answered_back(plan, saga, *call, answer),
            })
        }
        SagaCommand::TimeOut(call) => {
            refuse_unmade(saga, *call)?;
            let waits = saga.waits_for(plan) == Some(*call);
            Ok(if waits { timed_out(plan, saga, *call) } else { vec![] })
        }
        SagaCommand::Retry { step } => {
            let at = given_up(plan, saga, step)?;
            let state = saga.steps[at];
            if state.back.progress == Progress::Stuck && plan.steps()[at].compensation().is_none() {
                return Err(SagaRejection::NothingToRetry { step: step.clone() });
            }
            Ok(vec![SagaEvent::RetryAsked { step: step.clone() }])
        }
        SagaCommand::Settle { step, note } => {
            given_up(plan, saga, step)?;
            Ok(vec![SagaEvent::StepSettled { step: step.clone(), note: note.clone() }])
        }
    }
}

fn name(plan: &Plan, step: usize) -> String {
    plan.steps()[step].name.to_owned()
}

fn requested(plan: &Plan, Call { direction, step, attempt }: Call) -> SagaEvent {
    let step = name(plan, step);
    match direction {
        Direction::Forward => SagaEvent::StepRequested { step, attempt },
        Direction::Back => SagaEvent::CompensationRequested { step, attempt },
    }
}

/// A call that was never made can neither be answered nor time out.
fn refuse_unmade(saga: &Saga, call: Call) -> Result<(), SagaRejection> {
    if call.step >= saga.steps.len() || call.attempt == 0 {
        return Err(SagaRejection::NotRequested);
    }
    let made = saga.leg(call.direction, call.step).attempts;
    if call.attempt > made { Err(SagaRejection::NotRequested) } else { Ok(()) }
}

/// Which step it is: a person can only see to what was given up.
fn given_up(plan: &Plan, saga: &Saga, step: &str) -> Result<usize, SagaRejection> {
    let Some(at) = plan.find(step) else {
        return Err(SagaRejection::UnknownStep { step: step.to_owned() });
    };
    if saga.steps[at].is_stuck() {
        return Ok(at);
    }
    Err(SagaRejection::NotGivenUp { status: Saga::status(Some(saga)) })
}

fn answered(plan: &Plan, saga: &Saga, call: Call, answer: &StepAnswer) -> Vec<SagaEvent> {
    let (step, attempt) = (name(plan, call.step), call.attempt);
    let state = saga.steps[call.step];
    let forward = state.forward.progress;
    let is_open = matches!(forward, Progress::Open | Progress::Requested);
    match answer {
        StepAnswer::Done if is_open || forward == Progress::Stuck => {
            vec![SagaEvent::StepCompleted { step, attempt }]
        }
        StepAnswer::Done if matches!(forward, Progress::Failed | Progress::Unknown) => {
            answered_late(plan, call)
        }
        // A refusal speaks for every attempt: whoever has done one of them does not say no.
        StepAnswer::Refused { reason } if is_open => {
            let reason = reason.clone();
            let end = give_up(plan, call.step, &reason, false);
            vec![SagaEvent::StepFailed { step, attempt, reason }, end]
        }
        StepAnswer::Unavailable { reason } if saga.waits_for(plan) == Some(call) => {
            let end = is_last(plan, saga, call).then(|| give_up(plan, call.step, reason, true));
            let reason = reason.clone();
            [SagaEvent::StepFailed { step, attempt, reason }].into_iter().chain(end).collect()
        }
        _ => vec![],
    }
}

/// It was given up and is done after all: it is undone, or a person has to see to it.
fn answered_late(plan: &Plan, call: Call) -> Vec<SagaEvent> {
    let (step, attempt) = (name(plan, call.step), call.attempt);
    let beyond = (plan.steps()[call.step].kind == StepKind::Pivot)
        .then(|| SagaEvent::NeedsAttention { step: step.clone() });
    [SagaEvent::StepAnsweredLate { step, attempt }].into_iter().chain(beyond).collect()
}

/// Whether it is not tried again by itself after this.
fn is_last(plan: &Plan, saga: &Saga, call: Call) -> bool {
    let retries = saga.steps[call.step].retries;
    call.attempt >= plan.steps()[call.step].attempts_max.saturating_mul(1 + retries)
}

/// A step is given up: the saga turns back where it can, and waits for a person where it cannot.
fn give_up(plan: &Plan, at: usize, reason: &str, may_be_done: bool) -> SagaEvent {
    let step = name(plan, at);
    let turns_back = match plan.steps()[at].kind {
        StepKind::Compensatable { .. } => true,
        // Beyond the point of no return there is no way back, and perhaps it was passed.
        StepKind::Pivot => !may_be_done,
        StepKind::Retriable => false,
    };
    if turns_back {
        SagaEvent::StepGivenUp { step, reason: reason.to_owned(), may_be_done }
    } else {
        SagaEvent::NeedsAttention { step }
    }
}

fn answered_back(plan: &Plan, saga: &Saga, call: Call, answer: &StepAnswer) -> Vec<SagaEvent> {
    let waits = saga.waits_for(plan) == Some(call);
    let back = saga.steps[call.step].back.progress;
    match answer {
        StepAnswer::Done if !back.is_over() => {
            let step = name(plan, call.step);
            vec![SagaEvent::StepCompensated { step, attempt: call.attempt }]
        }
        StepAnswer::Refused { reason } if waits => failed_back(plan, call, reason, true),
        StepAnswer::Unavailable { reason } if waits => {
            failed_back(plan, call, reason, is_last(plan, saga, call))
        }
        _ => vec![],
    }
}

fn failed_back(plan: &Plan, call: Call, reason: &str, given_up: bool) -> Vec<SagaEvent> {
    let (step, attempt, reason) = (name(plan, call.step), call.attempt, reason.to_owned());
    let end = given_up.then(|| SagaEvent::NeedsAttention { step: step.clone() });
    [SagaEvent::CompensationFailed { step, attempt, reason }].into_iter().chain(end).collect()
}

/// Why a call failed that was not answered in time.
const NO_ANSWER: &str = "no answer in time";

fn timed_out(plan: &Plan, saga: &Saga, call: Call) -> Vec<SagaEvent> {
    if call.direction == Direction::Back {
        return failed_back(plan, call, NO_ANSWER, is_last(plan, saga, call));
    }
    let end = is_last(plan, saga, call).then(|| give_up(plan, call.step, NO_ANSWER, true));
    let (step, attempt) = (name(plan, call.step), call.attempt);
    [SagaEvent::StepTimedOut { step, attempt }].into_iter().chain(end).collect()
}

fn evolve_started(plan: &Plan, mut saga: Saga, event: &SagaEvent) -> Saga {
    match event {
        SagaEvent::Completed => saga.ending = Some(Ending::Completed),
        SagaEvent::Compensated => saga.ending = Some(Ending::Compensated),
        SagaEvent::FailedBeforeStart => saga.ending = Some(Ending::FailedBeforeStart),
        SagaEvent::Settled => saga.ending = Some(Ending::Settled),
        SagaEvent::Started { .. } => {}
        SagaEvent::StepRequested { step, .. }
        | SagaEvent::StepCompleted { step, .. }
        | SagaEvent::StepFailed { step, .. }
        | SagaEvent::StepTimedOut { step, .. }
        | SagaEvent::StepGivenUp { step, .. }
        | SagaEvent::StepAnsweredLate { step, .. }
        | SagaEvent::CompensationRequested { step, .. }
        | SagaEvent::StepCompensated { step, .. }
        | SagaEvent::CompensationFailed { step, .. }
        | SagaEvent::NeedsAttention { step }
        | SagaEvent::RetryAsked { step }
        | SagaEvent::StepSettled { step, .. } => {
            let Some(at) = plan.find(step) else { return saga };
            evolve_step(&mut saga, at, event);
            if saga.reached_end(plan).is_none() {
                saga.ending = None;
            }
        }
    }
    saga
}

/// What happens to one step.
fn evolve_step(saga: &mut Saga, at: usize, event: &SagaEvent) {
    let goes_back = saga.failure.is_some();
    let state = &mut saga.steps[at];
    match event {
        SagaEvent::StepRequested { attempt, .. } => {
            state.forward = Leg { progress: Progress::Requested, attempts: *attempt };
        }
        SagaEvent::StepFailed { .. } | SagaEvent::StepTimedOut { .. } => {
            state.forward.progress = Progress::Open;
        }
        SagaEvent::StepGivenUp { reason, may_be_done, .. } => {
            state.forward.progress =
                if *may_be_done { Progress::Unknown } else { Progress::Failed };
            saga.failure = Some(reason.clone());
        }
        SagaEvent::StepCompleted { .. } => state.forward.progress = Progress::Done,
        SagaEvent::StepAnsweredLate { .. } => {
            state.forward.progress = Progress::Done;
            // What was undone before it was done is to be undone again.
            if state.back.progress == Progress::Done {
                state.back.progress = Progress::Open;
                state.retries += 1;
            }
        }
        SagaEvent::CompensationRequested { attempt, .. } => {
            state.back = Leg { progress: Progress::Requested, attempts: *attempt };
        }
        SagaEvent::CompensationFailed { .. } => state.back.progress = Progress::Open,
        SagaEvent::StepCompensated { .. } => state.back.progress = Progress::Done,
        SagaEvent::NeedsAttention { .. } if goes_back => state.back.progress = Progress::Stuck,
        SagaEvent::NeedsAttention { .. } => state.forward.progress = Progress::Stuck,
        SagaEvent::RetryAsked { .. } => {
            state.retries += 1;
            replace_stuck(state, Progress::Open);
        }
        SagaEvent::StepSettled { .. } => replace_stuck(state, Progress::Settled),
        _ => {}
    }
}

fn replace_stuck(state: &mut StepState, by: Progress) {
    for leg in [&mut state.forward, &mut state.back] {
        if leg.progress == Progress::Stuck {
            leg.progress = by;
        }
    }
}
