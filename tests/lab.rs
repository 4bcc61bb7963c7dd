//! The lab's stories: drafts become reports, the log can be filtered, read models follow.

#![cfg(not(target_arch = "wasm32"))]

#[path = "lab/fulfilled.rs"]
mod fulfilled;
#[path = "lab/people.rs"]
mod people;
#[path = "lab/room.rs"]
mod room;

use std::{cell::RefCell, rc::Rc};

use hindsight::{
    adapters::MemoryStore,
    app::{
        Changed, Lab,
        views::{
            Change, CommandDraft, Ending, Fact, FactName, FactValue, Failure, FieldProblem,
            LogFilter, LogRow, OrderDraft, OrderStatus, Outcome, Problem, ReadModel, Rejection,
            ScanProgress, Stage,
        },
    },
    domain::orders::{CustomerId, Money, OrderEvent, OrderId},
    kernel::{CausationId, CorrelationId, EventId, NewEvent, StoredForm, Timestamp, Version},
    ports::{Append, EventStore},
};
use pollster::block_on;
use room::{Room, create, item, lab, lab_over, order_draft, pay, room_over};
use uuid::Uuid;

#[test]
fn one_click_makes_an_order() {
    let lab = lab();
    let report = block_on(lab.send(&CommandDraft::CreateOrder(lab.new_order_draft())));
    let events = vec!["OrderCreated".to_owned()];
    assert_eq!(report.ending, Ending::Accepted { events, version: 1, position: 1 });
    let log = report.log.expect("the logging behaviour is on");
    assert_eq!((log.outcome, log.attempts), (Outcome::Accepted, 1));
    let stages: Vec<_> = log.stages.iter().map(|(stage, _)| *stage).collect();
    assert_eq!(
        stages,
        [
            Stage::Logging,
            Stage::Validation,
            Stage::Idempotency,
            Stage::Retry,
            Stage::Load,
            Stage::Decide,
            Stage::Append
        ]
    );
}

#[test]
fn ready_values_are_accepted_all_the_way_to_the_door() {
    let lab = lab();
    let order = create(&lab);
    for index in [0, 1, 2] {
        let offers = block_on(lab.offers(&order, None, "changed my mind")).expect("readable");
        assert_eq!(offers[index].refusal, None);
        let report = block_on(lab.send(&offers[index].draft));
        assert!(matches!(report.ending, Ending::Accepted { .. }), "{report:?}");
    }
    let offers = block_on(lab.offers(&order, None, "changed my mind")).expect("readable");
    assert_eq!(offers[3].refusal, Some(Rejection::AlreadyDelivered));
}

#[test]
fn ready_values_stay_as_they_are_while_somebody_looks() {
    let lab = lab();
    let order = create(&lab);
    let drafts = || {
        let offers = block_on(lab.offers(&order, None, "changed my mind")).expect("readable");
        offers.into_iter().map(|offer| offer.draft).collect::<Vec<_>>()
    };
    let before = drafts();
    create(&lab);
    assert_eq!(drafts(), before);
}

#[test]
fn an_offer_says_what_the_decider_would_say() {
    let lab = lab();
    let order = create(&lab);
    let offers = block_on(lab.offers(&order, None, "changed my mind")).expect("readable");
    let refusals: Vec<_> = offers.iter().map(|offer| offer.refusal.clone()).collect();
    let not_shipped = Rejection::NotShipped { status: OrderStatus::Pending };
    assert_eq!(refusals, [None, Some(Rejection::PaymentNotConfirmed), Some(not_shipped), None]);
    let report = block_on(lab.send(&offers[1].draft));
    assert_eq!(report.ending, Ending::Rejected { rejection: Rejection::PaymentNotConfirmed });
}

#[test]
fn what_cannot_be_read_names_its_fields_and_is_not_sent() {
    let lab = lab();
    let draft = OrderDraft {
        items: vec![item("Moka", "two", "32.00"), item("Sencha", "1", "1e3")],
        ..order_draft(&lab)
    };
    let report = block_on(lab.send(&CommandDraft::CreateOrder(draft)));
    let problems = vec![
        problem("items[0].quantity", Problem::NotAWholeNumber),
        problem("items[1].unit_price", Problem::NotAnAmount),
    ];
    assert_eq!(report.ending, Ending::Invalid { problems });
    assert_eq!(lab.log_length(&LogFilter::default()), 0);
}

