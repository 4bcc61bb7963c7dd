//! Why a command was not accepted, where it was sent from.

use leptos::prelude::*;

use super::Kind;
use crate::app::views::Ending;
use crate::ui::held::Derived;
use crate::ui::{lean::part, state::use_page};

/// The refusal of this kind of command for this order; nothing when there is none.
#[component]
pub(super) fn Refusal(kind: Kind, order: Derived<String>) -> impl IntoView {
    let page = use_page();
    let words = move || {
        let texts = page.shell.texts.get();
        Some(match page.desk.refusal(kind, &order.get())? {
            Ending::Rejected { rejection } => texts.rejection(&rejection),
            Ending::Failed(failure) => texts.failure(&failure),
            Ending::Conflict { seen, actual } => texts.conflict(seen, actual),
            Ending::Contended { attempts } => {
                texts.plural("refusal.contended", u64::from(attempts), &[])
            }
            // The fields follow what is typed, and so does the word about them.
            Ending::Invalid { .. } => match page.desk.problems(page, kind).as_slice() {
                [] => texts.say("refusal.mended").to_owned(),
                [only] => texts.problem(&only.problem),
                several => texts.plural("refusal.fields", several.len() as u64, &[]),
            },
            Ending::Killed => texts.say("refusal.killed").to_owned(),
            Ending::Accepted { .. } | Ending::AlreadySo { .. } => return None,
        })
    };
    view! {
        {part(move || words().map(|words| view! {
            <div class="refusal">
                <strong class="refusal__title">{page.shell.texts.say("commands.refused")}</strong>
                <p class="refusal__words" dir="auto">{words}</p>
            </div>
        }))}
    }
}
