//! Two branches side by side: where they part, and what each read model says on either side.
//!
//! Each side is folded from its branch's log by the projections themselves. Nothing that is stored is
//! asked, so that a projector that stands still hides no difference.

use super::{
    Lab,
    branches::Branch,
    folded::{Folded, RowFacts, side},
    history::changes,
    run::Stores,
    views::{Comparison, Failure, ModelComparison, ReadModel, RowPair},
    wiring::Wiring,
};
use crate::{
    kernel::GlobalPosition,
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
        let (here, there) = (folded(&self.live()).await?, folded(&other).await?);
        let compare = |model| compared_rows(model, &here.facts(model), &there.facts(model));
        Ok(ReadModel::ALL.map(compare).to_vec())
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
