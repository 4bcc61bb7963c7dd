//! The scenario under way: what to see, where it stands, and what to take home.

use leptos::{prelude::*, task::spawn_local};

use crate::app::views::{ScenarioFile, Words};
use crate::ui::held::Derived;
use crate::ui::{
    late::{Late, late},
    lean::{on_click, part, part_when, words},
    shell::focus,
    state::{PageState, use_page},
};

/// The strip above the picture; nothing where no scenario is open.
#[component]
pub(super) fn ScenarioStrip() -> impl IntoView {
    let page = use_page();
    let is_open = move || {
        page.branch_changes.track();
        page.lab().scenario_number().is_some()
    };
    part_when(is_open, || late(Late::Scenario))
}

/// The scenario that is open.
#[component]
pub(super) fn Scenario() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let scenario = Derived::new(move || {
        page.branch_changes.track();
        page.lab().scenario().map(|file| ScenarioFile::clone(&file))
    });
    let strip = move || {
        let file = scenario.get()?;
        let language = texts.get().language();
        let say = |words: &Words| words.of(language).to_owned();
        let number = texts.get().fill("scenario.number", &[("number", &file.card.id.to_string())]);
        let (title, see, lesson) = (say(&file.card.title), say(&file.card.see), say(&file.lesson));
        let last = file.steps.last().map_or(0, |step| step.at);
        Some(view! {
            <section class="scenario" aria-labelledby="title-scenario">
                <h2 class="scenario__title" id="title-scenario">
                    <span class="scenario__number">{number}</span>
                    {title}
                </h2>
                <p class="scenario__see">{see}</p>
                <ol class="scenario__steps">{part(move || steps(page, &file))}</ol>
                {part(move || (page.playback.playhead.get() >= last).then(|| view! {
                    <p class="scenario__lesson">{lesson.clone()}</p>
                }))}
            </section>
        })
    };
    view! { {part(strip)} {part_when(move || scenario.with(Option::is_none), move || no_words(page))} }
}

/// The run is there, and what is said of it is not.
fn no_words(page: PageState) -> AnyView {
    let texts = page.shell.texts;
    let number = move || {
        let number = page.lab().scenario_number().unwrap_or_default();
        texts.get().fill("scenario.number", &[("number", &number.to_string())])
    };
    let again = on_click(move || {
        spawn_local(async move {
            match page.lab().fetch_words().await {
                Ok(()) => focus("title-scenario"),
                Err(failure) => page.shell.announce(page.shell.texts.now().failure(&failure)),
            }
        });
    });
    view! {
        <section class="scenario" aria-labelledby="title-scenario">
            <h2 class="scenario__title" id="title-scenario">{words(number)}</h2>
            <p class="scenario__see">{texts.say("scenario.no_words")}</p>
            <button type="button" class="button" on:click=again>{texts.say("page.try_again")}</button>
        </section>
    }
    .into_any()
}

/// The steps, each a button that leads to its moment once that has come.
fn steps(page: PageState, file: &ScenarioFile) -> Vec<AnyView> {
    let language = page.shell.texts.get().language();
    let (shown, count) = (page.playback.playhead.get(), page.playback.count.get());
    let reached = file.steps.iter().rposition(|step| step.at <= shown);
    let mut entries = vec![];
    for (index, step) in file.steps.iter().enumerate() {
        let (said, at) = (step.words.of(language).to_owned(), step.at);
        let is_ahead = at > count;
        entries.push(
            view! {
                <li
                    class="scenario__step"
                    aria-current=(Some(index) == reached).then_some("step")
                >
                    <button
                        type="button"
                        class="scenario__go"
                        on:click=on_click(move || page.playback.seek(at))
                        disabled=is_ahead
                    >
                        {said}
                    </button>
                </li>
            }
            .into_any(),
        );
    }
    entries
}
