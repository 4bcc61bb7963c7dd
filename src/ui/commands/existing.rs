//! The commands for the selected order: one click each, other values behind a disclosure.

use leptos::prelude::*;

use super::{Desk, Kind, desk::order_of, field::Field, refusal::Refusal};
use crate::app::views::{CommandDraft, FactName};
use crate::ui::held::{Derived, Held};
use crate::ui::{
    late::{Late, late},
    lean::{mark, on_click, on_submit, part_when, truth, when, words},
    state::use_page,
};

/// All four, dashed where the decider would say no.
#[component]
pub(super) fn ExistingOrder(desk: Desk) -> impl IntoView {
    let page = use_page();
    let any_dashed = move || Kind::EXISTING.iter().any(|kind| will_be_refused(desk, *kind));
    view! {
        <div class="act act--existing">
            {Kind::EXISTING.map(|kind| view! { <Act desk kind/> }).into_view()}
            <p class="hint" class=("hint--absent", move || !any_dashed())>
                {page.shell.texts.say("commands.dashed")}
            </p>
        </div>
    }
}

fn will_be_refused(desk: Desk, kind: Kind) -> bool {
    desk.offer(kind).is_some_and(|offer| offer.refusal.is_some())
}

/// One command: its button, its values, and why it was refused.
#[component]
fn Act(desk: Desk, kind: Kind) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let open = Held::new(false);
    let order = Derived::new(move || {
        desk.offer(kind).map(|offer| order_of(&offer.draft).to_owned()).unwrap_or_default()
    });
    let running = move || desk.running.get() == Some(kind);
    let refused = Derived::new(move || will_be_refused(desk, kind));
    let hidden = move || !open.get() || order.with(String::is_empty);
    let form_id = desk.id(&format!("form-{}", kind.command()));
    let has_fields = !fields(kind).is_empty();
    view! {
        <div class="command">
            <button
                type="button"
                class="button command__send"
                id=desk.id(kind.command())
                class=("button--dashed", when(move || refused.get()))
                class=("button--running", when(running))
                disabled=when(move || order.with(String::is_empty))
                aria-busy=mark(running)
                on:click=on_click(move || desk.press(page, kind))
            >
                {texts.say(kind.name_key())}
                <span class="visually-hidden">
                    {words(move || if refused.get() {
                        format!(", {}", texts.get().say("commands.will_be_refused"))
                    } else {
                        String::new()
                    })}
                </span>
            </button>
            {has_fields.then(|| view! {
                <button
                    type="button"
                    class="command__edit"
                    aria-expanded=truth(move || open.get())
                    aria-controls=form_id.clone()
                    aria-label=words(move || {
                        let texts = texts.get();
                        format!("{}: {}", texts.say(kind.name_key()), texts.say("commands.edit"))
                    })
                    title=texts.say("commands.edit")
                    disabled=when(move || order.with(String::is_empty))
                    on:click=on_click(move || open.update(|open| *open = !*open))
                >
                    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="m4 6 4 4 4-4"/></svg>
                </button>
                <div class="command__form" id=form_id.clone() hidden=when(hidden)>
                    {part_when(move || open.get(), move || late(Late::Values(desk, kind)))}
                </div>
            })}
            <Refusal desk kind order/>
        </div>
    }
}

/// The values of one command.
#[component]
pub(in crate::ui) fn Values(desk: Desk, kind: Kind) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let problems = Derived::new(move || desk.problems(page, kind));
    let field = move |(path, name): (&'static str, FactName)| {
        let problem = move || {
            let texts = texts.get();
            problems.with(|problems| {
                let found = problems.iter().find(|problem| problem.field == path)?;
                Some(texts.problem(&found.problem))
            })
        };
        view! {
            <Field
                id=desk.field_id(kind.command(), path)
                label=move || texts.get().fact_name(name).to_owned()
                value=move || desk.draft(kind).map(|mut draft| value_of(&mut draft, path).cloned().unwrap_or_default()).unwrap_or_default()
                problem
                on_input=move |text| write(desk, kind, path, text)
                keyboard=if path == "amount" { "decimal" } else { "text" }
            />
        }
    };
    view! {
        <form class="form" novalidate on:submit=on_submit(move || desk.press(page, kind))>
            {fields(kind).iter().copied().map(field).collect_view()}
            <button type="submit" class="button">{format!("→ {}", kind.command())}</button>
        </form>
    }
}

/// The fields of a command: path and name.
fn fields(kind: Kind) -> &'static [(&'static str, FactName)] {
    match kind {
        Kind::Create | Kind::Deliver => &[],
        Kind::Pay => &[("payment_id", FactName::PaymentId), ("amount", FactName::Amount)],
        Kind::Ship => {
            &[("tracking_number", FactName::TrackingNumber), ("carrier", FactName::Carrier)]
        }
        Kind::Cancel => &[("reason", FactName::Reason)],
    }
}

fn value_of<'a>(draft: &'a mut CommandDraft, path: &str) -> Option<&'a mut String> {
    match (draft, path) {
        (CommandDraft::ConfirmPayment { payment_id, .. }, "payment_id") => Some(payment_id),
        (CommandDraft::ConfirmPayment { amount, .. }, "amount") => Some(amount),
        (CommandDraft::ShipOrder { tracking_number, .. }, "tracking_number") => {
            Some(tracking_number)
        }
        (CommandDraft::ShipOrder { carrier, .. }, "carrier") => Some(carrier),
        (CommandDraft::CancelOrder { reason, .. }, "reason") => Some(reason),
        _ => None,
    }
}

fn write(desk: Desk, kind: Kind, path: &str, text: String) {
    let Some(mut draft) = untrack(|| desk.draft(kind)) else { return };
    if let Some(value) = value_of(&mut draft, path) {
        *value = text;
        desk.edit(draft);
    }
}
