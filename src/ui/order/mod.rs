//! The selected order: its stream, and the state folded from it, at any version.

mod facts;
mod link;
mod model;
mod state;
mod status;
mod stream;
mod versions;

use leptos::prelude::*;

pub(in crate::ui) use self::{
    facts::{FactWords, fact_lines},
    link::{OrderLink, order_of_stream, stream_name},
    status::StatusChip,
};
use self::{
    model::{Content, OrderModel},
    state::State,
    stream::Stream,
    versions::Versions,
};
use super::state::{Pane, use_page, use_texts};
use crate::app::texts::short_id;

/// The selected order. Another database gets a fresh one.
#[component]
pub fn Order() -> impl IntoView {
    let page = use_page();
    move || {
        page.database.track();
        view! { <OrderOfDatabase/> }
    }
}

#[component]
fn OrderOfDatabase() -> impl IntoView {
    let model = OrderModel::new(use_page());
    view! {
        <div class="order">
            <Head model/>
            {move || match model.content.get() {
                Content::Waiting => ().into_any(),
                Content::NoOrder => view! { <NoOrder/> }.into_any(),
                Content::History => view! { <History model/> }.into_any(),
                Content::Problem => view! { <Trouble model/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Head(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let order = move || model.with(|history| history.order.clone());
    let status = move || model.with_at(|at| at.status).flatten();
    let title = move || match order() {
        Some(order) => texts.get().fill("order.title", &[("order", short_id(&order))]),
        None => texts.get().say(Pane::Order.name_key()).to_owned(),
    };
    view! {
        <header class="pane__head order__head">
            <h2 class="pane__title" id=Pane::Order.title_id() tabindex="-1">{title}</h2>
            {move || status().map(|status| view! { <StatusChip status/> })}
        </header>
        {move || order().map(|order| view! { <p class="order__id"><bdi>{order}</bdi></p> })}
    }
}

#[component]
fn History(model: OrderModel) -> impl IntoView {
    view! {
        <Versions model/>
        <div class="order__columns">
            <Stream model/>
            <State model/>
        </div>
    }
}

#[component]
fn NoOrder() -> impl IntoView {
    let texts = use_texts();
    view! { <p class="order__empty">{texts.say("order.none")}</p> }
}

/// Why the order cannot be shown, and what to do.
#[component]
fn Trouble(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let words = move || model.failure().map(|failure| texts.get().failure(&failure));
    view! {
        <div class="order__problem">
            <p class="order__problem-text">
                <span class="trouble-mark" aria-hidden="true"></span>
                <span class="order__problem-words">{words}</span>
            </p>
            <a class="button" href="#/lab">{texts.say("commands.unselect")}</a>
        </div>
    }
}
