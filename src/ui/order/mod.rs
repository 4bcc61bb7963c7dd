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
    facts::{fact_lines, fact_value, fact_words},
    link::{order_link, order_of_stream},
    model::OrderModel,
    status::status_chip,
    stream::time_of,
    versions::step_button,
};
use self::{model::Content, state::State, stream::Stream, versions::Versions};
use super::{
    late::{Late, late},
    lean::{part, words},
    state::{PageTexts, Pane, use_page, use_texts},
};
use crate::app::texts::{Texts, short_id};

/// The selected order. Another database gets a fresh one.
#[component]
pub fn Order() -> impl IntoView {
    let page = use_page();
    part(move || {
        page.database.track();
        view! { <OrderOfDatabase/> }
    })
}

#[component]
fn OrderOfDatabase() -> impl IntoView {
    let texts = use_texts();
    let model = OrderModel::new(use_page());
    view! {
        <div class="order">
            {part(move || head(texts.get(), model))}
            {part(move || match model.content.get() {
                Content::Waiting => ().into_any(),
                Content::NoOrder => {
                    view! { <p class="order__empty">{texts.say("order.none")}</p> }.into_any()
                }
                Content::History => late(Late::Order(model)).into_any(),
                Content::Problem => trouble(texts, model).into_any(),
            })}
        </div>
    }
}

fn head(texts: Texts, model: OrderModel) -> impl IntoView {
    let order = model.with(|history| history.order.clone());
    let title = match &order {
        Some(order) => texts.fill("order.title", &[("order", short_id(order))]),
        None => texts.say(Pane::Order.name_key()).to_owned(),
    };
    let status = model.with_at(|at| at.status).flatten();
    view! {
        <header class="pane__head order__head">
            <h2 class="pane__title" id=Pane::Order.title_id() tabindex="-1">{title}</h2>
            {status.map(|status| status_chip(texts, status))}
        </header>
        {order.map(|order| view! { <p class="order__id"><bdi>{order}</bdi></p> })}
    }
}

pub(in crate::ui) fn history(model: OrderModel) -> impl IntoView {
    view! {
        <Versions model/>
        <div class="order__columns">
            <Stream model/>
            <State model/>
        </div>
    }
}

/// Why the order cannot be shown, and what to do.
fn trouble(texts: PageTexts, model: OrderModel) -> impl IntoView {
    let reason = words(move || match model.failure() {
        Some(failure) => texts.get().failure(&failure),
        None => String::new(),
    });
    view! {
        <div class="order__problem">
            <p class="order__problem-text">
                <span class="trouble-mark" aria-hidden="true"></span>
                <span class="order__problem-words">{reason}</span>
            </p>
            <a class="button" href="#/lab">{texts.say("commands.unselect")}</a>
        </div>
    }
}
