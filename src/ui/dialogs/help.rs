//! The keys, and what is real on this page.

use leptos::prelude::*;

use crate::ui::{
    lean::{on_event, when},
    shell::choose_letters,
    state::use_shell,
};

/// What each single letter does.
const LETTERS: [(&str, &str); 15] = [
    ("c", "help.key_create"),
    ("p", "help.key_pay"),
    ("s", "help.key_ship"),
    ("d", "help.key_deliver"),
    ("x", "help.key_cancel"),
    ("m", "help.key_commands"),
    ("o", "help.key_orders"),
    ("l", "help.key_log"),
    ("/", "help.key_filter"),
    ("i", "help.key_order"),
    ("r", "help.key_models"),
    ("t", "help.key_table"),
    ("k", "help.key_skip"),
    ("n", "help.key_mark"),
    ("?", "help.key_help"),
];

/// Keys that always work.
const OTHERS: [(&str, &str); 5] = [
    ("help.space", "help.key_play"),
    ("← →", "help.key_step"),
    ("Home End", "help.key_ends"),
    ("Tab", "help.key_tab"),
    ("Esc", "help.key_escape"),
];

/// What is in the dialog.
#[component]
pub(in crate::ui) fn Help() -> impl IntoView {
    let shell = use_shell();
    let texts = shell.texts;
    let row = move |(key, meaning): (&'static str, &'static str)| {
        view! {
            <div class="keys__row">
                <dt class="keys__key"><kbd>{texts.say(key)}</kbd></dt>
                <dd class="keys__meaning">{texts.say(meaning)}</dd>
            </div>
        }
    };
    view! {
            <label class="switch">
                <input
                    type="checkbox"
                    class="switch__box"
                    prop:checked=when(move || shell.letters.get())
                    on:change=on_event(move |event| choose_letters(shell, event_target_checked(&event)))
                />
                <span class="switch__words">
                    {texts.say("help.singles_on")}
                    <small class="switch__hint">{texts.say("help.singles")}</small>
                </span>
            </label>
            <dl class="keys" class=("keys--off", move || !shell.letters.get())>
                {LETTERS.map(row).into_view()}
            </dl>
            <dl class="keys">{OTHERS.map(row).into_view()}</dl>
            <h3 class="dialog__subtitle">{texts.say("help.real")}</h3>
            <p class="dialog__text">{texts.say("help.real_text")}</p>
    }
}
