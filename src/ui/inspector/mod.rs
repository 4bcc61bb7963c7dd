//! The inspector: the moment at the playhead. What it says, what it changed, why it happened, its data,
//! and the source of what ran.

mod difference;
mod model;
mod now;
mod part;
mod source;

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, SvgElement};

pub use self::now::MomentNow;
use self::{
    difference::difference,
    model::InspectorModel,
    part::{InspectedPart, back, open_saga},
    source::Source,
};
use super::{
    kept::Watched,
    late::{Late, late},
    lean::{next_frame, on_click, part, part_when, words},
    playback::Playback,
    shell::focus,
    state::{PageState, Pane, use_page},
    transport::interest_sign,
};
use crate::app::{
    texts::Texts,
    views::{Difference, MomentView, Part},
};

/// The id of its heading, which can take the focus.
const TITLE: &str = "title-moment";

/// What somebody pointed at in the picture.
pub struct Pointed {
    /// The part that is inspected; else it is the moment.
    pub part: Watched<Option<Part>>,
    /// The saga that is looked into, by its id.
    pub saga: Watched<Option<String>>,
    /// What had the focus when it was opened.
    came_from: StoredValue<Option<Element>, LocalStorage>,
    /// The part whose trouble is asked for, and where the menu is to stand.
    pub trouble: Watched<Option<(Part, [i32; 2])>>,
}

impl Default for Pointed {
    fn default() -> Self {
        let came_from = StoredValue::new_local(None);
        Self {
            part: Watched::new(None),
            saga: Watched::new(None),
            came_from,
            trouble: Watched::new(None),
        }
    }
}

impl PageState {
    /// Shows a part of the picture in the inspector, until somebody goes back.
    pub fn inspect(self, part: Part) {
        self.pointed.came_from.set_value(document().active_element());
        self.pointed.part.set(Some(part));
        self.show(Pane::Moment);
    }

    /// Shows the moment again, and goes back to where the part was opened.
    fn leave_part(self) {
        self.pointed.part.set(None);
        let came_from = self.pointed.came_from.get_value().filter(|element| element.is_connected());
        // A token may have come to its end meanwhile. It throws for no element of the document.
        let went = came_from.and_then(|element| element.dyn_ref::<SvgElement>()?.focus().ok());
        if went.is_none() {
            self.show(Pane::Picture);
        }
    }

    /// What a part is called. A command keeps its name when it is over.
    pub fn part_name(self, part: &Part) -> String {
        let texts = self.shell.texts.get();
        let name = |picture: &_| match part {
            Part::Place(place) => texts.place(*place),
            part => texts.part(picture, part),
        };
        let name = self.world.picture.with(|picture| picture.as_ref().map(name));
        match (name, part) {
            (Some(name), Part::Command(id)) if name.is_empty() => {
                self.playback.moments().get().command(*id).to_owned()
            }
            (name, _) => name.unwrap_or_default(),
        }
    }
}

/// The inspector: of the moment at the playhead, or of a part of the picture. What it says comes later.
#[component]
pub fn Inspector() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    // Before the first moment it stays, with nothing to say: what is open in it is open after that again.
    let any = move || playback.count.get() > 0 || page.pointed.part.with(Option::is_some);
    let title = words(move || match page.pointed.part.get() {
        Some(part) => page.part_name(&part),
        None => texts.get().say("inspector.title").to_owned(),
    });
    let sentence = words(move || match page.pointed.part.get() {
        // What a part is comes later.
        Some(_) => String::new(),
        None => playback.sentence(playback.playhead.get()),
    });
    let key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| {
        if event.key() == "Escape" && page.pointed.part.with_untracked(Option::is_some) {
            page.leave_part();
        }
    });
    view! {
        <div class="inspector" on:keydown=key>
            <header class="pane__head">
                <h2 class="pane__title" id=TITLE tabindex="-1">{title}</h2>
                {part_when(any, || late(Late::Who))}
            </header>
            <p class="inspector__sentence" dir="auto">{sentence}</p>
            {part_when(any, || late(Late::Inspected))}
        </div>
    }
}

