//! The read models of orders: however the log is cut into batches, they say what the orders say.

use std::{collections::BTreeMap, fmt::Debug};

use hindsight::{
    domain::orders::{
        CustomerOrders, Money, Order, OrderDecider, OrderDetails, OrderDetailsRow, OrderEvent,
        OrderRow, OrderStatus, SalesDashboard, SalesRow, SalesTotals,
    },
    kernel::{
        GlobalPosition, Projection, Recorded, RowKey, RowPlace, Rows, StreamId, Version, fold,
    },
};
use proptest::{
    collection::vec,
    prelude::{Strategy, prop_assert_eq},
    proptest,
};

use super::{
    random::{Intent, config, history, intents_for_some, run, wild_event},
    samples::{at, cancelled, created, delivered, order, order_number, paid, shipped},
};

/// A log of some orders: events with their places, as a store would give them back.
fn log(intents: &[(u128, Intent)]) -> Vec<Recorded<OrderEvent>> {
    let mut log = vec![];
    let mut wanted: BTreeMap<u128, Vec<Intent>> = BTreeMap::new();
    for (number, intent) in intents {
        let wanted = wanted.entry(*number).or_default();
        wanted.push(intent.clone());
        let history = history(&run(*number, wanted));
        record_new(&mut log, &order_number(*number).stream(), &history);
    }
    log
}

/// Writes the events of a stream that are not in the log yet behind the others.
fn record_new(log: &mut Vec<Recorded<OrderEvent>>, stream: &StreamId, history: &[OrderEvent]) {
    let known = log.iter().filter(|event| event.stream == *stream).count();
    for (index, event) in history.iter().enumerate().skip(known) {
        let position = log.len() as u64 + 1;
        log.push(Recorded {
            position: GlobalPosition(position),
            stream: stream.clone(),
            version: Version(index as u64 + 1),
            occurred_at: at(position),
            event: event.clone(),
        });
    }
}

/// The rows of a read model after a log that came in batches of these sizes, over and over.
fn projected<P: Projection<Event = OrderEvent>>(
    log: &[Recorded<OrderEvent>],
    batches: &[usize],
) -> BTreeMap<RowKey, P::Row>
where
    P::Row: Debug,
{
    let mut stored = BTreeMap::new();
    let mut sizes = batches.iter().cycle();
    let mut rest = log;
    while !rest.is_empty() {
        let size = sizes.next().copied().unwrap_or(1).clamp(1, rest.len());
        let (batch, after) = rest.split_at(size);
        let keys: Vec<RowKey> = batch.iter().flat_map(P::keys).collect();
        let mut rows: Rows<P::Row> = stored.clone().into_iter().collect();
        rows.retain(|key, _| keys.contains(key));
        batch.iter().for_each(|event| P::project(&mut rows, event));
        let is_named_or_new = |key: &RowKey| keys.contains(key) || !stored.contains_key(key);
        assert!(rows.keys().all(is_named_or_new), "only the named rows, and new ones: {rows:?}");
        stored.extend(rows);
        rest = after;
    }
    stored
}

/// The state of every order that the log knows, folded from its stream.
fn orders(log: &[Recorded<OrderEvent>]) -> BTreeMap<RowKey, (Order, Vec<&Recorded<OrderEvent>>)> {
    let mut streams: BTreeMap<RowKey, Vec<&Recorded<OrderEvent>>> = BTreeMap::new();
    for event in log {
        streams.entry(event.stream.instance().to_owned()).or_default().push(event);
    }
    let folded = |events: &[&Recorded<OrderEvent>]| {
        fold::<OrderDecider>(events.iter().map(|event| &event.event)).expect("it was created")
    };
    streams.into_iter().map(|(key, events)| (key, (folded(&events), events))).collect()
}

