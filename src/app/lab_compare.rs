//! Two branches side by side: where they part, and what each read model says on either side.
//!
//! Each side is folded from its branch's log by the projections themselves. Nothing that is stored is
//! asked, so that a projector that stands still hides no difference.

use super::{
    Lab,
    branches::Branch,
    convert::{fact, money, text},
    history::{changes, state_facts},
    run::Stores,
    views::{Comparison, Fact, FactName, FactValue, Failure, ModelComparison, ReadModel, RowPair},
    wiring::Wiring,
};
use crate::{
    domain::orders::{
        CustomerOrders, Order, OrderDetails, OrderDetailsRow, OrderRow, OrderStatus,
        SalesDashboard, SalesRow, SalesTotals,
    },
    kernel::{CodecError, GlobalPosition, Projection, Rows, StoredEvent, Version},
    ports::{Environment, EventStore, Moment, Timers},
    simulation::RecordedMoment,
};

/// Events folded between two turns of the page: some milliseconds of work.
const BATCH: usize = 512;
/// The most rows of a read model that are told apart one by one.
const ROWS_MAX: usize = 50;

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Where the branch of now and another one part, and the events that only one of them has.
    pub fn compare(&self, number: u32) -> Option<Comparison> {
        let branches = self.state.branches.borrow();
        let other = branches.all().iter().find(|branch| branch.number == number)?;
        let live = branches.live();
        let (here, there) = (live.player.trace(), other.wiring.player.trace());
        let shared = here.iter().zip(there.iter()).take_while(|(one, two)| one == two).count();
        let events = |trace: &[RecordedMoment]| {
            trace[shared..].iter().filter_map(|recorded| appended(&recorded.moment)).collect()
        };
        Some(Comparison { parts_at: shared as u64, here: events(&here), there: events(&there) })
    }

    /// What the read models say of the branch of now and of another one. Nothing, when there is no such
    /// branch any more.
    ///
    /// # Errors
    /// When one of the logs cannot be read or decoded.
    pub async fn compare_models(&self, number: u32) -> Result<Vec<ModelComparison>, Failure> {
        let wiring = |branch: &Branch<E>| branch.wiring.clone();
        let is_meant = |branch: &&Branch<E>| branch.number == number;
        let other = self.state.branches.borrow().all().iter().find(is_meant).map(wiring);
        let Some(other) = other else { return Ok(vec![]) };
        let here = folded(&self.live()).await?.facts();
        let there = folded(&other).await?.facts();
        let pairs = here.iter().zip(&there);
        let compared = ReadModel::ALL.into_iter().zip(pairs);
        Ok(compared.map(|(model, (here, there))| compared_rows(model, here, there)).collect())
    }
}

/// Stream and version of what a moment appended.
fn appended(moment: &Moment) -> Option<(String, u64)> {
    match moment {
        Moment::Appended { stream, version, .. }
        | Moment::ForeignAppended { stream, version, .. } => Some((stream.to_string(), version.0)),
        _ => None,
    }
}

/// The rows of all read models.
#[derive(Default)]
struct Folded {
    details: Rows<OrderDetailsRow>,
    customers: Rows<OrderRow>,
    sales: Rows<SalesRow>,
}

/// The facts of a read model's rows, by their keys.
type RowFacts = Vec<(String, Vec<Fact>)>;

/// Folds the log of a branch, giving the page its turn in between.
async fn folded<E: Environment>(wiring: &Wiring<E>) -> Result<Folded, Failure>
where
    E::Store: Stores + Clone + 'static,
{
    let (mut folded, mut position) = (Folded::default(), GlobalPosition::NONE);
    loop {
        let events = wiring.environment.store().read_log(position, BATCH).await?;
        let Some(last) = events.last() else { return Ok(folded) };
        position = last.position;
        for stored in &events {
            folded.take(stored)?;
        }
        wiring.environment.timers().yield_now().await;
    }
}

impl Folded {
    /// Takes in an event; one of a type that is not known passes by.
    fn take(&mut self, stored: &StoredEvent) -> Result<(), CodecError> {
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

    /// What the rows say, for each read model.
    fn facts(self) -> [RowFacts; 3] {
        let mut facts = <[RowFacts; 3]>::default();
        for (key, row) in self.details {
            facts[0].push((key, details_facts(row)));
        }
        for (key, row) in self.customers {
            facts[1].push((key, row_facts(&row)));
        }
        for (key, row) in self.sales {
            if let SalesRow::Totals(totals) = row {
                facts[2].push((key, totals_facts(&totals)));
            }
        }
        facts
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

/// The rows of two sides, each in the order of their keys: first those of this branch.
fn compared_rows(model: ReadModel, here: &RowFacts, there: &RowFacts) -> ModelComparison {
    let mut compared = ModelComparison { model, rows: vec![], more: 0, equal: 0 };
    let only_there = there.iter().filter(|(key, _)| side(here, key).is_empty());
    for (key, _) in here.iter().chain(only_there) {
        let (one, other) = (side(here, key), side(there, key));
        if one == other {
            compared.equal += 1;
        } else if compared.rows.len() == ROWS_MAX {
            compared.more += 1;
        } else {
            let (here, there) = (changes(other, one.to_vec()), changes(one, other.to_vec()));
            compared.rows.push(RowPair { key: key.clone(), here, there });
        }
    }
    compared
}

/// The facts of a row; none where it is not there.
fn side<'a>(rows: &'a RowFacts, key: &str) -> &'a [Fact] {
    match rows.binary_search_by(|(known, _)| known.as_str().cmp(key)) {
        Ok(index) => &rows[index].1,
        Err(_) => &[],
    }
}
