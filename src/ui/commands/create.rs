//! Creating an order: one button, and a form for who wants other values.

use leptos::prelude::*;

use super::{Desk, Kind, field::Field, items::Items, refusal::Refusal};
use crate::app::{draft_total, views::FieldProblem};
use crate::ui::held::Derived;
use crate::ui::{
    late::{Late, late},
    lean::{is_open, mark, on_click, on_event, on_submit, part_when, when, words},
    state::{PageState, use_page},
};

/// What is wrong with the new order, made once for all of its fields.
#[derive(Clone, Copy)]
pub struct CreateProblems(Derived<Vec<FieldProblem>>);

impl CreateProblems {
    /// What is wrong with the field at a path, in words.
    pub(super) fn at(self, page: PageState, path: &str) -> Option<String> {
        let texts = page.shell.texts.get();
        self.0.with(|problems| {
            let found = problems.iter().find(|problem| problem.field == path)?;
            Some(texts.problem(&found.problem))
        })
    }
}

/// The button that creates an order with the values of now.
#[component]
pub(crate) fn CreateButton(desk: Desk) -> impl IntoView {
    let page = use_page();
    let running = move || desk.running.get() == Some(Kind::Create);
    view! {
        <button
            type="button"
            class="button button--primary"
            class=("button--running", when(running))
            aria-busy=mark(running)
            on:click=on_click(move || desk.press(page, Kind::Create))
        >
            {page.shell.texts.say("commands.create")}
        </button>
    }
}

/// The button, why it was refused, and the form behind a disclosure.
#[component]
pub(super) fn CreateForm(desk: Desk) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let problems = CreateProblems(Derived::new(move || desk.problems(page, Kind::Create)));
    let order = Derived::new(move || desk.new_order.with(|draft| draft.order.clone()));
    view! {
        <div class="act act--create">
            <CreateButton desk/>
            <Refusal desk kind=Kind::Create order/>
            <details
                class="disclosure"
                prop:open=when(move || desk.editing.get())
                on:toggle=on_event(move |event| desk.editing.set(is_open(&event)))
            >
                <summary class="disclosure__title">{texts.say("commands.create_edit")}</summary>
                {part_when(move || desk.editing.get(), move || late(Late::NewOrder(desk, problems)))}
            </details>
        </div>
    }
}

/// The values of the new order.
#[component]
pub(in crate::ui) fn NewOrder(desk: Desk, problems: CreateProblems) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    view! {
        <form class="form" novalidate on:submit=on_submit(move || desk.press(page, Kind::Create))>
            <Field
                id=desk.field_id("CreateOrder", "customer")
                label=move || texts.get().fact_name(crate::app::views::FactName::Customer).to_owned()
                value=move || desk.new_order.with(|draft| draft.customer.clone())
                problem=move || problems.at(page, "customer")
                on_input=move |text| desk.new_order.update(|draft| draft.customer = text)
            />
            <Items desk problems/>
            <Total desk/>
            <div class="form__buttons">
                <button type="submit" class="button">{texts.say("commands.create")}</button>
                <button
                    type="button"
                    class="button button--quiet"
                    on:click=on_click(move || desk.new_order.set(page.lab().new_order_draft()))
                >
                    {texts.say("commands.fresh")}
                </button>
            </div>
        </form>
    }
}

/// What the items add up to, as far as they can be read.
#[component]
fn Total(desk: Desk) -> impl IntoView {
    let texts = use_page().shell.texts;
    let total = move || {
        let texts = texts.get();
        let total = desk.new_order.with(draft_total);
        total.map_or_else(
            || texts.say("commands.total_unknown").to_owned(),
            |total| texts.money(total),
        )
    };
    view! {
        <p class="form__total">
            <span>{texts.say("commands.total")}</span>
            <output>{words(total)}</output>
        </p>
    }
}
