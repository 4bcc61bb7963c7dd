//! Whose orders: a field that offers the customers on the page.

use leptos::prelude::*;

use super::model::OrdersModel;
use crate::ui::state::use_texts;

#[component]
pub(super) fn Filter(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let customers = Memo::new(move |_| model.customers());
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
                {move || {
                    let options = customers.get().into_iter();
                    options.map(|name| view! { <option value=name></option> }).collect_view()
                }}
            </datalist>
        </label>
    }
}
