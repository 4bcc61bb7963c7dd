//! Orders that cannot be fulfilled at all: nobody begins with them, and it is said why.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{Money, OrderCommand, OrderStatus},
    kernel::{Ending, Fact, SagaEvent, StoredEvent, from_json},
    ports::{Moment, SagaMoment},
    simulation::{Input, Target},
};

use crate::{
    laws::ending,
    sample::{
        OrderInput, by_person, by_reactors, by_saga, create, facts, log, order, order_state,
        played, saga_events, saga_state, tape_of,
    },
};

type OrderRun = Run<MemoryStore>;

/// Each way, and who looks at an order first.
fn ways() -> [(OrderInput, Target); 2] {
    [(by_saga(), Target::Runner), (by_reactors(), Target::Reactor("desk".to_owned()))]
}

/// An order that another writer has created, in a stream of this name and for this customer.
fn foreign(stream: &str, customer: &str) -> OrderInput {
    let text = include_str!("../tapes/foreign.json")
        .replace("order-00000000-0000-0000-0000-000000000009", stream)
        .replace("\"position\":5", "\"position\":1")
        .replace("Bo", customer);
    let event: StoredEvent = from_json(&text).expect("a stored event");
    Input::Foreign(vec![event])
}

/// Why nobody went on with the order, as its saga or the desk has kept it.
fn reason(run: &OrderRun) -> Option<String> {
    if let Some(saga) = saga_state(run, 1) {
        let gave_up = |event: &SagaEvent| matches!(event, SagaEvent::StepGivenUp { step, .. } if step == "CheckOrder");
        assert_eq!(saga_events(run, 1).iter().filter(|event| gave_up(event)).count(), 1);
        return saga.failure;
    }
    let facts = facts(run, 1);
    let [unfit] = &facts[..] else { panic!("one fact and no more: {facts:?}") };
    assert_eq!(unfit.event.encoded.event_type, "OrderUnfit");
    Fact::decode(&unfit.event.encoded).expect("ours").failure
}

/// It ended before it began, for this reason, and no service was ever asked.
fn assert_unfit(run: &OrderRun, expected: &str) {
    assert_eq!(ending(run, 1), Some(Ending::FailedBeforeStart), "{expected}");
    assert_eq!(reason(run).as_deref(), Some(expected));
    let asked = |moment: &Moment| matches!(moment, Moment::Saga(SagaMoment::ServiceAsked { .. }));
    assert!(!run.world().trace().iter().any(|it| asked(&it.moment)), "{expected}");
}

#[test]
fn an_order_that_a_person_has_cancelled_or_paid_before_it_was_looked_at_is_left_alone() {
    let amount = Money(6_400);
    let hands = [
        (
            OrderCommand::CancelOrder { order: order(1), reason: "No".to_owned() },
            OrderStatus::Cancelled,
        ),
        (
            OrderCommand::ConfirmPayment { order: order(1), payment_id: "cash".to_owned(), amount },
            OrderStatus::Paid,
        ),
    ];
    for (command, status) in hands {
        for (way, first) in ways() {
            let run = played(&tape_of(
                way,
                [
                    (500, Input::Crash(first.clone())),
                    (1_000, create(1)),
                    (100_000, by_person(1, command.clone())),
                    (1_000_000, Input::Restart(first)),
                ],
            ));
            assert_unfit(&run, "order_not_pending");
            assert_eq!(order_state(&run, 1).expect("it was created").status, status);
        }
    }
}

#[test]
fn an_order_of_nobody_is_left_alone() {
    // No command makes one: a field rule refuses it. Another writer may know no such rule.
    for (way, _) in ways() {
        for customer in ["", " "] {
            let stream = order(1).stream();
            let run = played(&tape_of(way.clone(), [(1_000, foreign(stream.as_str(), customer))]));
            assert_unfit(&run, "customer_invalid");
            assert_eq!(order_state(&run, 1).expect("it is there").status, OrderStatus::Pending);
        }
    }
}

#[test]
fn an_order_under_another_form_of_its_id_is_no_order() {
    let stream = format!("order-{}", order(1).0.simple());
    let run = played(&tape_of(by_reactors(), [(1_000, foreign(&stream, "Ana"))]));
    assert_unfit(&run, "order_missing");
    assert!(order_state(&run, 1).is_none());

    // No saga begins with it, so that none can miss it: its order is read from the stream that began it.
    let run = played(&tape_of(by_saga(), [(1_000, foreign(&stream, "Ana"))]));
    assert_eq!(log(&run).len(), 1, "nobody says anything about it");
}