/// What the details of an order should say.
fn details(key: &str, order: &Order, events: &[&Recorded<OrderEvent>]) -> OrderDetailsRow {
    let (first, last) = (events[0], events[events.len() - 1]);
    OrderDetailsRow {
        row: OrderRow {
            order: key.parse().expect("the key is the order's id"),
            customer: order.customer.clone(),
            status: order.status,
            item_count: order.items.len() as u64,
            total: order.total,
            version: last.version,
            created_at: first.occurred_at,
            changed_at: last.occurred_at,
            created_position: first.position,
        },
        items: order.items.clone(),
        payment: order.payment.clone(),
        shipment: order.shipment.clone(),
        cancel_reason: order.cancel_reason.clone(),
    }
}

/// The dashboard's figures, counted from the orders themselves.
fn recount<'a>(orders: impl Iterator<Item = &'a Order>) -> SalesTotals {
    let mut totals = SalesTotals::default();
    for order in orders {
        *totals.orders_by_status.entry(order.status).or_default() += 1;
        if let (Some(payment), true) = (&order.payment, order.status != OrderStatus::Cancelled) {
            totals.revenue_taken.0 += payment.amount.0;
        }
    }
    totals
}

/// The dashboard's figures as they are projected, without statuses that no order is at.
fn totals(rows: &BTreeMap<RowKey, SalesRow>) -> SalesTotals {
    let Some(SalesRow::Totals(totals)) = rows.get(SalesDashboard::TOTALS) else {
        return SalesTotals::default();
    };
    let mut totals = totals.clone();
    totals.orders_by_status.retain(|_, count| *count > 0);
    totals
}

fn batches() -> impl Strategy<Value = Vec<usize>> {
    vec(1..9_usize, 1..6)
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn however_the_log_is_cut_the_rows_are_the_same(
        intents in intents_for_some(),
        batches in batches(),
    ) {
        let log = log(&intents);
        for batches in [&batches[..], &[usize::MAX]] {
            let details = projected::<OrderDetails>(&log, batches);
            prop_assert_eq!(details, projected::<OrderDetails>(&log, &[1]));
            let customers = projected::<CustomerOrders>(&log, batches);
            prop_assert_eq!(customers, projected::<CustomerOrders>(&log, &[1]));
            let sales = projected::<SalesDashboard>(&log, batches);
            prop_assert_eq!(sales, projected::<SalesDashboard>(&log, &[1]));
        }
    }

    #[test]
    fn the_rows_say_what_the_folded_orders_say(
        intents in intents_for_some(),
        batches in batches(),
    ) {
        let log = log(&intents);
        let orders = orders(&log);
        let expected: BTreeMap<RowKey, OrderDetailsRow> = orders
            .iter()
            .map(|(key, (order, events))| (key.clone(), details(key, order, events)))
            .collect();
        let rows = projected::<CustomerOrders>(&log, &batches);
        let short: BTreeMap<RowKey, OrderRow> =
            expected.iter().map(|(key, details)| (key.clone(), details.row.clone())).collect();
        prop_assert_eq!(rows, short);
        prop_assert_eq!(projected::<OrderDetails>(&log, &batches), expected);
    }

    #[test]
    fn the_rows_follow_the_fold_even_through_a_history_that_no_command_leads_to(
        history in vec(wild_event(), 0..12),
        batches in batches(),
    ) {
        let rows = projected::<OrderDetails>(&log_of(&history), &batches);
        let row = rows.get(&order().to_string());
        let folded = fold::<OrderDecider>(&history);
        prop_assert_eq!(row.map(|row| row.row.status), folded.as_ref().map(|o| o.status));
        prop_assert_eq!(row.map(|row| &row.items), folded.as_ref().map(|o| &o.items));
        prop_assert_eq!(row.map(|row| &row.payment), folded.as_ref().map(|o| &o.payment));
        prop_assert_eq!(row.map(|row| &row.shipment), folded.as_ref().map(|o| &o.shipment));
        let reason = folded.as_ref().map(|o| &o.cancel_reason);
        prop_assert_eq!(row.map(|row| &row.cancel_reason), reason);
        let counted = totals(&projected::<SalesDashboard>(&log_of(&history), &batches));
        let statuses = folded.map(|order| (order.status, 1)).into_iter().collect();
        prop_assert_eq!(counted.orders_by_status, statuses);
    }

    #[test]
    fn the_dashboard_is_a_recount_of_the_folded_orders_at_every_position(
        intents in intents_for_some(),
        batches in batches(),
    ) {
        let log = log(&intents);
        for position in 0..=log.len() {
            let log = &log[..position];
            let orders = orders(log);
            let expected = recount(orders.values().map(|(order, _)| order));
            let totals = totals(&projected::<SalesDashboard>(log, &batches));
            prop_assert_eq!(totals.order_count(), orders.len() as u64);
            prop_assert_eq!(totals, expected);
        }
    }
}

