//! Starting over: what will be gone, a way to keep it, and a way back.

use leptos::{prelude::*, task::spawn_local};

use super::export::{ExportState, Exporter};
use crate::app::{
    route::Route,
    views::{Failure, LogFilter},
};
use crate::ui::held::Held;
use crate::ui::{
    lean::{on_click, words},
    route,
    state::{PageState, use_page},
};

/// What is in the dialog.
#[component]
pub(in crate::ui) fn StartOver() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let exporter = Exporter::new(page);
    let failure = Held::new(None::<Failure>);
    let events = move || {
        page.log_changes.track();
        let count = page.lab().log_length(&LogFilter::default());
        texts.get().plural("count.events", count, &[])
    };
    let failed = move || {
        let texts = texts.get();
        let reason = failure.get().map(|failure| texts.failure(&failure));
        reason.map(|reason| texts.fill("over.failed", &[("reason", &reason)])).unwrap_or_default()
    };
    view! {
            <p class="dialog__text">{texts.say("over.text")}</p>
            <ul class="dialog__list">
                <li>{words(events)}</li>
                <li>{texts.say("over.models")}</li>
            </ul>
            <p class="dialog__text">{texts.say("over.undo_hint")}</p>
            <ExportState exporter/>
            <p class="field__problem" role="alert">{words(failed)}</p>
            <div class="dialog__buttons">
                <button type="button" class="button" on:click=on_click(move || exporter.start())>
                    {texts.say("over.export")}
                </button>
                <button
                    type="button"
                    class="button button--danger"
                    on:click=on_click(move || start_over(page, failure))
                >
                    {texts.say("over.start")}
                </button>
            </div>
    }
}

fn start_over(page: PageState, failure: Held<Option<Failure>>) {
    spawn_local(async move {
        let outcome = page.lab().start_over().await;
        if outcome.is_ok() {
            page.shell.dialog.set(None);
            page.undo.set(true);
            page.shell.announce(page.shell.texts.now().say("over.done").to_owned());
            route::go(page.shell, Route::Lab { order: None });
        }
        failure.set(outcome.err());
    });
}

/// What is in the toast: what was done, and a way back. It stays until somebody dismisses it.
#[component]
pub(in crate::ui) fn Undo() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let failure = Held::new(None::<Failure>);
    let said = move || {
        let texts = texts.get();
        match failure.get() {
            None => texts.say("over.done").to_owned(),
            Some(failure) => {
                texts.fill("over.undo_failed", &[("reason", &texts.failure(&failure))])
            }
        }
    };
    view! {
                <p class="toast__words">{words(said)}</p>
                <button type="button" class="button" on:click=on_click(move || undo(page, failure))>
                    {texts.say("over.undo")}
                </button>
                <button
                    type="button"
                    class="dialog__close"
                    aria-label=texts.say("page.dismiss")
                    on:click=on_click(move || page.undo.set(false))
                >
                    "×"
                </button>
    }
}

fn undo(page: PageState, failure: Held<Option<Failure>>) {
    spawn_local(async move {
        let outcome = page.lab().undo_start_over().await;
        if outcome.is_ok() {
            page.undo.set(false);
            page.shell.announce(page.shell.texts.now().say("over.undone").to_owned());
        }
        failure.set(outcome.err());
    });
}
