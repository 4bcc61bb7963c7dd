//! A link that selects an order, and the names of streams.

use leptos::prelude::*;

use crate::{
    app::route::{Address, Route},
    ui::{
        lean::{Mark, mark, on_click, words},
        state::{Pane, use_page},
    },
};

/// The order that a stream belongs to; none when it is no order's.
pub(in crate::ui) fn order_of_stream(stream: &str) -> Option<&str> {
    stream.strip_prefix("order-").filter(|order| !order.is_empty())
}

/// A link that selects an order. Where only one pane fits, it leads to the order's. `id` is that of its
/// element, empty for none; `tab_index` is its place in the order of the Tab key.
pub(in crate::ui) fn order_link(
    order: &str,
    label: String,
    id: &str,
    tab_index: Mark,
) -> impl IntoView + use<> {
    let page = use_page();
    let (linked, asked) = (order.to_owned(), order.to_owned());
    let address = move || {
        let route = Route::Lab { order: Some(linked.clone()) };
        Address { route, language: page.shell.address.get().language }.format()
    };
    let is_selected = move || page.selected.with(|selected| selected.as_ref() == Some(&asked));
    let follow = move || {
        if page.shell.narrow.get_untracked() {
            page.show(Pane::Order);
        }
    };
    let id = Some(id.to_owned()).filter(|id| !id.is_empty());
    view! {
        <a
            class="order-link"
            id=id
            href=words(address)
            tabindex=tab_index
            aria-current=mark(is_selected)
            on:click=on_click(follow)
        >
            {label}
        </a>
    }
}
