//! The details of a row: its ids, and its data as it is stored.

use leptos::{ev::MouseEvent, prelude::*};

use super::model::LogModel;
use crate::{
    app::{
        texts::{Texts, stream_name},
        views::{Damage, LogEntry, LogRow},
    },
    ui::{
        lean::{marked, on_click},
        order::{fact_lines, order_link, order_of_stream},
        time,
    },
};

pub(super) fn details(model: LogModel, texts: Texts, row: &LogRow) -> impl IntoView + use<> {
    // A click in the details reads or selects text; it must not close them.
    let stop: Box<dyn FnMut(MouseEvent)> = Box::new(|event| event.stop_propagation());
    let content = match row {
        LogRow::Event(event) => event_details(model, texts, event).into_any(),
        LogRow::Damaged { damage, .. } => damage_details(texts, damage).into_any(),
    };
    view! { <div class="log__details" role="gridcell" on:click=stop>{content}</div> }
}

fn event_details(model: LogModel, texts: Texts, event: &LogEntry) -> impl IntoView + use<> {
    let facts = event.facts.as_deref().unwrap_or_default();
    let mut lines = vec![];
    for (name, value) in fact_lines(texts, facts) {
        lines.push(line(name, value));
    }
    let ids = [
        ("log.when", time::date_and_clock(texts.language(), event.occurred_at_ms)),
        ("log.stream_name", event.stream.clone()),
        ("log.event_id", event.event_id.clone()),
        ("log.correlation_id", event.correlation_id.clone()),
        ("log.causation_id", event.causation_id.clone()),
        ("log.schema_version", event.schema_version.to_string()),
    ];
    for (key, value) in ids {
        lines.push(line(texts.say(key), value));
    }
    view! {
        <div class="log__actions">{actions(model, texts, &event.stream)}</div>
        <dl class="log__detail-list">{lines}</dl>
        <div>
            <div class="log__detail-title">{texts.say("log.stored_data")}</div>
            <pre class="log__json"><code>{event.data.clone()}</code></pre>
        </div>
    }
}

/// What can be done with the stream of an event.
fn actions(model: LogModel, texts: Texts, stream: &str) -> impl IntoView + use<> {
    let link = order_of_stream(stream).map(|order| {
        let words = texts.fill("log.show_stream", &[("stream", &stream_name(stream))]);
        order_link(order, words, "", marked("0", || true))
    });
    let stream = stream.to_owned();
    let only = on_click(move || model.ask(|filter| filter.stream.clone_from(&stream)));
    view! {
        {link}
        <button class="button button--small" type="button" on:click=only>
            {texts.say("log.only_stream")}
        </button>
    }
}

fn damage_details(texts: Texts, damage: &Damage) -> impl IntoView + use<> {
    view! {
        <p class="log__wide">{texts.say("log.damaged")}</p>
        <dl class="log__detail-list log__wide">
            {line(texts.say("log.damaged.store"), damage.store.clone())}
            {line(texts.say("log.damaged.key"), damage.key.clone())}
            {line(texts.say("log.damaged.reason"), damage.reason.clone())}
        </dl>
    }
}

fn line(name: &'static str, value: String) -> AnyView {
    view! {
        <dt>{name}</dt>
        <dd class="log__fact"><bdi>{value}</bdi></dd>
    }
    .into_any()
}
