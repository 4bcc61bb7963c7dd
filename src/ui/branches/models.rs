//! The read models of two branches side by side: folded when somebody first asks for them.

use leptos::prelude::*;

use super::{branches, name_of};
use crate::{
    app::{
        texts::{Texts, short_id},
        views::{Change, ModelComparison, ReadModel, RowPair, StateFact},
    },
    ui::{
        disclosed::Disclosed,
        lean::{escaped, words},
        order::fact_value,
        state::PageState,
    },
};

/// The read models of the branch of now and of another one, behind a disclosure.
#[component]
pub(super) fn SideBySide(page: PageState, number: u32) -> impl IntoView {
    let ask = move || {
        page.log_changes.track();
        let (texts, names, lab) = (page.shell.texts.get(), names(page, number), page.lab());
        Box::pin(async move {
            match lab.compare_models(number).await {
                Ok(models) => Ok(vec![tables(texts, &names, &models)]),
                Err(failure) => Err((texts.failure(&failure), true)),
            }
        }) as _
    };
    view! {
        <div class="compare">
            <Disclosed
                id=format!("compare-{number}")
                title_key="compare.title"
                pending_key="compare.folding"
                ask=Box::new(ask)
                show=|shown| {
                    view! { <div inner_html=words(move || shown.text(0))></div> }.into_any()
                }
            />
        </div>
    }
}

/// What the branch of now and another one are called, as markup.
fn names(page: PageState, number: u32) -> [String; 2] {
    let mut names = <[String; 2]>::default();
    let all = branches(page);
    for branch in &all {
        let name = escaped(&name_of(page.shell.texts.get(), branch, &all));
        if branch.is_current {
            names[0] = name;
        } else if branch.number == number {
            names[1] = name;
        }
    }
    names
}

/// A table for each read model, as markup.
fn tables(texts: Texts, names: &[String; 2], models: &[ModelComparison]) -> String {
    models.iter().map(|compared| table(texts, names, compared)).collect()
}

fn table(texts: Texts, names: &[String; 2], compared: &ModelComparison) -> String {
    let model = texts.read_model(compared.model);
    let count = compared.rows.len() as u64 + compared.more;
    let differ = texts.plural("compare.differ", count, &[]);
    let same = match compared.equal {
        0 => String::new(),
        equal => texts.plural("compare.same", equal, &[]),
    };
    if count == 0 {
        return format!("<p class='compare__title'><b>{model}</b> {same}</p>");
    }
    let [here, there] = names;
    let mut markup = format!(
        "<table class='compare__table' role='table'>\
         <caption class='compare__title'><b>{model}</b> {differ} {same}</caption>\
         <thead role='rowgroup'><tr role='row'><td role='cell'></td>\
         <th role='columnheader' scope='col'>{here}</th>\
         <th role='columnheader' scope='col'>{there}</th></tr></thead><tbody role='rowgroup'>"
    );
    for row in &compared.rows {
        markup += &line(texts, names, compared.model, row);
    }
    markup += "</tbody></table>";
    if compared.more > 0 {
        let more = texts.plural("compare.more", compared.more, &[]);
        markup += &format!("<p class='hint'>{more}</p>");
    }
    markup
}

fn line(texts: Texts, [here, there]: &[String; 2], model: ReadModel, row: &RowPair) -> String {
    let name = match model {
        ReadModel::SalesDashboard => texts.say("compare.totals"),
        _ => short_id(&row.key),
    };
    let (one, other) = (side(texts, &row.here, &row.there), side(texts, &row.there, &row.here));
    format!(
        "<tr role='row'><th role='rowheader' scope='row'>{name}</th>\
         <td role='cell' data-side='{here}'>{one}</td>\
         <td role='cell' data-side='{there}'>{other}</td></tr>"
    )
}

/// What one side says of a row: a fact that is another on the other side is marked, unless that has no
/// such row.
fn side(texts: Texts, facts: &[StateFact], other: &[StateFact]) -> String {
    if facts.is_empty() {
        return format!("<i>{}</i>", texts.say("compare.absent"));
    }
    let differs = texts.say("compare.differs");
    let mut markup = String::new();
    for known in facts {
        let is_marked = known.change != Change::None && !other.is_empty();
        let (tag, sign, said) =
            if is_marked { ("mark", "≠ ", differs) } else { ("span", "", "") };
        let name = texts.fact_name(known.fact.name);
        let value = escaped(&fact_value(texts, &known.fact.value));
        markup += &format!(
            "<span class='compare__fact'><{tag}><span aria-hidden='true'>{sign}</span>\
             <span class='visually-hidden'>{said} </span>\
             <span class='fact__name'>{name}</span> <bdi>{value}</bdi></{tag}></span>"
        );
    }
    markup
}
