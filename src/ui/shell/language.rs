//! Speaking a language: its words are fetched before, and where they cannot be, a notice says so.

use leptos::{prelude::*, task::spawn_local};

use super::preferences::choose_language;
use crate::app::texts::{Language, load};
use crate::ui::{
    lean::{on_click, part},
    state::{Shell, use_shell},
};

/// The language of the waiting page, which index.html chose: by the address, by what is remembered, or
/// by the browser.
pub(super) fn of_document() -> Language {
    let root = document().document_element();
    let tag = root.and_then(|root| root.get_attribute("lang")).unwrap_or_default();
    Language::of_tag(&tag).unwrap_or_default()
}

/// Speaks this language from now on, and then does something. Where its words cannot be fetched, the
/// page says so and speaks on as before.
pub(in crate::ui) fn speak(shell: Shell, language: Language, then: impl FnOnce() + 'static) {
    spawn_local(async move {
        if load(language).await {
            shell.missing_language.set(None);
            shell.language.set(language);
            then();
        } else {
            shell.missing_language.set(Some(language));
        }
    });
}

/// Says which language could not be fetched, until it is there or nobody wants it any more.
#[component]
pub(super) fn LanguageNotice() -> impl IntoView {
    let shell = use_shell();
    let texts = shell.texts;
    let notice = move |language: Language| {
        let said = texts.get().fill("page.language_missing", &[("language", language.name())]);
        view! {
            <div class="notice" role="alert">
                <p class="notice__text">{said}</p>
                <div class="notice__buttons">
                    <button
                        type="button"
                        class="button"
                        on:click=on_click(move || choose_language(shell, language))
                    >
                        {texts.say("page.try_again")}
                    </button>
                    <button
                        type="button"
                        class="button"
                        on:click=on_click(move || shell.missing_language.set(None))
                    >
                        {texts.say("page.dismiss")}
                    </button>
                </div>
            </div>
        }
    };
    view! { {part(move || shell.missing_language.get().map(notice))} }
}
