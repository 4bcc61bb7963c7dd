//! The page of orders as a table: a row an order, the arrows move between rows.

use std::sync::Arc;

use leptos::{
    ev::{FocusEvent, KeyboardEvent},
    prelude::*,
};

use super::model::OrdersModel;
use crate::ui::held::Derived;
use crate::{
    app::{
        texts::{Texts, short_id},
        views::OrderListRow,
    },
    ui::{
        lean::{Mark, keyed, list, on_click, part, truth, words},
        order::{order_link, status_chip},
        shell,
        state::{PageState, Pane, use_page, use_texts},
    },
};

#[component]
pub(in crate::ui) fn OrdersTable(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let head = move |name: &'static str, key: &'static str| {
        let class = format!("orders__{name}");
        view! { <th class=class role="columnheader" scope="col">{texts.say(key)}</th> }
    };
    let orders = Derived::new(move || model.orders());
    view! {
        <table
            class="orders__table"
            role="grid"
            aria-labelledby=Pane::Orders.title_id()
            on:keydown=move |event| on_key(model, &event)
        >
            <thead role="rowgroup">
                <tr role="row">
                    {head("order", "orders.column.order")}
                    {head("customer", "orders.column.customer")}
                    {head("status", "orders.column.status")}
                    {head("items", "orders.column.items")}
                    {head("total", "orders.column.total")}
                    {head("version", "orders.column.version")}
                </tr>
            </thead>
            <tbody role="rowgroup">
                {list(move || {
                    let row = |order: String| {
                        keyed(&order.clone(), move || view! { <Row model order/> })
                    };
                    orders.get().into_iter().map(row).collect()
                })}
            </tbody>
        </table>
    }
}

#[component]
fn Row(model: OrdersModel, order: String) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let id = StoredValue::new(order.clone());
    let title = order.clone();
    let row = Derived::new(move || id.with_value(|order| model.row(order)));
    let is_selected = move || page.selected.with(|selected| *selected == Some(id.get_value()));
    let class = words(move || {
        let selected = if is_selected() { " orders__row--selected" } else { "" };
        format!("orders__row{selected}")
    });
    let select = on_click(move || {
        id.with_value(|order| page.select(order));
        if page.shell.narrow.get_untracked() {
            page.show(Pane::Order);
        }
    });
    let reach: Box<dyn FnMut(FocusEvent)> =
        Box::new(move |_| model.cursor.set(Some(id.get_value())));
    view! {
        <tr
            class=class
            role="row"
            aria-selected=truth(is_selected)
            on:click=select
            on:focusin=reach
        >
            <td class="orders__order" role="gridcell" title=title>
                {link(page, model, order)}
            </td>
            {part(move || row.get().map(|row| cells(texts.get(), &row)))}
        </tr>
    }
}

/// The row's link is never made anew: it would lose the focus.
fn link(page: PageState, model: OrdersModel, order: String) -> impl IntoView {
    let (name, id) = (short_id(&order).to_owned(), link_id(&order));
    let linked = order.clone();
    let tab_index: Mark = Arc::new(move || {
        let is_stop = page.selected.with(|selected| is_tab_stop(model, selected, &order));
        Some(if is_stop { "0" } else { "-1" })
    });
    order_link(&linked, name, &id, tab_index)
}

fn cells(texts: Texts, row: &OrderListRow) -> impl IntoView + use<> {
    let customer = row.customer.clone();
    let title = row.customer.clone();
    view! {
        <td class="orders__customer" role="gridcell" title=title><bdi>{customer}</bdi></td>
        <td class="orders__status" role="gridcell">{status_chip(texts, row.status)}</td>
        <td class="orders__items" role="gridcell">{texts.count(row.item_count)}</td>
        <td class="orders__total" role="gridcell">{texts.money(row.total)}</td>
        <td class="orders__version" role="gridcell">{format!("v{}", row.version)}</td>
    }
}

fn link_id(order: &str) -> String {
    format!("orders-{order}")
}

/// One row is reached by Tab: the one the keyboard was at last, else the selected one, else the first.
fn is_tab_stop(model: OrdersModel, selected: &Option<String>, order: &str) -> bool {
    let orders = model.orders();
    let cursor = model.cursor.get().filter(|cursor| orders.contains(cursor));
    let selected = selected.clone().filter(|selected| orders.contains(selected));
    cursor.or(selected).or_else(|| orders.first().cloned()).is_some_and(|stop| stop == order)
}

/// The arrows, Home and End move the focus between rows; Enter follows the row's link.
fn on_key(model: OrdersModel, event: &KeyboardEvent) {
    let orders = untrack(|| model.orders());
    let cursor = model.cursor.get_untracked();
    let Some(at) = orders.iter().position(|order| Some(order) == cursor.as_ref()) else { return };
    let target = match event.key().as_str() {
        "ArrowDown" => at + 1,
        "ArrowUp" => at.saturating_sub(1),
        "Home" => 0,
        "End" => orders.len() - 1,
        _ => return,
    };
    event.prevent_default();
    if let Some(order) = orders.get(target) {
        shell::focus(&link_id(order));
    }
}
