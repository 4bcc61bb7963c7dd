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
    rows: LiteMap<RowKey, (RowPlace, String)>,
    /// By group, then rank and key.
    groups: LiteMap<String, LiteMap<(u64, RowKey), ()>>,
}

impl Model {
    fn write(&mut self, write: RowWrite) {
        let ranks = self.groups.entry(write.place.group.clone()).or_default();
        ranks.insert((write.place.rank, write.key.clone()), ());
        let before = self.rows.insert(write.key.clone(), (write.place.clone(), write.data));
        if let Some((place, _)) = before
            && place != write.place
            && let Some(ranks) = self.groups.get_mut(&place.group)
        {
            ranks.remove(&(place.rank, write.key));
        }
    }

    fn data(&self, key: &RowKey) -> Option<String> {
        self.rows.get(key).map(|(_, data)| data.clone())
    }

    fn page(&self, group: &str, request: PageRequest) -> Page<String> {
        let ranks = self.groups.get(group);
        let skipped = usize::try_from(request.rows_before()).unwrap_or(usize::MAX);
        let keys = ranks.into_iter().flat_map(|ranks| ranks.keys().rev().map(|(_, key)| key));
        Page {
            rows: keys
                .skip(skipped)
                .take(request.size as usize)
                .filter_map(|key| self.data(key))
                .collect(),
            page: request.page,
            size: request.size,
            total_count: ranks.map_or(0, |ranks| ranks.len() as u64),
        }
    }
}

impl MemoryStore {
    /// Something read from a model; a model that does not exist is empty.
    fn known<T>(&self, model: ModelName, read: impl FnOnce(&Model) -> T) -> Known<T> {
        let empty = Model::default();
        let data = self.data.borrow();
        let model = data.models.get(model).unwrap_or(&empty);
        Known { value: read(model), up_to: model.checkpoint }
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
        let stored = self.known(model, |model| keys.iter().map(|key| model.data(key)).collect());
        if stored.up_to != from {
            return Err(UpdateError::CheckpointMoved { found: stored.up_to });
        }
        let writes = change(stored.value)?;
        let mut data = self.data.borrow_mut();
        let model = data.models.entry(model.to_owned()).or_default();
        writes.into_iter().for_each(|write| model.write(write));
        model.checkpoint = to;
        Ok(())
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        Ok(self.known(model, |model| model.data(key)))
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        Ok(self.known(model, |model| model.page(group, request)))
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        Ok(self.known(model, |model| model.checkpoint).up_to)
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        self.data.borrow_mut().models.remove(model);
        Ok(())
    }
}
