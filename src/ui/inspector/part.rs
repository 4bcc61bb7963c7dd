//! A part of the picture in the inspector: how it is, what it did last, and the ways on from here.

use leptos::prelude::*;

use super::{difference::difference, links, model::EventModel};
use crate::{
    app::{
        texts::Texts,
        views::{Part, Place, Room},
    },
    ui::{
        lean::{next_frame, on_click, part, words},
        order::order_of_stream,
        shell::focus,
        state::{PageState, Pane, use_page},
        trouble::{ask_for_trouble, trouble_title},
    },
};

/// How many of its last moments are shown.
const LAST: usize = 6;

/// The way back to the moment at the playhead.
pub(super) fn back(page: PageState) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button button--small inspector__back"
            on:click=on_click(move || page.leave_part())
        >
            {page.shell.texts.say("part.back")}
        </button>
    }
}

/// How it is.
#[component]
pub(super) fn InspectedPart(shown: Part) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let (facts_of, event_of, moments_of) = (shown.clone(), shown.clone(), shown.clone());
    let event = EventModel::new(page, shown.clone());
    let data = move || {
        let known = event.difference().filter(|_| matches!(event_of, Part::Event { .. }));
        known.map(|known| event_data(texts.get(), &known))
    };
    let last = move || {
        let up_to = page.playback.playhead.get();
        let last = page.playback.moments().get().of_part(&moments_of, up_to, LAST);
        links(texts.get(), page.playback, &last, "part.no_moments")
    };
    let what_of = shown.clone();
    view! {
        <p class="inspector__what">{words(move || texts.get().part_what(&what_of).to_owned())}</p>
        {part(move || facts(page, &facts_of))}
        <div class="inspector__ways">
            {open_button(page, &shown)}
            {trouble_button(page, shown)}
        </div>
        {part(data)}
        <h3 class="pane__subtitle">{texts.say("part.moments")}</h3>
        {part(last)}
    }
}

fn facts(page: PageState, shown: &Part) -> impl IntoView + use<> {
    page.model_changes.track();
    page.scan_changes.track();
    let picture = page.world.picture.get()?;
    let rows = match shown {
        Part::Place(Place::ReadModel(model)) => {
            let mine = picture.projectors.iter().find(|projector| projector.model == *model);
            mine.map_or(0, |projector| page.lab().rows_at(*model, projector.checkpoint))
        }
        _ => 0,
    };
    let lines = page.shell.texts.get().part_facts(&picture, shown, rows);
    let line = |(name, value): (&'static str, String)| {
        view! { <dt>{name}</dt><dd><bdi>{value}</bdi></dd> }.into_any()
    };
    let lines: Vec<_> = lines.into_iter().map(line).collect();
    Some(view! { <dl class="inspector__box inspector__facts">{lines}</dl> })
}

/// The event as data, and the state before and after it.
fn event_data(texts: Texts, known: &crate::app::views::Difference) -> impl IntoView + use<> {
    let json = known.event.clone().map(|event| {
        let (name, json) = (event.event_type, event.data);
        view! {
            <h3 class="pane__subtitle">{texts.say("inspector.data")}</h3>
            <pre class="log__json"><code>{name} " " {json}</code></pre>
        }
    });
    view! {
        {json}
        {difference(texts, known)}
    }
}

/// The way to the board of sagas, where this one is looked into.
pub(super) fn open_saga(page: PageState, saga: String) -> impl IntoView {
    let open = on_click(move || {
        let heading = format!("saga-{saga}");
        page.pointed.saga.set(Some(saga.clone()));
        page.pane.set(Pane::Picture);
        next_frame(move || focus(&heading));
    });
    let texts = page.shell.texts;
    view! {
        <button type="button" class="button button--small" on:click=open>
            {words(move || texts.get().fill("part.open", &[("pane", texts.get().say("sagas.title"))]))}
        </button>
    }
}

/// The way to where more of it is shown.
fn open_button(page: PageState, shown: &Part) -> impl IntoView + use<> {
    let (texts, shown) = (page.shell.texts, shown.clone());
    let pane = match &shown {
        Part::Event { .. } | Part::Command(_) | Part::Place(Place::Aggregate) => Pane::Order,
        Part::Place(Place::Store) => Pane::Log,
        Part::Place(Place::ReadModel(_)) => Pane::ReadModels,
        Part::Place(Place::Room(Room::Saga)) => {
            let shown = page.playback.playhead.get_untracked();
            let last = page.playback.moments().get().last_saga(shown);
            return last.map(|saga| open_saga(page, saga).into_any());
        }
        Part::Place(_) => return None,
    };
    let open = on_click(move || {
        if let Some(order) = stream_of(page, &shown).as_deref().and_then(order_of_stream) {
            page.select(order);
        }
        page.show(pane);
    });
    let button = view! {
        <button type="button" class="button button--small" on:click=open>
            {words(move || {
                texts.get().fill("part.open", &[("pane", texts.get().say(pane.name_key()))])
            })}
        </button>
    };
    Some(button.into_any())
}

/// The stream that a part is about.
fn stream_of(page: PageState, shown: &Part) -> Option<String> {
    let picture = page.world.picture.get_untracked()?;
    match shown {
        Part::Event { stream, .. } => Some(stream.clone()),
        Part::Command(id) => {
            picture.commands.into_iter().find(|known| known.id == *id).map(|known| known.stream)
        }
        Part::Place(Place::Aggregate) => picture.aggregate.map(|aggregate| aggregate.stream),
        Part::Place(_) => None,
    }
}

fn trouble_button(page: PageState, shown: Part) -> impl IntoView {
    let titled = shown.clone();
    let label = words(move || trouble_title(page, &titled));
    let ask: Box<dyn FnMut(leptos::ev::MouseEvent)> =
        Box::new(move |event| ask_for_trouble(page, shown.clone(), &event_target(&event)));
    view! { <button type="button" class="button button--small" on:click=ask>{label}</button> }
}
