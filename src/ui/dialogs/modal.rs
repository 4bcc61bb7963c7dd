//! A modal dialog: opened by the shell's state, closed by Esc, by its button, or by what it does. What is in it
//! comes when it is first opened.

use leptos::{html, prelude::*};

use crate::ui::lean::effect;
use crate::ui::{
    late::{Late, late},
    lean::{on_click, on_event, part_since},
    state::{Dialog, use_shell},
};

/// The frame of a dialog. The browser keeps the focus inside and gives it back.
#[component]
pub(super) fn Modal(
    /// Which.
    dialog: Dialog,
    /// The key of its title.
    title_key: &'static str,
) -> impl IntoView {
    let shell = use_shell();
    let texts = shell.texts;
    let element = NodeRef::<html::Dialog>::new();
    effect(move || {
        let wanted = shell.dialog.get() == Some(dialog);
        let Some(element) = element.get() else { return };
        if wanted && !element.open() {
            // It throws only for a dialog that is open already.
            let _ = element.show_modal();
        } else if !wanted && element.open() {
            element.close();
        }
    });
    let title_id = format!("dialog-{title_key}");
    let labelled_by = title_id.clone();
    let closed = move |_| {
        if shell.dialog.get_untracked() == Some(dialog) {
            shell.dialog.set(None);
        }
    };
    view! {
        <dialog class="dialog" node_ref=element aria-labelledby=labelled_by on:close=on_event(closed)>
            <header class="dialog__head">
                <h2 class="dialog__title" id=title_id tabindex="-1" autofocus>{texts.say(title_key)}</h2>
                <button
                    type="button"
                    class="dialog__close"
                    aria-label=texts.say("page.close")
                    on:click=on_click(move || shell.dialog.set(None))
                >
                    "×"
                </button>
            </header>
            {part_since(move || shell.dialog.get() == Some(dialog), move || late(Late::Dialog(dialog)))}
        </dialog>
    }
}
