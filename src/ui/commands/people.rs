//! One or two people, each with a panel of commands: side by side where there is room, else one in
//! front of the other.

use leptos::prelude::*;

use super::{Desk, create::CreateForm, existing::ExistingOrder, selected::SelectedOrder};
use crate::app::{note, views::Person};
use crate::ui::{
    lean::{on_click, part_when, truth, when, words},
    state::{PageState, use_page},
};

/// Where it is noted that there are two people.
pub(in crate::ui) const TWO: &str = "hindsight.two_people";

/// A panel in the document.
const PANEL: &str = ".people__panel";
/// The id of the first person's name.
const FIRST_TITLE: &str = "person-1";

impl PageState {
    /// The desk of a person.
    pub fn desk_of(self, person: Person) -> Desk {
        self.desks[usize::from(person != Person::FIRST)]
    }

    /// The desk of who acts, as far as keys go: of the panel that has the focus, else of who acted last.
    pub fn acting_desk(self) -> Desk {
        let panel = document().active_element().and_then(|focused| focused.closest(PANEL).ok()?);
        let title = panel.and_then(|panel| panel.get_attribute("aria-labelledby"));
        match title.as_deref() {
            Some(FIRST_TITLE) => self.desk_of(Person::FIRST),
            Some(_) => self.desk_of(Person::SECOND),
            None => self.desk_of(self.acting.get_untracked()),
        }
    }

    /// A second person comes, or goes.
    fn bring_second(self, comes: bool) {
        note(TWO, comes);
        self.two.set(comes);
        self.acting.set(if comes { Person::SECOND } else { Person::FIRST });
    }
}

/// The control that brings a second person and lets them go.
#[component]
pub(super) fn SecondPerson() -> impl IntoView {
    let page = use_page();
    view! {
        <button
            type="button"
            class="button people__second"
            aria-pressed=truth(move || page.two.get())
            on:click=on_click(move || page.bring_second(!page.two.get_untracked()))
        >
            {page.shell.texts.say("commands.second")}
        </button>
    }
}

/// The panels.
#[component]
pub(super) fn People() -> impl IntoView {
    let page = use_page();
    let two = move || page.two.get();
    view! {
        <Switch/>
        <div class="people" class=("people--two", when(two))>
            <Panel desk=page.desk_of(Person::FIRST)/>
            {part_when(two, move || view! { <Panel desk=page.desk_of(Person::SECOND)/> })}
        </div>
    }
}

/// Who is in front, where there is room for one panel.
#[component]
fn Switch() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let button = move |person: Person| {
        view! {
            <button
                type="button"
                class="people__person"
                aria-pressed=truth(move || page.acting.get() == person)
                on:click=on_click(move || page.acting.set(person))
            >
                {words(move || texts.get().person(person))}
            </button>
        }
    };
    view! {
        <div
            class="people__switch"
            role="group"
            aria-label=texts.say("commands.people")
            hidden=when(move || !page.two.get())
        >
            {[Person::FIRST, Person::SECOND].map(button).into_view()}
        </div>
    }
}

/// The commands of one person.
#[component]
fn Panel(desk: Desk) -> impl IntoView {
    let page = use_page();
    let person = desk.person;
    let two = move || page.two.get();
    let is_behind = move || two() && page.acting.get() != person;
    let title = if person == Person::FIRST { FIRST_TITLE } else { "person-2" };
    view! {
        <div
            class="people__panel"
            class=("people__panel--behind", when(is_behind))
            role="group"
            aria-labelledby=title
        >
            <h3 class="people__name" id=title hidden=when(move || !two())>
                {words(move || page.shell.texts.get().person(person))}
            </h3>
            <CreateForm desk/>
            <SelectedOrder desk/>
            <ExistingOrder desk/>
        </div>
    }
}
