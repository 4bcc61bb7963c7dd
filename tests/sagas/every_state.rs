//! Every state that a saga of the small plan can come to, whatever it is told: what holds in all.

use std::collections::BTreeMap;

use hindsight::kernel::{
    Call, Decider, Direction, Ending, Micros, Plan, Progress, Saga, SagaCommand, SagaDecider,
    SagaEvent, SagaPlan, SagaRejection, SagaStatus, Step, StepKind, evolve_all,
};

use super::samples::{HAND_OVER, back, done, forward, refused, start, unavailable};

/// One step of each kind and one more that is undone; only the charge is tried twice, so that the
/// states can be counted.
struct Small;

impl SagaPlan for Small {
    const CATEGORY: &'static str = "small";
    const PLAN: Plan = Plan::checked(&[
        step("Reserve", StepKind::Compensatable { compensation: Some("Release") }, 1),
        step("Charge", StepKind::Compensatable { compensation: Some("Refund") }, 2),
        step("HandOver", StepKind::Pivot, 1),
        step("Tell", StepKind::Retriable, 1),
    ]);
}

type SmallSaga = SagaDecider<Small>;

const fn step(name: &'static str, kind: StepKind, attempts_max: u32) -> Step {
    Step { name, kind, attempts_max, deadline: Micros(1) }
}

fn name(step: usize) -> String {
    Small::PLAN.steps()[step].name.to_owned()
}

/// How often a person wants something tried again.
const RETRIES_MAX: u32 = 1;

/// A state, and the shortest history that leads there.
type Reached = BTreeMap<String, (Option<Saga>, Vec<SagaEvent>)>;

/// Everything that can be said to a saga with this plan.
fn commands() -> Vec<SagaCommand> {
    let steps = 0..Small::PLAN.steps().len();
    let calls = steps.clone().flat_map(|step| {
        let attempts = Small::PLAN.steps()[step].attempts_max * (1 + RETRIES_MAX);
        (1..=attempts).flat_map(move |attempt| [forward(step, attempt), back(step, attempt)])
    });
    let about_calls = calls.flat_map(|call| {
        [
            SagaCommand::Request(call),
            SagaCommand::TimeOut(call),
            done(call),
            refused(call),
            unavailable(call),
        ]
    });
    let by_person = steps.flat_map(|step| {
        [
            SagaCommand::Retry { step: name(step) },
            SagaCommand::Settle { step: name(step), note: String::new() },
        ]
    });
    [start()].into_iter().chain(about_calls).chain(by_person).collect()
}

fn is_within_bounds(saga: &Saga) -> bool {
    saga.steps.iter().all(|state| state.retries <= RETRIES_MAX)
}

/// Goes everywhere, and looks at every answer on the way.
pub(crate) fn explore(
    mut look: impl FnMut(&Option<Saga>, &SagaCommand, &[SagaEvent], &Option<Saga>),
) -> Reached {
    let commands = commands();
    let mut reached = Reached::new();
    let mut next = vec![(SmallSaga::initial(), vec![])];
    while let Some((state, history)) = next.pop() {
        if reached.insert(format!("{state:?}"), (state.clone(), history.clone())).is_some() {
            continue;
        }
        for command in &commands {
            let Ok(events) = SmallSaga::decide(&state, command) else { continue };
            let after = evolve_all::<SmallSaga>(state.clone(), &events);
            look(&state, command, &events, &after);
            if !reached.contains_key(&format!("{after:?}"))
                && after.as_ref().is_none_or(is_within_bounds)
            {
                next.push((after, history.iter().cloned().chain(events).collect()));
            }
        }
    }
    reached
}

/// Every state that a started saga can come to, with how it came there.
fn every_saga() -> Vec<(Saga, Vec<SagaEvent>)> {
    let reached = explore(|_, _, _, _| ());
    assert!(reached.len() > 1_000, "only {} states were reached", reached.len());
    reached.into_values().filter_map(|(state, history)| Some((state?, history))).collect()
}

#[test]
fn it_has_something_to_do_or_waits_for_somebody_or_is_over() {
    for (saga, history) in every_saga() {
        let status = Saga::status(Some(&saga));
        let (next, waits) = (saga.next(&Small::PLAN), saga.waits_for(&Small::PLAN));
        let ways = [
            next.is_some(),
            waits.is_some() && saga.ending.is_none(),
            matches!(status, SagaStatus::Ended(_)),
        ];
        let count = ways.iter().filter(|way| **way).count();
        if status == SagaStatus::NeedsAttention {
            assert!(count <= 1, "{saga:?} after {history:#?}");
        } else {
            assert_eq!(count, 1, "{saga:?} after {history:#?}");
        }
    }
}

