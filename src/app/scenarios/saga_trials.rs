//! Scenarios about sagas: what a timeout says, what survives a crash, where there is no way back, and what
//! two of them do to each other.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, SECOND, THIRD, cancel, command, create, given, tape},
    saga_parts::{
        COMPENSATED, COMPLETED, FOURTH, SECOND_US, arm, attend_at, by_saga, events_of, held,
        is_answered, is_asked, is_over, mentions, protect, set, status,
    },
};
use crate::{
    app::run::Expectation,
    kernel::{Ending, Micros, SagaEvent, SagaStatus},
    ports::{Moment, SagaMoment},
    simulation::{Input, Protection, RecordedMoment, ServiceFault, Target, Times},
};

/// A payment that succeeds long after the saga gave it up.
pub(super) const TIMEOUT_LIES: Scenario = Scenario {
    id: 28,
    title: "scenario.28.title",
    see: "scenario.28.see",
    lesson: "scenario.28.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.28.step.1",
            is_at: |recorded| matches!(recorded.moment, Moment::Saga(SagaMoment::TimedOut(_))),
            pauses: true,
        },
        ScenarioStep { words: "scenario.28.step.2", is_at: is_over, pauses: true },
        ScenarioStep {
            words: "scenario.28.step.3",
            is_at: |recorded| mentions(recorded, "SagaStepAnsweredLate"),
            pauses: true,
        },
        ScenarioStep { words: "scenario.28.step.4", is_at: is_over, pauses: true },
    ],
    expectations: &[
        Expectation {
            words: "scenario.28.expect.late",
            holds: |run| {
                let late = |event: &SagaEvent| matches!(event, SagaEvent::StepAnsweredLate { .. });
                events_of(run, ORDER).iter().any(late) && held(run, "payment", "charges") == 1
            },
        },
        Expectation {
            words: "scenario.28.expect.refunded",
            holds: |run| {
                status(run, ORDER) == COMPENSATED
                    && held(run, "payment", "held") == 0
                    && held(run, "payment", "refunds") == 1
            },
        },
    ],
    tape: || {
        let pay = |fault, times| arm("ProcessPayment", fault, Times::Next(times));
        tape([
            (0, by_saga()),
            (0, protect(Protection::Idempotency, false)),
            (0, pay(ServiceFault::Slow(Micros(20 * SECOND_US)), 1)),
            (0, pay(ServiceFault::LoseRequest, 2)),
            (1_000, given(1, create(ORDER))),
        ])
    },
};

/// The runner is killed when the money was just taken.
pub(super) const ORCHESTRATOR_DIES: Scenario = Scenario {
    id: 29,
    title: "scenario.29.title",
    see: "scenario.29.see",
    lesson: "scenario.29.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.29.step.1",
            is_at: |recorded| matches!(recorded.moment, Moment::Crashed),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.29.step.2",
            is_at: |recorded| {
                matches!(
                    recorded.moment,
                    Moment::Saga(SagaMoment::ServiceServed { is_repeat: true, .. })
                )
            },
            pauses: true,
        },
        ScenarioStep { words: "scenario.29.step.3", is_at: is_over, pauses: true },
    ],
    expectations: &[
        Expectation {
            words: "scenario.29.expect.once",
            holds: |run| {
                let asked = run.trace.iter().filter(|it| is_asked(it, "ProcessPayment")).count();
                asked == 2 && held(run, "payment", "charges") == 1
            },
        },
        Expectation {
            words: "scenario.29.expect.on",
            holds: |run| {
                let requested =
                    |event: &&SagaEvent| matches!(event, SagaEvent::StepRequested { .. });
                let restarted = |it: &RecordedMoment| matches!(it.moment, Moment::Restarted);
                status(run, ORDER) == COMPLETED
                    && run.trace.iter().any(restarted)
                    && events_of(run, ORDER).iter().filter(requested).count() == 8
            },
        },
    ],
    tape: || {
        tape([
            (0, by_saga()),
            (1_000, given(1, create(ORDER))),
            (CHARGED_AT, Input::Crash(Target::Runner)),
            (5 * SECOND_US, Input::Restart(Target::Runner)),
        ])
    },
};

