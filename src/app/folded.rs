//! Read models folded from a log by the projections themselves: nothing that is stored is asked.

use super::{
    convert::{fact, money, text},
    history::state_facts,
    views::{Fact, FactName, FactValue, ReadModel},
};
use crate::{
    domain::orders::{
        CustomerOrders, Order, OrderDetails, OrderDetailsRow, OrderRow, OrderStatus,
        SalesDashboard, SalesRow, SalesTotals,
    },
    kernel::{CodecError, Projection, Rows, StoredEvent, Version},
};

/// The rows of all read models.
#[derive(Clone, Default)]
pub(super) struct Folded {
    details: Rows<OrderDetailsRow>,
    customers: Rows<OrderRow>,
    sales: Rows<SalesRow>,
}

/// The facts of a read model's rows, by their keys and in their order.
pub(super) type RowFacts = Vec<(String, Vec<Fact>)>;

impl Folded {
    /// Takes in an event; one of a type that is not known passes by.
    pub(super) fn take(&mut self, stored: &StoredEvent) -> Result<(), CodecError> {
        let event = match stored.decode() {
            Ok(event) => event,
            Err(CodecError::UnknownType { .. }) => return Ok(()),
            Err(error) => return Err(error),
        };
        OrderDetails::project(&mut self.details, &event);
        CustomerOrders::project(&mut self.customers, &event);
        SalesDashboard::project(&mut self.sales, &event);
        Ok(())
    }

    /// What the rows of a read model say.
    pub(super) fn facts(&self, model: ReadModel) -> RowFacts {
        match model {
            ReadModel::OrderDetails => facts(&self.details, |row| Some(details_facts(row.clone()))),
            ReadModel::CustomerOrders => facts(&self.customers, |row| Some(row_facts(row))),
            ReadModel::SalesDashboard => facts(&self.sales, |row| match row {
                SalesRow::Totals(totals) => Some(totals_facts(totals)),
                SalesRow::Order { .. } => None,
            }),
        }
    }
}

fn facts<R>(rows: &Rows<R>, facts: impl Fn(&R) -> Option<Vec<Fact>>) -> RowFacts {
    rows.iter().filter_map(|(key, row)| Some((key.clone(), facts(row)?))).collect()
}

/// The facts of a row; none where it is not there.
pub(super) fn side<'a>(rows: &'a RowFacts, key: &str) -> &'a [Fact] {
    match rows.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
        Ok(index) => &rows[index].1,
        Err(_) => &[],
    }
}

fn version_fact(version: Version) -> Fact {
    fact(FactName::Version, FactValue::Count(version.0))
}

fn details_facts(details: OrderDetailsRow) -> Vec<Fact> {
    let version = version_fact(details.row.version);
    let mut facts = state_facts(&Some(Order {
        status: details.row.status,
        customer: details.row.customer,
        items: details.items,
        total: details.row.total,
        payment: details.payment,
        shipment: details.shipment,
        cancel_reason: details.cancel_reason,
    }));
    facts.push(version);
    facts
}

fn row_facts(row: &OrderRow) -> Vec<Fact> {
    vec![
        text(FactName::Customer, &row.customer.0),
        fact(FactName::Status, FactValue::Status(row.status)),
        fact(FactName::Items, FactValue::Count(row.item_count)),
        money(FactName::Total, row.total),
        version_fact(row.version),
    ]
}

fn totals_facts(totals: &SalesTotals) -> Vec<Fact> {
    let count = |status| totals.orders_by_status.get(&status).copied().unwrap_or(0);
    let mut facts = vec![money(FactName::Revenue, totals.revenue_taken)];
    facts.extend(
        OrderStatus::ALL
            .map(|status| fact(FactName::OrdersAt(status), FactValue::Count(count(status)))),
    );
    facts
}
