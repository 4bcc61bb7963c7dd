//! What the page remembers of a person: language, colours, single-letter keys.

use leptos::prelude::*;

use crate::app::{remember, remembered, texts::Language};
use crate::ui::{
    playback::{Playback, Speed},
    route,
    state::{Shell, Theme, texts_of},
};

const LANGUAGE: &str = "hindsight.language";
const THEME: &str = "hindsight.theme";
const LETTERS: &str = "hindsight.letters";
const SPEED: &str = "hindsight.speed";

/// The shell's state, made from the address, what is remembered, and the browser's wishes.
pub(super) fn shell() -> Shell {
    let address = route::current();
    let language = address.language.or_else(remembered_language).unwrap_or_else(browser_language);
    let language = RwSignal::new(language);
    Shell {
        language,
        texts: texts_of(language),
        theme: RwSignal::new(
            remembered(THEME).map_or(Theme::System, |name: String| theme_of(&name)),
        ),
        letters: RwSignal::new(remembered(LETTERS).is_none_or(|value: String| value != "off")),
        address: RwSignal::new(address),
        dialog: RwSignal::new(None),
        narrow: RwSignal::new(false),
        announcement: RwSignal::new(String::new()),
    }
}

/// Speaks another language from now on, and remembers it.
pub(super) fn choose_language(shell: Shell, language: Language) {
    remember(LANGUAGE, &language.tag());
    shell.language.set(language);
    route::name_language(shell, language);
}

/// Shows other colours from now on, and remembers them.
pub(super) fn choose_theme(shell: Shell, theme: Theme) {
    remember(THEME, &theme_name(theme));
    shell.theme.set(theme);
}

/// Switches single-letter keys on or off, and remembers it.
pub(in crate::ui) fn choose_letters(shell: Shell, on: bool) {
    remember(LETTERS, &if on { "on" } else { "off" });
    shell.letters.set(on);
}

/// How fast moments go by, as somebody chose it before.
pub(in crate::ui) fn chosen_speed() -> Speed {
    let name: String = remembered(SPEED).unwrap_or_default();
    Speed::ALL.into_iter().find(|speed| speed.name() == name).unwrap_or_default()
}

/// Lets moments go by at another speed from now on, and remembers it.
pub(in crate::ui) fn choose_speed(playback: Playback, speed: Speed) {
    remember(SPEED, &speed.name());
    playback.speed.set(speed);
}

/// The name of a theme, as the style sheet and the memory know it.
pub(super) fn theme_name(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn theme_of(name: &str) -> Theme {
    match name {
        "light" => Theme::Light,
        "dark" => Theme::Dark,
        _ => Theme::System,
    }
}

fn remembered_language() -> Option<Language> {
    Language::of_tag(&remembered::<String>(LANGUAGE)?)
}

fn browser_language() -> Language {
    let tags: Vec<String> =
        window().navigator().languages().iter().filter_map(|tag| tag.as_string()).collect();
    Language::preferred(tags.iter().map(String::as_str))
}
