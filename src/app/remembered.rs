//! What the page remembers from visit to visit: values under a name in the browser's local storage.

use gloo_storage::{LocalStorage, Storage as _};
use nojson::DisplayJson;
use web_sys::Storage;

use crate::kernel::{Json, from_json, to_json};

/// What was remembered under a name; none where that is nothing, or not such a value.
pub fn remembered<T: Json>(name: &str) -> Option<T> {
    from_json(&memory()?.get_item(name).ok()??).ok()
}

/// Remembers a value under a name, where the browser lets the page and has room for it.
pub fn remember(name: &str, value: &dyn DisplayJson) {
    if let Some(memory) = memory() {
        // A full memory forgets; what is kept there can be chosen again.
        let _ = memory.set_item(name, &to_json(value));
    }
}

/// The memory; none where the browser blocks it, which gloo takes for impossible.
fn memory() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}
