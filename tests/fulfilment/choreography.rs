//! An order that nobody conducts: it ends as one that a saga conducts, and where it is lies in five streams.

use hindsight::{
    adapters::MemoryStore,
    app::{Moments, Run},
    domain::orders::{OrderFulfilment, OrderRequest, OrderStatus},
    kernel::{Choreography, CommandId, Ending, Reaction, ReactorPlan, SagaPlan, StoredEvent},
    ports::{Moment, SagaMoment},
    simulation::{Attention, FulfilmentInput, Input, RecordedMoment, ServiceFault, Target, Times},
};
use pollster::block_on;
use uuid::Uuid;

use crate::{
    every_fault::{cases, judge, run_to},
    laws::{broken, ending, give, heal, needs_attention},
    sample::{
        OrderInput, PRICE, arm, by_reactors, by_saga, create, facts, held, log, order, order_state,
        played, saga, saga_state, said, set, tape, tape_of,
    },
};

type OrderRun = Run<MemoryStore>;

/// A run to its end in which nobody conducts.
fn reacted(inputs: impl IntoIterator<Item = (u64, OrderInput)>) -> OrderRun {
    played(&tape_of(by_reactors(), inputs))
}

fn types(events: &[StoredEvent]) -> Vec<&str> {
    events.iter().map(|stored| &*stored.event.encoded.event_type).collect()
}

const HEALTHY: [&str; 8] = [
    "OrderChecked",
    "StockReserved",
    "PaymentTaken",
    "OrderCleared",
    "ParcelPacked",
    "ParcelHandedOver",
    "OrderClosed",
    "CustomerTold",
];

/// Undone from the hand-over on, which is as far back as there is a way.
const UNDONE: [&str; 10] = [
    "OrderChecked",
    "StockReserved",
    "PaymentTaken",
    "OrderCleared",
    "ParcelPacked",
    "HandOverRefused",
    "ParcelUnpacked",
    "PaymentRefunded",
    "StockReleased",
    "OrderDropped",
];

#[test]
fn an_order_is_reserved_charged_shipped_and_told_of_and_nobody_conducts() {
    let run = reacted([(1_000, create(1))]);

    assert_eq!(types(&facts(&run, 1)), HEALTHY);
    assert_eq!(order_state(&run, 1).expect("it was created").status, OrderStatus::Shipped);
    assert_eq!(broken(&run, &[1], 100), None);
    assert!(saga_state(&run, 1).is_none(), "there is no saga");
}

#[test]
fn where_an_order_is_can_only_be_told_by_its_correlation_id_over_all_streams() {
    let run = reacted([(1_000, create(1)), (1_500, create(2))]);

    let facts = facts(&run, 1);
    let created = order(1).stream();
    let began = log(&run).into_iter().find(|stored| stored.stream == created);
    let request = began.expect("it was created").event.correlation_id;
    let followed: Vec<_> =
        log(&run).into_iter().filter(|stored| stored.event.correlation_id == request).collect();
    assert_eq!(followed.len(), facts.len() + 3, "its facts, and three events of the order itself");
    for reactor in OrderFulfilment::REACTORS {
        let own = said(&run, reactor.name, 1);
        assert!(!own.is_empty() && own.len() < facts.len(), "no stream has the whole story");
    }
    for fact in &facts {
        let cause = followed.iter().find(|it| it.event.id.0 == fact.event.causation_id.0);
        let cause = cause.expect("each fact is about an event of the same request");
        assert!(cause.position < fact.position);
    }
}

#[test]
fn whatever_a_rule_refuses_is_undone_as_a_saga_would() {
    let refusals: [(&str, &str, u64, &str); 3] = [
        ("inventory", "Moka", 1, "not_enough_stock"),
        ("payment", "Ana", 0, "card_declined"),
        ("shipping", "Ana", 0, "address_missing"),
    ];
    for (service, name, amount, reason) in refusals {
        for way in [by_saga(), by_reactors()] {
            let run = played(&tape_of(way, [(0, set(service, name, amount)), (1_000, create(1))]));
            let order = order_state(&run, 1).expect("it was created");
            assert_eq!(order.status, OrderStatus::Cancelled, "{service}");
            assert_eq!(order.cancel_reason.as_deref(), Some(reason));
            assert_eq!(held(&run, "payment", "held"), 0, "{service}");
            assert_eq!(held(&run, "inventory", "promised"), 0, "{service}");
        }
    }
    let run =
        reacted([(0, arm("HandOver", ServiceFault::Refuse, Times::Always)), (1_000, create(1))]);
    assert_eq!(types(&facts(&run, 1)), UNDONE);
}

