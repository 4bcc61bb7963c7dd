//! The read model store in IndexedDB.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::IdbKeyRange;

use crate::{
    kernel::{CodecError, GlobalPosition, ModelName, RowKey},
    ports::{Known, Page, PageRequest, ReadModelStore, RowWrite, StorageError, UpdateError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    request::answered,
    rows::{requested_checkpoint, requested_row, row_key},
    update::Step,
};

impl ReadModelStore for IndexedDbStore {
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        self.update_rows(Step { model, from, to }, keys, change).await
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        let transaction = self.connection.begin(Scope::ReadModels, Mode::Read)?;
        let checkpoint = transaction.store("checkpoints")?.get(&model.into());
        let checkpoint = checkpoint.map_err(|thrown| storage_error(&thrown))?;
        let row = transaction.store("rows")?.get(&row_key(model, key));
        let row = row.map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        answered(&row).await?;
        Ok(Known { value: requested_row(&row)?, up_to: requested_checkpoint(&checkpoint)? })
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        self.read_page(model, group, request).await
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        let transaction = self.connection.begin(Scope::ReadModels, Mode::Read)?;
        let checkpoint = transaction.store("checkpoints")?.get(&model.into());
        let checkpoint = checkpoint.map_err(|thrown| storage_error(&thrown))?;
        transaction.ask_no_more();
        answered(&checkpoint).await?;
        requested_checkpoint(&checkpoint)
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        // Every key `[model, key]` lies between `[model]` and `[model, []]`.
        let lower = Array::of1(&model.into());
        let upper = Array::of2(&model.into(), &Array::new());
        let range = IdbKeyRange::bound(&lower, &upper).map_err(|e| storage_error(&e))?;
        let transaction = self.connection.begin(Scope::ReadModels, Mode::WriteRelaxed)?;
        let (rows, checkpoints) = (transaction.store("rows")?, transaction.store("checkpoints")?);
        rows.delete(&range.into()).map_err(|thrown| storage_error(&thrown))?;
        checkpoints.delete(&JsValue::from(model)).map_err(|thrown| storage_error(&thrown))?;
        Ok(transaction.commit().await?)
    }
}
