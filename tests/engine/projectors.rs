//! Projectors and queries: read models follow the log, once, and can always be made again.

use hindsight::{
    domain::orders::{
        CustomerOrders, Money, OrderDetails, OrderStatus, SalesDashboard, SalesRow, SalesTotals,
    },
    engine::{Progress, Projector, ProjectorError, ReadModel},
    kernel::{
        CausationId, CodecError, CorrelationId, EncodedEvent, EventId, GlobalPosition, NewEvent,
        Projection, StreamId, Timestamp, Version,
    },
    ports::{Append, Environment, EventStore, Known, Moment, PageRequest},
    simulation::{Fault, FaultPoint},
};
use pollster::block_on;
use uuid::Uuid;

use super::stage::{Stage, TestWorld, cancel, create, create_for, order, pay, ship};

fn projector<P: Projection<Event: 'static>>(stage: &Stage) -> Projector<TestWorld> {
    Projector::new::<P>(stage.world.clone())
}

fn sales(stage: &Stage) -> Known<SalesTotals> {
    let model = ReadModel::<SalesDashboard, _>::new(stage.world.clone());
    let row = block_on(model.row(&SalesDashboard::TOTALS.to_owned())).expect("readable");
    row.map(|row| match row {
        Some(SalesRow::Totals(totals)) => totals,
        other => panic!("no totals: {other:?}"),
    })
}

fn totals(by_status: &[(OrderStatus, u64)], revenue_taken: i64) -> SalesTotals {
    let orders_by_status = by_status.iter().copied().collect();
    SalesTotals { orders_by_status, revenue_taken: Money(revenue_taken) }
}

fn three_orders() -> Stage {
    let stage = Stage::new();
    for (number, command) in (1..).zip([
        create(1),
        create(2),
        pay(1),
        create_for(3, "Ben", 3_200),
        pay(2),
        cancel(2),
        ship(1),
    ]) {
        stage.send(number, command).expect("no error");
    }
    assert_eq!(stage.log().len(), 7);
    stage
}

#[test]
fn a_projector_reads_to_the_end_and_says_how_far_it_is() {
    let stage = three_orders();
    let projector = projector::<SalesDashboard>(&stage);
    let step = |checkpoint, at_end| Ok(Progress { checkpoint: GlobalPosition(checkpoint), at_end });
    assert_eq!(block_on(projector.catch_up(3)), step(3, false));
    assert_eq!(block_on(projector.catch_up(3)), step(6, false));
    assert_eq!(block_on(projector.catch_up(3)), step(7, true));
    let expected = totals(
        &[
            (OrderStatus::Pending, 1),
            (OrderStatus::Paid, 0),
            (OrderStatus::Shipped, 1),
            (OrderStatus::Cancelled, 1),
        ],
        6_400,
    );
    assert_eq!(sales(&stage), Known { value: expected, up_to: GlobalPosition(7) });
}

#[test]
fn after_a_restart_nothing_is_projected_twice() {
    let stage = three_orders();
    block_on(projector::<SalesDashboard>(&stage).catch_up(100)).expect("no error");
    let before = sales(&stage);
    let restarted = projector::<SalesDashboard>(&stage);
    let progress = block_on(restarted.catch_up(100)).expect("no error");
    assert_eq!(progress, Progress { checkpoint: GlobalPosition(7), at_end: true });
    assert_eq!(sales(&stage), before);
}

#[test]
fn two_projectors_of_one_model_do_not_count_an_event_twice() {
    let stage = three_orders();
    let (first, second) =
        (projector::<SalesDashboard>(&stage), projector::<SalesDashboard>(&stage));
    block_on(first.checkpoint()).expect("no error");
    block_on(second.checkpoint()).expect("no error");
    block_on(first.catch_up(5)).expect("no error");
    let found = block_on(second.catch_up(7)).expect("no error");
    assert_eq!(found.checkpoint, GlobalPosition(5), "goes on from where the other one is");
    block_on(second.catch_up(7)).expect("no error");
    assert_eq!(sales(&stage).value.order_count(), 3);
}

#[test]
fn a_rebuild_gives_the_same_rows_and_touches_no_event() {
    let stage = three_orders();
    let projector = projector::<SalesDashboard>(&stage);
    block_on(projector.catch_up(100)).expect("no error");
    let (before, log) = (sales(&stage), stage.log());
    block_on(projector.start_again()).expect("no error");
    assert_eq!(block_on(projector.checkpoint()), Ok(GlobalPosition::NONE));
    block_on(projector.catch_up(2)).expect("no error");
    assert_eq!(sales(&stage).value.order_count(), 2, "it really was empty");
    block_on(projector.catch_up(100)).expect("no error");
    assert_eq!((sales(&stage), stage.log()), (before, log));
}

