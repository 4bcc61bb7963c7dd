//! The scenario under way: what to see, where it stands, and what to take home.

use leptos::prelude::*;

use crate::app::views::ScenarioView;
use crate::ui::{
    lean::{on_click, part, words},
    state::{PageState, use_page},
};

/// The strip above the picture; nothing where no scenario is open.
#[component]
pub(super) fn ScenarioStrip() -> impl IntoView {
    let page = use_page();
    let scenario = Memo::new(move |_| {
        page.branch_changes.track();
        page.playback.count.track();
        page.lab().scenario()
    });
    let is_open = Memo::new(move |_| scenario.with(|view| view.as_ref().map(|view| view.card)));
    view! {
        {part(move || is_open.get().map(|card| {
            let texts = page.shell.texts;
            let number = card.id.to_string();
            view! {
                <section class="scenario" aria-labelledby="title-scenario">
                    <h2 class="scenario__title" id="title-scenario">
                        <span class="scenario__number">
                            {words(move || texts.get().fill("scenario.number", &[("number", &number)]))}
                        </span>
                        {texts.say(card.title)}
                    </h2>
                    <p class="scenario__see">{texts.say(card.see)}</p>
                    <ol class="scenario__steps">
                        {part(move || scenario.get().map(|view| steps(page, &view)))}
                    </ol>
                    {part(move || scenario.get().filter(|view| is_seen(page, view)).map(|view| view! {
                        <p class="scenario__lesson">{texts.say(view.lesson)}</p>
                    }))}
                </section>
            }
        }))}
    }
}

/// Whether everything that there is to see was shown.
fn is_seen(page: PageState, view: &ScenarioView) -> bool {
    let shown = page.playback.playhead.get();
    view.steps.iter().all(|(_, at)| at.is_some_and(|at| at <= shown))
}

/// The steps, each a button that leads to its moment once that has come.
fn steps(page: PageState, view: &ScenarioView) -> Vec<AnyView> {
    let shown = page.playback.playhead.get();
    let reached = view.steps.iter().rposition(|(_, at)| at.is_some_and(|at| at <= shown));
    let mut entries = vec![];
    for (index, (said, at)) in view.steps.iter().enumerate() {
        let is_here = (Some(index) == reached).then_some("step");
        let to = at.unwrap_or(0);
        entries.push(
            view! {
                <li class="scenario__step" aria-current=is_here>
                    <button
                        type="button"
                        class="scenario__go"
                        disabled=at.is_none()
                        on:click=on_click(move || page.playback.seek(to))
                    >
                        {page.shell.texts.say(said)}
                    </button>
                </li>
            }
            .into_any(),
        );
    }
    entries
}
