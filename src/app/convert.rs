//! The inner rooms' values become views.

use super::views::{
    Damage, Ending, Fact, FactName, FactValue, Failure, FieldProblem, LogEntry, OrderList,
    OrderListRow, OrderStatus, Problem, Rejection, Sales,
};
use crate::{
    domain::orders::{Item, Money, OrderEvent, OrderRow, SalesTotals},
    engine::{CommandError, LoadError, ProjectorError, QueryError},
    kernel::{CodecError, FieldError, StoredEvent, StoredForm},
    ports::{DamagedRecord, Known, Page, StorageError},
};

/// An event as a row of the log shows it.
pub(super) fn log_entry(stored: &StoredEvent) -> LogEntry {
    let event = &stored.event;
    LogEntry {
        position: stored.position.0,
        occurred_at_ms: event.occurred_at.millis(),
        stream: stored.stream.to_string(),
        version: stored.version.0,
        event_type: event.encoded.event_type.clone(),
        schema_version: event.encoded.schema_version,
        facts: OrderEvent::decode(&event.encoded).ok().map(|event| event_facts(&event)),
        data: event.encoded.data.clone(),
        event_id: event.id.to_string(),
        correlation_id: event.correlation_id.to_string(),
        causation_id: event.causation_id.to_string(),
    }
}

pub(super) fn fact(name: FactName, value: FactValue) -> Fact {
    Fact { name, value }
}

pub(super) fn text(name: FactName, text: &str) -> Fact {
    fact(name, FactValue::Text(text.to_owned()))
}

pub(super) fn money(name: FactName, money: Money) -> Fact {
    fact(name, FactValue::Money(money.0))
}

pub(super) fn item(item: &Item) -> Fact {
    let value = FactValue::Item {
        product: item.product.0.clone(),
        quantity: item.quantity.0,
        unit_price: item.unit_price.0,
    };
    fact(FactName::Item, value)
}

fn event_facts(event: &OrderEvent) -> Vec<Fact> {
    match event {
        OrderEvent::OrderCreated { customer, items, total } => vec![
            text(FactName::Customer, &customer.0),
            fact(FactName::Items, FactValue::Count(items.len() as u64)),
            money(FactName::Total, *total),
        ],
        OrderEvent::OrderPaymentConfirmed { payment_id, amount } => {
            vec![money(FactName::Amount, *amount), text(FactName::PaymentId, payment_id)]
        }
        OrderEvent::OrderShipped { tracking_number, carrier } => {
            vec![text(FactName::Carrier, carrier), text(FactName::TrackingNumber, tracking_number)]
        }
        OrderEvent::OrderDelivered => vec![],
        OrderEvent::OrderCancelled { reason } => vec![text(FactName::Reason, reason)],
    }
}

/// A page of a read model as a list shows it.
pub(super) fn order_list<R>(known: Known<Page<R>>, row: impl Fn(R) -> OrderRow) -> OrderList {
    let page = known.value;
    OrderList {
        page: page.page,
        page_size: page.size,
        total_count: page.total_count,
        total_pages: page.total_pages(),
        rows: page.rows.into_iter().map(|stored| list_row(row(stored))).collect(),
        up_to: known.up_to.0,
    }
}

fn list_row(row: OrderRow) -> OrderListRow {
    OrderListRow {
        order: row.order.to_string(),
        customer: row.customer.0,
        status: row.status,
        item_count: row.item_count,
        total: row.total.0,
        version: row.version.0,
        changed_at_ms: row.changed_at.millis(),
    }
}

/// The sales dashboard.
pub(super) fn sales(known: &Known<SalesTotals>) -> Sales {
    let totals = &known.value;
    let count = |status| totals.orders_by_status.get(&status).copied().unwrap_or(0);
    Sales {
        orders_by_status: OrderStatus::ALL.map(|status| (status, count(status))).to_vec(),
        order_count: totals.order_count(),
        cancelled_count: totals.cancelled_count(),
        revenue_taken: totals.revenue_taken.0,
        up_to: known.up_to.0,
    }
}

impl From<FieldError<Rejection>> for FieldProblem {
    fn from(error: FieldError<Rejection>) -> Self {
        Self { field: error.field, problem: Problem::Rule(error.rejection) }
    }
}

impl From<DamagedRecord> for Damage {
    fn from(record: DamagedRecord) -> Self {
        Self { store: record.store, key: record.key, reason: record.reason }
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Full => Self::DiskFull,
            StorageError::Closed => Self::Closed,
            StorageError::Damaged(record) => Self::Damaged(record.into()),
            StorageError::Unavailable { cause } => Self::Unavailable { cause },
        }
    }
}

impl From<CodecError> for Failure {
    fn from(error: CodecError) -> Self {
        Self::Undecodable { reason: error.to_string() }
    }
}

/// Errors that are either the storage's or the codec's.
macro_rules! failure_from {
    ($($error:ident),*) => {
        $(impl From<$error> for Failure {
            fn from(error: $error) -> Self {
                match error {
                    $error::Storage(error) => error.into(),
                    $error::Codec(error) => error.into(),
                }
            }
        })*
    };
}

failure_from!(LoadError, ProjectorError, QueryError);

/// How a command ended that got no answer.
pub(super) fn unanswered(error: CommandError) -> Ending {
    match error {
        CommandError::Contended { attempts } => Ending::Contended { attempts },
        CommandError::Conflict { expected, actual } => {
            Ending::Conflict { seen: expected.0, actual: actual.0 }
        }
        CommandError::Storage(error) => Ending::Failed(error.into()),
        CommandError::Codec(error) => Ending::Failed(error.into()),
    }
}
