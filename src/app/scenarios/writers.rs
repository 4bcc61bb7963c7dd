//! Scenarios about writers: two at once, with and without the version check, and one that dies.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, cancel, command, create, given, given_by, kills_a_handler, pay, ship, tape},
};
use crate::{
    app::run::{Expectation, Finished, ONCE, RULES_KEPT},
    domain::orders::{OrderCommand, Rejection},
    engine::Answer,
    kernel::Version,
    ports::Moment,
    simulation::{Actor, Input, Person, RecordedMoment, Tape, Target},
};

/// Two people saw the same order; one cancels it, the other ships it.
pub(super) const TWO_CLICKS: Scenario = Scenario {
    id: 12,
    title: "scenario.12.title",
    see: "scenario.12.see",
    lesson: "scenario.12.lesson",
    steps: &[
        ScenarioStep { words: "scenario.12.step.1", is_at: second_clicks, pauses: true },
        ScenarioStep {
            words: "scenario.12.step.2",
            is_at: |recorded| matches!(recorded.moment, Moment::Conflict { .. }),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.12.step.3",
            is_at: |recorded| matches!(recorded.moment, Moment::Rejected { .. }),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation { words: "scenario.12.expect.conflict", holds: |run| second_conflicts(run) },
        Expectation {
            words: "scenario.12.expect.refused",
            holds: |run| {
                let refused = Answer::Rejected { rejection: Rejection::AlreadyCancelled };
                run.answer(command(4)) == Some(&refused) && run.caused_by(command(4)) == 0
            },
        },
        RULES_KEPT,
        ONCE,
    ],
    tape: two_clicks,
};

fn two_clicks() -> Tape<OrderCommand> {
    tape([
        (0, given(1, create(ORDER))),
        (5_000, given(2, pay(ORDER))),
        (10_000, given(3, cancel(ORDER, "Too late"))),
        (10_000, given_by(Person::SECOND, 4, ship(ORDER, "TRK-1"))),
    ])
}

/// Both have clicked.
fn second_clicks(recorded: &RecordedMoment) -> bool {
    recorded.actor == Actor::Person(Person::SECOND)
}

/// The second one is told both versions, and decides again on the newer one.
fn second_conflicts(run: &Finished) -> bool {
    let moments = run.moments_of(command(4)).skip_while(|moment| {
        !matches!(moment, Moment::Conflict { expected: Version(2), actual: Version(3), .. })
    });
    let read_again = |moment| matches!(moment, &Moment::StreamRead { version: Version(3), .. });
    conflicts(run) == 1 && moments.skip(1).any(read_again)
}

fn conflicts(run: &Finished) -> usize {
    let is_conflict =
        |recorded: &&RecordedMoment| matches!(recorded.moment, Moment::Conflict { .. });
    run.trace.iter().filter(is_conflict).count()
}

/// The same two, and nobody looks at versions.
pub(super) const LAST_WRITE_WINS: Scenario = Scenario {
    id: 13,
    title: "scenario.13.title",
    see: "scenario.13.see",
    lesson: "scenario.13.lesson",
    steps: &[
        ScenarioStep { words: "scenario.13.step.1", is_at: second_clicks, pauses: true },
        ScenarioStep {
            words: "scenario.13.step.2",
            is_at: |recorded| super::parts::appends(recorded, 4),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.13.expect.accepted",
            holds: |run| {
                let accepted =
                    |number| matches!(run.answer(command(number)), Some(Answer::Accepted { .. }));
                conflicts(run) == 0 && accepted(3) && accepted(4)
            },
        },
        Expectation {
            words: "scenario.13.expect.broken",
            holds: |run| {
                run.event_types().ends_with(&["OrderCancelled", "OrderShipped"])
                    && !(RULES_KEPT.holds)(run)
            },
        },
    ],
    tape: || {
        let mut tape = two_clicks();
        tape.head.check_versions = false;
        tape
    },
};

/// A handler that is killed right before its append, and one that is killed right behind it.
pub(super) const HALF_AN_APPEND: Scenario = Scenario {
    id: 15,
    title: "scenario.15.title",
    see: "scenario.15.see",
    lesson: "scenario.15.lesson",
    steps: &[
        ScenarioStep { words: "scenario.15.step.1", is_at: kills_a_handler, pauses: true },
        ScenarioStep {
            words: "scenario.15.step.2",
            is_at: |recorded| super::parts::appends(recorded, 2),
            pauses: true,
        },
        ScenarioStep { words: "scenario.15.step.3", is_at: kills_a_handler, pauses: true },
        ScenarioStep {
            words: "scenario.15.step.4",
            is_at: |recorded| matches!(recorded.moment, Moment::CommandAnswered { .. }),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation { words: "scenario.15.expect.none", holds: |run| none_before(run) },
        Expectation { words: "scenario.15.expect.both", holds: |run| both_behind(run) },
        ONCE,
    ],
    tape: || {
        let handler = |number| Target::Handler(command(number));
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (5_000 + DECIDED_AFTER, Input::Crash(handler(2))),
            (8_000, Input::Restart(handler(2))),
            (13_000, given(3, ship(ORDER, "TRK-1"))),
            (13_000 + APPENDED_AFTER, Input::Crash(handler(3))),
            (16_000, Input::Restart(handler(3))),
        ])
    },
};

/// How long after it was given a command that meets nobody is decided, in microseconds: received, in
/// through four behaviours, the stream read; a moment takes 100.
const DECIDED_AFTER: u64 = 650;
/// How long after it was given its events are stored.
const APPENDED_AFTER: u64 = 750;

/// What the handler of a command had just done when it was killed, and what was done after that.
fn around_the_crash(run: &Finished, number: u128) -> Option<(&Moment, Vec<&Moment>)> {
    let moments: Vec<_> = run.moments_of(command(number)).collect();
    let crash = moments.iter().position(|moment| matches!(moment, Moment::Crashed))?;
    Some((moments[..crash].last()?, moments[crash..].to_vec()))
}

fn stores(moments: &[&Moment]) -> bool {
    moments.iter().any(|moment| matches!(moment, Moment::Appended { .. }))
}

/// Killed with its decision in hand: there was no event and no answer, so the second attempt stores.
fn none_before(run: &Finished) -> bool {
    let Some((before, after)) = around_the_crash(run, 2) else { return false };
    matches!(before, Moment::Decided { .. }) && stores(&after) && run.caused_by(command(2)) == 1
}

/// Killed before it could say that it had stored: event and answer were there, so the second attempt
/// finds the answer and decides nothing.
fn both_behind(run: &Finished) -> bool {
    let Some((before, after)) = around_the_crash(run, 3) else { return false };
    let decides = |moment: &&Moment| matches!(moment, Moment::Decided { .. });
    matches!(before, Moment::Appended { .. })
        && !after.iter().any(decides)
        && run.answer(command(3)) == Some(&Answer::Accepted { version: Version(3), events: 1 })
        && run.caused_by(command(3)) == 1
}
