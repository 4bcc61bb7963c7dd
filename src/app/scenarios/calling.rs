//! The scenario about a domain that calls the network.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, TOTAL, create, deliver, given, pay, ship, tape},
    saga_parts::{held, order_events, protect, set},
};
use crate::{
    app::run::{Expectation, Finished},
    domain::orders::OrderEvent,
    kernel::StepAnswer,
    ports::{Moment, Outcome, SagaMoment},
    simulation::{Protection, RecordedMoment},
};

/// What the payment service said to each call, in order.
fn answers(run: &Finished) -> Vec<StepAnswer> {
    let answer = |recorded: &RecordedMoment| match &recorded.moment {
        Moment::Saga(SagaMoment::ServiceServed { answer, .. }) => Some(answer.clone()),
        _ => None,
    };
    run.trace.iter().filter_map(answer).collect()
}

fn charges(recorded: &RecordedMoment) -> bool {
    matches!(
        recorded.moment,
        Moment::Saga(SagaMoment::ServiceServed { answer: StepAnswer::Done, .. })
    )
}

/// How the two attempts to ship ended.
fn shipped(run: &Finished) -> Vec<Outcome> {
    let ended = run.trace.iter().filter_map(|recorded| match recorded.moment {
        Moment::CommandLogged { name: "ShipOrder", outcome, .. } => Some(outcome),
        _ => None,
    });
    ended.collect()
}

/// An order whose domain takes the money whenever its payment is folded.
pub(super) const CALLED_THE_NETWORK: Scenario = Scenario {
    id: 43,
    title: "scenario.43.title",
    see: "scenario.43.see",
    lesson: "scenario.43.lesson",
    steps: &[
        ScenarioStep { words: "scenario.43.step.1", is_at: charges, pauses: true },
        ScenarioStep {
            words: "scenario.43.step.2",
            is_at: |recorded| matches!(recorded.moment, Moment::Rejected { .. }),
            pauses: true,
        },
        ScenarioStep { words: "scenario.43.step.3", is_at: charges, pauses: true },
        ScenarioStep {
            words: "scenario.43.step.4",
            is_at: |recorded| {
                matches!(recorded.moment, Moment::CommandLogged { name: "DeliverOrder", .. })
            },
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.43.expect.twice",
            holds: |run| {
                let paid =
                    |event: &&OrderEvent| matches!(event, OrderEvent::OrderPaymentConfirmed { .. });
                order_events(run, ORDER).iter().filter(paid).count() == 1
                    && held(run, "payment", "charges") == 2
                    && held(run, "payment", "held") == 2 * TOTAL.0.unsigned_abs()
            },
        },
        Expectation {
            words: "scenario.43.expect.differs",
            holds: |run| shipped(run) == [Outcome::Rejected, Outcome::Accepted],
        },
        Expectation {
            words: "scenario.43.expect.pure",
            holds: |run| {
                let declined = StepAnswer::Refused { reason: "card_declined".to_owned() };
                order_events(run, ORDER).last() == Some(&OrderEvent::OrderDelivered)
                    && answers(run) == [StepAnswer::Done, declined, StepAnswer::Done]
            },
        },
    ],
    tape: || {
        tape([
            (0, protect(Protection::PureDomain, false)),
            (1_000, given(1, create(ORDER))),
            (20_000, given(2, pay(ORDER))),
            (40_000, set("payment", "Ana", 0)),
            (40_000, given(3, ship(ORDER, "TRK-1"))),
            (60_000, set("payment", "Ana", 20_000)),
            (60_000, given(4, ship(ORDER, "TRK-1"))),
            (80_000, protect(Protection::PureDomain, true)),
            (80_000, given(5, deliver(ORDER))),
        ])
    },
};
