//! Menus: up to which moment to play, and at which moments to stop and explain.

use leptos::{ev::MouseEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::drawing::{interest_name, sign_markup};
use crate::{
    app::views::{Interest, Until},
    ui::{
        held::Held,
        late::{Late, late_once_here},
        lean::{Words, on_click, words},
        state::{PageState, use_page},
    },
};

const UNTIL: &str = "menu-until";
const EXPLAIN: &str = "menu-explain";

/// Up to which moment to play.
#[component]
pub(super) fn UntilMenu() -> impl IntoView {
    let texts = use_page().shell.texts;
    menu(UNTIL, texts.say("transport.until"), words(|| "…".to_owned()), Late::Until)
}

/// The moments up to which to play.
#[component]
pub fn UntilItems() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let items = words(move || {
        let item = |until: &str, name: &str, sign: &str, off: bool| {
            format!(
                "<button type='button' class='menu__item menu__item--sign' popovertarget='{UNTIL}' \
                 data-until='{until}' aria-disabled='{off}'><span class='sign'>{sign}</span>{name}\
                 </button>"
            )
        };
        let of_interest = |interest: Interest| {
            let name = interest_name(texts.get(), interest);
            item(&(interest as u8).to_string(), &name, &sign_markup(interest), false)
        };
        let of_order = texts.get().say("transport.until_order");
        let items: String = Interest::ALL.into_iter().map(of_interest).collect();
        items + &item("", of_order, "", stream(page).is_none())
    });
    let choose = move |event: MouseEvent| {
        let Some(chosen) = data(&event, "data-until") else { return };
        let until = match chosen.parse::<usize>() {
            Ok(index) => Some(Until::Interest(Interest::ALL[index])),
            Err(_) => untrack(|| stream(page)).map(Until::Stream),
        };
        if let Some(until) = until {
            page.playback.run_until(until);
        }
    };
    chosen_from(items, Box::new(choose))
}

/// A button, and what opens at it, which comes later.
fn menu(
    id: &'static str,
    name: impl Fn() -> &'static str + Copy + Send + Sync + 'static,
    mark: Words,
    items: Late,
) -> AnyView {
    let wanted = Held::new(false);
    view! {
        <button
            type="button"
            class="button"
            popovertarget=id
            on:click=on_click(move || wanted.set(true))
        >
            {words(move || name().to_owned() + &mark())}
        </button>
        <div
            id=id
            class="menu transport__menu"
            popover="auto"
            role="group"
            aria-label=words(move || name().to_owned())
        >
            {late_once_here(items, wanted)}
        </div>
    }
    .into_any()
}

/// What can be chosen. One listener hears of all that is chosen in there.
fn chosen_from(items: Words, choose: Box<dyn FnMut(MouseEvent)>) -> impl IntoView {
    view! { <div class="menu__items" on:click=choose inner_html=items></div> }
}

/// The value of an attribute at the place of a click.
pub(super) fn data(event: &MouseEvent, name: &str) -> Option<String> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest(&format!("[{name}]")).ok()??.get_attribute(name)
}

/// The stream that is meant by "this order": that of the selected one, else of the present moment.
fn stream(page: PageState) -> Option<String> {
    let shown = page.playback.playhead.get();
    let selected = page.selected.get().map(|order| format!("order-{order}"));
    selected.or_else(|| page.playback.moments().get().stream(shown).map(str::to_owned))
}

/// At which moments to stop and explain.
#[component]
pub(super) fn ExplainMenu() -> impl IntoView {
    let page = use_page();
    let mark = words(move || {
        match Interest::ALL.into_iter().filter(|interest| is_on(page, *interest)).count() {
            0 => "…".to_owned(),
            count => format!(" · {count}"),
        }
    });
    menu(EXPLAIN, page.shell.texts.say("transport.explain"), mark, Late::Explain)
}

fn is_on(page: PageState, interest: Interest) -> bool {
    page.playback.stops.with(|stops| stops.explain.has(interest))
}

/// The kinds of moments at which to stop.
#[component]
pub fn ExplainItems() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let items = words(move || {
        let item = |interest: Interest| {
            let (index, sign) = (interest as u8, sign_markup(interest));
            let name = interest_name(texts.get(), interest);
            // Whether it is checked is the browser's from then on, so that no click loses the focus.
            let checked = if untrack(|| is_on(page, interest)) { "checked" } else { "" };
            format!(
                "<label class='menu__item menu__item--sign'><span class='sign'>{sign}</span>{name}\
                 <input type='checkbox' class='switch__box' data-explain='{index}' {checked}></label>"
            )
        };
        let title = texts.get().say("transport.explain_at");
        let items: String = Interest::ALL.into_iter().map(item).collect();
        format!("<p class='menu__title'>{title}</p>{items}")
    });
    let choose = move |event: MouseEvent| {
        let index = data(&event, "data-explain").and_then(|index| index.parse::<usize>().ok());
        if let Some(index) = index {
            playback.toggle_explain(Interest::ALL[index]);
        }
    };
    chosen_from(items, Box::new(choose))
}
