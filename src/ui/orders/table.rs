//! The page of orders as a table: a row an order, the arrows move between rows.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::model::OrdersModel;
use crate::{
    app::{texts::short_id, views::OrderListRow},
    ui::{
        order::{OrderLink, StatusChip},
        shell,
        state::{Pane, use_page, use_texts},
    },
};

#[component]
pub(super) fn Table(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let head = move |name: &'static str, key: &'static str| {
        let class = format!("orders__{name}");
        view! { <th class=class role="columnheader" scope="col">{texts.say(key)}</th> }
    };
    let orders = Memo::new(move |_| model.orders());
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
                <For each=move || orders.get() key=String::clone let:order>
                    <Row model order/>
                </For>
            </tbody>
        </table>
    }
}

#[component]
fn Row(model: OrdersModel, order: String) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let row = {
        let order = order.clone();
        Memo::new(move |before: Option<&Option<OrderListRow>>| {
            // A row that has just left the list says what it said until it is taken away.
            model.row(&order).or_else(|| before.cloned().flatten())
        })
    };
    let of_row = move |say: fn(&OrderListRow) -> u64| row.with(|row| row.as_ref().map_or(0, say));
    let customer =
        move || row.with(|row| row.as_ref().map(|row| row.customer.clone()).unwrap_or_default());
    let status = move || row.with(|row| row.as_ref().map(|row| row.status));
    let total = move || row.with(|row| texts.get().money(row.as_ref().map_or(0, |row| row.total)));
    let id = StoredValue::new(order.clone());
    let name = short_id(&order).to_owned();
    let title = order.clone();
    let is_selected = Memo::new(move |_| page.selected.get() == Some(id.get_value()));
    let tab_index = Signal::derive(move || {
        if is_tab_stop(model, &page.selected.get(), &id.get_value()) { "0" } else { "-1" }
    });
    let select = move |_| {
        id.with_value(|order| page.select(order));
        if page.shell.narrow.get_untracked() {
            page.show(Pane::Order);
        }
    };
    view! {
        <tr
            class="orders__row"
            class:orders__row--selected=is_selected
            role="row"
            aria-selected=move || is_selected.get().to_string()
            on:click=select
            on:focusin=move |_| model.cursor.set(Some(id.get_value()))
        >
            <td class="orders__order" role="gridcell" title=title>
                <OrderLink id=link_id(&order) order tab_index>
                    {name}
                </OrderLink>
            </td>
            <td class="orders__customer" role="gridcell" title=customer><bdi>{customer}</bdi></td>
            <td class="orders__status" role="gridcell">
                {move || status().map(|status| view! { <StatusChip status/> })}
            </td>
            <td class="orders__items" role="gridcell">{move || texts.get().count(of_row(|row| row.item_count))}</td>
            <td class="orders__total" role="gridcell">{total}</td>
            <td class="orders__version" role="gridcell">{move || format!("v{}", of_row(|row| row.version))}</td>
        </tr>
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
