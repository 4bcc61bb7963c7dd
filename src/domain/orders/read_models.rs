//! The read models of orders, each shaped for one question.

use super::{CustomerId, Item, Money, OrderEvent, OrderId, OrderStatus, Payment, Shipment};
use crate::kernel::{
    GlobalPosition, JsonError, ModelName, Projection, Recorded, RowKey, RowPlace, Rows, Timestamp,
    Version, json_enum, json_object, read_member,
};
use litemap::LiteMap;
use nojson::{DisplayJson, JsonFormatter, RawJsonValue};

/// What a list shows of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// Which.
    pub order: OrderId,
    /// Whose.
    pub customer: CustomerId,
    /// How far.
    pub status: OrderStatus,
    /// How many lines.
    pub item_count: u64,
    /// How much.
    pub total: Money,
    /// The version of its last event.
    pub version: Version,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub changed_at: Timestamp,
    /// The position of its first event: the order of lists.
    pub created_position: GlobalPosition,
}

json_object!(OrderRow {
    order,
    customer,
    status,
    item_count,
    total,
    version,
    created_at,
    changed_at,
    created_position
});

/// Everything there is to know of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetailsRow {
    /// What a list shows of it.
    pub row: OrderRow,
    /// What was ordered.
    pub items: Vec<Item>,
    /// The payment that was confirmed.
    pub payment: Option<Payment>,
    /// The shipment, once a carrier has it.
    pub shipment: Option<Shipment>,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
}

json_object!(OrderDetailsRow { row, items, payment, shipment, cancel_reason });

/// "What about this order?" and "which orders are there?": one row an order, newest first.
#[derive(Clone, Copy, Debug)]
pub struct OrderDetails;

/// "What has this customer ordered?": one row an order, grouped by customer, newest first.
#[derive(Clone, Copy, Debug)]
pub struct CustomerOrders;

impl Projection for OrderDetails {
    type Event = OrderEvent;
    type Row = OrderDetailsRow;
    const MODEL: ModelName = "order_details";

    fn keys(event: &Recorded<OrderEvent>) -> Vec<RowKey> {
        order_keys(event)
    }

    // region: order_details
    fn project(rows: &mut Rows<OrderDetailsRow>, event: &Recorded<OrderEvent>) {
        let Some(order) = OrderId::of_stream(&event.stream) else { return };
        let key = order.to_string();
        let details = rows.get(&key).cloned();
        if let Some(details) = details_after(order, details, event) {
            rows.insert(key, details);
        }
    }
    // endregion: order_details

    fn place(_key: &RowKey, details: &OrderDetailsRow) -> RowPlace {
        RowPlace { group: String::new(), rank: details.row.created_position.0 }
    }
}

impl Projection for CustomerOrders {
    type Event = OrderEvent;
    type Row = OrderRow;
    const MODEL: ModelName = "customer_orders";

    fn keys(event: &Recorded<OrderEvent>) -> Vec<RowKey> {
        order_keys(event)
    }

    // region: customer_orders
    fn project(rows: &mut Rows<OrderRow>, event: &Recorded<OrderEvent>) {
        let Some(order) = OrderId::of_stream(&event.stream) else { return };
        let key = order.to_string();
        let before = rows.get(&key).cloned();
        if let Some(row) = row_after(order, before, event) {
            rows.insert(key, row);
        }
    }
    // endregion: customer_orders

    fn place(_key: &RowKey, row: &OrderRow) -> RowPlace {
        RowPlace { group: row.customer.0.clone(), rank: row.created_position.0 }
    }
}

/// The row of the event's order; before the first event of a stream there is none.
fn order_keys(event: &Recorded<OrderEvent>) -> Vec<RowKey> {
    let order = OrderId::of_stream(&event.stream).filter(|_| event.version > Version(1));
    order.map(|order| order.to_string()).into_iter().collect()
}

fn details_after(
    order: OrderId,
    before: Option<OrderDetailsRow>,
    event: &Recorded<OrderEvent>,
) -> Option<OrderDetailsRow> {
    let row = row_after(order, before.as_ref().map(|details| details.row.clone()), event)?;
    let begins = matches!(event.event, OrderEvent::OrderCreated { .. });
    let mut details = before.filter(|_| !begins).unwrap_or_else(|| empty_details(&row));
    details.row = row;
    match event.event.clone() {
        OrderEvent::OrderCreated { items, .. } => details.items = items,
        OrderEvent::OrderPaymentConfirmed { payment_id, amount } => {
            details.payment = Some(Payment { payment_id, amount });
        }
        OrderEvent::OrderShipped { tracking_number, carrier } => {
            details.shipment = Some(Shipment { tracking_number, carrier });
        }
        OrderEvent::OrderDelivered => {}
        OrderEvent::OrderCancelled { reason } => details.cancel_reason = Some(reason),
    }
    Some(details)
}

fn empty_details(row: &OrderRow) -> OrderDetailsRow {
    OrderDetailsRow {
        row: row.clone(),
        items: vec![],
        payment: None,
        shipment: None,
        cancel_reason: None,
    }
}

/// The row after an event; none while the order was not created.
fn row_after(
    order: OrderId,
    before: Option<OrderRow>,
    event: &Recorded<OrderEvent>,
) -> Option<OrderRow> {
    let row = match &event.event {
        OrderEvent::OrderCreated { customer, items, total } => OrderRow {
            order,
            customer: customer.clone(),
            status: OrderStatus::Pending,
            item_count: items.len() as u64,
            total: *total,
            version: event.version,
            created_at: event.occurred_at,
            changed_at: event.occurred_at,
            created_position: event.position,
        },
        _ => before?,
    };
    Some(OrderRow {
        status: status_after(&event.event),
        version: event.version,
        changed_at: event.occurred_at,
        ..row
    })
}

