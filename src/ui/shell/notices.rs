//! What somebody must know before they go on: nothing is kept, or something is damaged.

use leptos::{prelude::*, task::spawn_local};

use super::focus;

use crate::app::{Storage, views::Restored};
use crate::ui::held::{Derived, Held};
use crate::ui::{
    late::{Late, late},
    lean::{on_click, part, part_when, words},
    state::{Dialog, PageState, use_page},
};

/// The place of the notices about the data. They come later, where there is one.
#[component]
pub(super) fn Notices() -> impl IntoView {
    let page = use_page();
    let is_in_memory = matches!(page.storage.get_value(), Storage::MemoryOnly { .. });
    let any = move || {
        page.scan_changes.track();
        page.log_changes.track();
        let restored = page.restored.get();
        is_in_memory
            || page.elsewhere.get()
            || restored.is_some_and(|it| !matches!(it, Restored::Whole { .. }))
            || !page.lab().damages().is_empty()
    };
    part_when(any, || late(Late::Notices))
}

/// All notices about the data.
#[component]
pub fn AllNotices() -> impl IntoView {
    let page = use_page();
    let cause = match page.storage.get_value() {
        Storage::MemoryOnly { cause } => Some(cause),
        Storage::IndexedDb => None,
    };
    view! {
        {cause.map(|cause| view! { <MemoryOnly cause/> })}
        <Damages/>
        <NewTape/>
        <KeptElsewhere/>
    }
}

/// Why the run before the reload cannot be shown again, where it cannot.
#[component]
fn NewTape() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let said = move || match page.restored.get()? {
        Restored::Whole { .. } => None,
        Restored::Differs { position } => {
            let position = texts.get().count(position);
            Some(texts.get().fill("tape.differs", &[("position", &position)]))
        }
        Restored::Unreadable { why } => {
            let reason = texts.get().unplayable(&why);
            Some(texts.get().fill("tape.unreadable", &[("reason", &reason)]))
        }
        Restored::Skipped => Some(texts.get().say("tape.skipped").to_owned()),
        Restored::BranchUnreadable { number, why } => {
            let reason = texts.get().unplayable(&why);
            let number = texts.get().count(u64::from(number));
            let values = [("number", number.as_str()), ("reason", reason.as_str())];
            Some(texts.get().fill("tape.branch_unreadable", &values))
        }
    };
    view! {
        {part(move || said().map(|said| view! {
            <div class="notice" role="status">
                <p class="notice__text">{said}</p>
                <div class="notice__buttons">
                    <button
                        type="button"
                        class="button"
                        on:click=on_click(move || page.restored.set(None))
                    >
                        {texts.say("page.dismiss")}
                    </button>
                </div>
            </div>
        }))}
    }
}

/// Another tab keeps the tapes.
#[component]
fn KeptElsewhere() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let failed = Held::new(false);
    view! {
        {part_when(move || page.elsewhere.get(), move || view! {
            <div class="notice" role="status">
                <p class="notice__text">
                    <strong>{texts.say("tape.elsewhere_title")}</strong>
                    " "
                    {texts.say("tape.elsewhere_text")}
                </p>
                {part_when(move || failed.get(), move || view! {
                    <p class="notice__text" role="alert">{texts.say("tape.not_taken_over")}</p>
                })}
                <div class="notice__buttons">
                    <button type="button" class="button" on:click=on_click(move || take_over(page, failed))>
                        {texts.say("tape.take_over")}
                    </button>
                </div>
            </div>
        })}
    }
}

/// Keeps the tapes from now on, and says that it does or could not: a browser may refuse the lock.
fn take_over(page: PageState, failed: Held<bool>) {
    failed.set(false);
    spawn_local(async move {
        page.lab().take_over_tape().await;
        if page.lab().is_kept_elsewhere() {
            failed.set(true);
        } else {
            page.shell.announce(page.shell.texts.now().say("tape.taken_over").to_owned());
            focus("title-view");
        }
    });
}

#[component]
fn MemoryOnly(cause: String) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    view! {
        <div class="notice notice--loud" role="alert">
            <p class="notice__text">
                <strong>{texts.say("storage.memory_title")}</strong>
                " "
                {words(move || texts.get().fill("storage.memory_text", &[("cause", &cause)]))}
            </p>
            <div class="notice__buttons">
                <button
                    type="button"
                    class="button"
                    on:click=on_click(move || page.shell.dialog.set(Some(Dialog::Export)))
                >
                    {texts.say("storage.export")}
                </button>
            </div>
        </div>
    }
}

/// The records that cannot be read, by name.
#[component]
fn Damages() -> impl IntoView {
    let page = use_page();
    let shell = page.shell;
    let texts = shell.texts;
    let damages = Derived::new(move || {
        page.scan_changes.track();
        page.log_changes.track();
        page.lab().damages()
    });
    let count = move || damages.with(Vec::len) as u64;
    let named = move || {
        let texts = texts.get();
        let first = damages.get().into_iter().take(3);
        first.map(|damage| view! { <li dir="auto">{texts.damage(&damage)}</li> }).collect_view()
    };
    view! {
        {part_when(move || { count() > 0 }, move || view! {
            <div class="notice notice--bad" role="alert">
                <div class="notice__text">
                    <strong>{words(move || texts.get().plural("damage.title", count(), &[]))}</strong>
                    " "
                    {texts.say("damage.text")}
                    <ul class="notice__list">{part(named)}</ul>
                </div>
                <div class="notice__buttons">
                    <button
                        type="button"
                        class="button"
                        on:click=on_click(move || shell.dialog.set(Some(Dialog::Export)))
                    >
                        {texts.say("page.menu_export")}
                    </button>
                    <button
                        type="button"
                        class="button"
                        on:click=on_click(move || shell.dialog.set(Some(Dialog::StartOver)))
                    >
                        {texts.say("page.menu_start_over")}
                    </button>
                </div>
            </div>
        })}
    }
}
