//! The lab: columns where there is room, tabs where there is not.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::MediaQueryListEvent;

use super::{happened::Happened, notices::Notices};
use crate::ui::{
    commands::Commands,
    lean::{marked, on_click, truth, when, words},
    log::Log,
    order::Order,
    orders::Orders,
    read_models::ReadModels,
    state::{PageState, Pane, Shell, use_page},
};

/// The lab over an open database.
#[component]
pub(super) fn Lab(state: PageState) -> impl IntoView {
    provide_context(state);
    follow_width(state.shell);
    let texts = state.shell.texts;
    view! {
        <main class="lab">
            <h1 class="visually-hidden" id="title-view" tabindex="-1">{texts.say("lab.title")}</h1>
            <Notices/>
            <div class="lab__columns">
                <div class="lab__left">
                    <PaneFrame pane=Pane::Commands><Commands/></PaneFrame>
                </div>
                <div class="lab__centre">
                    <Happened/>
                    <PaneFrame pane=Pane::Orders><Orders/></PaneFrame>
                    <PaneFrame pane=Pane::Log><Log/></PaneFrame>
                </div>
                <div class="lab__right">
                    <PaneFrame pane=Pane::Order><Order/></PaneFrame>
                    <PaneFrame pane=Pane::ReadModels><ReadModels/></PaneFrame>
                </div>
            </div>
            <Tabs/>
        </main>
    }
}

/// The place of one pane: a region among others, or the panel of a tab.
#[component]
fn PaneFrame(pane: Pane, children: Children) -> impl IntoView {
    let page = use_page();
    let narrow = page.shell.narrow;
    view! {
        <section
            id=pane.id()
            class=format!("pane pane--{}", &pane.id()["pane-".len()..])
            class=("pane--hidden", when(move || page.pane.get() != pane))
            role=marked("tabpanel", move || narrow.get())
            aria-labelledby=pane.title_id()
        >
            {children()}
        </section>
    }
}

/// The tabs of narrow screens.
#[component]
fn Tabs() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let tab = move |pane: Pane| {
        let chosen = move || page.pane.get() == pane;
        view! {
            <button
                type="button"
                class="tabs__tab"
                id=tab_id(pane)
                role="tab"
                aria-selected=truth(chosen)
                aria-controls=pane.id()
                tabindex=words(move || if chosen() { "0" } else { "-1" }.to_owned())
                on:click=on_click(move || page.pane.set(pane))
            >
                <TabSign pane/>
                <span class="tabs__name">{texts.say(pane.name_key())}</span>
            </button>
        }
    };
    view! {
        <div
            class="tabs"
            role="tablist"
            aria-label=texts.say("page.panes")
            on:keydown=move |event| move_between_tabs(&event, page)
        >
            {Pane::ALL.map(tab).into_view()}
        </div>
    }
}

/// The drawing on a tab: a shape of its own for each pane.
#[component]
fn TabSign(pane: Pane) -> impl IntoView {
    let path = match pane {
        Pane::Commands => "M4 4h12v9H9l-4 3v-3H4z",
        Pane::Orders => "M4 5h12M4 10h12M4 15h12",
        Pane::Log => "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM11 11h5v5h-5z",
        Pane::Order => "M6 3h8l4 7-4 7H6l-4-7z",
        Pane::ReadModels => "M4 16V9M10 16V4M16 16v-5",
    };
    view! {
        <svg class="tabs__sign" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d=path/>
        </svg>
    }
}

fn tab_id(pane: Pane) -> String {
    format!("tab-{}", pane.id())
}

/// Arrows, Home and End move between tabs, as everywhere.
fn move_between_tabs(event: &KeyboardEvent, page: PageState) {
    let count = Pane::ALL.len();
    let now = Pane::ALL.iter().position(|pane| *pane == page.pane.get_untracked()).unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowRight" => (now + 1) % count,
        "ArrowLeft" => (now + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    page.pane.set(Pane::ALL[next]);
    super::focus(&tab_id(Pane::ALL[next]));
}

/// Learns whether panes are tabs, for as long as the lab is shown.
fn follow_width(shell: Shell) {
    let Ok(Some(query)) = window().match_media("(width < 700px)") else {
        return;
    };
    shell.narrow.set(query.matches());
    let listener =
        Closure::<dyn Fn(MediaQueryListEvent)>::new(move |event: MediaQueryListEvent| {
            shell.narrow.set(event.matches());
        });
    query.set_onchange(Some(listener.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((query, listener));
    on_cleanup(move || kept.with_value(|(query, _)| query.set_onchange(None)));
}
