//! A link that selects an order, and the names of streams.

use leptos::prelude::*;

use crate::{
    app::{
        route::{Address, Route},
        texts::short_id,
    },
    ui::state::{Pane, use_page},
};

/// The order that a stream belongs to; none when it is no order's.
pub(in crate::ui) fn order_of_stream(stream: &str) -> Option<&str> {
    stream.strip_prefix("order-").filter(|order| !order.is_empty())
}

/// A stream's short name: its category and the beginning of its id.
pub(in crate::ui) fn stream_name(stream: &str) -> String {
    match stream.split_once('-') {
        Some((category, id)) => format!("{category} {}", short_id(id)),
        None => stream.to_owned(),
    }
}

/// A link that selects an order. Where only one pane fits, it leads to the order's.
#[component]
pub(in crate::ui) fn OrderLink(
    /// The order's id.
    order: String,
    /// The link's place in the order of the Tab key.
    #[prop(into, default = Signal::stored("0"))]
    tab_index: Signal<&'static str>,
    /// The id of its element.
    #[prop(optional, into)]
    id: Option<String>,
    children: Children,
) -> impl IntoView {
    let page = use_page();
    let address = {
        let order = order.clone();
        move || {
            let route = Route::Lab { order: Some(order.clone()) };
            Address { route, language: page.shell.address.get().language }.format()
        }
    };
    let is_selected = Memo::new(move |_| page.selected.get().as_deref() == Some(order.as_str()));
    let follow = move |_| {
        if page.shell.narrow.get_untracked() {
            page.show(Pane::Order);
        }
    };
    view! {
        <a
            class="order-link"
            id=id
            href=address
            tabindex=tab_index
            aria-current=move || is_selected.get().then_some("true")
            on:click=follow
        >
            {children()}
        </a>
    }
}
