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

/// How a lock is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Now, unless another tab holds it.
    IfFree,
    /// As soon as no other tab holds it.
    OnceFree,
    /// Now: the tab that holds it loses it.
    TakeOver,
}

impl Asking {
    fn options(self) -> Object {
        let options = Object::new();
        let name = match self {
            Self::IfFree => "ifAvailable",
            Self::TakeOver => "steal",
            Self::OnceFree => return options,
        };
        // A new object takes every property.
        let _ = Reflect::set(&options, &name.into(), &true.into());
        options
    }
}

/// A lock that this tab holds until it is dropped, the tab is closed, or another tab takes it over.
#[derive(Debug)]
pub struct TabLock {
    release: Function,
}

impl TabLock {
    /// Takes the lock of that name; none when it is held and not to be waited for. Calls back once when
    /// another tab takes it over. Where the browser has no locks everybody gets it, and nobody gets it
    /// later.
    pub async fn take(
        name: &str,
        asking: Asking,
        on_lost: impl FnOnce() + 'static,
    ) -> Option<Self> {
        let navigator = web_sys::window()?.navigator();
        let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
        if locks.is_undefined() {
            let free = || Self { release: Function::new_no_args("") };
            return (asking != Asking::OnceFree).then(free);
        }
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
        let request = locks.unchecked_into::<Locks>().request(
            name,
            &asking.options(),
            granted.unchecked_ref(),
        );
        let request = JsFuture::from(request.ok()?);
        if let Either::Left((_, request)) = select(JsFuture::from(told), request).await {
            wasm_bindgen_futures::spawn_local(async move {
                // It ends well when the lock is given back.
                if request.await.is_err() {
                    on_lost();
                }
            });
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
