//! Pages of a read model: a cursor over the places of a group, from the highest rank down.

use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbCursorDirection, IdbCursorWithValue, IdbKeyRange, IdbRequest};

use crate::{
    kernel::ModelName,
    ports::{Known, Page, PageRequest, StorageError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    open::whole,
    request::{answered, result},
    rows::{requested_checkpoint, row_data},
};

impl IndexedDbStore {
    pub(super) async fn read_page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        let range = range_of_group(model, group)?;
        let transaction = self.connection.begin(Scope::ReadModels, Mode::Read)?;
        let places = transaction.index("rows", "place")?;
        let checkpoint = transaction.store("checkpoints")?.get(&model.into());
        let checkpoint = checkpoint.map_err(|thrown| storage_error(&thrown))?;
        let count = places.count_with_key(&range).map_err(|thrown| storage_error(&thrown))?;
        let cursor = places
            .open_cursor_with_range_and_direction(&range, IdbCursorDirection::Prev)
            .map_err(|thrown| storage_error(&thrown))?;
        let first = answered(&cursor).await?;
        let total_count = whole(result(&count)?.as_f64().unwrap_or(0.0));
        let up_to = requested_checkpoint(&checkpoint)?;
        let rows = if request.rows_before() < total_count {
            rows_from(&cursor, first, request).await?
        } else {
            Vec::new()
        };
        let value = Page { rows, page: request.page, size: request.size, total_count };
        Ok(Known { value, up_to })
    }
}

/// All places of a group; a rank is a number, which lies before every array.
fn range_of_group(model: ModelName, group: &str) -> Result<IdbKeyRange, StorageError> {
    let (model, group) = (JsValue::from(model), JsValue::from(group));
    let lower = Array::of2(&model, &group);
    let upper = Array::of3(&model, &group, &Array::new());
    IdbKeyRange::bound(&lower, &upper).map_err(|thrown| storage_error(&thrown))
}

/// The rows of one page, from a cursor that stands on the first row of all.
async fn rows_from(
    request: &IdbRequest,
    first: JsValue,
    page: PageRequest,
) -> Result<Vec<String>, StorageError> {
    let mut at = first;
    let before = u32::try_from(page.rows_before()).unwrap_or(u32::MAX);
    if before > 0 {
        let cursor: &IdbCursorWithValue = at.unchecked_ref();
        cursor.advance(before).map_err(|thrown| storage_error(&thrown))?;
        at = answered(request).await?;
    }
    let mut rows = Vec::new();
    while !at.is_null() {
        let cursor: &IdbCursorWithValue = at.unchecked_ref();
        rows.push(row_data(&cursor.value().map_err(|thrown| storage_error(&thrown))?)?);
        if rows.len() >= page.size as usize {
            break;
        }
        cursor.continue_().map_err(|thrown| storage_error(&thrown))?;
        at = answered(request).await?;
    }
    Ok(rows)
}
