//! The moments as a table: the same as the picture and the lanes, in words. Only the rows that are seen
//! are in the document; the row of the playhead is the current one, and another is a way there.

use std::{cmp::Ordering, fmt::Write};

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html::Div,
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{
    late::{Late, late},
    lean::{escaped, on_event, words},
    playback::Playback,
    state::{PageTexts, use_page},
    transport::sign_markup,
    windowed::{Measure, Windowed, pixels},
};
use crate::app::{
    texts::Texts,
    views::MomentView,
    window::{ListShape, Slice},
};
use crate::ui::held::Derived;
use crate::ui::lean::effect;

const OVERSCAN_ROWS: u64 = 6;
/// The id of its heading, which can take the focus.
const TITLE: &str = "title-moments";

/// The table. Its rows come later.
#[component]
pub fn MomentTable() -> impl IntoView {
    let texts = use_page().shell.texts;
    view! {
        <div class="moments">
            <h2 class="pane__title" id=TITLE tabindex="-1">{texts.say("moments.title")}</h2>
            <div class="log__body">{late(Late::Moments)}</div>
        </div>
    }
}

/// The rows.
#[component]
pub fn MomentGrid() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let list = Windowed::new();
    let head = NodeRef::<Div>::new();
    let shape = move || list.shape(u64::from(playback.count.get()), None);
    let drawn = Derived::new(move || shape().slice(list.scroll_top.get(), OVERSCAN_ROWS));
    follow(playback, list);
    let scroll = on_event(move |event| {
        let scroller: Element = event_target(&event);
        list.scroll_top.set(f64::from(scroller.scroll_top()));
    });
    let active = words(move || row_id(u64::from(playback.playhead.get())));
    view! {
                <div
                    class="log__grid"
                    role="grid"
                    tabindex="0"
                    node_ref=list.scroller
                    aria-labelledby=TITLE
                    aria-rowcount=words(move || (playback.count.get() + 1).to_string())
                    aria-activedescendant=active
                    on:scroll=scroll
                    on:keydown=move |event| on_key(playback, list, &event)
                    on:click=move |event| on_row(playback, &event)
                >
                    {heads(texts, head)}
                    <Measure list head changed=Box::new(move |measured| list.measured.set(measured))/>
                    <div
                        class="log__canvas"
                        role="presentation"
                        style:height=words(move || pixels(shape().content_height()))
                    >
                        <div
                            class="log__slice"
                            role="presentation"
                            style:transform=words(move || format!("translateY({})", pixels(drawn.get().shift)))
                            inner_html=words(move || rows(texts.get(), playback, drawn.get()))
                        ></div>
                    </div>
                </div>
    }
}

/// Keeps the current row in view.
fn follow(playback: Playback, list: Windowed) {
    effect(move || {
        let Some(row) = u64::from(playback.playhead.get()).checked_sub(1) else { return };
        let shape = list.shape(u64::from(playback.count.get_untracked()), None);
        let scroll_top = list.scroll_top.get_untracked();
        let to = shape.reveal(row, scroll_top);
        if to != scroll_top && shape.row_height > 0.0 {
            list.scroll_to(to);
        }
    });
}

fn heads(texts: PageTexts, head: NodeRef<Div>) -> impl IntoView {
    let column = |name: &'static str, key: &'static str| {
        view! { <div role="columnheader" class=format!("moments__cell moments__cell--{name}")>{texts.say(key)}</div> }
    };
    view! {
        <div class="moments__row moments__row--head" role="row" aria-rowindex="1" node_ref=head>
            {column("number", "moments.number")}
            {column("time", "moments.time")}
            {column("who", "moments.who")}
            {column("what", "moments.what")}
        </div>
    }
}

/// The rows as markup: made anew at every step of scrolling, that is several times faster than as views.
fn rows(texts: Texts, playback: Playback, slice: Slice) -> String {
    let current = playback.playhead.get();
    let numbers = slice.first + 1..=slice.first + slice.count;
    let mut markup = String::new();
    for number in numbers.filter_map(|number| u32::try_from(number).ok()) {
        let Some(moment) = playback.moments().get().view(number) else { continue };
        push_row(&mut markup, texts, &moment, &playback.sentence(number), current);
    }
    markup
}

fn push_row(markup: &mut String, texts: Texts, moment: &MomentView, what: &str, current: u32) {
    let number = moment.number;
    let (class, selected) = match number.cmp(&current) {
        Ordering::Less => ("", false),
        Ordering::Equal => (" moments__row--now", true),
        Ordering::Greater => (" moments__row--ahead", false),
    };
    let index = number + 1;
    // Writing into a string cannot fail.
    let _ = write!(
        markup,
        "<div class='moments__row{class}' role='row' id='moment-{number}' data-number='{number}' \
         aria-rowindex='{index}' aria-selected='{selected}'>"
    );
    let sign = moment.interest.map(sign_markup).unwrap_or_default();
    let cells = [
        ("number", texts.count(u64::from(number))),
        ("time", texts.span(moment.at_us)),
        ("who", texts.who(moment.who)),
        ("what", what.to_owned()),
    ];
    for (name, text) in cells {
        let sign = if name == "what" { sign.as_str() } else { "" };
        let text = escaped(&text);
        let _ = write!(
            markup,
            "<div role='gridcell' class='moments__cell moments__cell--{name}' title='{text}'>{sign}\
             <bdi class='moments__text'>{text}</bdi></div>"
        );
    }
    markup.push_str("</div>");
}

fn row_id(number: u64) -> String {
    format!("moment-{number}")
}

/// A click on a row goes there: one listener for all rows.
fn on_row(playback: Playback, event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let row = target.and_then(|target| target.closest("[data-number]").ok().flatten());
    let number = row.and_then(|row| row.get_attribute("data-number")?.parse().ok());
    if let Some(number) = number {
        playback.seek(number);
    }
}

fn on_key(playback: Playback, list: Windowed, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let shown = playback.playhead.get_untracked();
    let page = || {
        let shape: ListShape = untrack(|| list.shape(1, None));
        shape.rows_in_view() as u32
    };
    match event.key().as_str() {
        "ArrowDown" => playback.scrub(shown + 1),
        "ArrowUp" => playback.scrub(shown.saturating_sub(1).max(1)),
        "PageDown" => playback.scrub(shown.saturating_add(page())),
        "PageUp" => playback.scrub(shown.saturating_sub(page()).max(1)),
        "Home" => playback.scrub(1),
        "End" => playback.scrub(u32::MAX),
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}
