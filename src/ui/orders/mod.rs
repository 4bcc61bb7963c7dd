//! The orders: pages of a read model, newest first, perhaps only those of one customer.

mod filter;
mod model;
mod pager;
mod table;

use leptos::prelude::*;

use self::{filter::Filter, model::OrdersModel, pager::Pager, table::Table};
use super::state::{Pane, use_page, use_texts};

/// The orders. Another database gets a fresh list.
#[component]
pub fn Orders() -> impl IntoView {
    let page = use_page();
    move || {
        page.database.track();
        view! { <OrdersOfDatabase/> }
    }
}

#[component]
fn OrdersOfDatabase() -> impl IntoView {
    let texts = use_texts();
    let model = OrdersModel::new(use_page());
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
                    <Table model/>
                    <Empty model/>
                </div>
                <Pager model/>
            </div>
        </div>
    }
}

/// Why there is nothing in the list, and what to do.
#[component]
fn Empty(model: OrdersModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let content = move || {
        if let Some(failure) = model.failure() {
            let words = texts.get().failure(&failure);
            return Some(
                view! { <p class="orders__problem">
                    <span class="trouble-mark" aria-hidden="true"></span>
                    <span>{words}</span>
                </p> }
                .into_any(),
            );
        }
        if !model.is_empty() {
            return None;
        }
        let customer = model.shown_customer();
        Some(if customer.is_empty() {
            view! {
                <p class="orders__empty-text">{texts.say("orders.empty")}</p>
                <button class="button" type="button" on:click=move |_| page.show(Pane::Commands)>
                    {texts.say("orders.empty.action")}
                </button>
            }
            .into_any()
        } else {
            view! {
                <p class="orders__empty-text">
                    {texts.get().fill("orders.none_of", &[("customer", &customer)])}
                </p>
                <button class="button" type="button" on:click=move |_| model.ask_for("")>
                    {texts.say("orders.all")}
                </button>
            }
            .into_any()
        })
    };
    view! { {move || content().map(|content| view! { <div class="orders__empty">{content}</div> })} }
}
