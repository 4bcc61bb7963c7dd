//! What the page remembers of a person: language, colours, single-letter keys.

use super::language::{of_document, speak};
use crate::app::{remember, remembered, texts::Language};
use crate::ui::held::Held;
use crate::ui::{
    kept::Watched,
    late::Parts,
    playback::{Playback, Speed},
    route,
    state::{Shell, ShellState, Theme, texts_of},
};

const LANGUAGE: &str = "hindsight.language";
const THEME: &str = "hindsight.theme";
const LETTERS: &str = "hindsight.letters";
const SPEED: &str = "hindsight.speed";

/// The shell's state, made from the address, the waiting page and what is remembered.
pub(super) fn shell() -> Shell {
    let language = Held::new(of_document());
    Shell::forever(ShellState {
        language,
        texts: texts_of(language),
        missing_language: Watched::new(None),
        theme: Watched::new(
            remembered(THEME).map_or(Theme::System, |name: String| theme_of(&name)),
        ),
        letters: Watched::new(remembered(LETTERS).is_none_or(|value: String| value != "off")),
        address: Watched::new(route::current()),
        dialog: Watched::new(None),
        parts: Parts::new(),
        narrow: Watched::new(false),
        announcement: Watched::new(String::new()),
    })
}

/// Speaks another language from now on, and remembers it.
pub(super) fn choose_language(shell: Shell, language: Language) {
    speak(shell, language, move || {
        remember(LANGUAGE, &language.tag());
        route::name_language(shell, language);
    });
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