/// The moment at the playhead.
fn shown(playback: Playback) -> Option<MomentView> {
    playback.moments().get().view(playback.playhead.get())
}

/// Who did it; beside a part of the picture, the way back.
#[component]
pub fn Who() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    part(move || match page.pointed.part.with(Option::is_some) {
        true => back(page).into_any(),
        false => shown(playback).map(|shown| who(texts.get(), &shown)).into_any(),
    })
}

fn who(texts: Texts, shown: &MomentView) -> impl IntoView + use<> {
    let sign = shown.interest.map(interest_sign);
    view! { <p class="inspector__who">{sign} <bdi>{texts.who(shown.who)}</bdi></p> }
}

/// The moment, or the part of the picture that somebody opened.
#[component]
pub fn Inspected() -> impl IntoView {
    let page = use_page();
    part(move || match page.pointed.part.get() {
        Some(shown) => view! { <InspectedPart shown/> }.into_any(),
        None => view! { <InspectedMoment/> }.into_any(),
    })
}

/// What it changed, why it happened, its data, and the source of what ran. These always stand in the same
/// order, and one that has nothing to say is left out.
#[component]
fn InspectedMoment() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let model = InspectorModel::new(playback);
    let saga = move || {
        let saga = playback.moments().get().saga_of(playback.playhead.get());
        saga.map(|saga| open_saga(page, saga))
    };
    let differences = move || {
        let known = model.differences();
        known.iter().map(|known| difference(texts.get(), known)).collect::<Vec<_>>()
    };
    view! {
        {part(saga)}
        {part(differences)}
        {part(move || shown(playback).map(|shown| causes(texts.get(), playback, shown.number)))}
        {part(move || shown(playback).map(|shown| data(texts.get(), &shown, &model.differences())))}
        <Source/>
    }
}

/// What led to it, the nearest first; each a way there.
fn causes(texts: Texts, playback: Playback, number: u32) -> impl IntoView + use<> {
    let chain = playback.moments().get().causes(number);
    view! {
        <h3 class="pane__subtitle">{texts.say("inspector.causes")}</h3>
        {links(texts, playback, chain.get(1..).unwrap_or_default(), "inspector.outside")}
    }
}

/// Moments in a sentence each, which leads there; where there are none, this is said.
fn links(
    texts: Texts,
    playback: Playback,
    numbers: &[u32],
    none: &'static str,
) -> impl IntoView + use<> {
    let link = |number: &u32| {
        let number = *number;
        let sentence = playback.sentence(number);
        // The list is another one there, so the focus goes to what is above it.
        let go = on_click(move || {
            playback.seek(number);
            next_frame(|| focus(TITLE));
        });
        view! {
            <li>
                <button type="button" class="inspector__cause" on:click=go>
                    <span class="inspector__number">{texts.count(u64::from(number))}</span>
                    <bdi>{sentence}</bdi>
                </button>
            </li>
        }
        .into_any()
    };
    let links: Vec<_> = numbers.iter().map(link).collect();
    let none = links.is_empty().then(|| view! { <p class="hint">{texts.say(none)}</p> });
    view! {
        {none}
        <ol class="inspector__causes">{links}</ol>
    }
}

/// The moment as data, in the words of the code; and the event that it stored.
fn data(texts: Texts, shown: &MomentView, changed: &[Difference]) -> impl IntoView + use<> {
    let line = |(name, value): &(&'static str, String)| {
        view! { <dt>{*name}</dt><dd>{value.clone()}</dd> }.into_any()
    };
    let known = shown.facts.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<_> = known.map(line).collect();
    let event = changed.iter().find_map(|known| known.event.clone()).map(|event| {
        let (name, json) = (event.event_type, event.data);
        view! { <pre class="log__json"><code>{name} " " {json}</code></pre> }
    });
    view! {
        <h3 class="pane__subtitle">{texts.say("inspector.data")}</h3>
        <div class="inspector__box inspector__data">
            <code>{shown.name}</code>
            <dl>{lines}</dl>
            {event}
        </div>
    }
}
