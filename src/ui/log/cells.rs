//! A row of the log and what stands in it.

use std::sync::Arc;

use leptos::{ev::MouseEvent, prelude::*};

use super::{details::Details, grid::row_id, model::LogModel};
use crate::{
    app::views::{LogEntry, LogRow},
    ui::{
        order::{FactWords, OrderLink, order_of_stream, stream_name},
        state::use_texts,
        time,
    },
};

#[component]
pub(super) fn Row(model: LogModel, row: u64) -> impl IntoView {
    let entry = Memo::new(move |_| model.row(row));
    let is_open = Memo::new(move |_| model.opened.get() == Some(row));
    view! {
        <div
            class="log__row"
            class:log__row--active=move || model.active.get() == Some(row)
            class:log__row--open=move || is_open.get()
            role="row"
            id=row_id(row)
            aria-rowindex=(row + 2).to_string()
            aria-expanded=move || is_open.get().to_string()
            on:click=move |_| model.toggle(row)
        >
            {move || match entry.get() {
                None => view! { <Waiting position=row + 1/> }.into_any(),
                Some(entry) => view! { <Cells entry/> }.into_any(),
            }}
            {move || {
                let entry = is_open.get().then(|| entry.get()).flatten();
                entry.map(|entry| view! { <Details model entry/> })
            }}
        </div>
    }
}

/// The place of a row that is still being read.
#[component]
fn Waiting(position: u64) -> impl IntoView {
    let texts = use_texts();
    view! {
        <div class="log__cell log__cell--position" role="gridcell">
            {move || texts.get().count(position)}
        </div>
        <div class="log__cell log__cell--data log__cell--waiting" role="gridcell" aria-busy="true"></div>
    }
}

#[component]
fn Cells(entry: Arc<LogRow>) -> impl IntoView {
    match entry.as_ref() {
        LogRow::Event(event) => view! { <EventCells event=(**event).clone()/> }.into_any(),
        LogRow::Damaged { position, damage } => {
            let texts = use_texts();
            let (position, damage) = (*position, damage.clone());
            let what = Signal::derive(move || texts.get().damage(&damage));
            view! {
                <div class="log__cell log__cell--position" role="gridcell">
                    {move || texts.get().count(position)}
                </div>
                <div class="log__cell log__cell--damage" role="gridcell" title=what>
                    <span class="trouble-mark" aria-hidden="true"></span>
                    <bdi class="log__damage">{what}</bdi>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn EventCells(event: LogEntry) -> impl IntoView {
    let texts = use_texts();
    let LogEntry { position, occurred_at_ms, stream, version, event_type, facts, data, .. } = event;
    let language = move || texts.get().language();
    let is_unknown = facts.is_none();
    let stream_title = stream.clone();
    view! {
        <div class="log__cell log__cell--position" role="gridcell">
            {move || texts.get().count(position)}
        </div>
        <div class="log__cell log__cell--time" role="gridcell">
            <time
                datetime=time::machine(occurred_at_ms)
                title=move || time::date_and_clock(language(), occurred_at_ms)
            >
                {move || time::clock(language(), occurred_at_ms)}
            </time>
        </div>
        <div class="log__cell log__cell--stream" role="gridcell" title=stream_title>
            <StreamName stream/>
        </div>
        <div class="log__cell log__cell--version" role="gridcell">{format!("v{version}")}</div>
        <div class="log__cell log__cell--type" role="gridcell">
            <span class="event-mark" class:event-mark--unknown=is_unknown aria-hidden="true"></span>
            <bdi class="log__type" title=event_type.clone()>{event_type.clone()}</bdi>
        </div>
        <div class="log__cell log__cell--data" role="gridcell">
            {match facts {
                Some(facts) => view! { <FactWords facts/> }.into_any(),
                None => view! { <code>{data}</code> }.into_any(),
            }}
        </div>
    }
}

/// A stream's short name. That of an order selects it.
#[component]
fn StreamName(stream: String) -> impl IntoView {
    match order_of_stream(&stream) {
        Some(order) => {
            let stop = |event: MouseEvent| event.stop_propagation();
            view! {
                <span on:click=stop>
                    <OrderLink order=order.to_owned() tab_index="-1">
                        {stream_name(&stream)}
                    </OrderLink>
                </span>
            }
            .into_any()
        }
        None => view! { <bdi>{stream_name(&stream)}</bdi> }.into_any(),
    }
}
