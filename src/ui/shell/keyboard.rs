//! Keys that work everywhere: single letters, unless somebody types or has switched them off.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::page::Phase;
use crate::ui::held::Held;
use crate::ui::lean::next_frame;
use crate::ui::{
    commands::Kind,
    playback::Playback,
    state::{Dialog, PageState, Pane, Shell},
    transport::open_marks,
};

/// Listens for keys. Returns what stops it.
pub(super) fn follow(shell: Shell, phase: Held<Phase>) -> WindowListenerHandle {
    window_event_listener(leptos::ev::keydown, move |event| {
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if modified || event.is_composing() || is_taken(shell, &event) {
            return;
        }
        let key = event.key();
        if let Phase::Ready(page) = phase.get_untracked()
            && move_in_time(page.playback, &event)
        {
            return event.prevent_default();
        }
        if event.repeat() {
            return;
        }
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

/// What keys do that are no letters; false when there is no run, or the key means something to the element
/// that has the focus.
fn move_in_time(playback: Playback, event: &KeyboardEvent) -> bool {
    let key = event.key();
    let needs = match key.as_str() {
        " " => "input, button, a, summary, [role=grid], [role=treegrid]",
        "ArrowLeft" | "ArrowRight" | "Home" | "End" => {
            "input, [role=tab], [role=grid], [role=treegrid], pre"
        }
        _ => return false,
    };
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_needed = target.is_some_and(|target| matches!(target.closest(needs), Ok(Some(_))));
    if is_needed || playback.run.get_untracked() == 0 {
        return false;
    }
    match key.as_str() {
        " " if event.repeat() => {}
        " " => playback.toggle(),
        "ArrowLeft" => playback.step_back(),
        "ArrowRight" => playback.step(),
        "Home" => playback.to_start(),
        _ => playback.to_end(),
    }
    true
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
    page.acting_desk().press(page, kind);
    true
}

fn go(page: PageState, key: &str) -> bool {
    match key {
        "t" if page.playback.run.get_untracked() > 0 => {
            page.playback.table.update(|shown| *shown = !*shown);
        }
        "k" if page.playback.run.get_untracked() > 0 => page.playback.skip(),
        "n" if page.playback.run.get_untracked() > 0 => open_marks(),
        "m" => page.show(Pane::Commands),
        "o" => page.show(Pane::Orders),
        "l" => page.show(Pane::Log),
        "i" => page.show(Pane::Order),
        "r" => page.show(Pane::ReadModels),
        "/" => {
            page.pane.set(Pane::Log);
            next_frame(|| super::focus("log-filter"));
        }
        _ => return false,
    }
    true
}

/// Whether the key belongs to somebody else: a field, or a dialog that is open.
fn is_taken(shell: Shell, event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let typing = target.is_some_and(|element| {
        let takes_no_letters = "[type=range], [type=checkbox]";
        let takes_letters = !element.matches(takes_no_letters).unwrap_or(false);
        let name = element.tag_name();
        matches!(name.as_str(), "INPUT" | "TEXTAREA" | "SELECT") && takes_letters
            || element.is_content_editable()
    });
    typing || shell.dialog.get_untracked().is_some()
}
