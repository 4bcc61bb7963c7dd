//! The commands pane: what somebody can want, ready to send, and refusals where they were caused.

mod create;
mod desk;
mod existing;
mod field;
mod items;
mod kind;
mod people;
mod refusal;
mod selected;

use leptos::prelude::*;

pub(super) use create::{CreateButton, CreateProblems, NewOrder};
pub(super) use desk::Desk;
pub(super) use existing::Values;
pub(super) use kind::Kind;
pub(super) use people::TWO;

use self::people::{People, SecondPerson};
use super::state::{Pane, use_texts};

/// The pane.
#[component]
pub(super) fn Commands() -> impl IntoView {
    let texts = use_texts();
    view! {
        <header class="pane__head">
            <h2 class="pane__title" id=Pane::Commands.title_id() tabindex="-1">
                {texts.say(Pane::Commands.name_key())}
            </h2>
        </header>
        <People/>
        <SecondPerson/>
    }
}
