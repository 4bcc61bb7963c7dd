//! Why a command was not accepted, where it was sent from.

use leptos::prelude::*;

use super::{Desk, Kind};
use crate::app::views::Ending;
use crate::ui::held::Derived;
use crate::ui::{
    lean::{next_frame, on_click, part},
    shell::focus,
    state::use_page,
};

/// The refusal of this kind of command for this order; nothing when there is none. Who met a conflict
/// can look again here, and the focus goes back to the command.
#[component]
pub(super) fn Refusal(desk: Desk, kind: Kind, order: Derived<String>) -> impl IntoView {
    let page = use_page();
    let told = move || {
        let texts = page.shell.texts.get();
        Some(match desk.refusal(kind, &order.get())? {
            Ending::Conflict { seen, actual } => (true, texts.conflict(seen, actual)),
            Ending::Rejected { rejection } => (false, texts.rejection(&rejection)),
            Ending::Failed(failure) => (false, texts.failure(&failure)),
            Ending::Contended { attempts } => {
                (false, texts.plural("refusal.contended", u64::from(attempts), &[]))
            }
            // The fields follow what is typed, and so does the word about them.
            Ending::Invalid { .. } => (
                false,
                match desk.problems(page, kind).as_slice() {
                    [] => texts.say("refusal.mended").to_owned(),
                    [only] => texts.problem(&only.problem),
                    several => texts.plural("refusal.fields", several.len() as u64, &[]),
                },
            ),
            Ending::Killed => (false, texts.say("refusal.killed").to_owned()),
            Ending::Accepted { .. } | Ending::AlreadySo { .. } => return None,
        })
    };
    let look_again = move || {
        desk.look_again(page);
        let button = desk.id(kind.command());
        next_frame(move || focus(&button));
    };
    let texts = page.shell.texts;
    view! {
        {part(move || told().map(|(is_conflict, words)| view! {
            <div class="refusal">
                <strong class="refusal__title">
                    {texts.say(if is_conflict { "commands.conflict" } else { "commands.refused" })}
                </strong>
                <p class="refusal__words" dir="auto">{words}</p>
                {is_conflict.then(|| view! {
                    <button type="button" class="button" id=desk.look_id(kind) on:click=on_click(look_again)>
                        {texts.say("commands.look_again")}
                    </button>
                })}
            </div>
        }))}
    }
}
