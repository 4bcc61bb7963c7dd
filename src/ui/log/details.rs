//! The details of a row: its ids, and its data as it is stored.

use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*};

use super::model::LogModel;
use crate::{
    app::views::{Damage, LogEntry, LogRow},
    ui::{
        order::{OrderLink, fact_lines, order_of_stream, stream_name},
        state::use_texts,
        time,
    },
};

#[component]
pub(super) fn Details(model: LogModel, entry: Arc<LogRow>) -> impl IntoView {
    // A click in the details reads or selects text; it must not close them.
    let stop = |event: MouseEvent| event.stop_propagation();
    view! {
        <div class="log__details" role="gridcell" on:click=stop>
            {match entry.as_ref() {
                LogRow::Event(event) => {
                    view! { <EventDetails model event=(**event).clone()/> }.into_any()
                }
                LogRow::Damaged { damage, .. } => {
                    view! { <DamageDetails damage=damage.clone()/> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn EventDetails(model: LogModel, event: LogEntry) -> impl IntoView {
    let texts = use_texts();
    let at = event.occurred_at_ms;
    let when = move || time::date_and_clock(texts.get().language(), at);
    let facts = event.facts.clone().unwrap_or_default();
    let stream = event.stream.clone();
    let only = move |_| {
        let stream = stream.clone();
        model.ask(|filter| filter.stream = stream);
    };
    let line = move |key: &'static str, value: String| {
        view! {
            <dt>{texts.say(key)}</dt>
            <dd><bdi>{value}</bdi></dd>
        }
    };
    view! {
        <div class="log__actions">
            {order_of_stream(&event.stream).map(|order| {
                let name = stream_name(&event.stream);
                view! {
                    <OrderLink order=order.to_owned()>
                        {move || texts.get().fill("log.show_stream", &[("stream", &name)])}
                    </OrderLink>
                }
            })}
            <button class="button button--small" type="button" on:click=only>
                {texts.say("log.only_stream")}
            </button>
        </div>
        <dl class="log__detail-list">
            {move || fact_lines(texts.get(), &facts)
                .into_iter()
                .map(|(name, value)| view! { <dt>{name}</dt><dd class="log__fact"><bdi>{value}</bdi></dd> })
                .collect_view()}
            <dt>{texts.say("log.when")}</dt>
            <dd>{when}</dd>
            {line("log.stream_name", event.stream)}
            {line("log.event_id", event.event_id)}
            {line("log.correlation_id", event.correlation_id)}
            {line("log.causation_id", event.causation_id)}
            {line("log.schema_version", event.schema_version.to_string())}
        </dl>
        <div>
            <div class="log__detail-title">{texts.say("log.stored_data")}</div>
            <pre class="log__json"><code>{event.data}</code></pre>
        </div>
    }
}

#[component]
fn DamageDetails(damage: Damage) -> impl IntoView {
    let texts = use_texts();
    view! {
        <p class="log__wide">{texts.say("log.damaged")}</p>
        <dl class="log__detail-list log__wide">
            <dt>{texts.say("log.damaged.store")}</dt>
            <dd><bdi>{damage.store}</bdi></dd>
            <dt>{texts.say("log.damaged.key")}</dt>
            <dd><bdi>{damage.key}</bdi></dd>
            <dt>{texts.say("log.damaged.reason")}</dt>
            <dd><bdi>{damage.reason}</bdi></dd>
        </dl>
    }
}