#[test]
fn both_ways_on_one_tape_have_the_same_keys_and_the_same_end() {
    let second = 1_000_000;
    let run = played(&tape([
        (0, set("payment", "Ana", 0)),
        (1_000, create(1)),
        (2_000, by_reactors()),
        (2_000, create(2)),
        (20 * second, set("payment", "Ana", PRICE)),
        (20 * second, create(3)),
        (21 * second, by_saga()),
        (21 * second, create(4)),
    ]));
    let ends = [1, 2, 3, 4].map(|number| ending(&run, number));
    let (undone, done) = (Some(Ending::Compensated), Some(Ending::Completed));
    assert_eq!(ends, [undone, undone, done, done]);
    let conducted = [1, 2, 3, 4].map(|number| saga_state(&run, number).is_some());
    assert_eq!(conducted, [true, false, false, true]);
    assert_eq!(held(&run, "payment", "held"), 2 * PRICE);
    let asked = |number: u128| -> Vec<_> {
        let called = |it: &RecordedMoment| match it.moment {
            Moment::Saga(SagaMoment::Called(call)) if call.saga == saga(number) => {
                Some((call.name, call.call))
            }
            _ => None,
        };
        run.world().trace().iter().filter_map(called).collect()
    };
    assert_eq!(asked(1), asked(2));
    assert_eq!(asked(3), asked(4));
}

/// Kills somebody where they stand, and builds them again.
fn kill(run: &mut OrderRun, reactor: &ReactorPlan) {
    let reactor = || Target::Reactor(reactor.name.to_owned());
    give(run, Input::Crash(reactor()));
    give(run, Input::Restart(reactor()));
}

#[test]
fn a_reactor_that_is_killed_at_any_moment_does_nothing_twice() {
    let tapes = [
        (tape_of(by_reactors(), [(1_000, create(1))]), &HEALTHY[..]),
        (
            tape_of(
                by_reactors(),
                [(0, arm("HandOver", ServiceFault::Refuse, Times::Always)), (1_000, create(1))],
            ),
            &UNDONE[..],
        ),
    ];
    let mut repeats = 0;
    for (tape, expected) in tapes {
        let moments = played(&tape).world().trace().len();
        for moment in 1..=moments {
            for reactor in OrderFulfilment::REACTORS {
                let mut run = run_to(&tape, moment).expect("the trace is that long");
                kill(&mut run, reactor);
                block_on(run.run_to_end());
                let told = format!("{} killed at moment {moment}", reactor.name);
                assert_eq!(types(&facts(&run, 1)), expected, "{told}");
                assert_eq!(broken(&run, &[1], 100), None, "{told}");
                repeats += run.world().trace().iter().filter(|it| is_repeat(&it.moment)).count();
            }
        }
    }
    assert!(repeats > 10, "an event is heard again after a crash before the checkpoint: {repeats}");
}

fn is_repeat(moment: &Moment) -> bool {
    matches!(moment, Moment::Saga(SagaMoment::Heard { is_repeat: true, .. }))
}

#[test]
fn whatever_goes_wrong_once_at_any_attempt_the_order_ends_and_the_sums_are_right() {
    for case in cases() {
        let mut run = reacted(case.inputs());
        judge(case, run, "nobody killed");
        // And the reactor of that request is killed while it waits.
        let service = OrderRequest::service_of(case.request).expect("it is a request");
        let tape = tape_of(by_reactors(), case.inputs());
        let is_asked = |run: &OrderRun| {
            let trace = run.world().trace();
            trace.iter().any(|it| matches!(it.moment, Moment::Saga(SagaMoment::Called(call)) if call.name == case.request))
        };
        run = Run::begin(tape, MemoryStore::new());
        while !is_asked(&run) {
            block_on(run.step()).expect("it is asked for");
        }
        kill(&mut run, &OrderFulfilment::REACTORS[service + 1]);
        judge(case, run, "the reactor killed while it waits");
    }
}

