//! An address that leads nowhere.

use leptos::prelude::*;

use crate::ui::{lean::words, state::use_texts};

/// What the address was, and the way out.
#[component]
pub(in crate::ui) fn Unknown(address: String) -> impl IntoView {
    let texts = use_texts();
    let address = format!("#{address}");
    view! {
        <main class="message">
            <h1 class="message__title" id="title-unknown" tabindex="-1">{texts.say("unknown.title")}</h1>
            <p class="message__text">
                {words(move || texts.get().fill("unknown.text", &[("address", &address)]))}
            </p>
            <a class="button button--primary" href="#/lab">{texts.say("unknown.home")}</a>
        </main>
    }
}
