//! The scenario about orders without a conductor.

use std::collections::BTreeSet;

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, SECOND, command, create_for, given, tape},
    saga_parts::{
        COMPENSATED, SECOND_US, by_reactors, by_saga, events_of, held, is_over, order_events, set,
        status,
    },
};
use crate::{
    app::run::{Expectation, Finished},
    domain::orders::{OrderEvent, OrderFulfilment, OrderId},
    kernel::{Choreography, CorrelationId, SagaId, StoredEvent},
    ports::{Moment, SagaMoment},
    simulation::RecordedMoment,
};

/// Whether a reactor says this here.
fn says(recorded: &RecordedMoment, fact: &str) -> bool {
    matches!(&recorded.moment, Moment::Saga(SagaMoment::Noted { event, .. }) if *event == fact)
}

/// What reactors said of an order.
fn facts_of(run: &Finished, order: OrderId) -> impl Iterator<Item = &StoredEvent> {
    let instance = SagaId(order.0).to_string();
    run.log.iter().filter(move |stored| {
        let category = stored.stream.category();
        stored.stream.instance() == instance
            && OrderFulfilment::REACTORS.iter().any(|reactor| reactor.name == category)
    })
}

fn is_declined(run: &Finished, order: OrderId) -> bool {
    let declined = OrderEvent::OrderCancelled { reason: "card_declined".to_owned() };
    order_events(run, order).last() == Some(&declined)
}

/// Whether each of these is about an event before it that belongs to the same request.
fn are_a_chain(run: &Finished, request: CorrelationId, facts: &[&StoredEvent]) -> bool {
    facts.iter().all(|fact| {
        let cause = run.log.iter().find(|it| it.event.id.0 == fact.event.causation_id.0);
        fact.event.correlation_id == request
            && cause.is_some_and(|cause| {
                cause.event.correlation_id == request && cause.position < fact.position
            })
    })
}

/// The card is declined twice: once with a saga for the order, and once without.
pub(super) const NO_CONDUCTOR: Scenario = Scenario {
    id: 32,
    title: "scenario.32.title",
    see: "scenario.32.see",
    lesson: "scenario.32.lesson",
    steps: &[
        ScenarioStep { words: "scenario.32.step.1", is_at: is_over, pauses: true },
        ScenarioStep {
            words: "scenario.32.step.2",
            is_at: |recorded| says(recorded, "StockReserved"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.32.step.3",
            is_at: |recorded| says(recorded, "PaymentDeclined"),
            pauses: true,
        },
        ScenarioStep {
            words: "scenario.32.step.4",
            is_at: |recorded| says(recorded, "OrderDropped"),
            pauses: true,
        },
    ],
    expectations: &[
        Expectation {
            words: "scenario.32.expect.same",
            holds: |run| {
                is_declined(run, ORDER)
                    && is_declined(run, SECOND)
                    && held(run, "inventory", "Moka") == 5
                    && held(run, "inventory", "promised") == 0
            },
        },
        Expectation {
            words: "scenario.32.expect.spread",
            holds: |run| {
                let streams: BTreeSet<_> =
                    facts_of(run, SECOND).map(|stored| &stored.stream).collect();
                let has_no_saga = events_of(run, SECOND).is_empty();
                status(run, ORDER) == COMPENSATED && has_no_saga && streams.len() == 3
            },
        },
        Expectation {
            words: "scenario.32.expect.followed",
            holds: |run| {
                let (request, facts) =
                    (CorrelationId(command(2).0), facts_of(run, SECOND).collect::<Vec<_>>());
                !facts.is_empty() && are_a_chain(run, request, &facts)
            },
        },
    ],
    tape: || {
        tape([
            (0, by_saga()),
            (0, set("inventory", "Moka", 5)),
            (0, set("payment", "Ben", 0)),
            (1_000, given(1, create_for("Ben", ORDER))),
            (10 * SECOND_US, by_reactors()),
            (10 * SECOND_US, given(2, create_for("Ben", SECOND))),
        ])
    },
};
