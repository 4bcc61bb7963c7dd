//! What the log says about itself: how many events, how far it was searched, what is new, why it is empty.

use leptos::prelude::*;

use super::model::LogModel;
use crate::{
    app::views::ScanProgress,
    ui::state::{PageState, Pane, use_page, use_texts},
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
    view! { <p class="log__count">{sentence}</p> }
}

/// The way to events that came while the person looked elsewhere in the log.
#[component]
pub(super) fn NewEvents(model: LogModel) -> impl IntoView {
    let texts = use_texts();
    let unseen = Memo::new(move |_| model.unseen());
    view! {
        <Show when=move || { unseen.get() > 0 }>
            <button class="button log__new" type="button" on:click=move |_| model.go_to_end()>
                {move || texts.get().plural("log.new_events", unseen.get(), &[])}
                " "
                <span aria-hidden="true">"↓"</span>
            </button>
        </Show>
    }
}

/// Why the log is empty, and what to do.
#[component]
pub(super) fn Empty(model: LogModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let is_filtered = Memo::new(move |_| model.shown.with(|shown| !shown.filter.is_empty()));
    let nothing = move || {
        let scan = scan_progress(page);
        let is_searched = scan.scanned >= scan.head;
        texts.get().say(if is_searched { "log.nothing_matches" } else { "log.nothing_yet" })
    };
    let clear = move |_| model.ask(|filter| *filter = Default::default());
    view! {
        <Show when=move || model.length() == 0>
            <div class="log__empty">
                {move || {
                    if is_filtered.get() {
                        view! {
                            <p class="log__empty-text">{nothing}</p>
                            <button class="button" type="button" on:click=clear>
                                {texts.say("log.clear_filter")}
                            </button>
                        }
                            .into_any()
                    } else {
                        view! {
                            <p class="log__empty-text">{texts.say("log.empty")}</p>
                            <button class="button" type="button" on:click=move |_| page.show(Pane::Commands)>
                                {texts.say("log.empty.action")}
                            </button>
                        }
                            .into_any()
                    }
                }}
            </div>
        </Show>
    }
}
