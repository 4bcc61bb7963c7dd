//! What a run left behind, for whoever judges it.

use std::collections::BTreeMap;

use super::{Answers, PROJECTORS, Run, Stores};
use crate::{
    domain::orders::{OrderEvent, Rejection},
    engine::Answer,
    kernel::{CommandId, GlobalPosition, ModelName, StoredEvent, StoredForm},
    ports::{Moment, PageRequest, ReadModelStore, StorageError},
    simulation::{Actor, RecordedMoment},
};

/// Log, trace, answers and read models of a run, as they are when it is asked.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The log.
    pub log: Vec<StoredEvent>,
    /// Every moment.
    pub trace: Vec<RecordedMoment>,
    /// What commands were answered.
    pub answers: Answers,
    /// The read models, in the order of their projectors.
    pub models: Vec<ModelRows>,
}

/// What is stored of one read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelRows {
    /// Which.
    pub model: ModelName,
    /// How far it has read.
    pub checkpoint: GlobalPosition,
    /// Its encoded rows by their group, each group sorted by text; no group is empty.
    pub groups: BTreeMap<String, Vec<String>>,
}

/// Events that are read at once.
const BATCH: usize = 512;

impl Finished {
    /// What a run has left behind so far.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn of<S: Stores + 'static>(run: &Run<S>) -> Result<Self, StorageError> {
        let store = run.world.store_behind();
        let mut log: Vec<StoredEvent> = vec![];
        loop {
            let after = log.last().map_or(GlobalPosition::NONE, |last| last.position);
            let events = store.read_log(after, BATCH).await?;
            let at_end = events.len() < BATCH;
            log.extend(events);
            if at_end {
                break;
            }
        }
        let mut models = vec![];
        for model in PROJECTORS {
            models.push(rows_of(store, model, &log).await?);
        }
        let trace = run.world.trace().to_vec();
        Ok(Self { log, trace, answers: run.answers(), models })
    }

    /// The stored type names of the log's events, in order.
    #[must_use]
    pub fn event_types(&self) -> Vec<&str> {
        self.log.iter().map(|stored| stored.event.encoded.event_type.as_str()).collect()
    }

    /// What a command was answered last; none when it was not.
    #[must_use]
    pub fn answer(&self, command: CommandId) -> Option<&Answer<Rejection>> {
        self.answers.get(&command)?.as_ref().ok().map(|handled| &handled.answer)
    }

    /// How many events of the log a command caused.
    #[must_use]
    pub fn caused_by(&self, command: CommandId) -> usize {
        self.log.iter().filter(|stored| stored.event.causation_id.0 == command.0).count()
    }

    /// The moments that the handler of a command reached, and those that were done to it.
    pub fn moments_of(&self, command: CommandId) -> impl Iterator<Item = &Moment> {
        let by = move |recorded: &&RecordedMoment| recorded.actor == Actor::Handler(command);
        self.trace.iter().filter(by).map(|recorded| &recorded.moment)
    }

    /// The rows of a group of a read model; none when there are no such rows.
    #[must_use]
    pub fn rows(&self, model: ModelName, group: &str) -> &[String] {
        let found = self.models.iter().find(|rows| rows.model == model);
        found.and_then(|rows| rows.groups.get(group)).map_or(&[], Vec::as_slice)
    }
}

/// The groups under which a read model may have rows: all, the orders of the dashboard, customers.
fn groups_in(log: &[StoredEvent]) -> Vec<String> {
    let customers =
        log.iter().filter_map(|stored| match OrderEvent::decode(&stored.event.encoded) {
            Ok(OrderEvent::OrderCreated { customer, .. }) => Some(customer.0),
            _ => None,
        });
    let mut groups: Vec<_> =
        [String::new(), "orders".to_owned()].into_iter().chain(customers).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

async fn rows_of(
    store: &impl ReadModelStore,
    model: ModelName,
    log: &[StoredEvent],
) -> Result<ModelRows, StorageError> {
    // A model has at most a row an event, and one more.
    let size = u32::try_from(log.len() + 1).unwrap_or(u32::MAX);
    let mut groups = BTreeMap::new();
    for group in groups_in(log) {
        let page = store.page(model, &group, PageRequest { page: 1, size }).await?;
        let mut rows = page.value.rows;
        rows.sort_unstable();
        if !rows.is_empty() {
            groups.insert(group, rows);
        }
    }
    Ok(ModelRows { model, checkpoint: store.checkpoint(model).await?, groups })
}
