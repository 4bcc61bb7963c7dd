//! How often something goes wrong with requests to services, and how slow what is slow gets.

use leptos::prelude::*;

use crate::{
    app::{
        texts::Texts,
        views::{Amounts, FaultAt},
    },
    ui::{
        held::Held,
        lean::{on_event, part},
    },
};

/// How often, by its word on the tape, and the words for it.
const OFTEN: [(&str, &str); 3] = [
    ("next", "sagas.often.next"),
    ("always", "picture.times.always"),
    ("chance", "picture.times.chance"),
];

/// How much later what is slow comes, while nobody says otherwise.
const SLOW_MS: u32 = 5_000;

/// The amounts that can be chosen: the words on each, and the most that is taken.
const FIELDS: [(&str, u32); 3] = [
    ("picture.amount.times", Amounts::MAX),
    ("picture.amount.percent", 100),
    ("picture.amount.slow", Amounts::MAX),
];

/// What somebody chose.
#[derive(Clone, Copy)]
pub(super) struct Often {
    word: Held<&'static str>,
    amounts: Held<Amounts>,
}

impl Often {
    /// The next time, while nobody chooses.
    pub(super) fn new() -> Self {
        let amounts = Amounts { slow_ms: SLOW_MS, ..Amounts::default() };
        Self { word: Held::new(OFTEN[0].0), amounts: Held::new(amounts) }
    }

    /// A fault that waits as it is chosen.
    pub(super) fn fault(self, point: &'static str, fault: &'static str) -> (FaultAt, Amounts) {
        let amounts = self.amounts.get_untracked();
        (FaultAt::chosen((point, fault), self.word.get_untracked(), amounts), amounts)
    }

    /// The fields: of the amounts, those that count.
    pub(super) fn fields(self, texts: Texts) -> impl IntoView {
        let word = self.word.get_untracked();
        let options = OFTEN.map(|(value, key)| {
            let chosen = value == word;
            view! { <option value=value selected=chosen>{texts.say(key)}</option> }
        });
        let choose = on_event(move |event| {
            let value = event_target_value(&event);
            if let Some((word, _)) = OFTEN.into_iter().find(|(word, _)| *word == value) {
                self.word.set(word);
            }
        });
        let counted = move || match self.word.get() {
            "next" => self.number(texts, 0),
            "chance" => self.number(texts, 1),
            _ => ().into_any(),
        };
        view! {
            <div class="sagas__often">
                <label class="field">
                    <span class="field__label">{texts.say("sagas.often")}</span>
                    <select class="field__input" on:change=choose>{options.into_view()}</select>
                </label>
                {part(counted)}
                {self.number(texts, 2)}
            </div>
        }
    }

    /// What is no number is left as it was.
    fn number(self, texts: Texts, index: usize) -> AnyView {
        let (key, max) = FIELDS[index];
        let now = self.amounts.get_untracked();
        let value = [now.times, now.percent, now.slow_ms][index];
        let typed = on_event(move |event| {
            let Ok(value) = event_target_value(&event).parse::<u32>() else { return };
            let value = value.clamp(1, max);
            self.amounts.update(|amounts| match index {
                0 => amounts.times = value,
                1 => amounts.percent = value,
                _ => amounts.slow_ms = value,
            });
        });
        view! {
            <label class="field">
                <span class="field__label">{texts.say(key)}</span>
                <input
                    class="field__input"
                    type="number"
                    min="1"
                    max=max.to_string()
                    value=value.to_string()
                    on:input=typed
                />
            </label>
        }
        .into_any()
    }
}