/// The log of one order with these events.
fn log_of(history: &[OrderEvent]) -> Vec<Recorded<OrderEvent>> {
    let mut log = vec![];
    record_new(&mut log, &order().stream(), history);
    log
}

#[test]
fn the_dashboard_counts_what_was_taken_and_gives_it_up_with_a_cancellation() {
    let after =
        |history: &[OrderEvent]| totals(&projected::<SalesDashboard>(&log_of(history), &[1]));
    let expect = |status: OrderStatus, taken: i64| SalesTotals {
        orders_by_status: [(status, 1)].into_iter().collect(),
        revenue_taken: Money(taken),
    };
    assert_eq!(after(&[]), SalesTotals::default());
    assert_eq!(after(&[created()]), expect(OrderStatus::Pending, 0));
    assert_eq!(after(&[created(), paid()]), expect(OrderStatus::Paid, 5_500));
    assert_eq!(after(&[created(), paid(), shipped()]), expect(OrderStatus::Shipped, 5_500));
    let whole = [created(), paid(), shipped(), delivered()];
    assert_eq!(after(&whole), expect(OrderStatus::Delivered, 5_500));
    let given_up = after(&[created(), paid(), cancelled()]);
    assert_eq!(given_up, expect(OrderStatus::Cancelled, 0));
    assert_eq!((given_up.order_count(), given_up.cancelled_count()), (1, 1));
    assert_eq!(after(&whole).cancelled_count(), 0);
}

#[test]
fn rows_lie_where_the_queries_look_for_them() {
    let log = log_of(&[created(), paid()]);
    let key = order().to_string();
    let place = |group: &str, rank: u64| RowPlace { group: group.to_owned(), rank };
    let details = projected::<OrderDetails>(&log, &[1]);
    assert_eq!(OrderDetails::place(&key, &details[&key]), place("", 1));
    let rows = projected::<CustomerOrders>(&log, &[1]);
    assert_eq!(CustomerOrders::place(&key, &rows[&key]), place("ada", 1));
    let sales = projected::<SalesDashboard>(&log, &[1]);
    let totals = SalesDashboard::TOTALS.to_owned();
    assert_eq!(SalesDashboard::place(&totals, &sales[&totals]), place("", 0));
    assert_eq!(SalesDashboard::place(&key, &sales[&key]).group, "orders");
}

#[test]
fn the_stored_names_of_the_read_models_stay() {
    let names = [OrderDetails::MODEL, CustomerOrders::MODEL, SalesDashboard::MODEL];
    assert_eq!(names, ["order_details", "customer_orders", "sales_dashboard"]);
}

#[test]
fn events_of_other_streams_and_events_before_the_first_pass_by() {
    let mut log = vec![];
    record_new(&mut log, &StreamId::new("order", "not an id"), &[created(), paid()]);
    record_new(&mut log, &StreamId::new("invoice", order()), &[created()]);
    record_new(&mut log, &order_number(7).stream(), &[paid(), shipped(), cancelled()]);
    assert_eq!(projected::<OrderDetails>(&log, &[1]), BTreeMap::new());
    assert_eq!(projected::<CustomerOrders>(&log, &[1]), BTreeMap::new());
    assert_eq!(totals(&projected::<SalesDashboard>(&log, &[1])), SalesTotals::default());
}
