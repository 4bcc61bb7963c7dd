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
    model::{OrderModel, Shown},
    state::State,
    stream::Stream,
    versions::Versions,
};
use super::state::{Pane, use_page, use_texts};
use crate::app::{texts::short_id, views::Failure};

/// The selected order. Another database gets a fresh one.
#[component]
pub fn Order() -> impl IntoView {
    let page = use_page();
    move || {
        page.database.track();
        view! { <OrderOfDatabase/> }
    }
}

/// What stands in the pane.
#[derive(Clone, PartialEq)]
enum Content {
    Waiting,
    NoOrder,
    History,
    Problem(Failure),
}

#[component]
fn OrderOfDatabase() -> impl IntoView {
    let model = OrderModel::new(use_page());
    let content = Memo::new(move |_| {
        model.shown.with(|shown| match shown {
            None => Content::Waiting,
            Some(Shown::NoOrder) => Content::NoOrder,
            Some(Shown::History(_)) => Content::History,
            Some(Shown::Problem(failure)) => Content::Problem(failure.clone()),
        })
    });
    view! {
        <div class="order">
            <Head model/>
            {move || match content.get() {
                Content::Waiting => ().into_any(),
                Content::NoOrder => view! { <NoOrder/> }.into_any(),
                Content::History => view! { <History model/> }.into_any(),
                Content::Problem(failure) => view! { <Trouble failure/> }.into_any(),
            }}
        </div>
    }
}

#[component]
fn Head(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let order = Memo::new(move |_| model.with(|history| history.order.clone()));
    let status = Memo::new(move |_| model.at().and_then(|at| at.status));
    let title = move || match order.get() {
        Some(order) => texts.get().fill("order.title", &[("order", short_id(&order))]),
        None => texts.get().say(Pane::Order.name_key()).to_owned(),
    };
    view! {
        <header class="pane__head order__head">
            <h2 class="pane__title" id=Pane::Order.title_id() tabindex="-1">{title}</h2>
            {move || status.get().map(|status| view! { <StatusChip status/> })}
        </header>
        {move || order.get().map(|order| view! { <p class="order__id"><bdi>{order}</bdi></p> })}
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
fn Trouble(failure: Failure) -> impl IntoView {
    let texts = use_texts();
    view! {
        <div class="order__problem">
            <p class="order__problem-text">
                <span class="trouble-mark" aria-hidden="true"></span>
                <span class="order__problem-words">{move || texts.get().failure(&failure)}</span>
            </p>
            <a class="button" href="#/lab">{texts.say("commands.unselect")}</a>
        </div>
    }
}
