//! The list of scenarios.

use leptos::prelude::*;

use crate::app::scenario_list;
use crate::ui::state::use_texts;

/// Every scenario with what one sees in it.
#[component]
pub(in crate::ui) fn Scenarios() -> impl IntoView {
    let texts = use_texts();
    let entries = scenario_list().into_iter().map(|scenario| {
        view! {
            <li class="scenarios__entry">
                <a class="scenarios__link" href=format!("#/s/{}", scenario.id)>
                    <span class="scenarios__number">{scenario.id}</span>
                    <span class="scenarios__title">{texts.say(scenario.title)}</span>
                    <span class="scenarios__see">{texts.say(scenario.see)}</span>
                </a>
            </li>
        }
    });
    view! {
        <main class="home">
            <h1 class="home__title" id="title-scenarios" tabindex="-1">{texts.say("scenarios.title")}</h1>
            <p class="home__text">{texts.say("scenarios.text")}</p>
            <ol class="scenarios">{entries.collect_view()}</ol>
        </main>
    }
}
