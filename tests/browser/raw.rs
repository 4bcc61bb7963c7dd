//! The browser's own IndexedDB, to make what a store would never write.

use js_sys::{Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Runs the body of an async JavaScript function of `name`, which has `open` and `done` to help it.
pub(crate) async fn script(name: &str, body: &str) -> JsValue {
    let text = format!(
        r#"
        const settled = (request) => new Promise((resolve, reject) => {{
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        }});
        const done = (transaction) => new Promise((resolve, reject) => {{
            transaction.oncomplete = () => resolve();
            transaction.onabort = () => reject(transaction.error);
        }});
        const open = (version, upgrade) => {{
            const request = indexedDB.open(name, version);
            request.onupgradeneeded = () => upgrade(request.result);
            return settled(request);
        }};
        return (async () => {{ {body} }})();
        "#
    );
    let promise = Function::new_with_args("name", &text).call1(&JsValue::NULL, &name.into());
    let promise: Promise = promise.expect("the script begins").unchecked_into();
    JsFuture::from(promise).await.expect("the script ends well")
}
