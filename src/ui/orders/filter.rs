//! Whose orders: a field that offers the customers on the page.

use leptos::prelude::*;

use super::model::OrdersModel;
use crate::ui::held::Derived;
use crate::ui::{
    lean::{on_event, part, words},
    state::use_texts,
};

/// The id of the field.
pub(super) const FILTER_ID: &str = "orders-filter";

#[component]
pub(super) fn Filter(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let customers = Derived::new(move || model.customers());
    let change = on_event(move |event| model.ask_for(&event_target_value(&event)));
    let input = on_event(move |event| {
        // Emptying it, by key or by its cross, shows all at once.
        if event_target_value(&event).is_empty() {
            model.ask_for("");
        }
    });
    view! {
        <label class="head-field orders__filter">
            <span class="head-field__label">{texts.say("orders.filter")}</span>
            <input
                class="field__input head-field__input"
                id=FILTER_ID
                type="search"
                list="order-customers"
                autocomplete="off"
                spellcheck="false"
                dir="auto"
                placeholder=texts.say("orders.filter.all")
                prop:value=words(move || model.customer())
                on:change=change
                on:input=input
            />
            <datalist id="order-customers">{part(move || options(customers.get()))}</datalist>
        </label>
    }
}

fn options(customers: Vec<String>) -> impl IntoView {
    let mut options = vec![];
    for name in customers {
        options.push(view! { <option value=name></option> }.into_any());
    }
    options
}
