//! What became of the last command, in one sentence; before anything happened, what this is.

use leptos::prelude::*;

use crate::app::views::{CommandReport, Ending, LogFilter, Person};
use crate::ui::{
    commands::CreateButton,
    lean::{part, when, words},
    state::{PageState, Pane, use_page},
};

/// The sentence.
#[component]
pub(super) fn Happened() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let refused = move || page.last.with(|last| last.as_ref().and_then(refused_as));
    let sentence = words(move || {
        let texts = texts.get();
        page.last.with(|last| match last {
            Some(report) => texts.happened(report),
            None => texts.say("now.ready").to_owned(),
        })
    });
    view! {
        <section
            class="now"
            class=("pane--hidden", when(move || page.pane.get() != Pane::Commands))
            aria-labelledby="now-title"
        >
            <h2 class="now__title" id="now-title">
                {texts.say("now.title")}
                {part(move || refused().map(|key| view! {
                    <span class="now__refused">{texts.say(key)}</span>
                }))}
            </h2>
            <p class="now__text" dir="auto">{sentence}</p>
        </section>
    }
}

/// What this is, and the button that begins it.
#[component]
pub(super) fn Welcome() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    view! {
        <section class="now now--empty" aria-labelledby="welcome-title">
            <h2 class="now__sentence" id="welcome-title">{texts.say("empty.title")}</h2>
            <p class="now__text">{texts.say("empty.text")}</p>
            <CreateButton desk=page.desk_of(Person::FIRST)/>
        </section>
    }
}

/// Whether nothing has happened yet: the log is empty, and so is the run.
pub(super) fn is_new(page: PageState) -> bool {
    page.log_changes.track();
    page.branch_changes.track();
    let lab = page.lab();
    page.playback.count.get() == 0
        && lab.log_length(&LogFilter::default()) == 0
        && lab.scenario().is_none()
}

/// The key of the word for a command that was not accepted; none for one that was.
fn refused_as(report: &CommandReport) -> Option<&'static str> {
    match report.ending {
        Ending::Accepted { .. } | Ending::AlreadySo { .. } => None,
        Ending::Conflict { .. } => Some("commands.conflict"),
        _ => Some("commands.refused"),
    }
}
