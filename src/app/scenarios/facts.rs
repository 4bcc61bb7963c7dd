//! Scenarios about facts: what the log keeps, how it is folded, what never becomes an event.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, appends, cancel, command, create, decoded, deliver, given, pay, ship, tape},
};
use crate::{
    app::run::{Expectation, Finished, ONCE},
    domain::orders::{CustomerOrders, OrderDecider, OrderEvent, OrderRow, OrderStatus, Rejection},
    engine::Answer,
    kernel::{Projection, evolve_all, fold, from_json},
    ports::Moment,
};

/// A row as a table would keep it, beside the log.
pub(super) const THE_ROW_THAT_FORGOT: Scenario = Scenario {
    id: 1,
    title: "scenario.1.title",
    see: "scenario.1.see",
    lesson: "scenario.1.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.1.step.1",
            is_at: |recorded| appends(recorded, 4),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.1.step.2",
            is_at: |recorded| {
                matches!(recorded.moment, Moment::Projected { model, checkpoint, .. }
                    if model == CustomerOrders::MODEL && checkpoint.0 == 4)
            },
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.1.expect.log",
            holds: |run| {
                run.event_types() == ONE_CANCELLED
                    && decoded(&run.log).last() == Some(&cancelled("Too late"))
            },
        },
        Expectation { words: "scenario.1.expect.row", holds: |run| row_knows_the_end_only(run) },
    ],
    tape: || {
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (10_000, given(3, ship(ORDER, "TRK-1"))),
            (15_000, given(4, cancel(ORDER, "Too late"))),
        ])
    },
};

const ONE_CANCELLED: [&str; 4] =
    ["OrderCreated", "OrderPaymentConfirmed", "OrderShipped", "OrderCancelled"];

fn cancelled(reason: &str) -> OrderEvent {
    OrderEvent::OrderCancelled { reason: reason.to_owned() }
}

fn row_knows_the_end_only(run: &Finished) -> bool {
    let [row] = run.rows(CustomerOrders::MODEL, "Ana") else { return false };
    let status = from_json::<OrderRow>(row).map(|row| row.status);
    let forgot = ["Too late", "PAY-1", "TRK-1"].iter().all(|fact| !row.contains(fact));
    status.is_ok_and(|status| status == OrderStatus::Cancelled) && forgot
}

/// Four events, each state predicted before it is shown.
pub(super) const FOLD_IT_YOURSELF: Scenario = Scenario {
    id: 2,
    title: "scenario.2.title",
    see: "scenario.2.see",
    lesson: "scenario.2.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.2.step.1",
            is_at: |recorded| appends(recorded, 1),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.2.step.2",
            is_at: |recorded| appends(recorded, 4),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation { words: "scenario.2.expect.each", holds: |run| passes_each_status(run) },
        Expectation { words: "scenario.2.expect.any", holds: |run| folds_from_anywhere(run) },
    ],
    tape: || {
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (10_000, given(3, ship(ORDER, "TRK-1"))),
            (15_000, given(4, deliver(ORDER))),
        ])
    },
};

fn passes_each_status(run: &Finished) -> bool {
    use OrderStatus::{Delivered, Paid, Pending, Shipped};
    let events = decoded(&run.log);
    let status = |count| {
        let state = fold::<OrderDecider>(&events[..count]);
        state.map(|order| order.status)
    };
    let statuses: Vec<_> = (0..=events.len()).map(status).collect();
    statuses == [None, Some(Pending), Some(Paid), Some(Shipped), Some(Delivered)]
}

/// Folding to any version, and on from there, gives what folding at once gives.
fn folds_from_anywhere(run: &Finished) -> bool {
    let events = decoded(&run.log);
    let whole = fold::<OrderDecider>(&events);
    let from = |count| {
        let (before, after) = events.split_at(count);
        evolve_all::<OrderDecider>(fold::<OrderDecider>(before), after)
    };
    whole.is_some() && (0..=events.len()).all(|count| from(count) == whole)
}

/// A delivered order that somebody wants to cancel.
pub(super) const COMMAND_REFUSED: Scenario = Scenario {
    id: 4,
    title: "scenario.4.title",
    see: "scenario.4.see",
    lesson: "scenario.4.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.4.step.1",
            is_at: |recorded| appends(recorded, 4),
            pauses: false,
        },
        ScenarioStep {
            words: "scenario.4.step.2",
            is_at: |recorded| matches!(recorded.moment, Moment::Rejected { .. }),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.4.expect.reason",
            holds: |run| is_refused(run, 5, &Rejection::AlreadyDelivered),
        },
        Expectation {
            words: "scenario.4.expect.none",
            holds: |run| {
                let appended = |moment: &Moment| matches!(moment, Moment::Appended { .. });
                run.answer(command(5)).is_some()
                    && run.caused_by(command(5)) == 0
                    && !run.moments_of(command(5)).any(appended)
            },
        },
        ONCE,
    ],
    tape: || {
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (10_000, given(3, ship(ORDER, "TRK-1"))),
            (15_000, given(4, deliver(ORDER))),
            (20_000, given(5, cancel(ORDER, "Too late"))),
        ])
    },
};

fn is_refused(run: &Finished, number: u128, reason: &Rejection) -> bool {
    matches!(run.answer(command(number)), Some(Answer::Rejected { rejection }) if rejection == reason)
}

/// An order that was shipped by mistake, and what can be done about it.
pub(super) const THE_WRONG_EVENT: Scenario = Scenario {
    id: 5,
    title: "scenario.5.title",
    see: "scenario.5.see",
    lesson: "scenario.5.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.5.step.1",
            is_at: |recorded| appends(recorded, 3),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.5.step.2",
            is_at: |recorded| matches!(recorded.moment, Moment::Rejected { .. }),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.5.step.3",
            is_at: |recorded| appends(recorded, 4),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.5.expect.refused",
            holds: |run| is_refused(run, 4, &Rejection::AlreadyShipped),
        },
        Expectation { words: "scenario.5.expect.both", holds: |run| keeps_mistake(run) },
        Expectation {
            words: "scenario.5.expect.state",
            holds: |run| {
                let state = fold::<OrderDecider>(&decoded(&run.log));
                state.is_some_and(|order| order.status == OrderStatus::Cancelled)
            },
        },
    ],
    tape: || {
        tape([
            (0, given(1, create(ORDER))),
            (5_000, given(2, pay(ORDER))),
            (10_000, given(3, ship(ORDER, "TRK-1"))),
            (15_000, given(4, ship(ORDER, "TRK-2"))),
            (20_000, given(5, cancel(ORDER, "Shipped by mistake"))),
        ])
    },
};

/// The mistake still lies where it was stored, as it was, and the correction behind it.
fn keeps_mistake(run: &Finished) -> bool {
    let events = decoded(&run.log);
    let is_first_shipment = |event: &OrderEvent| matches!(event, OrderEvent::OrderShipped { tracking_number, .. } if tracking_number == "TRK-1");
    run.event_types() == ONE_CANCELLED
        && events.get(2).is_some_and(is_first_shipment)
        && events.last() == Some(&cancelled("Shipped by mistake"))
}
