//! The log's filters: by stream and by type.

use leptos::prelude::*;

use super::model::LogModel;
use crate::ui::held::Derived;
use crate::{
    app::texts::Texts,
    ui::{
        lean::{on_event, part, words},
        state::{use_page, use_texts},
    },
};

/// The id of the field that `/` leads to.
pub(super) const FILTER_ID: &str = "log-filter";

#[component]
pub(super) fn Filters(model: LogModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let types = Derived::new(move || {
        page.log_changes.track();
        page.scan_changes.track();
        let mut types = page.lab().event_types();
        types.sort_unstable();
        types
    });
    let chosen = move || model.filter.with(|filter| filter.event_type.clone().unwrap_or_default());
    let choose = on_event(move |event| {
        let name = event_target_value(&event);
        model.ask(|filter| filter.event_type = Some(name).filter(|name| !name.is_empty()));
    });
    let search = on_event(move |event| {
        let stream = event_target_value(&event);
        model.ask(|filter| filter.stream = stream);
    });
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
                    prop:value=words(move || model.filter.with(|filter| filter.stream.clone()))
                    on:input=search
                />
            </label>
            <label class="head-field log__filter">
                <span class="head-field__label">{texts.say("log.filter_type")}</span>
                <select class="field__input head-field__input" on:change=choose>
                    {part(move || choices(texts.get(), types.get(), &chosen()))}
                </select>
            </label>
        </div>
    }
}

fn choices(texts: Texts, types: Vec<String>, chosen: &str) -> Vec<AnyView> {
    let mut choices =
        vec![choice(String::new(), texts.say("log.filter_type.all").to_owned(), chosen)];
    for name in types {
        choices.push(choice(name.clone(), name, chosen));
    }
    choices
}

fn choice(value: String, label: String, chosen: &str) -> AnyView {
    let is_chosen = value == chosen;
    view! { <option value=value prop:selected=is_chosen>{label}</option> }.into_any()
}
