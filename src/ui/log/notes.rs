//! What the log says about itself: how many events, how far it was searched, what is new, why it is empty.

use leptos::prelude::*;

use super::{filters::FILTER_ID, model::LogModel};
use crate::{
    app::views::{LogFilter, ScanProgress},
    ui::{
        lean::{on_click, part_when, words},
        shell,
        state::{PageState, Pane, use_page, use_texts},
    },
};

/// How far the log was searched.
fn scan_progress(page: PageState) -> ScanProgress {
    page.scan_changes.track();
    page.log_changes.track();
    page.lab().scan()
}

/// How many events there are, and how many match.
#[component]
pub(super) fn Count(model: LogModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let sentence = move || {
        let texts = texts.get();
        let length = model.length();
        if model.shown.with(|shown| shown.filter.is_empty()) {
            return texts.plural("count.events", length, &[]);
        }
        let matches = texts.plural("log.matches", length, &[]);
        let scan = scan_progress(page);
        if scan.scanned >= scan.head {
            return matches;
        }
        let (scanned, head) = (texts.count(scan.scanned), texts.count(scan.head));
        let searched = texts.fill("log.searched", &[("scanned", &scanned), ("head", &head)]);
        format!("{matches} · {searched}")
    };
    view! { <p class="log__count">{words(sentence)}</p> }
}

/// The way to events that came while the person looked elsewhere in the log.
#[component]
pub(super) fn NewEvents(model: LogModel) -> impl IntoView {
    let texts = use_texts();
    let say = move || texts.get().plural("log.new_events", model.unseen(), &[]);
    part_when(
        move || model.unseen() > 0,
        move || {
            // The button goes away, so the focus goes to the list.
            let follow = on_click(move || {
                model.go_to_end();
                model.focus();
            });
            view! {
                <button class="button log__new" type="button" on:click=follow>
                    {words(say)}
                    " "
                    <span aria-hidden="true">"↓"</span>
                </button>
            }
        },
    )
}

/// Why the log is empty, and what to do.
#[component]
pub(super) fn Empty(model: LogModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let content = move || {
        let texts = texts.get();
        if model.shown.with(|shown| shown.filter.is_empty()) {
            let leave = on_click(move || page.show(Pane::Commands));
            return (texts.say("log.empty"), texts.say("log.empty.action"), leave);
        }
        let scan = scan_progress(page);
        let is_searched = scan.scanned >= scan.head;
        let nothing = if is_searched { "log.nothing_matches" } else { "log.nothing_yet" };
        let clear = on_click(move || {
            model.ask(|filter| *filter = LogFilter::default());
            shell::focus(FILTER_ID);
        });
        (texts.say(nothing), texts.say("log.clear_filter"), clear)
    };
    part_when(
        move || model.length() == 0,
        move || {
            let (sentence, label, act) = content();
            view! {
                <div class="log__empty">
                    <p class="log__empty-text">{sentence}</p>
                    <button class="button" type="button" on:click=act>{label}</button>
                </div>
            }
        },
    )
}
