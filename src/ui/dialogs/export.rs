//! Writing the events into a file, with how far it is and a way to stop.

use leptos::{prelude::*, task::spawn_local};

use super::file::Collected;
use crate::ui::held::Held;
use crate::{
    app,
    ui::{
        lean::{on_click, part, words},
        state::{PageState, PageTexts, use_page},
    },
};

/// How far an export is.
#[derive(Clone, PartialEq)]
pub(super) enum Progress {
    /// Not begun.
    Idle,
    /// Under way: events done, events in all.
    Running(u64, u64),
    /// Over, and how, in words.
    Over(String),
}

/// An export and its controls.
#[derive(Clone, Copy)]
pub(super) struct Exporter {
    page: PageState,
    state: Held<Progress>,
    stopped: StoredValue<bool>,
}

impl Exporter {
    pub(super) fn new(page: PageState) -> Self {
        Self { page, state: Held::new(Progress::Idle), stopped: StoredValue::new(false) }
    }

    /// Writes all events into a file, unless it is at that already.
    pub(super) fn start(self) {
        if matches!(self.state.get_untracked(), Progress::Running(..)) {
            return;
        }
        self.stopped.set_value(false);
        self.state.set(Progress::Running(0, 0));
        spawn_local(async move {
            let words = self.written().await;
            self.page.shell.announce(words.clone());
            self.state.set(Progress::Over(words));
        });
    }

    /// Writes the file and says how it went. Where a record is damaged, every record is written as it
    /// lies, since events behind it could not be told to be whole.
    async fn written(self) -> String {
        let (lab, file) = (self.page.lab(), Collected::default());
        let damaged = !lab.damages().is_empty();
        let progress = move |done, all| {
            self.state.set(Progress::Running(done, all));
            !self.stopped.get_value()
        };
        let outcome = if damaged {
            app::export_raw(file.taker()).await
        } else {
            lab.export(file.taker(), progress).await
        };
        let texts = self.page.shell.texts.now();
        match outcome {
            _ if self.stopped.get_value() => texts.say("export.stopped").to_owned(),
            Ok(count) if damaged => {
                file.download("hindsight-records.jsonl");
                texts.plural("refused.exported", count, &[])
            }
            Ok(count) => {
                file.download("hindsight-events.jsonl");
                texts.plural("export.done", count, &[])
            }
            Err(failure) => texts.fill("export.failed", &[("reason", &texts.failure(&failure))]),
        }
    }

    fn stop(self) {
        self.stopped.set_value(true);
    }
}

/// What is in the dialog.
#[component]
pub(in crate::ui) fn Export() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let exporter = Exporter::new(page);
    view! {
            <p class="dialog__text">{words(move || texts.get().say(text_key(page)).to_owned())}</p>
            <ExportState exporter/>
            <div class="dialog__buttons">
                <button
                    type="button"
                    class="button button--primary"
                    on:click=on_click(move || exporter.start())
                >
                    {texts.say("export.start")}
                </button>
            </div>
    }
}

fn text_key(page: PageState) -> &'static str {
    page.scan_changes.track();
    if page.lab().damages().is_empty() { "export.text" } else { "export.text_damaged" }
}

/// How far it is, with room for it from the start.
#[component]
pub(super) fn ExportState(exporter: Exporter) -> impl IntoView {
    let texts = exporter.page.shell.texts;
    let shown = move || {
        match exporter.state.get() {
        Progress::Idle => ().into_any(),
        Progress::Over(words) => view! { <p class="progress__words">{words}</p> }.into_any(),
        Progress::Running(done, all) => view! {
            <progress class="progress__bar" max=all.max(1).to_string() value=done.to_string()></progress>
            <p class="progress__words">{running_words(texts, done, all)}</p>
            <button type="button" class="button" on:click=on_click(move || exporter.stop())>
                {texts.say("page.cancel")}
            </button>
        }
        .into_any(),
    }
    };
    view! { <div class="progress">{part(shown)}</div> }
}

fn running_words(texts: PageTexts, done: u64, all: u64) -> String {
    let texts = texts.get();
    texts.fill("export.running", &[("done", &texts.count(done)), ("all", &texts.count(all))])
}