#[test]
fn what_breaks_a_rule_names_its_field_with_and_without_sending() {
    let lab = lab();
    let customer = "x".repeat(10_000);
    let draft = CommandDraft::CreateOrder(OrderDraft { customer, ..order_draft(&lab) });
    let rule = Problem::Rule(Rejection::TextTooLong { length: 10_000, max: 200 });
    let problems = vec![problem("customer", rule)];
    assert_eq!(lab.check(&draft), problems);
    assert_eq!(block_on(lab.send(&draft)).ending, Ending::Invalid { problems });
}

fn problem(field: &str, problem: Problem) -> FieldProblem {
    FieldProblem { field: field.to_owned(), problem }
}

#[test]
fn an_unknown_order_is_named() {
    let lab = lab();
    for order in ["no id at all", "0190a0a0-0000-7000-8000-000000000000"] {
        let failure = Failure::UnknownOrder { order: order.to_owned() };
        assert_eq!(block_on(lab.order(order)), Err(failure.clone()));
        assert_eq!(block_on(lab.offers(order, None, "x")), Err(failure));
    }
}

#[test]
fn an_order_can_be_seen_at_every_version_with_what_the_event_changed() {
    let lab = lab();
    let order = create(&lab);
    pay(&lab, &order);
    let history = block_on(lab.order(&order)).expect("readable");
    assert_eq!(history.version(), 2);
    assert_eq!(history.versions[0].status, None);
    assert_eq!(history.versions[0].state, []);
    assert!(history.versions[1].state.iter().all(|fact| fact.change == Change::New));
    let paid = history.latest();
    assert_eq!(paid.status, Some(OrderStatus::Paid));
    let changed: Vec<_> = paid
        .state
        .iter()
        .filter(|fact| fact.change != Change::None)
        .map(|fact| (fact.fact.name, fact.change.clone()))
        .collect();
    assert_eq!(
        changed,
        [
            (FactName::Status, Change::Was(FactValue::Status(OrderStatus::Pending))),
            (FactName::Amount, Change::New),
            (FactName::PaymentId, Change::New),
        ]
    );
    let event = paid.event.as_ref().expect("an event led here");
    let amount = Fact { name: FactName::Amount, value: FactValue::Money(6_400) };
    assert_eq!(event.facts.as_ref().expect("a known type")[0], amount);
}

#[test]
fn the_log_is_read_in_windows_and_filtered_by_stream_and_type() {
    let lab = lab();
    let orders: Vec<_> = (0..3).map(|_| create(&lab)).collect();
    pay(&lab, &orders[1]);
    let everything = LogFilter::default();
    assert_eq!(lab.log_length(&everything), 4);
    assert_eq!(positions(&lab, &everything, 1, 2), [2, 3]);
    assert_eq!(positions(&lab, &everything, 3, 10), [4]);

    let stream = LogFilter { stream: orders[1].to_uppercase(), event_type: None };
    assert_eq!(lab.log_length(&stream), 2);
    assert_eq!(positions(&lab, &stream, 0, 10), [2, 4]);
    let event_type = Some("OrderPaymentConfirmed".to_owned());
    let paid = LogFilter { stream: String::new(), event_type: event_type.clone() };
    assert_eq!(positions(&lab, &paid, 0, 10), [4]);
    let none = LogFilter { stream: orders[0].clone(), event_type };
    assert_eq!(lab.log_length(&none), 0);

    create(&lab);
    pay(&lab, &orders[0]);
    assert_eq!(positions(&lab, &paid, 0, 10), [4, 6], "a filter follows the log");
    assert_eq!(lab.event_types(), ["OrderCreated", "OrderPaymentConfirmed"]);
}

fn positions(lab: &Lab<Room>, filter: &LogFilter, first: u64, count: u64) -> Vec<u64> {
    let rows = block_on(lab.log_rows(filter, first, count)).into_iter();
    rows.map(|row| match row {
        LogRow::Event(entry) => entry.position,
        LogRow::Damaged { position, .. } => panic!("{position} is damaged"),
    })
    .collect()
}

#[test]
fn events_of_another_writer_are_found_and_projected() {
    let memory = MemoryStore::new();
    let (here, there) = (lab_over(&memory, 7), lab_over(&memory, 8));
    block_on(here.begin());
    create(&here);
    create(&there);
    create(&there);
    assert_eq!(here.scan(), ScanProgress { scanned: 1, head: 1 });
    block_on(here.hear());
    assert_eq!(here.scan(), ScanProgress { scanned: 3, head: 3 });
    assert!(here.read_models().iter().all(|status| status.checkpoint == 3 && status.behind == 0));
    assert_eq!(block_on(here.sales()).expect("readable").order_count, 3);
    assert_eq!(block_on(here.orders(1, 2)).expect("readable").total_pages, 2);
}

