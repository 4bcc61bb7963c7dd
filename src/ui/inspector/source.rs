//! The source of what ran at the playhead: fetched when somebody first opens it.

use leptos::prelude::*;

use crate::{
    app::{
        fetch_sources,
        texts::Texts,
        views::{Excerpt, NoSource},
    },
    ui::{
        disclosed::{Disclosed, Shown},
        lean::{escaped, when, words},
        state::use_page,
    },
};

/// The source, closed at first. It stays open while moments go by.
#[component]
pub(super) fn Source() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let ask = move || {
        let places = playback.moments().get().sources(playback.playhead.get());
        let texts = texts.get();
        Box::pin(async move {
            match fetch_sources(places).await {
                Ok(excerpts) => Ok(shown_texts(texts, &excerpts)),
                Err(NoSource::Unreachable { cause }) => {
                    Err((texts.fill("source.failed", &[("cause", &cause)]), true))
                }
                Err(NoSource::Other { path }) => {
                    Err((texts.fill("source.differs", &[("path", path)]), false))
                }
            }
        }) as _
    };
    view! {
        <div class="inspector__source" hidden=when(move || playback.playhead.get() == 0)>
            <Disclosed
                id="title-source".to_owned()
                title_key="source.title"
                pending_key="source.fetching"
                ask=Box::new(ask)
                show=|shown| (slot(shown, 0), slot(shown, 1)).into_any()
            />
        </div>
    }
}

/// Where one of the excerpts is shown. It is never made anew: it would lose the focus.
fn slot(shown: Shown, index: usize) -> AnyView {
    let id = format!("source-{index}");
    let labelled_by = id.clone();
    view! {
        <div class="source" hidden=when(move || shown.text(2 * index).is_empty())>
            <p class="source__place" id=id>{words(move || shown.text(2 * index))}</p>
            <pre class="source__code" role="group" tabindex="0" aria-labelledby=labelled_by>
                <code inner_html=words(move || shown.text(2 * index + 1))></code>
            </pre>
        </div>
    }
    .into_any()
}

/// Where each excerpt is from, followed by its lines.
fn shown_texts(texts: Texts, excerpts: &[Excerpt]) -> Vec<String> {
    let mut shown = vec![];
    for excerpt in excerpts {
        shown.push(place(texts, excerpt));
        shown.push(code(texts, excerpt));
    }
    shown
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
