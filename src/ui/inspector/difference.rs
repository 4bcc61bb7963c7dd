//! What something was before and what it was after, side by side; what is another is marked, and said.

use leptos::prelude::*;

use crate::{
    app::{
        texts::{Texts, short_id},
        views::{Difference, DifferenceLine, DifferenceOf, FactValue},
    },
    ui::order::fact_value,
};

/// A difference; where nothing is another, what it is.
pub(super) fn difference(texts: Texts, known: &Difference) -> AnyView {
    let title = match &known.of {
        DifferenceOf::Stream(version) => {
            texts.fill("order.state", &[("version", &texts.count(*version))])
        }
        DifferenceOf::Row(model, key) => {
            let values = [("model", texts.read_model(*model)), ("key", short_id(key))];
            texts.fill("state.row", &values)
        }
    };
    if known.lines.is_empty() {
        return view! {
            <h3 class="pane__subtitle">{title}</h3>
            <p class="inspector__box order__nothing">{texts.say("order.nothing")}</p>
        }
        .into_any();
    }
    let is_changed = known.lines.iter().any(DifferenceLine::is_changed);
    let (before, after) = (texts.say("state.before"), texts.say("state.after"));
    let head = is_changed.then(|| {
        view! {
            <thead>
                <tr><td></td><th scope="col">{before}</th><th scope="col">{after}</th></tr>
            </thead>
        }
    });
    let row = |line: &DifferenceLine| row(texts, line, is_changed);
    let rows: Vec<_> = known.lines.iter().map(row).collect();
    let caption = title.clone();
    view! {
        <h3 class="pane__subtitle">{title}</h3>
        <table class="inspector__box difference" aria-label=caption>
            {head}
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(texts: Texts, line: &DifferenceLine, two: bool) -> AnyView {
    let say = |value: &Option<FactValue>| match value {
        Some(value) => fact_value(texts, value),
        None => texts.say("state.not_there").to_owned(),
    };
    let (before, after) = (say(&line.before), say(&line.after));
    // What was not there cannot be struck out.
    let was = match &line.before {
        Some(_) => view! { <del>{before.clone()}</del> }.into_any(),
        None => view! { <i>{before.clone()}</i> }.into_any(),
    };
    let cell = |label: &'static str, value: String| {
        view! { <td data-label=texts.say(label)><bdi>{value}</bdi></td> }.into_any()
    };
    let cells = if !two {
        cell("state.after", after)
    } else if line.is_changed() {
        view! {
            <td data-label=texts.say("state.before")>{was}</td>
            <td data-label=texts.say("state.after")>
                <ins>
                    <span class="visually-hidden">{texts.say("state.changed")}</span>
                    <bdi>{after}</bdi>
                </ins>
            </td>
        }
        .into_any()
    } else {
        (cell("state.before", before), cell("state.after", after)).into_any()
    };
    view! { <tr><th scope="row">{texts.fact_name(line.name)}</th>{cells}</tr> }.into_any()
}
