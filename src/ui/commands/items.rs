//! The lines of a new order.

use leptos::prelude::*;

use super::{Desk, create::CreateProblems, field::Field};
use crate::app::views::ItemDraft;
use crate::ui::held::Derived;
use crate::ui::{
    lean::{keyed, list, on_click, words},
    state::use_page,
};

/// The lines, a button to add one, and what is wrong with all of them together.
#[component]
pub(super) fn Items(desk: Desk, problems: CreateProblems) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let count = Derived::new(move || desk.new_order.with(|draft| draft.items.len()));
    let add = move || {
        let item = page.lab().another_item();
        desk.new_order.update(|draft| draft.items.push(item));
    };
    view! {
        <ol class="items" aria-label=texts.say("commands.items")>
            {list(move || {
                let line = |index| keyed(&index, move || view! { <Line desk index problems/> });
                (0..count.get()).map(line).collect()
            })}
        </ol>
        <p class="field__problem" id=desk.field_id("CreateOrder", "items")>
            {words(move || problems.at(page, "items").unwrap_or_default())}
        </p>
        <button type="button" class="button button--quiet" on:click=on_click(add)>
            {texts.say("commands.add_item")}
        </button>
    }
}

/// One line.
#[component]
fn Line(desk: Desk, index: usize, problems: CreateProblems) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let number = move || texts.get().count(index as u64 + 1);
    let remove = move || {
        desk.new_order.update(|draft| {
            if index < draft.items.len() {
                draft.items.remove(index);
            }
        });
    };
    view! {
        <li class="items__line">
            <fieldset class="items__fields">
                <legend class="visually-hidden">
                    {words(move || texts.get().fill("commands.item", &[("number", &number())]))}
                </legend>
                <ItemField desk index problems part=Part::Product/>
                <ItemField desk index problems part=Part::Quantity/>
                <ItemField desk index problems part=Part::UnitPrice/>
                <button
                    type="button"
                    class="items__remove"
                    aria-label=words(move || {
                        texts.get().fill("commands.remove_item", &[("number", &number())])
                    })
                    on:click=on_click(remove)
                >
                    "×"
                </button>
            </fieldset>
        </li>
    }
}

/// A part of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Product,
    Quantity,
    UnitPrice,
}

impl Part {
    /// Its name in the field's path, the key of its label, and the keyboard that suits it.
    fn traits(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Product => ("product", "commands.product", "text"),
            Self::Quantity => ("quantity", "commands.quantity", "numeric"),
            Self::UnitPrice => ("unit_price", "commands.unit_price", "decimal"),
        }
    }

    fn of(self, item: &mut ItemDraft) -> &mut String {
        match self {
            Self::Product => &mut item.product,
            Self::Quantity => &mut item.quantity,
            Self::UnitPrice => &mut item.unit_price,
        }
    }
}

#[component]
fn ItemField(desk: Desk, index: usize, problems: CreateProblems, part: Part) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let (name, label_key, keyboard) = part.traits();
    let path = format!("items[{index}].{name}");
    let value = move || {
        let item = desk.new_order.with(|draft| draft.items.get(index).cloned());
        item.map(|mut item| std::mem::take(part.of(&mut item))).unwrap_or_default()
    };
    let write = move |text| {
        desk.new_order.update(|draft| {
            if let Some(item) = draft.items.get_mut(index) {
                *part.of(item) = text;
            }
        });
    };
    view! {
        <Field
            id=desk.field_id("CreateOrder", &path)
            label=move || texts.get().say(label_key).to_owned()
            value
            problem=move || problems.at(page, &path)
            on_input=write
            keyboard
        />
    }
}