#[test]
fn what_is_given_up_waits_for_a_person_and_nobody_says_so() {
    let mut run = reacted([
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
    ]);
    assert!(needs_attention(&run, 1));
    assert_eq!(types(&facts(&run, 1)).last(), Some(&"PaymentNotRefunded"));
    assert_eq!(held(&run, "inventory", "promised"), 2, "nobody goes on");
    heal(&mut run, &[1]);
    assert_eq!(ending(&run, 1), Some(Ending::Compensated));
    assert_eq!(broken(&run, &[1], 100), None);
    let order = order_state(&run, 1).expect("it was created");
    assert_eq!(
        order.cancel_reason.as_deref(),
        Some("refused"),
        "why it turned back is still known"
    );
}

#[test]
fn a_person_can_settle_by_hand_only_what_was_given_up() {
    let attend = |id: u128, step: &str| {
        let settled = Some("paid back in cash".to_owned());
        let (id, step) = (CommandId(Uuid::from_u128(id)), step.to_owned());
        let attention = Attention { id, saga: saga(1), step, settled };
        Input::Fulfilment(FulfilmentInput::Attend(attention))
    };
    let mut run = reacted([
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
    ]);
    give(&mut run, attend(50, "ReserveInventory"));
    block_on(run.run_to_end());
    let refused = |run: &OrderRun| {
        let is_one = |moment: &Moment| {
            matches!(moment, Moment::Saga(SagaMoment::Refused { rule: "not_given_up", .. }))
        };
        run.world().trace().iter().filter(|it| is_one(&it.moment)).count()
    };
    assert_eq!(refused(&run), 1);
    give(&mut run, attend(51, "ProcessPayment"));
    block_on(run.run_to_end());
    assert_eq!((refused(&run), ending(&run, 1)), (1, Some(Ending::Compensated)));
    assert_eq!(held(&run, "payment", "held"), PRICE, "the person did it, not the service");
}

#[test]
fn every_step_and_compensation_is_asked_for_by_one_reactor_and_every_fact_is_said_by_one() {
    let all = || OrderFulfilment::REACTORS.iter().flat_map(|reactor| reactor.reactions);
    let steps = OrderFulfilment::PLAN.steps();
    let named = steps.iter().flat_map(|step| [Some(step.name), step.compensation()]).flatten();
    for name in named {
        assert_eq!(all().filter(|reaction| reaction.asks == name).count(), 1, "{name}");
    }
    assert_eq!(all().count(), 12);
    for waited in all().flat_map(|reaction| reaction.on) {
        let says = |it: &&Reaction| [it.done, it.refused, it.given_up].contains(waited);
        let sayers = all().filter(says).count();
        assert_eq!(sayers, usize::from(*waited != "OrderCreated"), "{waited}");
        assert_eq!(all().filter(|it| it.on.contains(waited)).count(), 1, "{waited} is for one");
    }
}

#[test]
fn the_page_puts_together_what_the_log_said_by_then() {
    let second = 1_000_000;
    let run = reacted([
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Next(1))),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
        (20 * second, create(2)),
        (40 * second, Input::Crash(Target::Reactor("payment".to_owned()))),
    ]);
    let moments = Moments::of(&run);
    let trace = run.world().trace();
    for number in 0..=moments.count() {
        let told = trace[..number as usize].iter().rev().find_map(|it| match &it.moment {
            Moment::Saga(SagaMoment::Noted { position, .. }) => Some(*position),
            _ => None,
        });
        let board = moments.reacted(number);
        for order in [1, 2] {
            let mut said = facts(&run, order);
            said.retain(|fact| told.is_some_and(|told| fact.position <= told));
            let shown = board.orders.iter().find(|it| it.id == saga(order).to_string());
            let shown = shown.map_or(vec![], |order| order.facts.clone());
            let expected =
                said.iter().map(|it| (it.stream.category(), &*it.event.encoded.event_type));
            assert!(expected.eq(shown), "moment {number}, order {order}");
        }
    }
    let board = moments.reacted(moments.count());
    let stuck: Vec<_> = board.orders.iter().map(|order| order.stuck).collect();
    assert_eq!(stuck, [None, Some("ProcessPayment")], "the last one first");
    let dead: Vec<_> = board.reactors.iter().filter(|(_, dead)| *dead).collect();
    assert_eq!((board.is_on, dead), (true, vec![&("payment", true)]));
}
