//! The service worker: registered where a release page has one, and a word when a new release waits.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::ui::held::Held;
use crate::ui::{
    lean::{on_click, part_when},
    state::use_shell,
};

/// Says that a new release is ready, once it is.
#[component]
pub(super) fn UpdateNotice() -> impl IntoView {
    let texts = use_shell().texts;
    let waiting = Held::new(false);
    let registration = StoredValue::new_local(None::<ServiceWorkerRegistration>);
    if let Some(script) = worker_script() {
        spawn_local(async move {
            // Without a worker the page works all the same, only not without a network.
            if let Some(registered) = register(&script).await {
                watch(&registered, waiting);
                registration.set_value(Some(registered));
            }
        });
    }
    let reload = move || {
        registration.with_value(|registration| registration.as_ref().map(take_over));
    };
    view! {
        {part_when(move || waiting.get(), move || view! {
            <div class="notice" role="status">
                <p class="notice__text">{texts.say("update.text")}</p>
                <div class="notice__buttons">
                    <button type="button" class="button" on:click=on_click(reload)>
                        {texts.say("update.reload")}
                    </button>
                </div>
            </div>
        })}
    }
}

/// The worker's address: release pages name it, and a page that was opened from a file cannot have one.
fn worker_script() -> Option<String> {
    let protocol = window().location().protocol().ok()?;
    let meta: Element = document().query_selector("meta[name=service-worker]").ok()??;
    meta.get_attribute("content").filter(|_| protocol.starts_with("http"))
}

/// The browser's keeper of workers; none in insecure places.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = window().navigator();
    let has = js_sys::Reflect::has(&navigator, &JsValue::from_str("serviceWorker"));
    has.unwrap_or(false).then(|| navigator.service_worker())
}

async fn register(script: &str) -> Option<ServiceWorkerRegistration> {
    let promise = container()?.register(script);
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

/// Notices a release that waits, now or later. The listeners live as long as the page.
fn watch(registration: &ServiceWorkerRegistration, waiting: Held<bool>) {
    let is_update = || container().is_some_and(|workers| workers.controller().is_some());
    if registration.waiting().is_some() && is_update() {
        waiting.set(true);
    }
    let watched = registration.clone();
    let found = Closure::<dyn Fn()>::new(move || {
        let Some(worker) = watched.installing() else { return };
        let installing = worker.clone();
        let moved = Closure::<dyn Fn()>::new(move || {
            if installing.state() == ServiceWorkerState::Installed && is_update() {
                waiting.set(true);
            }
        });
        worker.set_onstatechange(Some(moved.into_js_value().unchecked_ref()));
    });
    registration.set_onupdatefound(Some(found.into_js_value().unchecked_ref()));
}

/// Lets the waiting release take over, and loads the page from it.
fn take_over(registration: &ServiceWorkerRegistration) {
    let (Some(workers), Some(worker)) = (container(), registration.waiting()) else { return };
    let reload = Closure::<dyn Fn()>::new(|| {
        // A page that cannot reload stays on the release that it has.
        let _ = window().location().reload();
    });
    workers.set_oncontrollerchange(Some(reload.into_js_value().unchecked_ref()));
    let message = js_sys::Object::new();
    // Setting a field of a fresh plain object, and posting it, cannot fail.
    let _ = js_sys::Reflect::set(&message, &"type".into(), &"update".into());
    let _ = worker.post_message(&message);
}
