//! Which order the commands are for.

use leptos::prelude::*;

use super::desk::Selected;
use crate::app::{
    route::Route,
    texts::{Texts, short_id},
    views::{FactName, FactValue, OrderHistory},
};
use crate::ui::{
    lean::part,
    {route, state::use_page},
};

/// The selected order in one line; or that there is none, or none such.
#[component]
pub(super) fn SelectedOrder() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let line = move || {
        let texts = texts.get();
        let Some(wanted) = page.selected.get() else {
            return view! { <p class="hint">{texts.say("commands.no_order")}</p> }.into_any();
        };
        let known = page.desk.selected.get().flatten();
        match known.filter(|known| known.order == wanted) {
            None => view! { <p class="hint">{texts.say("commands.loading")}</p> }.into_any(),
            Some(Selected { history: Ok(history), .. }) => view! {
                <p class="chosen" title=history.order.clone()>
                    <span class="chosen__order">{summary(texts, &history)}</span>
                    <span class="chosen__version">{format!("v{}", history.version())}</span>
                </p>
            }
            .into_any(),
            Some(Selected { history: Err(failure), .. }) => {
                let words = texts.failure(&failure);
                view! {
                    <div class="refusal" role="alert">
                        <p class="refusal__words" dir="auto">{words}</p>
                        <button
                            type="button"
                            class="button"
                            on:click=move |_| route::go(page.shell, Route::Lab { order: None })
                        >
                            {texts.say("commands.unselect")}
                        </button>
                    </div>
                }
                .into_any()
            }
        }
    };
    view! {
        <div class="act">
            <h3 class="pane__subtitle">{texts.say("commands.order")}</h3>
            {part(line)}
        </div>
    }
}

fn summary(texts: Texts, history: &OrderHistory) -> String {
    let latest = history.latest();
    let status = latest.status.map(|status| texts.status(status));
    let total = latest.state.iter().find(|known| known.fact.name == FactName::Total);
    let total = total.and_then(|known| match known.fact.value {
        FactValue::Money(total) => Some(texts.money(total)),
        _ => None,
    });
    let parts = [Some(short_id(&history.order)), status, total.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
