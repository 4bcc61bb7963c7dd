//! The control that goes to any version of the order.

use leptos::{ev::MouseEvent, prelude::*};

use super::model::OrderModel;
use crate::{
    app::texts::Texts,
    ui::{
        lean::{Mark, mark, on_click, on_event, part, words},
        shell,
        state::{PageTexts, use_texts},
    },
};

#[component]
pub(super) fn Versions(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let step = move |by: i64, key: &'static str, sign: &'static str| {
        let is_at_end = mark(move || {
            let target = model.version().checked_add_signed(by);
            target.is_none_or(|target| target > model.latest())
        });
        step_button(texts, key, sign, is_at_end, on_click(move || model.step(by)))
    };
    view! {
        <div class="order__versions" role="group" aria-label=texts.say("order.versions")>
            <div class="order__steps">
                {step(-1, "order.previous", "◀")}
                {slider(texts, model)}
                {step(1, "order.next", "▶")}
            </div>
            <p class="order__caption">{words(move || caption(texts.get(), model))}</p>
            {part(move || note(texts.get(), model))}
        </div>
    }
}

/// A button that goes one step. At the end it stays in the order of Tab: a button that is disabled
/// loses the focus.
pub(in crate::ui) fn step_button(
    texts: PageTexts,
    key: &'static str,
    sign: &'static str,
    is_at_end: Mark,
    act: Box<dyn FnMut(MouseEvent)>,
) -> impl IntoView {
    view! {
        <button
            class="button button--small step"
            type="button"
            aria-label=texts.say(key)
            title=texts.say(key)
            on:click=act
            aria-disabled=is_at_end
        >
            <span aria-hidden="true">{sign}</span>
        </button>
    }
}

fn slider(texts: PageTexts, model: OrderModel) -> impl IntoView {
    let part = words(move || format!("{}%", model.version() * 100 / model.latest().max(1)));
    let slide = on_event(move |event| {
        if let Ok(version) = event_target_value(&event).parse() {
            model.go(version);
        }
    });
    view! {
        <input
            class="order__range"
            id=RANGE_ID
            type="range"
            min="0"
            step="1"
            max=words(move || model.latest().to_string())
            prop:value=words(move || {
                // The value is cut at the maximum, so the maximum must be there first.
                model.latest();
                model.version().to_string()
            })
            style:--order-part=part
            aria-label=texts.say("order.version")
            aria-valuetext=words(move || caption(texts.get(), model))
            on:input=slide
        />
    }
}

/// The id of the slider.
const RANGE_ID: &str = "order-range";

/// What looking at the past means, and the way back. It takes the same room at the latest version.
fn note(texts: Texts, model: OrderModel) -> impl IntoView {
    let is_past = model.is_past();
    let (class, key) = if is_past {
        ("order__note order__note--past", "order.past")
    } else {
        ("order__note", "order.follows")
    };
    let back = is_past.then(|| {
        // The button goes away, so the focus goes to what led here.
        let back = on_click(move || {
            model.go(u64::MAX);
            shell::focus(RANGE_ID);
        });
        view! {
            <button class="button button--small" type="button" on:click=back>
                {texts.say("order.to_latest")}
            </button>
        }
    });
    view! {
        <div class=class>
            <span class="order__note-text">{texts.say(key)}</span>
            {back}
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
