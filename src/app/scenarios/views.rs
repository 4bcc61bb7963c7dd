//! Scenarios about read models: one that lags behind, and one that is deleted.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, SECOND, THIRD, TOTAL, cancel, create, given, pay, ship, tape},
};
use crate::{
    app::run::{Expectation, Finished, MODELS_CAUGHT_UP, MODELS_FOLLOW},
    domain::orders::{OrderDetails, SalesDashboard, SalesRow},
    kernel::{GlobalPosition, Micros, Projection, from_json},
    ports::Moment,
    simulation::{Input, RecordedMoment, Target},
};

/// A list that is asked before it knows.
pub(super) const WHERE_IS_MY_ORDER: Scenario = Scenario {
    id: 17,
    title: "scenario.17.title",
    see: "scenario.17.see",
    lesson: "scenario.17.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.17.step.1",
            is_at: |recorded| matches!(recorded.moment, Moment::CommandAnswered { .. }),
            pauses: true,
        },
        ScenarioStep { words: "scenario.17.step.2", is_at: is_marked, pauses: true },
        ScenarioStep {
            words: "scenario.17.step.3",
            is_at: |recorded| projects(&recorded.moment, OrderDetails::MODEL),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.17.expect.stale",
            holds: |run| {
                let is_stale = |mark| known_before(run, mark) < stored_before(run, mark);
                marks(run).first().is_some_and(|mark| is_stale(*mark))
            },
        },
        Expectation {
            words: "scenario.17.expect.fresh",
            holds: |run| {
                let knows_all = |mark| known_before(run, mark) == stored_before(run, mark);
                marks(run).get(1).is_some_and(|mark| knows_all(*mark))
            },
        },
        MODELS_CAUGHT_UP,
        MODELS_FOLLOW,
    ],
    tape: || {
        let list = || Target::Projector(OrderDetails::MODEL.to_owned());
        let opened = || Input::Mark("list".to_owned());
        tape([
            (0, Input::Slow(list(), Micros(1_500_000))),
            (1_000, given(1, create(ORDER))),
            (10_000, opened()),
            (4_000_000, opened()),
        ])
    },
};

fn is_marked(recorded: &RecordedMoment) -> bool {
    matches!(recorded.moment, Moment::Marked { .. })
}

fn projects(moment: &Moment, wanted: &str) -> bool {
    matches!(moment, Moment::Projected { model, .. } if *model == wanted)
}

/// Where in the trace somebody marked that they opened the list.
fn marks(run: &Finished) -> Vec<usize> {
    (0..run.trace.len()).filter(|index| is_marked(&run.trace[*index])).collect()
}

/// How far the list had read before a moment.
fn known_before(run: &Finished, index: usize) -> GlobalPosition {
    let read = run.trace[..index].iter().rev().find_map(|recorded| match recorded.moment {
        Moment::Projected { model: OrderDetails::MODEL, checkpoint, .. } => Some(checkpoint),
        _ => None,
    });
    read.unwrap_or_default()
}

/// How far the log had come before a moment.
fn stored_before(run: &Finished, index: usize) -> GlobalPosition {
    let stored = run.trace[..index].iter().rev().find_map(|recorded| match recorded.moment {
        Moment::Appended { position, .. } => Some(position),
        _ => None,
    });
    stored.unwrap_or_default()
}

/// A dashboard that is deleted and made again.
pub(super) const DROP_THE_TABLE: Scenario = Scenario {
    id: 21,
    title: "scenario.21.title",
    see: "scenario.21.see",
    lesson: "scenario.21.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.21.step.1",
            is_at: |recorded| matches!(recorded.moment, Moment::ModelCleared { .. }),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.21.step.2",
            is_at: |recorded| projects(&recorded.moment, SalesDashboard::MODEL),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation { words: "scenario.21.expect.again", holds: |run| reads_all_again(run) },
        Expectation { words: "scenario.21.expect.untouched", holds: |run| touches_no_event(run) },
        Expectation { words: "scenario.21.expect.right", holds: |run| figures_are_right(run) },
        MODELS_FOLLOW,
    ],
    tape: || {
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (10_000, given(3, create(SECOND))),
            (15_000, given(4, pay(SECOND))),
            (20_000, given(5, ship(SECOND, "TRK-1"))),
            (25_000, given(6, create(THIRD))),
            (30_000, given(7, cancel(THIRD, "Too late"))),
            (40_000, Input::Rebuild(Target::Projector(SalesDashboard::MODEL.to_owned()))),
        ])
    },
};

/// The trace from the deletion on.
fn since_cleared(run: &Finished) -> Option<&[RecordedMoment]> {
    let is_cleared = |at: &RecordedMoment| matches!(at.moment, Moment::ModelCleared { .. });
    Some(&run.trace[run.trace.iter().position(is_cleared)?..])
}

fn reads_all_again(run: &Finished) -> bool {
    since_cleared(run).is_some_and(|after| {
        after.iter().any(|recorded| {
            matches!(recorded.moment, Moment::LogRead { after: GlobalPosition::NONE, events, .. }
                if events == run.log.len())
        })
    })
}

/// What was stored before the deletion is all there is, and nothing else came.
fn touches_no_event(run: &Finished) -> bool {
    let Some(after) = since_cleared(run) else { return false };
    let before = run.trace.len() - after.len();
    let appended = |at: &RecordedMoment| matches!(at.moment, Moment::Appended { .. });
    stored_before(run, before).0 == run.log.len() as u64 && !after.iter().any(appended)
}

fn figures_are_right(run: &Finished) -> bool {
    let [totals] = run.rows(SalesDashboard::MODEL, "") else { return false };
    let Ok(SalesRow::Totals(totals)) = from_json(totals) else { return false };
    let is_rebuilt = since_cleared(run).is_some();
    let counts = (totals.order_count(), totals.cancelled_count());
    is_rebuilt && counts == (3, 1) && totals.revenue_taken.0 == TOTAL.0 * 2
}
