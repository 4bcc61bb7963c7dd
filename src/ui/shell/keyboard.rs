//! Keys that work everywhere: single letters, unless somebody types or has switched them off.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::page::Phase;
use crate::ui::{
    commands::Kind,
    state::{Dialog, PageState, Pane, Shell},
};

/// Listens for keys. Returns what stops it.
pub(super) fn follow(shell: Shell, phase: RwSignal<Phase, LocalStorage>) -> WindowListenerHandle {
    window_event_listener(leptos::ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.repeat() || event.is_composing() || is_taken(shell, &event) {
            return;
        }
        let key = event.key();
        if !shell.letters.get_untracked() {
            return;
        }
        if key == "?" {
            event.prevent_default();
            shell.dialog.set(Some(Dialog::Help));
        } else if let Phase::Ready(page) = phase.get_untracked()
            && press(*page, &key)
        {
            event.prevent_default();
        }
    })
}

/// Does what a key stands for; false when it stands for nothing.
fn press(page: PageState, key: &str) -> bool {
    let kind = match key {
        "c" => Kind::Create,
        "p" => Kind::Pay,
        "s" => Kind::Ship,
        "d" => Kind::Deliver,
        "x" => Kind::Cancel,
        _ => return go(page, key),
    };
    page.desk.press(page, kind);
    true
}

fn go(page: PageState, key: &str) -> bool {
    match key {
        "m" => page.show(Pane::Commands),
        "o" => page.show(Pane::Orders),
        "l" => page.show(Pane::Log),
        "i" => page.show(Pane::Order),
        "r" => page.show(Pane::ReadModels),
        "/" => {
            page.pane.set(Pane::Log);
            request_animation_frame(|| super::focus("log-filter"));
        }
        _ => return false,
    }
    true
}

/// Whether the key belongs to somebody else: a field, or a dialog that is open.
fn is_taken(shell: Shell, event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.is_some_and(|element| {
        let name = element.tag_name();
        matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT") || element.is_content_editable()
    });
    typing || shell.dialog.get_untracked().is_some()
}
