//! What the page remembers: values from visit to visit in the browser's local storage, and notes for
//! as long as a tab is open in its session storage.

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

/// Whether this stands among the notes of this tab.
pub fn is_noted(name: &str) -> bool {
    matches!(notes().map(|notes| notes.get_item(name)), Some(Ok(Some(_))))
}

/// Notes it for as long as this tab is open, or not any more, where the browser lets the page.
pub fn note(name: &str, on: bool) {
    if let Some(notes) = notes() {
        // What is forgotten can be chosen again.
        let _ = if on { notes.set_item(name, "on") } else { notes.remove_item(name) };
    }
}

fn notes() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The memory; none where the browser blocks it, which gloo takes for impossible.
fn memory() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()??;
    Some(LocalStorage::raw())
}
