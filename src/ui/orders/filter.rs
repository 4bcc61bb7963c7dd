//! Whose orders: a field that offers the customers on the page.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::model::OrdersModel;
use crate::ui::state::use_texts;

#[component]
pub(super) fn Filter(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let customers = Memo::new(move |_| {
        let names = model
            .with(|list| list.rows.iter().map(|row| row.customer.clone()).collect::<BTreeSet<_>>());
        names.unwrap_or_default()
    });
    view! {
        <label class="head-field orders__filter">
            <span class="head-field__label">{texts.say("orders.filter")}</span>
            <input
                class="field__input head-field__input"
                type="search"
                list="order-customers"
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                placeholder=texts.say("orders.filter.all")
                prop:value=move || model.customer()
                on:change=move |event| model.ask_for(&event_target_value(&event))
                on:input=move |event| {
                    // Emptying it, by key or by its cross, shows all at once.
                    if event_target_value(&event).is_empty() {
                        model.ask_for("");
                    }
                }
            />
            <datalist id="order-customers">
                <For each=move || customers.get() key=String::clone let:name>
                    <option value=name></option>
                </For>
            </datalist>
        </label>
    }
}
