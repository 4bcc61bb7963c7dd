//! Marks: a name for the moment at the playhead, and the way back to every moment that has one.

use std::fmt::Write;

use leptos::{ev::MouseEvent, html::Input, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::menus::data;
use crate::{
    app::{
        texts::Texts,
        views::{MarkRefusal, NamedMoment},
    },
    ui::{
        held::{Derived, Held},
        late::{Late, late_once_here},
        lean::{effect, escaped, next_frame, on_click, on_event, on_submit, words},
        playback::Playback,
        state::{PageState, use_page},
    },
};

const MARKS: &str = "menu-marks";
const BUTTON: &str = "button-marks";
const NAME: &str = "mark-name";

/// The menu: a form for a new mark, and the marks of the branch. What is in it comes later.
#[component]
pub(super) fn MarksMenu() -> impl IntoView {
    let texts = use_page().shell.texts;
    let wanted = Held::new(false);
    // Who closes it gives up what they were about to name.
    let closed = on_event(move |_| {
        if element(MARKS).is_some_and(|menu| menu.matches(":popover-open") == Ok(false)) {
            wanted.set(false);
        }
    });
    view! {
        <button
            type="button"
            class="button"
            id=BUTTON
            popovertarget=MARKS
            on:click=on_click(move || wanted.set(true))
        >
            {texts.say("mark.menu")}
        </button>
        <div id=MARKS class="menu transport__menu" popover="auto" role="group" aria-label=texts.say("mark.menu") on:toggle=closed>
            {late_once_here(Late::Marks, wanted)}
        </div>
    }
}

/// The form and the marks.
#[component]
pub fn MarkItems() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let refused = Held::new(None::<MarkRefusal>);
    let input = NodeRef::<Input>::new();
    let marks = marks(page.playback);
    // The moment whose name is being changed.
    let renamed = Held::new(None::<NamedMoment>);
    type_once_here(input);
    // What is typed is only written over once there are other marks, or the name of one is to be changed.
    let suggested = Derived::new(move || match renamed.get() {
        Some(mark) => mark.name,
        None => marks.with(|marks| suggestion(texts.get(), marks)),
    });
    let set = on_submit(move || {
        let name = input.get_untracked().map(|input| input.value()).unwrap_or_default();
        spawn_local(async move {
            let refusal = set(page, &name, renamed.get_untracked()).await;
            if refusal.is_none() {
                renamed.set(None);
            }
            refused.set(refusal);
        });
    });
    let problem = words(move || {
        refused.get().map(|refusal| refusal_in_words(texts.get(), &refusal)).unwrap_or_default()
    });
    let items = words(move || marks.with(|marks| items(texts.get(), marks)));
    let label = move || match renamed.get() {
        Some(mark) => texts.get().fill("mark.new_name", &[("name", &mark.name)]),
        None => texts.get().say("mark.name").to_owned(),
    };
    let submit = move || {
        let key = if renamed.with(Option::is_some) { "mark.rename" } else { "mark.set" };
        texts.get().say(key).to_owned()
    };
    let chosen = move |event: MouseEvent| {
        let of = |name| data(&event, name)?.parse::<u32>().ok();
        let named =
            |number| marks.with(|marks| marks.iter().find(|it| it.number == number).cloned());
        if let Some(mark) = of("data-rename").and_then(named) {
            renamed.set(Some(mark));
            refused.set(None);
            next_frame(type_name);
        } else if let Some(mark) = of("data-remove").and_then(named) {
            renamed.set(None);
            remove(page, mark);
        } else if let Some(number) = of("data-moment") {
            close();
            page.playback.seek(number);
        }
    };
    view! {
            <form class="mark-form" on:submit=set>
                <label class="head-field__label" for=NAME>{words(label)}</label>
                <div class="mark-form__line">
                    <input
                        id=NAME
                        class="field__input"
                        maxlength="60"
                        dir="auto"
                        autocomplete="off"
                        aria-describedby="mark-problem"
                        node_ref=input
                        prop:value=words(move || suggested.get())
                    />
                    <button type="submit" class="button">{words(submit)}</button>
                </div>
                <p class="field__problem" id="mark-problem" role="alert">{problem}</p>
            </form>
            <div class="mark-list" on:click=chosen inner_html=items></div>
    }
}