/// When the money is taken and its answer is on its way.
const CHARGED_AT: u64 = 500_000;

/// A parcel that is with the carrier, and somebody who calls the order off.
pub(super) const NO_RETURN: Scenario = Scenario {
    id: 30,
    title: "scenario.30.title",
    see: "scenario.30.see",
    lesson: "scenario.30.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.30.step.1",
            is_at: |recorded| is_answered(recorded, "HandOver"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.30.step.2",
            is_at: |recorded| mentions(recorded, "SagaNeedsAttention"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.30.step.3",
            is_at: |recorded| mentions(recorded, "SagaStepSettled"),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.30.expect.forward",
            holds: |run| {
                let back =
                    |event: &SagaEvent| matches!(event, SagaEvent::CompensationRequested { .. });
                let asks = |event: &SagaEvent| matches!(event, SagaEvent::NeedsAttention { .. });
                let events = events_of(run, ORDER);
                events.iter().any(asks) && !events.iter().any(back)
            },
        },
        Expectation {
            words: "scenario.30.expect.settled",
            holds: |run| {
                let settled = |event: &SagaEvent| matches!(event, SagaEvent::StepSettled { .. });
                let has_ended = status(run, ORDER) == SagaStatus::Ended(Ending::Settled);
                let is_untold = held(run, "notification", "letters") == 0;
                has_ended && is_untold && events_of(run, ORDER).iter().any(settled)
            },
        },
    ],
    tape: || {
        tape([
            (0, by_saga()),
            (0, arm("HandOver", ServiceFault::Slow(Micros(SECOND_US)), Times::Next(1))),
            (1_000, given(1, create(ORDER))),
            (HANDED_OVER_AT, given(2, cancel(ORDER, "Changed my mind"))),
            (20 * SECOND_US, attend_at(ORDER, command(3), "ShipOrder", "Asked for it back")),
            (40 * SECOND_US, attend_at(ORDER, command(4), "SendConfirmation", "Told by phone")),
        ])
    },
};

/// When the parcel is with the carrier and nobody has heard of it yet.
const HANDED_OVER_AT: u64 = 2_150_000;

/// Two orders for what is there once: without and with a semantic lock.
pub(super) const LAST_ITEM: Scenario = Scenario {
    id: 31,
    title: "scenario.31.title",
    see: "scenario.31.see",
    lesson: "scenario.31.lesson",
    steps: &[
        ScenarioStep {
            words: "scenario.31.step.1",
            is_at: |recorded| is_asked(recorded, "HandOver"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.31.step.2",
            is_at: |recorded| is_answered(recorded, "RefundPayment"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.31.step.3",
            is_at: |recorded| mentions(recorded, "SagaStepGivenUp"),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.31.expect.dirty",
            holds: |run| {
                let refunded = |order| {
                    let undone = SagaEvent::StepCompensated {
                        step: "ProcessPayment".to_owned(),
                        attempt: 1,
                    };
                    events_of(run, order).contains(&undone)
                };
                refunded(ORDER) != refunded(SECOND)
            },
        },
        Expectation {
            words: "scenario.31.expect.locked",
            holds: |run| {
                let charged =
                    SagaEvent::StepRequested { step: "ProcessPayment".to_owned(), attempt: 1 };
                let pays = |order| events_of(run, order).contains(&charged);
                pays(THIRD) != pays(FOURTH)
            },
        },
        Expectation {
            words: "scenario.31.expect.stock",
            holds: |run| {
                held(run, "inventory", "Moka") == 0 && held(run, "shipping", "handed_over") == 2
            },
        },
    ],
    tape: || {
        let second = 10 * SECOND_US;
        tape([
            (0, by_saga()),
            (0, protect(Protection::SemanticLock, false)),
            (0, set("inventory", "Moka", 2)),
            (1_000, given(1, create(ORDER))),
            (2_000, given(2, create(SECOND))),
            (second, protect(Protection::SemanticLock, true)),
            (second, set("inventory", "Moka", 2)),
            (second, given(3, create(FOURTH))),
            (second + 2_000, given(4, create(THIRD))),
        ])
    },
};
