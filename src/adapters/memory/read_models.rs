//! Read models in memory: rows by key, and by their place for pages.

use litemap::LiteMap;

use crate::{
    kernel::{CodecError, GlobalPosition, ModelName, RowKey, RowPlace},
    ports::{Known, Page, PageRequest, ReadModelStore, RowWrite, StorageError, UpdateError},
};

use super::MemoryStore;

/// One read model: its rows and how far it has read.
#[derive(Debug, Default)]
pub(super) struct Model {
    checkpoint: GlobalPosition,
    /// What each row was, the latest last; where no history is kept, only what it is.
    rows: LiteMap<RowKey, Vec<Row>>,
    /// By group, then rank and key: since when the row has been there.
    groups: LiteMap<String, LiteMap<(u64, RowKey), GlobalPosition>>,
    /// Whether a row left a group in which its history has it.
    has_moved: bool,
}

/// A row from an update on.
#[derive(Debug)]
struct Row {
    since: GlobalPosition,
    place: RowPlace,
    data: String,
}

impl Model {
    fn write(&mut self, write: RowWrite, since: GlobalPosition, keeps_history: bool) {
        let RowWrite { key, place, data } = write;
        let ranks = self.groups.entry(place.group.clone()).or_default();
        ranks.entry((place.rank, key.clone())).or_insert(since);
        let versions = self.rows.entry(key.clone()).or_default();
        let left = versions.last().filter(|row| row.place != place).map(|row| row.place.clone());
        if !keeps_history {
            versions.clear();
        }
        versions.push(Row { since, place, data });
        match left {
            Some(_) if keeps_history => self.has_moved = true,
            Some(place) => {
                if let Some(ranks) = self.groups.get_mut(&place.group) {
                    ranks.remove(&(place.rank, key));
                }
            }
            None => {}
        }
    }

    /// A row as it is, or as it was at a position.
    fn row(&self, key: &RowKey, at: Option<GlobalPosition>) -> Option<&Row> {
        let versions = self.rows.get(key)?;
        let seen = at.map_or(versions.len(), |at| versions.partition_point(|row| row.since <= at));
        versions.get(seen.checked_sub(1)?)
    }

    fn data(&self, key: &RowKey, at: Option<GlobalPosition>) -> Option<String> {
        self.row(key, at).map(|row| row.data.clone())
    }

    fn page(&self, group: &str, request: PageRequest, at: Option<GlobalPosition>) -> Page<String> {
        let is_there = |rank: u64, key: &RowKey, since: GlobalPosition| {
            let is_place = |row: &Row| row.place.rank == rank && row.place.group == group;
            at.is_none_or(|at| since <= at)
                && (!self.has_moved || self.row(key, at).is_some_and(is_place))
        };
        let skipped = usize::try_from(request.rows_before()).unwrap_or(usize::MAX);
        let (mut rows, mut total) = (vec![], 0);
        let ranks = self.groups.get(group);
        for ((rank, key), since) in ranks.into_iter().flat_map(|ranks| ranks.iter().rev()) {
            if is_there(*rank, key, *since) {
                if total >= skipped && rows.len() < request.size as usize {
                    rows.extend(self.data(key, at));
                }
                total += 1;
            }
        }
        let total_count = total as u64;
        Page { rows, page: request.page, size: request.size, total_count }
    }
}

impl MemoryStore {
    /// Something read from a model, as far as it had read; a model that does not exist is empty.
    fn known<T>(
        &self,
        model: ModelName,
        read: impl FnOnce(&Model, Option<GlobalPosition>) -> T,
    ) -> Known<T> {
        let empty = Model::default();
        self.look(|data, past| {
            let at = past.map(|past| past.checkpoint(model));
            let model = data.models.get(model).unwrap_or(&empty);
            Known { value: read(model, at), up_to: at.unwrap_or(model.checkpoint) }
        })
    }
}

impl ReadModelStore for MemoryStore {
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        self.refuse_in_past()?;
        let read = |model: &Model, at| keys.iter().map(|key| model.data(key, at)).collect();
        let stored = self.known(model, read);
        if stored.up_to != from {
            return Err(UpdateError::CheckpointMoved { found: stored.up_to });
        }
        let writes = change(stored.value)?;
        let data = &mut *self.data.borrow_mut();
        let model = data.models.entry(model.to_owned()).or_default();
        writes.into_iter().for_each(|write| model.write(write, to, data.keeps_history));
        model.checkpoint = to;
        Ok(())
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        Ok(self.known(model, |model, at| model.data(key, at)))
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        Ok(self.known(model, |model, at| model.page(group, request, at)))
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        Ok(self.known(model, |_, _| ()).up_to)
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        self.refuse_in_past()?;
        self.data.borrow_mut().models.remove(model);
        Ok(())
    }
}
