//! Few types for many closures.
//!
//! Leptos writes code for every type of closure that a view holds, some two kilobytes each. A view that
//! holds these instead shares that code with all others.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use leptos::{
    ev::{Event, MouseEvent, SubmitEvent},
    prelude::*,
};

use super::held::Derived;

/// Words that follow what they read.
pub type Words = Arc<dyn Fn() -> String + Send + Sync>;

/// Words that follow what they read.
pub fn words(say: impl Fn() -> String + Send + Sync + 'static) -> Words {
    Arc::new(say)
}

/// A text as it stands in markup, between tags or in the value of an attribute.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Whether something is so, for as long as it is: for classes, `hidden`, `disabled`.
pub fn when(ask: impl Fn() -> bool + Send + Sync + 'static) -> Arc<dyn Fn() -> bool + Send + Sync> {
    Arc::new(ask)
}

/// The value of an attribute that may be absent.
pub type Mark = Arc<dyn Fn() -> Option<&'static str> + Send + Sync>;

/// An attribute that has this value or is absent.
pub fn marked(value: &'static str, ask: impl Fn() -> bool + Send + Sync + 'static) -> Mark {
    Arc::new(move || ask().then_some(value))
}

/// An attribute that is `true` or absent.
pub fn mark(ask: impl Fn() -> bool + Send + Sync + 'static) -> Mark {
    marked("true", ask)
}

/// An attribute that is `true` or `false`.
pub fn truth(ask: impl Fn() -> bool + Send + Sync + 'static) -> Mark {
    Arc::new(move || Some(if ask() { "true" } else { "false" }))
}

/// A part of a view that is made anew whenever something changes that it reads.
pub fn part<V: IntoAny>(
    make: impl Fn() -> V + Send + 'static,
) -> Arc<Mutex<dyn FnMut() -> AnyView + Send>> {
    Arc::new(Mutex::new(move || make().into_any()))
}

/// A part of a view that is there while something is so.
pub fn part_when<V: IntoAny>(
    ask: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> V + Send + 'static,
) -> Arc<Mutex<dyn FnMut() -> AnyView + Send>> {
    let is_there = Derived::new(ask);
    Arc::new(Mutex::new(move || if is_there.get() { make().into_any() } else { ().into_any() }))
}

/// A part of a view that is there from the first time on that something is so.
pub fn part_since<V: IntoAny>(
    ask: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> V + Send + 'static,
) -> Arc<Mutex<dyn FnMut() -> AnyView + Send>> {
    let was = AtomicBool::new(false);
    let has_been = move || {
        let is = ask();
        was.fetch_or(is, Ordering::Relaxed) || is
    };
    part_when(has_been, make)
}

/// Does something, and does it again whenever something changes that it reads.
pub fn effect(act: impl FnMut() + 'static) {
    run(Box::new(act));
}

fn run(mut act: Box<dyn FnMut()>) {
    Effect::new(move |_: Option<()>| act());
}

/// Does something with the next frame.
pub fn next_frame(act: impl FnOnce() + 'static) {
    let act: Box<dyn FnOnce()> = Box::new(act);
    request_animation_frame(act);
}

/// A part of a list, made when its key comes into the list and kept for as long as the key stays.
pub struct Keyed {
    key: String,
    make: Box<dyn FnOnce() -> AnyView + Send>,
}

/// A part of a list under a key that no other part has.
pub fn keyed<V: IntoAny>(key: &impl ToString, make: impl FnOnce() -> V + Send + 'static) -> Keyed {
    Keyed { key: key.to_string(), make: Box::new(move || make().into_any()) }
}

/// A list that follows what it reads.
pub fn list(parts: impl Fn() -> Vec<Keyed> + Send + Sync + 'static) -> impl IntoView {
    let parts: Arc<dyn Fn() -> Vec<Keyed> + Send + Sync> = Arc::new(parts);
    view! {
        <For each=move || parts() key=|part| part.key.clone() children=|part: Keyed| (part.make)()/>
    }
}

/// What a click does.
pub fn on_click(act: impl FnMut() + 'static) -> Box<dyn FnMut(MouseEvent)> {
    let mut act = act;
    Box::new(move |_| act())
}

/// What sending a form does, instead of what the browser would do.
pub fn on_submit(act: impl FnMut() + 'static) -> Box<dyn FnMut(SubmitEvent)> {
    let mut act = act;
    Box::new(move |event| {
        event.prevent_default();
        act();
    })
}

/// What another event does.
pub fn on_event(act: impl FnMut(Event) + 'static) -> Box<dyn FnMut(Event)> {
    Box::new(act)
}

/// Whether the `<details>` that an event comes from is open.
pub fn is_open(event: &Event) -> bool {
    event_target::<web_sys::Element>(event).has_attribute("open")
}