fn status_after(event: &OrderEvent) -> OrderStatus {
    match event {
        OrderEvent::OrderCreated { .. } => OrderStatus::Pending,
        OrderEvent::OrderPaymentConfirmed { .. } => OrderStatus::Paid,
        OrderEvent::OrderShipped { .. } => OrderStatus::Shipped,
        OrderEvent::OrderDelivered => OrderStatus::Delivered,
        OrderEvent::OrderCancelled { .. } => OrderStatus::Cancelled,
    }
}

/// "How is business?": one row with the totals, and one an order to know what it counted as.
#[derive(Clone, Copy, Debug)]
pub struct SalesDashboard;

impl SalesDashboard {
    /// The key of the row with the totals.
    pub const TOTALS: &'static str = "totals";
}

/// A row of the sales dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SalesRow {
    /// The answer to the question.
    Totals(SalesTotals),
    /// What one order counts as.
    Order {
        /// How far it is.
        status: OrderStatus,
        /// The money that was taken for it and not given up by a cancellation.
        taken: Money,
    },
}

json_enum!(SalesRow { Totals(totals), Order { status, taken } });

/// The figures of the sales dashboard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SalesTotals {
    /// How many orders stand at each status.
    pub orders_by_status: LiteMap<OrderStatus, u64>,
    /// Payments confirmed, less those of orders that were cancelled afterwards.
    pub revenue_taken: Money,
}

impl DisplayJson for SalesTotals {
    fn fmt(&self, json: &mut JsonFormatter<'_, '_>) -> std::fmt::Result {
        let counts = self.orders_by_status.iter().map(|(status, count)| (status.name(), count));
        json.object(|json| {
            json.member("orders_by_status", nojson::object(|json| json.members(counts.clone())))?;
            json.member("revenue_taken", self.revenue_taken)
        })
    }
}

impl<'text, 'raw> TryFrom<RawJsonValue<'text, 'raw>> for SalesTotals {
    type Error = JsonError;

    fn try_from(json: RawJsonValue<'text, 'raw>) -> Result<Self, JsonError> {
        let mut orders_by_status = LiteMap::new();
        let mut members = json.to_object()?;
        let counts = read_member(json, &mut members, "orders_by_status")?;
        for (status, count) in counts.to_object()? {
            orders_by_status.insert(status.try_into()?, count.try_into()?);
        }
        let revenue_taken = read_member(json, &mut members, "revenue_taken")?.try_into()?;
        Ok(Self { orders_by_status, revenue_taken })
    }
}

impl SalesTotals {
    /// How many orders there are.
    #[must_use]
    pub fn order_count(&self) -> u64 {
        self.orders_by_status.values().sum()
    }

    /// How many of them were cancelled.
    #[must_use]
    pub fn cancelled_count(&self) -> u64 {
        self.orders_by_status.get(&OrderStatus::Cancelled).copied().unwrap_or(0)
    }

    fn count(&mut self, from: Option<OrderStatus>, to: OrderStatus) {
        if let Some(count) = from.and_then(|from| self.orders_by_status.get_mut(&from)) {
            *count = count.saturating_sub(1);
        }
        *self.orders_by_status.entry(to).or_default() += 1;
    }
}

impl Projection for SalesDashboard {
    type Event = OrderEvent;
    type Row = SalesRow;
    const MODEL: ModelName = "sales_dashboard";

    fn keys(event: &Recorded<OrderEvent>) -> Vec<RowKey> {
        let mut keys = order_keys(event);
        keys.push(Self::TOTALS.to_owned());
        keys
    }

    // region: sales_dashboard
    fn project(rows: &mut Rows<SalesRow>, event: &Recorded<OrderEvent>) {
        let Some(order) = OrderId::of_stream(&event.stream) else { return };
        let key = order.to_string();
        let (before, taken_before) = match rows.get(&key) {
            Some(SalesRow::Order { status, taken }) => (Some(*status), *taken),
            _ if matches!(event.event, OrderEvent::OrderCreated { .. }) => (None, Money(0)),
            _ => return,
        };
        let status = status_after(&event.event);
        let taken = match &event.event {
            OrderEvent::OrderPaymentConfirmed { amount, .. } => *amount,
            OrderEvent::OrderCreated { .. } | OrderEvent::OrderCancelled { .. } => Money(0),
            OrderEvent::OrderShipped { .. } | OrderEvent::OrderDelivered => taken_before,
        };
        rows.insert(key, SalesRow::Order { status, taken });
        let totals = rows
            .entry(Self::TOTALS.to_owned())
            .or_insert_with(|| SalesRow::Totals(SalesTotals::default()));
        if let SalesRow::Totals(totals) = totals {
            totals.count(before, status);
            totals.revenue_taken = Money(
                totals.revenue_taken.0.saturating_sub(taken_before.0).saturating_add(taken.0),
            );
        }
    }
    // endregion: sales_dashboard

    fn place(key: &RowKey, _row: &SalesRow) -> RowPlace {
        let group = if key == Self::TOTALS { "" } else { "orders" };
        RowPlace { group: group.to_owned(), rank: 0 }
    }
}
