//! Facts in words.

use leptos::prelude::*;

use crate::{
    app::{
        texts::Texts,
        views::{Fact, FactValue},
    },
    ui::state::use_texts,
};

/// The value of a fact as text.
pub(in crate::ui) fn fact_value(texts: Texts, value: &FactValue) -> String {
    match value {
        FactValue::Text(text) => text.clone(),
        FactValue::Money(minor_units) => texts.money(*minor_units),
        FactValue::Count(count) => texts.count(*count),
        FactValue::Status(status) => texts.status(*status).to_owned(),
        FactValue::Item { product, quantity, unit_price } => {
            let (quantity, price) = (texts.count(*quantity), texts.money(*unit_price));
            let values = [("quantity", quantity.as_str()), ("product", product), ("price", &price)];
            texts.fill("fact.item.value", &values)
        }
    }
}

/// The name and the value of each fact.
pub(in crate::ui) fn fact_lines(texts: Texts, facts: &[Fact]) -> Vec<(&'static str, String)> {
    facts.iter().map(|fact| (texts.fact_name(fact.name), fact_value(texts, &fact.value))).collect()
}

/// Facts in one line: each name quietly before its value.
#[component]
pub(in crate::ui) fn FactWords(facts: Vec<Fact>) -> impl IntoView {
    let texts = use_texts();
    let words = move || {
        let lines = fact_lines(texts.get(), &facts).into_iter();
        lines
            .map(|(name, value)| {
                let title = value.clone();
                view! {
                    <span class="fact">
                        <span class="fact__name">{name}</span>
                        " "
                        <bdi title=title>{value}</bdi>
                    </span>
                }
            })
            .collect_view()
    };
    view! { <span class="facts">{words}</span> }
}
