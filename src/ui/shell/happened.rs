//! What happened last, in one sentence, and the command's way through the pipeline.

use leptos::prelude::*;

use crate::app::views::{CommandReport, Ending, LogFilter, Stage};
use crate::ui::{
    commands::CreateButton,
    lean::{part, when, words},
    state::{PageState, use_page},
};

/// The stations in the order in which a command goes through them.
const STAGES: [Stage; 7] = [
    Stage::Logging,
    Stage::Validation,
    Stage::Idempotency,
    Stage::Retry,
    Stage::Load,
    Stage::Decide,
    Stage::Append,
];

/// The sentence and the pipeline; before anything happened, what this is.
#[component]
pub(super) fn Happened() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let empty = Memo::new(move |_| page.last.with(Option::is_none) && is_empty(page));
    let refused = move || page.last.with(|last| last.as_ref().is_some_and(is_refused));
    view! {
        <section
            class="now"
            class=("now--empty", when(move || empty.get()))
            class=("pane--hidden", when(move || page.pane.get() != crate::ui::state::Pane::Commands))
            aria-labelledby="now-title"
        >
            <h2 class="now__title" id="now-title">
                {texts.say("now.title")}
                {part(move || refused().then(|| view! {
                    <span class="now__refused">{texts.say("commands.refused")}</span>
                }))}
            </h2>
            {part(move || if empty.get() {
                view! { <Welcome/> }.into_any()
            } else {
                let said = words(move || sentence(page));
                view! { <p class="now__sentence" dir="auto">{said}</p> }.into_any()
            })}
            <Pipeline/>
        </section>
    }
}

/// What this is, and the button that begins it.
#[component]
fn Welcome() -> impl IntoView {
    let texts = use_page().shell.texts;
    view! {
        <p class="now__sentence">{texts.say("empty.title")}</p>
        <p class="now__text">{texts.say("empty.text")}</p>
        <CreateButton/>
    }
}

fn is_empty(page: PageState) -> bool {
    page.log_changes.track();
    page.lab().log_length(&LogFilter::default()) == 0
}

fn is_refused(report: &CommandReport) -> bool {
    !matches!(report.ending, Ending::Accepted { .. } | Ending::AlreadySo { .. })
}

fn sentence(page: PageState) -> String {
    let texts = page.shell.texts.get();
    page.last.with(|last| match last {
        Some(report) => texts.happened(report),
        None => texts.say("now.ready").to_owned(),
    })
}

/// The stations, each with the time that the last command spent there.
#[component]
fn Pipeline() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let station = move |stage: Stage| {
        let time = move || time_at(page, stage);
        view! {
            <li
                class="pipeline__stage"
                class=("pipeline__stage--skipped", when(move || time().is_none()))
                title=words(move || texts.get().stage_meaning(stage).to_owned())
            >
                <span class="pipeline__name">{words(move || texts.get().stage(stage).to_owned())}</span>
                <span class="pipeline__time">{words(move || time_words(page, time()))}</span>
            </li>
        }
    };
    let attempts = move || {
        let tried = page.last.with(|last| Some(last.as_ref()?.log.as_ref()?.attempts));
        match tried.map(u64::from) {
            Some(tried) if tried > 1 => texts.get().plural("now.attempts", tried, &[]),
            _ => String::new(),
        }
    };
    view! {
        <div class="pipeline">
            <h3 class="visually-hidden">{texts.say("now.pipeline")}</h3>
            <ol class="pipeline__stages">{STAGES.map(station).into_view()}</ol>
            <p class="pipeline__attempts">{words(attempts)}</p>
        </div>
    }
}

fn time_words(page: PageState, time: Option<u64>) -> String {
    let texts = page.shell.texts.get();
    match time {
        Some(micros) => texts.milliseconds(micros),
        None if page.last.with(Option::is_some) => texts.say("stage.skipped").to_owned(),
        None => "–".to_owned(),
    }
}

fn time_at(page: PageState, stage: Stage) -> Option<u64> {
    page.last.with(|last| {
        let stages = &last.as_ref()?.log.as_ref()?.stages;
        stages.iter().find(|(at, _)| *at == stage).map(|(_, micros)| *micros)
    })
}
