//! The log: every event, oldest first, in a windowed list that can be filtered.

mod cells;
mod details;
mod filters;
mod grid;
mod model;
mod notes;

use leptos::prelude::*;

use self::{
    filters::Filters,
    notes::{Count, Empty, NewEvents},
};
pub(super) use self::{grid::Grid, model::LogModel};
use super::{
    late::{Late, late},
    lean::{part, part_since},
    state::{Pane, use_page, use_texts},
};
use crate::ui::lean::effect;

/// The log. Another database gets a fresh one.
#[component]
pub fn Log() -> impl IntoView {
    let page = use_page();
    part(move || {
        page.database.track();
        view! { <LogOfDatabase/> }
    })
}

#[component]
fn LogOfDatabase() -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let model = LogModel::new(page);
    effect(move || {
        page.log_changes.track();
        page.scan_changes.track();
        model.load();
    });
    view! {
        <div class="log">
            <header class="pane__head log__head">
                <div class="log__title">
                    <h2 class="pane__title" id=Pane::Log.title_id() tabindex="-1">
                        {texts.say(Pane::Log.name_key())}
                    </h2>
                    <Count model/>
                </div>
                <Filters model/>
            </header>
            <div class="log__body">
                {part_since(move || model.length() > 0, move || late(Late::Log(model)))}
                <NewEvents model/>
                <Empty model/>
            </div>
        </div>
    }
}
