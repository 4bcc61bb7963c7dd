//! The control that goes to any version of the order.

use leptos::prelude::*;

use super::model::OrderModel;
use crate::{app::texts::Texts, ui::state::use_texts};

#[component]
pub(super) fn Versions(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    view! {
        <div class="order__versions" role="group" aria-label=texts.say("order.versions")>
            <div class="order__steps">
                <Step model by=-1 label="order.previous" sign="◀"/>
                <Slider model/>
                <Step model by=1 label="order.next" sign="▶"/>
            </div>
            <p class="order__caption">{move || caption(texts.get(), model)}</p>
            <Note model/>
        </div>
    }
}

#[component]
fn Slider(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let part = move || format!("{}%", model.version() * 100 / model.latest().max(1));
    view! {
        <input
            class="order__range"
            type="range"
            min="0"
            step="1"
            max=move || model.latest().to_string()
            prop:value=move || {
                // The value is cut at the maximum, so the maximum must be there first.
                model.latest();
                model.version().to_string()
            }
            style:--order-part=part
            aria-label=texts.say("order.version")
            aria-valuetext=move || caption(texts.get(), model)
            on:input=move |event| {
                if let Ok(version) = event_target_value(&event).parse() {
                    model.go(version);
                }
            }
        />
    }
}

#[component]
fn Step(model: OrderModel, by: i64, label: &'static str, sign: &'static str) -> impl IntoView {
    let texts = use_texts();
    // It stays in the order of Tab at the ends: a button that is disabled loses the focus.
    let is_at_end = move || {
        let target = model.version().checked_add_signed(by);
        target.is_none_or(|target| target > model.latest())
    };
    view! {
        <button
            class="button button--small order__step"
            type="button"
            aria-label=texts.say(label)
            title=texts.say(label)
            aria-disabled=move || is_at_end().then_some("true")
            on:click=move |_| model.step(by)
        >
            <span aria-hidden="true">{sign}</span>
        </button>
    }
}

/// What looking at the past means, and the way back. It takes the same room at the latest version.
#[component]
fn Note(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let is_past = Memo::new(move |_| model.is_past());
    let key = move || if is_past.get() { "order.past" } else { "order.follows" };
    view! {
        <div class="order__note" class:order__note--past=is_past>
            <span class="order__note-text">{move || texts.get().say(key())}</span>
            <Show when=move || is_past.get()>
                <button
                    class="button button--small"
                    type="button"
                    on:click=move |_| model.go(u64::MAX)
                >
                    {texts.say("order.to_latest")}
                </button>
            </Show>
        </div>
    }
}

/// Where somebody stands, in words: the version, and the event that led there.
fn caption(texts: Texts, model: OrderModel) -> String {
    let (version, latest) = (texts.count(model.version()), texts.count(model.latest()));
    let event = model.with_at(|at| Some(at.event.as_ref()?.event_type.clone())).flatten();
    let values = [("version", version.as_str()), ("latest", &latest)];
    let place = texts.fill("order.version_of", &values);
    match event {
        Some(event) => format!("{place}: {event}"),
        None => format!("{place}: {}", texts.say("order.version_zero")),
    }
}
