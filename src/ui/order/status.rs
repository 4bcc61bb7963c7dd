//! How far an order is: a shape that fills up, and a word.

use leptos::prelude::*;

use crate::app::{texts::Texts, views::OrderStatus};

/// The status of an order, quietly.
pub(in crate::ui) fn status_chip(texts: Texts, status: OrderStatus) -> impl IntoView {
    view! {
        <span class=format!("status status--{}", name(status))>
            <svg class="status__shape" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
                <path class="status__line" d=outline(status)/>
                <path class="status__fill" d=filling(status)/>
            </svg>
            <span class="status__word">{texts.status(status)}</span>
        </span>
    }
}

fn name(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending => "pending",
        OrderStatus::Paid => "paid",
        OrderStatus::Shipped => "shipped",
        OrderStatus::Delivered => "delivered",
        OrderStatus::Cancelled => "cancelled",
    }
}

const CIRCLE: &str = "M6 1a5 5 0 1 1 0 10A5 5 0 0 1 6 1z";

fn outline(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Cancelled => "M2.5 2.5l7 7M9.5 2.5l-7 7",
        _ => CIRCLE,
    }
}

/// A third, two thirds, all of it: the further the order, the fuller the circle.
fn filling(status: OrderStatus) -> &'static str {
    match status {
        OrderStatus::Pending | OrderStatus::Cancelled => "",
        OrderStatus::Paid => "M6 6V1a5 5 0 0 1 4.33 7.5z",
        OrderStatus::Shipped => "M6 6V1a5 5 0 1 1-4.33 7.5z",
        OrderStatus::Delivered => CIRCLE,
    }
}
