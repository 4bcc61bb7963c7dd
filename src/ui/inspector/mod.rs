//! The inspector: the moment at the playhead. What it says, what it changed, why it happened, its data,
//! and the source of what ran.

mod model;
mod now;
mod source;

use leptos::prelude::*;

pub use self::now::MomentNow;
use self::{model::InspectorModel, source::Source};
use super::{
    late::{Late, late},
    lean::{on_click, part, part_when, words},
    order::state_line,
    playback::Playback,
    state::use_page,
    transport::interest_sign,
};
use crate::app::{
    texts::Texts,
    views::{Change, MomentView, OrderAt},
};

/// The id of its heading, which can take the focus.
const TITLE: &str = "title-moment";

/// The inspector. What it says of a moment comes later.
#[component]
pub fn Inspector() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    // Before the first moment it stays, with nothing to say: what is open in it is open after that again.
    let any = move || playback.count.get() > 0;
    let sentence = words(move || playback.sentence(playback.playhead.get()));
    view! {
        <div class="inspector">
            <header class="pane__head">
                <h2 class="pane__title" id=TITLE tabindex="-1">{texts.say("inspector.title")}</h2>
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

/// Who did it.
#[component]
pub fn Who() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    part(move || shown(playback).map(|shown| who(texts.get(), &shown)))
}

fn who(texts: Texts, shown: &MomentView) -> impl IntoView + use<> {
    let sign = shown.interest.map(interest_sign);
    view! { <p class="inspector__who">{sign} <bdi>{texts.who(shown.who)}</bdi></p> }
}

/// What it changed, why it happened, its data, and the source of what ran. These always stand in the same order, and one that has
/// nothing to say is left out.
#[component]
pub fn Inspected() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let model = InspectorModel::new(playback);
    view! {
        {part(move || model.state().map(|state| state_part(texts.get(), &state)))}
        {part(move || shown(playback).map(|shown| causes(texts.get(), playback, shown.number)))}
        {part(move || shown(playback).map(|shown| data(texts.get(), &shown, model.state())))}
        <Source/>
    }
}

fn state_part(texts: Texts, state: &OrderAt) -> impl IntoView + use<> {
    let lines: Vec<_> = state.state.iter().map(|fact| state_line(texts, fact).into_any()).collect();
    let nothing = lines.is_empty().then(|| {
        view! { <p class="order__nothing">{texts.say("order.nothing")}</p> }
    });
    let version = texts.count(state.version);
    let title = texts.fill("order.state", &[("version", &version)]);
    view! {
        <h3 class="pane__subtitle">{title}</h3>
        <div class="inspector__box">
            {nothing}
            <dl>{lines}</dl>
        </div>
    }
}

/// What led to it, the nearest first; each a way there.
fn causes(texts: Texts, playback: Playback, number: u32) -> impl IntoView + use<> {
    let chain = playback.moments().get().causes(number);
    let link = |cause: &u32| {
        let cause = *cause;
        let sentence = playback.sentence(cause);
        view! {
            <li>
                <button
                    type="button"
                    class="inspector__cause"
                    on:click=on_click(move || playback.seek(cause))
                >
                    <span class="inspector__number">{texts.count(u64::from(cause))}</span>
                    <bdi>{sentence}</bdi>
                </button>
            </li>
        }
        .into_any()
    };
    let links: Vec<_> = chain.iter().skip(1).map(link).collect();
    let none = links.is_empty().then(|| {
        view! { <p class="hint">{texts.say("inspector.outside")}</p> }
    });
    view! {
        <h3 class="pane__subtitle">{texts.say("inspector.causes")}</h3>
        {none}
        <ol class="inspector__causes">{links}</ol>
    }
}

/// The moment as data, in the words of the code; and the event that it stored.
fn data(texts: Texts, shown: &MomentView, state: Option<OrderAt>) -> impl IntoView + use<> {
    let line = |(name, value): &(&'static str, String)| {
        view! { <dt>{*name}</dt><dd>{value.clone()}</dd> }.into_any()
    };
    let known = shown.facts.iter().filter(|(_, value)| !value.is_empty());
    let lines: Vec<_> = known.map(line).collect();
    let changed = |state: &OrderAt| state.state.iter().any(|fact| fact.change != Change::None);
    let event = state.filter(changed).and_then(|state| state.event).map(|event| {
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
