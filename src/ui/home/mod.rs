//! The views beside the lab: home, the list of scenarios, and an address that leads nowhere.

mod scenarios;
mod unknown;

use leptos::prelude::*;

use crate::ui::state::use_texts;

pub(super) use scenarios::Scenarios;
pub(super) use unknown::Unknown;

/// What this is, what is real in it, and three doors.
#[component]
pub(super) fn Home() -> impl IntoView {
    let texts = use_texts();
    let door =
        move |href: &'static str, kind: &'static str, title: &'static str, text: &'static str| {
            view! {
                <li>
                    <a class=format!("door door--{kind}") href=href>
                        <span class="door__title">{texts.say(title)}</span>
                        <span class="door__text">{texts.say(text)}</span>
                    </a>
                </li>
            }
        };
    let part = move |title: &'static str, text: &'static str| {
        view! {
            <div class="home__part">
                <h2 class="home__subtitle">{texts.say(title)}</h2>
                <p>{texts.say(text)}</p>
            </div>
        }
    };
    view! {
        <main class="home">
            <h1 class="home__title" id="title-home" tabindex="-1">{texts.say("home.title")}</h1>
            <p class="home__text">{texts.say("home.text")}</p>
            <ul class="home__doors">
                {door("#/s/1?play", "event", "home.watch", "home.watch_text")}
                {door("#/s/29", "bad", "home.break", "home.break_text")}
                {door("#/lab/new", "command", "home.lab", "home.lab_text")}
            </ul>
            <p><a href="#/scenarios">{texts.say("home.all")}</a></p>
            <div class="home__parts">
                {part("home.real", "home.real_text")}
                {part("home.simulated", "home.simulated_text")}
            </div>
        </main>
    }
}