#[test]
fn it_is_called_compensated_only_when_everything_that_may_be_done_was_undone() {
    for (saga, history) in every_saga() {
        let to_undo: Vec<Progress> = (0..saga.steps.len())
            .filter(|step| saga.is_to_undo(&Small::PLAN, *step))
            .map(|step| saga.steps[step].back.progress)
            .collect();
        let is = |ending| saga.ending == Some(ending);
        if is(Ending::Compensated) {
            assert!(to_undo.iter().all(|back| *back == Progress::Done), "{saga:?} {history:#?}");
        }
        if is(Ending::FailedBeforeStart) {
            assert!(to_undo.is_empty(), "{saga:?} {history:#?}");
        }
        if is(Ending::Settled) {
            let mut legs = saga.steps.iter().flat_map(|state| [state.forward, state.back]);
            assert!(legs.any(|leg| leg.progress == Progress::Settled), "{saga:?} {history:#?}");
        }
        if is(Ending::Completed) {
            let mut steps = saga.steps.iter();
            assert!(
                steps.all(|state| state.forward.progress == Progress::Done),
                "{saga:?} {history:#?}"
            );
        }
    }
}

#[test]
fn it_never_turns_back_beyond_the_point_of_no_return() {
    for (saga, history) in every_saga() {
        let pivot = saga.steps[HAND_OVER];
        if pivot.forward.progress == Progress::Done && saga.failure.is_some() {
            // Somebody said that it was not done, and then that it was: a person has to know.
            let is_seen = matches!(pivot.back.progress, Progress::Stuck | Progress::Settled);
            assert!(is_seen, "{saga:?} after {history:#?}");
        }
    }
}

#[test]
fn what_it_undoes_next_is_the_last_that_was_done() {
    for (saga, history) in every_saga() {
        let Some(Call { direction: Direction::Back, step, .. }) = saga.next(&Small::PLAN) else {
            continue;
        };
        for later in step + 1..saga.steps.len() {
            let back = saga.steps[later].back.progress;
            let is_seen_to = matches!(back, Progress::Done | Progress::Settled | Progress::Stuck);
            assert!(
                is_seen_to || !saga.is_to_undo(&Small::PLAN, later),
                "{saga:?} after {history:#?}"
            );
        }
    }
}

#[test]
fn nothing_is_tried_more_often_than_its_plan_and_a_person_say() {
    for (saga, history) in every_saga() {
        for (step, state) in saga.steps.iter().enumerate() {
            let max = Small::PLAN.steps()[step].attempts_max * (1 + state.retries);
            for leg in [state.forward, state.back] {
                assert!(leg.attempts <= max, "{saga:?} after {history:#?}");
            }
        }
    }
}

#[test]
fn what_it_is_told_twice_is_already_so() {
    explore(|state, command, events, after| {
        if matches!(command, SagaCommand::Retry { .. } | SagaCommand::Settle { .. }) {
            return;
        }
        if let Ok(again) = SmallSaga::decide(after, command) {
            assert_eq!(again, [], "{command:?} twice on {state:?}, which first gave {events:?}");
        }
    });
}

#[test]
fn a_healthy_world_brings_every_saga_to_an_end() {
    for (saga, history) in every_saga() {
        let mut state = Some(saga);
        for _ in 0..100 {
            let saga = state.as_ref().expect("started");
            let (next, waits) = (saga.next(&Small::PLAN), saga.waits_for(&Small::PLAN));
            let stuck = saga.steps.iter().position(|state| state.is_stuck());
            let command = match (saga.ending, next, waits, stuck) {
                (Some(_), ..) => break,
                (None, Some(call), ..) => SagaCommand::Request(call),
                (None, None, Some(call), _) => done(call),
                (None, None, None, Some(step)) => SagaCommand::Retry { step: name(step) },
                (None, None, None, None) => panic!("{saga:?} waits for nobody after {history:#?}"),
            };
            let events = match (SmallSaga::decide(&state, &command), stuck) {
                (Err(SagaRejection::NothingToRetry { .. }), Some(step)) => {
                    let settle = SagaCommand::Settle { step: name(step), note: String::new() };
                    SmallSaga::decide(&state, &settle).expect("a person can always settle it")
                }
                (events, _) => events.expect("it is what it waits for"),
            };
            state = evolve_all::<SmallSaga>(state, &events);
        }
        let ending = state.and_then(|saga| saga.ending);
        assert!(ending.is_some(), "it never ends after {history:#?}");
    }
}
