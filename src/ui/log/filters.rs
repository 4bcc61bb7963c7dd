//! The log's filters: by stream and by type.

use leptos::prelude::*;

use super::model::LogModel;
use crate::ui::state::{use_page, use_texts};

/// The id of the field that `/` leads to.
pub const FILTER_ID: &str = "log-filter";

#[component]
pub(super) fn Filters(model: LogModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let types = Memo::new(move |_| {
        page.scan_changes.track();
        let mut types = page.lab().event_types();
        types.sort();
        types
    });
    let chosen = Memo::new(move |_| {
        model.filter.with(|filter| filter.event_type.clone().unwrap_or_default())
    });
    let choose = move |event| {
        let name = event_target_value(&event);
        model.ask(|filter| filter.event_type = Some(name).filter(|name| !name.is_empty()));
    };
    view! {
        <div class="log__filters" role="search" aria-label=texts.say("log.filters")>
            <label class="head-field log__filter">
                <span class="head-field__label">{texts.say("log.filter_stream")}</span>
                <input
                    class="field__input head-field__input"
                    id=FILTER_ID
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder=texts.say("log.filter_stream.all")
                    prop:value=move || model.filter.with(|filter| filter.stream.clone())
                    on:input=move |event| {
                        let stream = event_target_value(&event);
                        model.ask(|filter| filter.stream = stream);
                    }
                />
            </label>
            <label class="head-field log__filter">
                <span class="head-field__label">{texts.say("log.filter_type")}</span>
                <select class="field__input head-field__input" prop:value=chosen on:change=choose>
                    <option value="">{texts.say("log.filter_type.all")}</option>
                    {move || choices(types.get(), chosen)}
                </select>
            </label>
        </div>
    }
}

fn choices(types: Vec<String>, chosen: Memo<String>) -> impl IntoView {
    let choice = |name: String| {
        let (label, value) = (name.clone(), name.clone());
        view! { <option value=value selected=move || chosen.get() == name>{label}</option> }
    };
    types.into_iter().map(choice).collect_view()
}
