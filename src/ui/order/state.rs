//! The state folded up to the version shown, with what its last event changed.

use leptos::prelude::*;

use super::{facts::fact_value, model::OrderModel};
use crate::{
    app::{
        texts::Texts,
        views::{Change, OrderHistory, StateFact},
    },
    ui::{
        lean::{part, words},
        state::use_texts,
    },
};

#[component]
pub(super) fn State(model: OrderModel) -> impl IntoView {
    let texts = use_texts();
    let title = words(move || {
        let version = texts.get().count(model.version());
        texts.get().fill("order.state", &[("version", &version)])
    });
    view! {
        <div class="order__part">
            <h3 class="order__part-title" id="order-state">{title}</h3>
            <div class="order__state" role="group" tabindex="0" aria-labelledby="order-state">
                {part(move || lines(texts.get(), model))}
            </div>
        </div>
    }
}

fn lines(texts: Texts, model: OrderModel) -> impl IntoView {
    let mut lines = vec![];
    for fact in model.with_at(|at| at.state.clone()).unwrap_or_default() {
        lines.push(state_line(texts, &fact).into_any());
    }
    let filled = lines.len().max(1);
    let nothing = lines.is_empty().then(|| {
        view! { <p class="order__nothing">{texts.say("order.nothing")}</p> }
    });
    // Empty lines up to the longest state, so that stepping moves nothing below.
    let mut room = vec![];
    for _ in filled..model.with(facts_max).unwrap_or_default() {
        room.push(view! { <div class="order__fact"></div> }.into_any());
    }
    view! {
        {nothing}
        <dl class="order__facts">{lines}</dl>
        <div aria-hidden="true">{room}</div>
    }
}

fn facts_max(history: &OrderHistory) -> usize {
    history.versions.iter().map(|at| at.state.len()).max().unwrap_or(0)
}

/// A fact; a changed one is marked and says what it was.
fn state_line(texts: Texts, fact: &StateFact) -> impl IntoView + use<> {
    let value = fact_value(texts, &fact.fact.value);
    let note = match &fact.change {
        Change::None => None,
        Change::New => Some(texts.say("order.new").to_owned()),
        Change::Was(before) => {
            Some(texts.fill("order.was", &[("value", &fact_value(texts, before))]))
        }
    };
    let title = value.clone();
    let value = match note {
        None => view! { <bdi>{value}</bdi> }.into_any(),
        Some(note) => view! {
            <mark class="order__mark"><bdi>{value}</bdi></mark>
            " "
            <span class="order__was">{note}</span>
        }
        .into_any(),
    };
    view! {
        <div class="order__fact">
            <dt class="order__fact-name">{texts.fact_name(fact.fact.name)}</dt>
            <dd class="order__fact-value" title=title>{value}</dd>
        </div>
    }
}
