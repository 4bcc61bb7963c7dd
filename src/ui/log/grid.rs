//! The windowed list: only the rows that are seen are in the document.

use leptos::{ev::KeyboardEvent, html::Div, prelude::*};

use super::{cells::Row, model::LogModel};
use crate::ui::held::Derived;
use crate::{
    app::window::Slice,
    ui::{
        lean::{keyed, list, on_event, words},
        state::{Pane, use_texts},
        windowed::{Measure, pixels},
    },
};

#[component]
pub(in crate::ui) fn Grid(model: LogModel) -> impl IntoView {
    let head = NodeRef::<Div>::new();
    let drawn = Derived::new(move || model.slice());
    let rows = move || {
        let Slice { first, count, .. } = drawn.get();
        let row = |row| keyed(&row, move || view! { <Row model row/> });
        (first..first + count).map(row).collect()
    };
    let active = move || {
        let row = model.active.get().filter(|row| drawn.get().contains(*row));
        row.map(row_id)
    };
    let class = words(move || {
        let waiting = if model.is_changing() { " log__grid--waiting" } else { "" };
        let empty = if model.length() == 0 { " log__grid--empty" } else { "" };
        format!("log__grid{waiting}{empty}")
    });
    let scroll = on_event(move |event| {
        let scroller: web_sys::Element = event_target(&event);
        model.scrolled(f64::from(scroller.scroll_top()));
    });
    view! {
        <div
            class=class
            role="treegrid"
            tabindex="0"
            node_ref=model.list.scroller
            aria-labelledby=Pane::Log.title_id()
            aria-rowcount=words(move || (model.length() + 1).to_string())
            aria-activedescendant=active
            on:scroll=scroll
            on:keydown=move |event| on_key(model, &event)
        >
            <Head node=head/>
            <Measure list=model.list head changed=Box::new(move |measured| model.measure(measured))/>
            <div
                class="log__canvas"
                role="presentation"
                style:height=words(move || pixels(model.shape().content_height()))
            >
                <div
                    class="log__slice"
                    role="presentation"
                    style:transform=words(move || format!("translateY({})", pixels(drawn.get().shift)))
                >
                    {list(rows)}
                </div>
            </div>
        </div>
    }
}

#[component]
fn Head(node: NodeRef<Div>) -> impl IntoView {
    let texts = use_texts();
    let column = move |name: &'static str, key: &'static str| {
        view! {
            <div role="columnheader" class=format!("log__cell log__cell--{name}")>{texts.say(key)}</div>
        }
    };
    view! {
        <div class="log__row log__row--head" role="row" aria-rowindex="1" node_ref=node>
            {column("position", "log.column.position")}
            {column("time", "log.column.time")}
            {column("stream", "log.column.stream")}
            {column("version", "log.column.version")}
            {column("type", "log.column.type")}
            {column("data", "log.column.data")}
        </div>
    }
}

/// The id of a row's element.
pub(super) fn row_id(row: u64) -> String {
    format!("log-row-{row}")
}

fn on_key(model: LogModel, event: &KeyboardEvent) {
    let is_plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
    let is_at_list = event.target() == event.current_target();
    let was_handled = match event.key().as_str() {
        "Escape" if model.close() => {
            model.focus();
            true
        }
        _ if !is_plain || !is_at_list => false,
        key => move_by(model, key),
    };
    if was_handled {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn move_by(model: LogModel, key: &str) -> bool {
    match key {
        "ArrowDown" => model.go(|row, _| row + 1),
        "ArrowUp" => model.go(|row, _| row.saturating_sub(1)),
        "PageDown" => model.go(|row, shape| row + shape.rows_in_view()),
        "PageUp" => model.go(|row, shape| row.saturating_sub(shape.rows_in_view())),
        "Home" => model.go(|_, _| 0),
        "End" => model.go(|_, shape| shape.rows),
        "Enter" | " " => match model.active.get_untracked() {
            Some(row) => model.toggle(row),
            None => model.go(|row, _| row),
        },
        _ => return false,
    }
    true
}
