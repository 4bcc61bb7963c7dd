//! Scenarios about sagas: what is undone, how, and what becomes of it when that fails.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, SECOND, TOTAL, create, create_for, given, tape},
    saga_parts::{
        COMPENSATED, COMPLETED, SECOND_US, arm, by_saga, events_of, held, is_answered, is_over,
        mentions, order_events, position, set, status,
    },
};
use crate::{
    app::run::{Expectation, Finished, NO_GAPS},
    domain::orders::{OrderEvent, OrderId},
    kernel::{SagaEvent, SagaStatus},
    ports::{Moment, SagaMoment},
    simulation::{ServiceFault, Times},
};

/// What two Mokas cost.
const PRICE: u64 = TOTAL.0.unsigned_abs();

fn is_cancelled(run: &Finished, order: OrderId, reason: &str) -> bool {
    let cancelled = OrderEvent::OrderCancelled { reason: reason.to_owned() };
    order_events(run, order).last() == Some(&cancelled)
}

/// One order that goes well, and one whose card is declined.
pub(super) const CARD_DECLINED: Scenario = Scenario {
    id: 25,
    title: "scenario.25.title",
    see: "scenario.25.see",
    lesson: "scenario.25.lesson",
    steps: &[
        ScenarioStep { words: "scenario.25.step.1", is_at: is_over, pauses: true },
        ScenarioStep {
            words: "scenario.25.step.2",
            is_at: |recorded| mentions(recorded, "SagaStepGivenUp"),
            pauses: true,
        },
        ScenarioStep { words: "scenario.25.step.3", is_at: is_over, pauses: true },
    ],
    expectations: &[
        Expectation {
            words: "scenario.25.expect.first",
            holds: |run| status(run, ORDER) == COMPLETED && held(run, "payment", "held") == PRICE,
        },
        Expectation {
            words: "scenario.25.expect.undone",
            holds: |run| {
                status(run, SECOND) == COMPENSATED
                    && held(run, "inventory", "Moka") == 3
                    && is_cancelled(run, SECOND, "card_declined")
            },
        },
        Expectation {
            words: "scenario.25.expect.facts",
            holds: |run| {
                let events = events_of(run, SECOND);
                position(&events, "SagaStepCompleted") < position(&events, "SagaStepGivenUp")
                    && position(&events, "SagaStepGivenUp")
                        < position(&events, "SagaStepCompensated")
                    && position(&events, "SagaStepCompensated").is_some()
            },
        },
        NO_GAPS,
    ],
    tape: || {
        tape([
            (0, by_saga()),
            (0, set("inventory", "Moka", 5)),
            (0, set("payment", "Ben", 0)),
            (1_000, given(1, create(ORDER))),
            (10 * SECOND_US, given(2, create_for("Ben", SECOND))),
        ])
    },
};

/// The money is taken, and the parcel cannot be packed.
pub(super) const CANNOT_SHIP: Scenario = Scenario {
    id: 26,
    title: "scenario.26.title",
    see: "scenario.26.see",
    lesson: "scenario.26.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.26.step.1",
            is_at: |recorded| is_answered(recorded, "ProcessPayment"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.26.step.2",
            is_at: |recorded| is_answered(recorded, "CreateShipment"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.26.step.3",
            is_at: |recorded| is_answered(recorded, "RefundPayment"),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.26.expect.visible",
            holds: |run| {
                let sums = ["held", "charges", "refunds"].map(|name| held(run, "payment", name));
                sums == [0, 1, 1]
            },
        },
        Expectation {
            words: "scenario.26.expect.undone",
            holds: |run| status(run, ORDER) == COMPENSATED && held(run, "inventory", "Moka") == 5,
        },
    ],
    tape: || {
        tape([
            (0, by_saga()),
            (0, set("inventory", "Moka", 5)),
            (0, set("shipping", "Ana", 0)),
            (1_000, given(1, create(ORDER))),
        ])
    },
};

/// A refund that comes at the third attempt, and one that never comes.
pub(super) const REFUND_FAILS: Scenario = Scenario {
    id: 27,
    title: "scenario.27.title",
    see: "scenario.27.see",
    lesson: "scenario.27.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.27.step.1",
            is_at: |recorded| matches!(recorded.moment, Moment::Saga(SagaMoment::BackedOff { .. })),
            pauses: true,
        },
        ScenarioStep { words: "scenario.27.step.2", is_at: is_over, pauses: true },
        ScenarioStep {
            words: "scenario.27.step.3",
            is_at: |recorded| mentions(recorded, "SagaNeedsAttention"),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.27.expect.third",
            holds: |run| {
                let third =
                    SagaEvent::StepCompensated { step: "ProcessPayment".to_owned(), attempt: 3 };
                status(run, ORDER) == COMPENSATED && events_of(run, ORDER).contains(&third)
            },
        },
        Expectation {
            words: "scenario.27.expect.person",
            holds: |run| {
                status(run, SECOND) == SagaStatus::NeedsAttention
                    && held(run, "payment", "held") == PRICE
            },
        },
        Expectation {
            words: "scenario.27.expect.others",
            holds: |run| held(run, "inventory", "Moka") == 5 && status(run, SECOND) != COMPENSATED,
        },
    ],
    tape: || {
        let unavailable = |times| arm("RefundPayment", ServiceFault::Unavailable, times);
        tape([
            (0, by_saga()),
            (0, set("inventory", "Moka", 5)),
            (0, set("shipping", "Ana", 0)),
            (0, unavailable(Times::Next(2))),
            (1_000, given(1, create(ORDER))),
            (20 * SECOND_US, unavailable(Times::Always)),
            (20 * SECOND_US, given(2, create(SECOND))),
        ])
    },
};
