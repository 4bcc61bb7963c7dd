//! Which order the commands are for.

use leptos::prelude::*;

use super::{Desk, desk::Selected};
use crate::app::{
    route::Route,
    texts::{Texts, short_id},
    views::{FactName, FactValue, OrderAt},
};
use crate::ui::{
    lean::{on_click, on_event, part, when, words},
    {route, state::use_page},
};

/// The selected order in one line, as this person sees it; or that there is none, or none such.
#[component]
pub(super) fn SelectedOrder(desk: Desk) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let line = move || {
        let texts = texts.get();
        let Some(wanted) = page.selected.get() else {
            return view! { <p class="hint">{texts.say("commands.no_order")}</p> }.into_any();
        };
        let known = desk.selected.get().flatten();
        match known.filter(|known| known.order == wanted) {
            None => view! { <p class="hint">{texts.say("commands.loading")}</p> }.into_any(),
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
            Some(known) => known.at().map_or_else(
                || ().into_any(),
                |at| {
                    view! {
                        <p class="chosen" title=known.order.clone()>
                            <span class="chosen__order">{summary(texts, &known.order, at)}</span>
                            <span class="chosen__version">{format!("v{}", at.version)}</span>
                        </p>
                    }
                    .into_any()
                },
            ),
        }
    };
    view! {
        <div class="act">
            <h3 class="pane__subtitle">{texts.say("commands.order")}</h3>
            {part(line)}
            <AsSeen desk/>
        </div>
    }
}

/// The switch that ties this person's commands to the version that they see.
#[component]
fn AsSeen(desk: Desk) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let hint = desk.id("as-seen-hint");
    let name = words(move || {
        let texts = texts.get();
        let version = texts.count(desk.seen().unwrap_or(0));
        texts.fill("commands.as_seen", &[("version", &version)])
    });
    view! {
        <div class="as-seen" hidden=when(move || desk.seen().is_none())>
            <label class="as-seen__switch">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=when(move || desk.insists())
                    aria-describedby=hint.clone()
                    on:change=on_event(move |event| desk.insist(event_target_checked(&event)))
                />
                <span>{name}</span>
            </label>
            <button
                type="button"
                class="as-seen__look"
                hidden=when(move || !desk.insists())
                on:click=on_click(move || desk.look_again(page))
            >
                {texts.say("commands.look_again")}
            </button>
            <p class="hint" id=hint>{texts.say("commands.as_seen_hint")}</p>
        </div>
    }
}

fn summary(texts: Texts, order: &str, at: &OrderAt) -> String {
    let status = at.status.map(|status| texts.status(status));
    let total = at.state.iter().find(|known| known.fact.name == FactName::Total);
    let total = total.and_then(|known| match known.fact.value {
        FactValue::Money(total) => Some(texts.money(total)),
        _ => None,
    });
    let parts = [Some(short_id(order)), status, total.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