/// Whoever opened the menu before its content came was about to type.
fn type_once_here(input: NodeRef<Input>) {
    effect(move || {
        let is_open =
            || element(MARKS).is_some_and(|menu| menu.matches(":popover-open") == Ok(true));
        if input.get().is_some() && is_open() {
            type_name();
            // Once more with the suggestion in it, which comes in the same turn.
            queue_microtask(type_name);
        }
    });
}

/// The marks of the branch that is shown.
pub(super) fn marks(playback: Playback) -> Derived<Vec<NamedMoment>> {
    Derived::new(move || {
        playback.count.track();
        playback.moments().get().marks().to_vec()
    })
}

/// Opens the menu with the name to be typed.
pub(in crate::ui) fn open_marks() {
    if let Some((menu, button)) = element(MARKS).zip(element(BUTTON)) {
        // Its button opens it, since it opens beside the button that did.
        if menu.matches(":popover-open") == Ok(false) {
            button.click();
        }
        if element(NAME).is_some() { type_name() } else { next_frame(type_name) }
    }
}

/// The name is to be typed, or typed over.
fn type_name() {
    super::super::shell::focus(NAME);
    let input = element(NAME).and_then(|input| input.dyn_into().ok());
    input.iter().for_each(web_sys::HtmlInputElement::select);
}

fn close() {
    if let Some(menu) = element(MARKS) {
        // It throws for a menu that is closed already.
        let _ = menu.hide_popover();
    }
}

fn element(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Gives a moment this name: the one whose name is to be changed, or that at the playhead. Returns why it was
/// not taken.
async fn set(page: PageState, name: &str, renamed: Option<NamedMoment>) -> Option<MarkRefusal> {
    let (shown, count) =
        (page.playback.playhead.get_untracked(), page.playback.count.get_untracked());
    let moments = match &renamed {
        Some(mark) => mark.number as usize,
        None if shown < count => shown as usize,
        None => usize::MAX,
    };
    match page.lab().mark(name, moments).await {
        Ok(name) => {
            close();
            let key = if renamed.is_some() { "mark.renamed" } else { "mark.done" };
            page.shell.announce(page.shell.texts.now().fill(key, &[("name", &name)]));
            None
        }
        Err(refusal) => Some(refusal),
    }
}

/// Takes a name away. Its button goes away too, so the focus goes to the field.
fn remove(page: PageState, mark: NamedMoment) {
    spawn_local(async move {
        page.lab().unmark(mark.number).await;
        page.shell.announce(page.shell.texts.now().fill("mark.removed", &[("name", &mark.name)]));
        type_name();
    });
}

/// The first "Mark 1", "Mark 2", … that is free.
fn suggestion(texts: Texts, marks: &[NamedMoment]) -> String {
    let name = |number: u64| texts.fill("mark.numbered", &[("number", &texts.count(number))]);
    let is_free = |name: &String| !marks.iter().any(|mark| mark.name == *name);
    (1..).map(name).find(is_free).unwrap_or_default()
}

fn refusal_in_words(texts: Texts, refusal: &MarkRefusal) -> String {
    match refusal {
        MarkRefusal::NoName => texts.say("mark.no_name").to_owned(),
        MarkRefusal::Taken(mark) => {
            let number = texts.count(u64::from(mark.number));
            texts.fill("mark.taken", &[("name", &mark.name), ("number", &number)])
        }
    }
}

fn items(texts: Texts, marks: &[NamedMoment]) -> String {
    if marks.is_empty() {
        return format!("<p class='menu__title'>{}</p>", texts.say("mark.none"));
    }
    let mut items = String::new();
    for mark in marks {
        let (number, name) = (mark.number, escaped(&mark.name));
        let moment = texts.count(u64::from(number));
        let button = |act, sign, key| {
            let said = texts.fill(key, &[("name", &name)]);
            format!(
                "<button type='button' class='menu__item mark-list__act' data-{act}='{number}' \
                 aria-label='{said}' title='{said}'>{sign}</button>"
            )
        };
        // Writing into a string cannot fail.
        let _ = write!(
            items,
            "<div class='mark-list__line'>\
             <button type='button' class='menu__item mark-list__item' data-moment='{number}'>\
             <bdi>{name}</bdi><small>{moment}</small></button>{}{}</div>",
            button("rename", "✎", "mark.rename_it"),
            button("remove", "×", "mark.remove_it"),
        );
    }
    items
}
