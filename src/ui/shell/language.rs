//! Speaking a language: its words are fetched before.

use leptos::{prelude::*, task::spawn_local};

use crate::app::texts::{Language, load};
use crate::ui::state::Shell;

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
            shell.language.set(language);
            then();
        } else {
            let values = [("language", language.name())];
            shell.announce(shell.texts.now().fill("page.language_missing", &values));
        }
    });
}