#[test]
fn fresh_events_are_followed_directly_and_a_gap_is_noticed() {
    let stage = three_orders();
    let log = stage.log();
    let projector = projector::<SalesDashboard>(&stage);
    assert_eq!(block_on(projector.follow(&log[..2])), Ok(true));
    assert_eq!(block_on(projector.follow(&log[3..4])), Ok(false));
    assert_eq!(block_on(projector.checkpoint()), Ok(GlobalPosition(2)));
    assert_eq!(block_on(projector.follow(&log[2..])), Ok(true));
    assert_eq!(sales(&stage).up_to, GlobalPosition(7));
    let projected = |moment: &&Moment| matches!(moment, Moment::Projected { .. });
    assert_eq!(stage.moments().iter().filter(projected).count(), 2);
}

#[test]
fn a_failed_update_leaves_the_model_and_the_next_try_goes_on_from_there() {
    for fault in [Fault::DiskFull, Fault::LoseAnswer] {
        let stage = three_orders();
        let projector = projector::<SalesDashboard>(&stage);
        block_on(projector.catch_up(2)).expect("no error");
        stage.world.store().arm_once(FaultPoint::UpdateReadModel, fault);
        let failed = block_on(projector.catch_up(100));
        assert!(matches!(failed, Err(ProjectorError::Storage(_))), "{failed:?}");
        block_on(projector.catch_up(100)).expect("no error");
        block_on(projector.catch_up(100)).expect("no error");
        assert_eq!(sales(&stage).value.order_count(), 3);
    }
}

#[test]
fn types_of_others_pass_by_and_a_malformed_event_stops_the_model() {
    let stage = three_orders();
    append_raw(&stage, "ParcelWeighed", 1, r#"{"grams":5}"#);
    let projector = projector::<SalesDashboard>(&stage);
    let progress = block_on(projector.catch_up(100)).expect("an unknown type is no error");
    assert_eq!(progress.checkpoint, GlobalPosition(8));

    append_raw(&stage, "OrderCancelled", 2, r#"{"reason":5}"#);
    let stopped = block_on(projector.catch_up(100));
    assert!(
        matches!(stopped, Err(ProjectorError::Codec(CodecError::Malformed { .. }))),
        "{stopped:?}"
    );
    assert_eq!(sales(&stage).up_to, GlobalPosition(8));
}

fn append_raw(stage: &Stage, event_type: &str, version: u64, data: &str) {
    let encoded = EncodedEvent {
        event_type: event_type.to_owned(),
        schema_version: 1,
        data: data.to_owned(),
    };
    let event = NewEvent {
        id: EventId(Uuid::from_u128(1_000 + u128::from(version))),
        occurred_at: Timestamp(0),
        correlation_id: CorrelationId(Uuid::nil()),
        causation_id: CausationId(Uuid::nil()),
        encoded,
    };
    let append = Append {
        stream: StreamId::new("order", order(99)),
        expected: Version(version - 1),
        events: vec![event],
        outbox: vec![],
        inbox: None,
    };
    block_on(stage.world.store().append(&append)).expect("no conflict");
}

#[test]
fn orders_are_listed_newest_first_in_pages_that_know_their_totals() {
    let stage = three_orders();
    block_on(projector::<OrderDetails>(&stage).catch_up(100)).expect("no error");
    let model = ReadModel::<OrderDetails, _>::new(stage.world.clone());
    let page = |page| block_on(model.page("", PageRequest { page, size: 2 })).expect("readable");
    let orders =
        |page: Known<hindsight::ports::Page<hindsight::domain::orders::OrderDetailsRow>>| {
            page.value.rows.into_iter().map(|details| details.row.order).collect::<Vec<_>>()
        };
    assert_eq!(orders(page(1)), [order(3), order(2)]);
    assert_eq!(orders(page(2)), [order(1)]);
    assert_eq!(orders(page(3)), []);
    let first = page(1);
    assert_eq!((first.value.total_count, first.value.total_pages()), (3, 2));
    assert_eq!(first.up_to, GlobalPosition(7));
}

#[test]
fn a_customers_orders_are_their_own() {
    let stage = three_orders();
    block_on(projector::<CustomerOrders>(&stage).catch_up(100)).expect("no error");
    let model = ReadModel::<CustomerOrders, _>::new(stage.world.clone());
    let of = |customer| {
        let page = block_on(model.page(customer, PageRequest { page: 1, size: 10 }));
        let rows = page.expect("readable").value.rows;
        rows.into_iter().map(|row| (row.order, row.status)).collect::<Vec<_>>()
    };
    assert_eq!(of("Ana"), [(order(2), OrderStatus::Cancelled), (order(1), OrderStatus::Shipped)]);
    assert_eq!(of("Ben"), [(order(3), OrderStatus::Pending)]);
    assert_eq!(of("Nobody"), []);
}

#[test]
fn order_details_know_everything_about_one_order() {
    let stage = three_orders();
    block_on(projector::<OrderDetails>(&stage).catch_up(100)).expect("no error");
    let model = ReadModel::<OrderDetails, _>::new(stage.world.clone());
    let known = block_on(model.row(&order(2).to_string())).expect("readable");
    let details = known.value.expect("it exists");
    assert_eq!(details.row.version, Version(3));
    assert_eq!(details.payment.map(|payment| payment.amount), Some(Money(6_400)));
    assert_eq!(details.cancel_reason.as_deref(), Some("changed my mind"));
    assert_eq!(block_on(model.row(&order(9).to_string())).expect("readable").value, None);
}
