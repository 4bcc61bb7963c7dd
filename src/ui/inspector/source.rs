//! The source of what ran at the playhead: fetched when somebody first opens it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        fetch_sources,
        texts::Texts,
        views::{Excerpt, NoSource},
    },
    ui::{
        answer::{Missing, answer, waiting},
        held::Held,
        lean::{escaped, is_open, on_event, when, words},
        state::{PageTexts, use_page},
    },
};

/// The id of the words that open it, which can take the focus.
const TITLE: &str = "title-source";
/// The most places of one moment.
const PLACES_MAX: usize = 2;

type Answer = Held<Option<Result<Vec<Excerpt>, NoSource>>>;

/// The source, closed at first. It stays open while moments go by.
#[component]
pub(super) fn Source() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let (is_wanted, attempts) = (Held::new(false), Held::new(0_u32));
    let answer: Answer = answer(move || {
        attempts.track();
        let shown = if is_wanted.get() { playback.playhead.get() } else { 0 };
        Box::pin(fetch_sources(playback.moments().get().sources(shown)))
    });
    let ask_again = Arc::new(move || {
        answer.set(None);
        attempts.update(|attempts| *attempts += 1);
    });
    let missing: Missing = Arc::new(move || missing(texts.get(), answer));
    let excerpts = (0..PLACES_MAX).map(|index| slot(texts, answer, index).into_any());
    let toggled = on_event(move |event| is_wanted.set(is_open(&event)));
    view! {
        <details
            class="disclosure inspector__source"
            hidden=when(move || playback.playhead.get() == 0)
            on:toggle=toggled
        >
            <summary class="disclosure__title" id=TITLE>{texts.say("source.title")}</summary>
            {waiting(texts, missing, TITLE.to_owned(), ask_again)}
            {excerpts.collect::<Vec<_>>()}
        </details>
    }
}

/// Why there is nothing to see, and whether trying again may help; none where there is something.
fn missing(texts: Texts, answer: Answer) -> Option<(String, bool)> {
    answer.with(|answer| match answer {
        Some(Ok(excerpts)) if !excerpts.is_empty() => None,
        Some(Err(NoSource::Unreachable { cause })) => {
            Some((texts.fill("source.failed", &[("cause", cause)]), true))
        }
        Some(Err(NoSource::Other { path })) => {
            Some((texts.fill("source.differs", &[("path", path)]), false))
        }
        _ => Some((texts.say("source.fetching").to_owned(), false)),
    })
}

/// Where one of the excerpts is shown. It is never made anew: it would lose the focus.
fn slot(texts: PageTexts, answer: Answer, index: usize) -> impl IntoView {
    let said = move |say: fn(Texts, &Excerpt) -> String| {
        words(move || {
            answer.with(|answer| match answer {
                Some(Ok(excerpts)) => {
                    excerpts.get(index).map(|excerpt| say(texts.get(), excerpt)).unwrap_or_default()
                }
                _ => String::new(),
            })
        })
    };
    let is_absent = when(move || {
        answer.with(|answer| !matches!(answer, Some(Ok(excerpts)) if excerpts.len() > index))
    });
    let id = format!("source-{index}");
    let labelled_by = id.clone();
    view! {
        <div class="source" hidden=is_absent>
            <p class="source__place" id=id>{said(place)}</p>
            <pre class="source__code" role="group" tabindex="0" aria-labelledby=labelled_by>
                <code inner_html=said(code)></code>
            </pre>
        </div>
    }
}

fn place(texts: Texts, excerpt: &Excerpt) -> String {
    let last = excerpt.first_line + excerpt.lines.len() as u64 - 1;
    let (first, last) = (excerpt.first_line.to_string(), last.to_string());
    texts.fill("source.place", &[("path", excerpt.path), ("first", &first), ("last", &last)])
}

/// The lines as markup: each with its number, the one that is meant marked, comments quiet.
fn code(texts: Texts, excerpt: &Excerpt) -> String {
    let mut markup = String::new();
    for (number, (index, line)) in (excerpt.first_line..).zip(excerpt.lines.iter().enumerate()) {
        let is_meant = excerpt.marked == Some(index);
        let is_comment = line.trim_ascii_start().starts_with("//");
        let here = if is_meant { texts.say("source.here") } else { "" };
        let (tag, state) = match (is_meant, is_comment) {
            (true, _) => ("mark", " aria-current='true'"),
            (false, true) => ("i", ""),
            (false, false) => ("span", ""),
        };
        markup += &format!(
            "<{tag} class='source__line' data-line='{number}'{state}>\
             <span class='visually-hidden'>{here}</span>{}\n</{tag}>",
            escaped(line)
        );
    }
    markup
}
