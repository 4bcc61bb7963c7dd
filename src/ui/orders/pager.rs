//! Where the page stands among the others, and up to which event the list knows the log.

use leptos::prelude::*;

use super::model::OrdersModel;
use crate::ui::{
    lean::{mark, on_click, words},
    order::step_button,
    state::use_texts,
};

#[component]
pub(super) fn Pager(model: OrdersModel) -> impl IntoView {
    let texts = use_texts();
    let page = move || model.with(|list| list.page).unwrap_or(1);
    let pages = move || model.with(|list| list.total_pages).unwrap_or(0).max(1);
    let known = move || {
        let (count, up_to) = model.with(|list| (list.total_count, list.up_to)).unwrap_or_default();
        let count = texts.get().plural("count.orders", count, &[]);
        let up_to = texts.get().fill("models.up_to", &[("position", &texts.get().count(up_to))]);
        format!("{count} · {up_to}")
    };
    let place = move || {
        let (page, pages) = (texts.get().count(page().into()), texts.get().count(pages()));
        texts.get().fill("orders.page", &[("page", &page), ("pages", &pages)])
    };
    let turn = move |by: i32| {
        let target = untrack(page).saturating_add_signed(by);
        if target >= 1 && u64::from(target) <= untrack(pages) {
            model.turn_to(target);
        }
    };
    let step = move |by: i32, key: &'static str, sign: &'static str| {
        let is_at_end =
            mark(move || if by < 0 { page() <= 1 } else { u64::from(page()) >= pages() });
        step_button(texts, key, sign, is_at_end, on_click(move || turn(by)))
    };
    view! {
        <nav class="orders__foot" aria-label=texts.say("orders.pages")>
            <span class="orders__known">{words(known)}</span>
            <span class="orders__pager">
                {step(-1, "orders.previous", "◀")}
                <span class="orders__page">{words(place)}</span>
                {step(1, "orders.next", "▶")}
            </span>
        </nav>
    }
}
