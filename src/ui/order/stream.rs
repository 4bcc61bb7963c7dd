//! The order's stream: its events, the one that led to the version shown marked.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::model::OrderModel;
use crate::{
    app::{
        texts::Texts,
        views::{LogEntry, OrderHistory},
    },
    ui::{
        lean::{on_click, part},
        state::use_texts,
        time,
    },
};

#[component]
pub(super) fn Stream(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let events = move || {
        let (texts, version) = (texts.get(), model.version());
        let mut events = vec![];
        for event in model.with(stream_events).unwrap_or_default() {
            events.push(stream_event(model, texts, &event, version).into_any());
        }
        events
    };
    view! {
        <div class="order__part">
            <h3 class="order__part-title" id="order-stream">{texts.say("order.stream")}</h3>
            <ol class="order__stream" aria-labelledby="order-stream">{part(events)}</ol>
        </div>
    }
}

fn stream_events(history: &OrderHistory) -> Vec<LogEntry> {
    history.versions.iter().filter_map(|at| at.event.clone()).collect()
}

fn stream_event(
    model: OrderModel,
    texts: Texts,
    event: &LogEntry,
    shown: u64,
) -> impl IntoView + use<> {
    let version = event.version;
    let (class, current) = match version.cmp(&shown) {
        Ordering::Less => ("order__event", None),
        Ordering::Equal => ("order__event order__event--now", Some("step")),
        Ordering::Greater => ("order__event order__event--ahead", None),
    };
    view! {
        <li>
            <button
                class=class
                type="button"
                on:click=on_click(move || model.go(version))
                aria-current=current
            >
                <span class="order__event-version">{format!("v{version}")}</span>
                <span class="event-mark" aria-hidden="true"></span>
                <bdi class="order__event-type" title=event.event_type.clone()>
                    {event.event_type.clone()}
                </bdi>
                {time_of(texts, event.occurred_at_ms, "order__event-time")}
            </button>
        </li>
    }
}

/// When something happened: the time of day, and the date for who asks.
pub(in crate::ui) fn time_of(texts: Texts, at_ms: i64, class: &'static str) -> impl IntoView {
    let language = texts.language();
    view! {
        <time class=class datetime=time::machine(at_ms) title=time::date_and_clock(language, at_ms)>
            {time::clock(language, at_ms)}
        </time>
    }
}
