//! An order through all its versions: its stream folded event by event, with what each event changed.

use super::{
    convert::{fact, item, log_entry, money, text},
    views::{Change, Fact, FactName, FactValue, LogEntry, OrderAt, OrderHistory, StateFact},
};
use crate::{
    domain::orders::{Order, OrderDecider, OrderEvent, OrderId},
    kernel::{CodecError, Decider, StoredEvent, StoredForm},
};

/// Folds a stream to each of its versions.
///
/// # Errors
/// When an event of the stream cannot be decoded.
pub(super) fn order_history(
    order: OrderId,
    stream: &[StoredEvent],
) -> Result<OrderHistory, CodecError> {
    let mut state = OrderDecider::initial();
    let mut versions = vec![order_at(0, &state, &[], None)];
    for stored in stream {
        let before = state_facts(&state);
        state = OrderDecider::evolve(state, &OrderEvent::decode(&stored.event.encoded)?);
        versions.push(order_at(stored.version.0, &state, &before, Some(log_entry(stored))));
    }
    Ok(OrderHistory { order: order.to_string(), stream: order.stream().to_string(), versions })
}

/// The order at a version, with what changed since an earlier one. A version that the history does not
/// have is the nearest one that it has.
pub(super) fn order_at_versions(history: &OrderHistory, before: u64, after: u64) -> OrderAt {
    let at = |version: u64| &history.versions[version.min(history.version()) as usize];
    let facts = |at: &OrderAt| at.state.iter().map(|known| known.fact.clone()).collect::<Vec<_>>();
    OrderAt { state: changes(&facts(at(before)), facts(at(after))), ..at(after).clone() }
}

fn order_at(
    version: u64,
    state: &Option<Order>,
    before: &[Fact],
    event: Option<LogEntry>,
) -> OrderAt {
    let facts = state_facts(state);
    OrderAt {
        version,
        status: state.as_ref().map(|order| order.status),
        event,
        state: changes(before, facts),
    }
}

/// Each fact with what became of it: facts are the same fact when they have the same name and, among
/// those of one name, the same place.
pub(super) fn changes(before: &[Fact], facts: Vec<Fact>) -> Vec<StateFact> {
    let mut seen: Vec<FactName> = vec![];
    let mut state = vec![];
    for fact in facts {
        let place = seen.iter().filter(|name| **name == fact.name).count();
        seen.push(fact.name);
        let former = before.iter().filter(|former| former.name == fact.name).nth(place);
        let change = match former {
            None => Change::New,
            Some(former) if former.value == fact.value => Change::None,
            Some(former) => Change::Was(former.value.clone()),
        };
        state.push(StateFact { fact, change });
    }
    state
}

pub(super) fn state_facts(state: &Option<Order>) -> Vec<Fact> {
    let Some(order) = state else { return vec![] };
    let mut facts = vec![
        fact(FactName::Status, FactValue::Status(order.status)),
        text(FactName::Customer, &order.customer.0),
        money(FactName::Total, order.total),
    ];
    if let Some(payment) = &order.payment {
        facts.push(money(FactName::Amount, payment.amount));
        facts.push(text(FactName::PaymentId, &payment.payment_id));
    }
    if let Some(shipment) = &order.shipment {
        facts.push(text(FactName::Carrier, &shipment.carrier));
        facts.push(text(FactName::TrackingNumber, &shipment.tracking_number));
    }
    if let Some(reason) = &order.cancel_reason {
        facts.push(text(FactName::Reason, reason));
    }
    facts.extend(order.items.iter().map(item));
    facts
}
