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
    grid::Grid,
    model::LogModel,
    notes::{Count, Empty, NewEvents},
};
use super::{
    lean::part,
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
                <Grid model/>
                <NewEvents model/>
                <Empty model/>
            </div>
        </div>
    }
}
