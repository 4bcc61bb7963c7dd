//! The page when the database is refused: what is the matter, and what somebody can do.

use leptos::{prelude::*, task::spawn_local};

use super::page::Opener;
use crate::app::{self, Refusal};
use crate::ui::held::Held;
use crate::ui::{
    dialogs::file::Collected,
    kept::Kept,
    lean::{on_click, words},
    state::{PageTexts, use_shell},
};

/// Cause and next steps.
#[component]
pub(in crate::ui) fn Refused(refusal: Kept<Refusal>, opener: Opener) -> impl IntoView {
    let texts = use_shell().texts;
    let outcome = Held::new(String::new());
    let held = *refusal == Refusal::HeldByOtherTab;
    let newer = matches!(*refusal, Refusal::NewerSchema { .. });
    let (title, text) = (title_key(&refusal), move || text_of(texts, &refusal));
    view! {
            <h1 class="message__title" id="title-view" tabindex="-1">{texts.say(title)}</h1>
            <p class="message__text">{words(text)}</p>
            <div class="message__buttons">
                {(!newer).then(|| view! {
                    <button
                        type="button"
                        class="button button--primary"
                        on:click=on_click(move || opener.open())
                    >
                        {texts.say("page.try_again")}
                    </button>
                })}
                {newer.then(|| view! {
                    <button type="button" class="button button--primary" on:click=on_click(reload)>
                        {texts.say("page.reload")}
                    </button>
                })}
                {(!held).then(|| view! {
                    <button type="button" class="button" on:click=on_click(move || export(texts, outcome))>
                        {texts.say("refused.export")}
                    </button>
                    <button
                        type="button"
                        class="button button--danger"
                        on:click=on_click(move || {
                            app::start_fresh();
                            opener.open();
                        })
                    >
                        {texts.say("refused.start_over")}
                    </button>
                })}
            </div>
            <p class="message__outcome" role="status">{words(move || outcome.get())}</p>
    }
}

fn title_key(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NewerSchema { .. } => "refused.newer_title",
        Refusal::HeldByOtherTab => "refused.held_title",
        Refusal::Other { .. } => "refused.other_title",
    }
}

fn text_of(texts: PageTexts, refusal: &Refusal) -> String {
    let texts = texts.get();
    match refusal {
        Refusal::NewerSchema { found, known } => texts.fill(
            "refused.newer_text",
            &[("found", &found.to_string()), ("known", &known.to_string())],
        ),
        Refusal::HeldByOtherTab => texts.say("refused.held_text").to_owned(),
        Refusal::Other { cause } => texts.fill("refused.other_text", &[("cause", cause)]),
    }
}

fn reload() {
    // A page that cannot reload stays as it is.
    let _ = window().location().reload();
}

fn export(texts: PageTexts, outcome: Held<String>) {
    spawn_local(async move {
        let file = Collected::default();
        let said = match app::export_raw(file.taker()).await {
            Ok(count) => {
                file.download("hindsight-records.jsonl");
                texts.now().plural("refused.exported", count, &[])
            }
            Err(failure) => {
                texts.now().fill("export.failed", &[("reason", &texts.now().failure(&failure))])
            }
        };
        outcome.set(said);
    });
}
