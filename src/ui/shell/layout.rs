//! The lab: columns where there is room, tabs where there is not.
//!
//! It is built in several turns, the centre first: all of it at once would keep the page from
//! answering for longer than a person should notice. What comes later has its place from the start.

use std::time::Duration;

use leptos::{ev::KeyboardEvent, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, MediaQueryListEvent};

use super::{
    happened::{Happened, Welcome, is_new},
    notices::Notices,
};
use crate::app::views::Part;
use crate::ui::held::{Derived, Held};
use crate::ui::{
    branches::BranchBar,
    commands::Commands,
    inspector::{Inspector, MomentNow},
    late::{Late, late},
    lean::{marked, on_click, part, part_since, part_when, truth, when, words},
    log::Log,
    moments::MomentTable,
    order::Order,
    orders::Orders,
    picture::Picture,
    read_models::ReadModels,
    scenario::ScenarioStrip,
    state::{PageState, Pane, Shell, use_page},
    transport::Transport,
    trouble::ask_for_trouble,
};

/// The turns in which the lab is built after the first one.
const ORDERS_TURN: u8 = 1;
const LOG_TURN: u8 = 2;
const LEFT_TURN: u8 = 3;
const RIGHT_TURN: u8 = 4;

/// The lab over an open database.
#[component]
pub(super) fn Lab(state: PageState) -> impl IntoView {
    provide_context(state);
    follow_width(state.shell);
    let texts = state.shell.texts;
    let turn = turns();
    let comes_in = move |at: u8| move || turn.get() >= at;
    view! {
        <main class="lab">
            <h1 class="visually-hidden" id="title-view" tabindex="-1">{texts.say("lab.title")}</h1>
            <Notices/>
            <div class="lab__columns">
                <div class="lab__left">
                    {part_when(move || !state.shell.narrow.get(), || view! { <ScenarioStrip/> })}
                    <PaneFrame pane=Pane::Commands>
                        {part_when(comes_in(LEFT_TURN), || view! { <Commands/> })}
                    </PaneFrame>
                    {part_when(comes_in(LEFT_TURN), || view! { <Happened/> })}
                </div>
                <div class="lab__centre">
                    <PaneFrame pane=Pane::Picture><Centre/></PaneFrame>
                    <PaneFrame pane=Pane::Orders>
                        {part_when(comes_in(ORDERS_TURN), || view! { <Orders/> })}
                    </PaneFrame>
                    <PaneFrame pane=Pane::Log>
                        {part_when(comes_in(LOG_TURN), || view! { <Log/> })}
                    </PaneFrame>
                </div>
                {part_when(comes_in(RIGHT_TURN), || view! { <Right/> })}
            </div>
            <Transport/>
            <Tabs/>
        </main>
    }
}

/// What happens at the playhead: in a sentence, and as a picture or as the table of moments.
#[component]
fn Centre() -> impl IntoView {
    let page = use_page();
    let picture = page.world.picture;
    let shown = Derived::new(move || (picture.with(Option::is_some), page.playback.table.get()));
    let show = move || match shown.get() {
        (false, _) => ().into_any(),
        (true, true) => view! { <MomentTable/> }.into_any(),
        (true, false) => {
            // There is a picture, and there is always one from here on.
            let picture = Signal::derive(move || picture.get().expect("there is a run"));
            let travel_ms = Signal::derive(move || page.playback.moment_ms() as u32);
            let on_open = Callback::new(move |part: Part| page.inspect(part));
            let on_trouble = Callback::new(move |(part, element): (Part, Element)| {
                ask_for_trouble(page, part, &element);
            });
            view! { <Picture picture travel_ms on_open on_trouble/> }.into_any()
        }
    };
    let is_new = Memo::new(move |_| is_new(page));
    let has_branches = move || {
        page.branch_changes.track();
        !is_new.get() || page.lab().branches().len() > 1
    };
    view! {
        {part_when(has_branches, || view! { <BranchBar/> })}
        {part(move || if is_new.get() {
            view! { <Welcome/> }.into_any()
        } else {
            view! { <MomentNow/> }.into_any()
        })}
        {part(show)}
        {part_since(move || page.pointed.trouble.with(Option::is_some), || late(Late::Trouble))}
        {part_when(move || !is_new.get(), || view! {
            <div class="sagas-place">{late(Late::Sagas)}</div>
        })}
        {part_when(move || page.shell.narrow.get(), || view! { <ScenarioStrip/> })}
    }
}

/// The right column. On tablets it lies beneath the others, and comes when these have their height.
#[component]
fn Right() -> impl IntoView {
    view! {
        <div class="lab__right">
            <PaneFrame pane=Pane::Moment><Inspector/></PaneFrame>
            <PaneFrame pane=Pane::Order><Order/></PaneFrame>
            <PaneFrame pane=Pane::ReadModels><ReadModels/></PaneFrame>
        </div>
    }
}

/// Counts the page's turns from here on, as long as something is built in them.
fn turns() -> Held<u8> {
    let turn = Held::new(0);
    let waiting = StoredValue::new(None);
    count_on(turn, waiting);
    on_cleanup(move || {
        if let Some(waiting) = waiting.get_value() {
            waiting.clear();
        }
    });
    turn
}

fn count_on(turn: Held<u8>, waiting: StoredValue<Option<TimeoutHandle>>) {
    let next = move || {
        turn.update(|turn| *turn += 1);
        if turn.get_untracked() < RIGHT_TURN {
            count_on(turn, waiting);
        }
    };
    waiting.set_value(set_timeout_with_handle(next, Duration::ZERO).ok());
}

/// The place of one pane: a region among others, or the panel of a tab.
#[component]
fn PaneFrame(pane: Pane, children: Children) -> impl IntoView {
    let page = use_page();
    view! {
        <section
            id=pane.id()
            class=format!("pane pane--{}", &pane.id()["pane-".len()..])
            class=("pane--hidden", when(move || page.pane.get().tab() != pane.tab()))
            role=marked("tabpanel", move || pane.tab() == pane && page.shell.narrow.get())
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
        let chosen = move || page.pane.get().tab() == pane;
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
            {Pane::TABS.map(tab).into_view()}
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
        _ => "M3 6h5v8H3zM12 4l5 3v6l-5 3zM8 10h4",
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
    let count = Pane::TABS.len();
    let now =
        Pane::TABS.iter().position(|pane| *pane == page.pane.get_untracked().tab()).unwrap_or(0);
    let next = match event.key().as_str() {
        "ArrowRight" => (now + 1) % count,
        "ArrowLeft" => (now + count - 1) % count,
        "Home" => 0,
        "End" => count - 1,
        _ => return,
    };
    event.prevent_default();
    page.pane.set(Pane::TABS[next]);
    super::focus(&tab_id(Pane::TABS[next]));
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
