//! A row of the log and what stands in it.

use leptos::{ev::MouseEvent, prelude::*};

use super::{details::details, grid::row_id, model::LogModel};
use crate::ui::held::Derived;
use crate::{
    app::{
        texts::{Texts, stream_name},
        views::{LogEntry, LogRow},
    },
    ui::{
        lean::{marked, part, truth, words},
        order::{fact_words, order_link, order_of_stream, time_of},
        state::use_texts,
    },
};

#[component]
pub(super) fn Row(model: LogModel, row: u64) -> impl IntoView {
    let texts = use_texts();
    let entry = Derived::new(move || model.row(row));
    let is_open = move || model.opened.get() == Some(row);
    let class = words(move || {
        let active = if model.active.get() == Some(row) { " log__row--active" } else { "" };
        let open = if is_open() { " log__row--open" } else { "" };
        format!("log__row{active}{open}")
    });
    let toggle: Box<dyn FnMut(MouseEvent)> = Box::new(move |_| model.toggle(row));
    view! {
        <div
            class=class
            role="row"
            id=row_id(row)
            aria-rowindex=(row + 2).to_string()
            aria-expanded=truth(is_open)
            on:click=toggle
        >
            {part(move || match entry.get() {
                None => waiting(texts.get(), row + 1).into_any(),
                Some(entry) => cells(texts.get(), &entry).into_any(),
            })}
            {part(move || {
                let entry = is_open().then(|| entry.get()).flatten();
                entry.map(|entry| details(model, texts.get(), &entry))
            })}
        </div>
    }
}

/// The place of a row that is still being read.
fn waiting(texts: Texts, position: u64) -> impl IntoView {
    view! {
        {position_cell(texts, position)}
        <div class="log__cell log__cell--data log__cell--waiting" role="gridcell" aria-busy="true"></div>
    }
}

fn position_cell(texts: Texts, position: u64) -> impl IntoView {
    view! {
        <div class="log__cell log__cell--position" role="gridcell">{texts.count(position)}</div>
    }
}

fn cells(texts: Texts, row: &LogRow) -> AnyView {
    match row {
        LogRow::Event(event) => event_cells(texts, event).into_any(),
        LogRow::Damaged { position, damage } => {
            let what = texts.damage(damage);
            let title = what.clone();
            view! {
                {position_cell(texts, *position)}
                <div class="log__cell log__cell--damage" role="gridcell" title=title>
                    <span class="trouble-mark" aria-hidden="true"></span>
                    <bdi class="log__damage">{what}</bdi>
                </div>
            }
            .into_any()
        }
    }
}

fn event_cells(texts: Texts, event: &LogEntry) -> impl IntoView + use<> {
    let mark = if event.facts.is_some() { "event-mark" } else { "event-mark event-mark--unknown" };
    let data = match &event.facts {
        Some(facts) => fact_words(texts, facts).into_any(),
        None => view! { <code>{event.data.clone()}</code> }.into_any(),
    };
    view! {
        {position_cell(texts, event.position)}
        <div class="log__cell log__cell--time" role="gridcell">
            {time_of(texts, event.occurred_at_ms, "log__time")}
        </div>
        <div class="log__cell log__cell--stream" role="gridcell" title=event.stream.clone()>
            {stream_link(&event.stream)}
        </div>
        <div class="log__cell log__cell--version" role="gridcell">{format!("v{}", event.version)}</div>
        <div class="log__cell log__cell--type" role="gridcell">
            <span class=mark aria-hidden="true"></span>
            <bdi class="log__type" title=event.event_type.clone()>{event.event_type.clone()}</bdi>
        </div>
        <div class="log__cell log__cell--data" role="gridcell">{data}</div>
    }
}

/// A stream's short name. That of an order selects it; the list itself is one stop of the Tab key.
fn stream_link(stream: &str) -> AnyView {
    let name = stream_name(stream);
    match order_of_stream(stream) {
        Some(order) => {
            let stop: Box<dyn FnMut(MouseEvent)> = Box::new(|event| event.stop_propagation());
            let link = order_link(order, name, "", marked("-1", || true));
            view! { <span on:click=stop>{link}</span> }.into_any()
        }
        None => view! { <bdi>{name}</bdi> }.into_any(),
    }
}
