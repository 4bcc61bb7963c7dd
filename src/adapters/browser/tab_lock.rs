//! A lock that one tab of the same page holds.

use std::{cell::RefCell, rc::Rc};

use futures_util::future::{Either, select};
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    /// The locks of the origin (Web Locks), which `web-sys` counts as unstable.
    type Locks;

    #[wasm_bindgen(method, catch)]
    fn request(
        this: &Locks,
        name: &str,
        options: &JsValue,
        granted: &Function,
    ) -> Result<Promise, JsValue>;
}

/// A lock that this tab holds until it is dropped, or the tab is closed.
#[derive(Debug)]
pub struct TabLock {
    release: Function,
}

impl TabLock {
    /// Takes the lock of that name; none when another tab holds it. Where the browser has no locks
    /// everybody gets it.
    pub async fn take(name: &str) -> Option<Self> {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        if locks.is_undefined() {
            return Some(Self { release: Function::new_no_args("") });
        }
        let options = Object::new();
        // A new object takes every property.
        let _ = Reflect::set(&options, &"ifAvailable".into(), &true.into());
        let release = Rc::<RefCell<Option<Function>>>::default();
        let set_release = release.clone();
        let (told, tell) = promise();
        let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
            if lock.is_null() {
                tell_of(&tell);
                return JsValue::UNDEFINED;
            }
            let (held, end) = promise();
            set_release.replace(Some(end));
            tell_of(&tell);
            held.into()
        });
        let request =
            locks.unchecked_into::<Locks>().request(name, &options, granted.unchecked_ref());
        let request = JsFuture::from(request.ok()?);
        match select(JsFuture::from(told), request).await {
            Either::Left(_) | Either::Right(_) => {}
        }
        release.take().map(|release| Self { release })
    }
}

/// A promise, and the function that keeps it.
fn promise() -> (Promise, Function) {
    let mut keep = None;
    let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
    (promise, keep.unwrap_or_else(|| Function::new_no_args("")))
}

fn tell_of(keep: &Function) {
    // A function that keeps a promise never throws.
    let _ = keep.call0(&JsValue::UNDEFINED);
}

impl Drop for TabLock {
    fn drop(&mut self) {
        tell_of(&self.release);
    }
}