#[test]
fn a_second_lab_over_the_same_store_projects_nothing_twice() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    let order = create(&before);
    pay(&before, &order);
    let sales = block_on(before.sales()).expect("readable");
    let after = lab_over(&memory, 8);
    block_on(after.catch_up());
    assert_eq!(block_on(after.sales()).expect("readable"), sales);
    assert_eq!((sales.order_count, sales.revenue_taken, sales.up_to), (1, 6_400, 2));
}

#[test]
fn a_rebuild_ends_where_it_was_and_says_how_far_it_is() {
    let lab = lab();
    for _ in 0..600 {
        create(&lab);
    }
    let before = block_on(lab.sales()).expect("readable");
    let behind = Rc::new(RefCell::new(vec![]));
    let (seen, watched) = (behind.clone(), lab.clone());
    lab.on_change(move |_| seen.borrow_mut().push(watched.read_models()[2].behind));
    block_on(lab.rebuild(ReadModel::SalesDashboard));
    assert_eq!(block_on(lab.sales()).expect("readable"), before);
    behind.borrow_mut().dedup();
    assert_eq!(*behind.borrow(), [0, 600, 344, 88, 0]);
}

#[test]
fn a_rebuild_of_a_long_log_comes_to_its_end() {
    let store = MemoryStore::new();
    for stream in 0..800 {
        block_on(store.append(&hundred_orders(stream))).expect("memory does not fail");
    }
    let lab = lab_over(&store, 7);
    block_on(lab.begin());
    block_on(lab.rebuild(ReadModel::SalesDashboard));
    assert_eq!(block_on(lab.sales()).expect("readable").up_to, 80_000);
}

/// A hundred orders that were created, in a stream.
fn hundred_orders(stream: u128) -> Append {
    let created = OrderEvent::OrderCreated {
        customer: CustomerId("Ana".to_owned()),
        items: vec![],
        total: Money(0),
    };
    let event = |number| {
        let id = Uuid::from_u128(stream * 1_000 + number);
        NewEvent {
            id: EventId(id),
            occurred_at: Timestamp(0),
            correlation_id: CorrelationId(id),
            causation_id: CausationId(id),
            encoded: created.encode(),
        }
    };
    Append {
        stream: OrderId(Uuid::from_u128(stream)).stream(),
        expected: Version::NONE,
        events: (1..=100).map(event).collect(),
        outbox: vec![],
        inbox: None,
    }
}

#[test]
fn replacing_the_environment_forgets_everything_shown() {
    let lab = lab();
    create(&lab);
    let told = Rc::new(RefCell::new(vec![]));
    let seen = told.clone();
    lab.on_change(move |changed| seen.borrow_mut().push(changed));
    lab.replace(room_over(&MemoryStore::new(), 9));
    let everything = Changed {
        log: true,
        models: true,
        scan: true,
        trace: true,
        branches: true,
        tabs: false,
        replaced: true,
        given: false,
    };
    assert_eq!(*told.borrow(), [everything]);
    assert_eq!(lab.log_length(&LogFilter::default()), 0);
    assert_eq!(lab.event_types(), Vec::<String>::new());
}

#[test]
fn the_export_is_one_cloud_event_a_line() {
    let lab = lab();
    let order = create(&lab);
    pay(&lab, &order);
    let (mut text, mut steps) = (String::new(), vec![]);
    let count = block_on(lab.export(
        |chunk| text.push_str(&chunk),
        |done, all| {
            steps.push((done, all));
            true
        },
    ));
    assert_eq!(count, Ok(2));
    assert_eq!(steps, [(0, 2), (2, 2)]);
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines[1]["specversion"], "1.0");
    assert_eq!(lines[1]["type"], "OrderPaymentConfirmed");
    assert_eq!(lines[1]["subject"], format!("order-{order}"));
    let time = lines[1]["time"].as_str().expect("a time is a text");
    assert!(time.starts_with("2026-09-21T14:13:2") && time.ends_with('Z'), "{time}");
    assert_eq!(lines[1]["sequence"], "2");
    assert_eq!(lines[1]["data"]["amount"], 6_400);
    assert_eq!(lines[0]["data"]["items"][0]["product"], "Moka");
}

#[test]
fn an_export_that_is_called_off_ends_early() {
    let lab = lab();
    for _ in 0..600 {
        create(&lab);
    }
    assert_eq!(block_on(lab.export(|_| {}, |done, _| done < 500)), Ok(512));
}
