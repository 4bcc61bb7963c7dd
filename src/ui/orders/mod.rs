//! The orders: pages of a read model, newest first, perhaps only those of one customer.

mod filter;
mod model;
mod pager;
mod table;

use leptos::prelude::*;

use self::{
    filter::{FILTER_ID, Filter},
    pager::Pager,
};
pub(super) use self::{model::OrdersModel, table::OrdersTable};
use super::{
    late::{Late, late},
    lean::{on_click, part, part_since},
    shell,
    state::{PageState, Pane, use_page, use_texts},
};
use crate::app::texts::Texts;

/// The orders. Another database gets a fresh list.
#[component]
pub fn Orders() -> impl IntoView {
    let page = use_page();
    part(move || {
        page.database.track();
        view! { <OrdersOfDatabase/> }
    })
}

#[component]
fn OrdersOfDatabase() -> impl IntoView {
    let texts = use_texts();
    let page = use_page();
    let model = OrdersModel::new(page);
    view! {
        <div class="orders">
            <header class="pane__head orders__head">
                <h2 class="pane__title" id=Pane::Orders.title_id() tabindex="-1">
                    {texts.say(Pane::Orders.name_key())}
                </h2>
                <Filter model/>
            </header>
            <div class="orders__sheet">
                <div class="orders__body">
                    {part_since(move || model.is_filled(), move || late(Late::Orders(model)))}
                    {part(move || empty(texts.get(), page, model))}
                </div>
                <Pager model/>
            </div>
        </div>
    }
}

/// Why there is nothing in the list, and what to do. None when there is something.
fn empty(texts: Texts, page: PageState, model: OrdersModel) -> Option<impl IntoView> {
    let content = if let Some(failure) = model.failure() {
        problem(texts.failure(&failure)).into_any()
    } else if !model.is_empty() {
        return None;
    } else {
        nothing(texts, page, model).into_any()
    };
    Some(view! { <div class="orders__empty">{content}</div> })
}

fn problem(words: String) -> impl IntoView {
    view! {
        <p class="orders__problem">
            <span class="trouble-mark" aria-hidden="true"></span>
            <span>{words}</span>
        </p>
    }
}

fn nothing(texts: Texts, page: PageState, model: OrdersModel) -> impl IntoView {
    let customer = model.shown_customer();
    let (sentence, label, act) = if customer.is_empty() {
        let leave = on_click(move || page.show(Pane::Commands));
        (texts.say("orders.empty").to_owned(), "orders.empty.action", leave)
    } else {
        let sentence = texts.fill("orders.none_of", &[("customer", &customer)]);
        let clear = on_click(move || {
            model.ask_for("");
            shell::focus(FILTER_ID);
        });
        (sentence, "orders.all", clear)
    };
    view! {
        <p class="orders__empty-text">{sentence}</p>
        <button class="button" type="button" on:click=act>{texts.say(label)}</button>
    }
}
