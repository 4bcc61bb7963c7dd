//! Facts in words.

use leptos::prelude::*;

use crate::app::{
    texts::Texts,
    views::{Fact, FactValue},
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
pub(in crate::ui) fn fact_words(texts: Texts, facts: &[Fact]) -> impl IntoView + use<> {
    let mut words = vec![];
    for (name, value) in fact_lines(texts, facts) {
        let title = value.clone();
        let word = view! {
            <span class="fact">
                <span class="fact__name">{name}</span>
                " "
                <bdi title=title>{value}</bdi>
            </span>
        };
        words.push(word.into_any());
    }
    view! { <span class="facts">{words}</span> }
}
