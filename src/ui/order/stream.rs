//! The order's stream: its events, the one that led to the version shown marked.

use std::cmp::Ordering;

use leptos::prelude::*;

use super::model::OrderModel;
use crate::{
    app::views::{LogEntry, OrderHistory},
    ui::{state::use_texts, time},
};

#[component]
pub(super) fn Stream(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let events = move || {
        let events = model.with(stream_events).unwrap_or_default().into_iter();
        events.map(|event| view! { <li><StreamEvent model event/></li> }).collect_view()
    };
    view! {
        <div class="order__part">
            <h3 class="order__part-title" id="order-stream">{texts.say("order.stream")}</h3>
            <ol class="order__stream" aria-labelledby="order-stream">
                {events}
            </ol>
        </div>
    }
}

fn stream_events(history: &OrderHistory) -> Vec<LogEntry> {
    history.versions.iter().filter_map(|at| at.event.clone()).collect()
}

#[component]
fn StreamEvent(model: OrderModel, event: LogEntry) -> impl IntoView {
    let texts = use_texts();
    let LogEntry { version, occurred_at_ms, event_type, .. } = event;
    let place = move || version.cmp(&model.version());
    let language = move || texts.get().language();
    view! {
        <button
            class="order__event"
            class:order__event--now=move || place() == Ordering::Equal
            class:order__event--ahead=move || place() == Ordering::Greater
            type="button"
            aria-current=move || (place() == Ordering::Equal).then_some("step")
            on:click=move |_| model.go(version)
        >
            <span class="order__event-version">{format!("v{version}")}</span>
            <span class="event-mark" aria-hidden="true"></span>
            <bdi class="order__event-type" title=event_type.clone()>{event_type.clone()}</bdi>
            <time
                class="order__event-time"
                datetime=time::machine(occurred_at_ms)
                title=move || time::date_and_clock(language(), occurred_at_ms)
            >
                {move || time::clock(language(), occurred_at_ms)}
            </time>
        </button>
    }
}
