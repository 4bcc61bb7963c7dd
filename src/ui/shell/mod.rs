//! The frame of the page: header, notices, the layout of the lab, and everything that follows the
//! person's preferences.

mod happened;
mod header;
mod keyboard;
mod language;
mod layout;
mod notices;
mod page;
mod preferences;
mod refused;
mod rescue;
mod update;

use std::time::Duration;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::app::texts;

pub(super) use language::speak;
pub(super) use notices::AllNotices;
pub(super) use page::Opener;
pub(super) use preferences::{choose_letters, choose_speed, chosen_speed};
pub(super) use refused::Refused;

/// Shows the page. A panic from here on leads to the rescue banner.
///
/// Starting the program and building the page are two turns of the browser: in one they would block
/// it for longer than 50 ms on a slow machine.
pub(super) fn start() {
    rescue::install();
    set_timeout(speak_and_mount, Duration::ZERO);
}

fn speak_and_mount() {
    spawn_local(async {
        if texts::load(language::of_document()).await { mount() } else { rescue::say_wordless() }
    });
}

fn mount() {
    if let Some(loading) = document().get_element_by_id("loading") {
        loading.remove();
    }
    leptos::mount::mount_to_body(page::Page);
}

/// Whether the element with this id has the focus.
pub(super) fn has_focus(id: &str) -> bool {
    document().active_element().is_some_and(|element| element.id() == id)
}

/// Moves the focus to the element with this id, if it is there.
pub(super) fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        // It throws for no element that is in the document.
        let _ = element.focus();
    }
}
