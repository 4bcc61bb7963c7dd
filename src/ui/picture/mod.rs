//! The picture of the system: drawn from a view of one moment, and from nothing else.

mod drawing;
mod kept;
mod rooms;
mod scene;
mod tokens;

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html::Div,
    prelude::*,
    svg::Svg,
};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event, ResizeObserver, SvgElement};

pub use self::drawing::Drawing;
use self::scene::Scene;
use super::{lean::words, state::use_texts};
use crate::app::Layout;
use crate::app::views::{Movement, Part, Person, Picture as PictureView, Place};
use crate::ui::held::{Derived, Held};
use crate::ui::lean::effect;

/// What the observer needs for as long as it observes.
type Observation = (ResizeObserver, Closure<dyn FnMut()>);

/// The picture after some moment. `travel_ms` is how long a token takes on its way, in the page's time;
/// 0 for at once. `on_open` is told which part somebody wants to see, `on_trouble` of which one they want
/// the trouble, and at which element.
#[component]
pub fn Picture(
    #[prop(into)] picture: Signal<PictureView>,
    #[prop(into)] travel_ms: Signal<u32>,
    on_open: Callback<Part>,
    on_trouble: Callback<(Part, Element)>,
) -> impl IntoView {
    let texts = use_texts();
    let frame = NodeRef::<Div>::new();
    let room = room_of(frame);
    let hand = Hand { parts: StoredValue::new(vec![]), on_open, on_trouble };
    let two = Derived::new(move || picture.with(|picture| picture.people > 1));
    let rooms = Derived::new(move || picture.with(|picture| picture.rooms.clone()));
    let layout = move || Layout::of(room.get(), two.get(), &rooms.get());
    let root = NodeRef::<Svg>::new();
    let drawing = StoredValue::new_local(Drawing::default());
    effect(move || {
        let Some(root) = root.get().filter(|_| room.get() > 0) else { return };
        picture.with(|picture| {
            let layout = layout();
            let mut scene = Scene::new(picture, texts.get(), &layout);
            scene.boxes();
            scene.tokens();
            let focused = hand.focused(&root);
            hand.parts.set_value(scene.parts);
            drawing.update_value(|drawing| drawing.show(&root, scene.drawn));
            if let Some(part) = focused {
                hand.keep_focus(&root, picture, &part);
            }
        });
    });
    let on_click: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| hand.click(&event));
    let menu: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| hand.context_menu(&event));
    let key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| hand.key(&event));
    view! {
        <div class="picture" node_ref=frame>
            <h2 class="visually-hidden" id="title-picture" tabindex="-1">{texts.say("picture.title")}</h2>
            <p class="visually-hidden" id="picture-what">{texts.say("picture.what")}</p>
            <svg
                class="picture__drawing"
                viewBox=words(move || {
                    let Layout { width, height, .. } = layout();
                    format!("0 0 {width} {height}")
                })
                role="group"
                aria-labelledby="title-picture"
                aria-describedby="picture-what"
                style=("--travel", words(move || format!("{}ms", travel_ms.get())))
                on:click=on_click
                on:contextmenu=menu
                on:keydown=key
                node_ref=root
            ></svg>
        </div>
    }
}

/// What somebody does to the drawing.
#[derive(Clone, Copy)]
struct Hand {
    /// The parts by the numbers that elements bear.
    parts: StoredValue<Vec<Part>>,
    on_open: Callback<Part>,
    on_trouble: Callback<(Part, Element)>,
}

impl Hand {
    fn click(self, event: &Event) {
        let Some((element, part)) = self.pointed(event) else { return };
        if element.has_attribute("data-menu") {
            self.on_trouble.run((part, element));
        } else {
            self.on_open.run(part);
        }
    }

    fn context_menu(self, event: &Event) {
        if let Some((element, part)) = self.pointed(event) {
            event.prevent_default();
            self.on_trouble.run((part, element));
        }
    }

    fn key(self, event: &KeyboardEvent) {
        let step = match event.key().as_str() {
            "Enter" | " " => {
                event.prevent_default();
                return self.click(event);
            }
            // Not every system tells of these as a wish for a menu.
            "ContextMenu" => return self.context_menu(event),
            "F10" if event.shift_key() => return self.context_menu(event),
            "ArrowRight" | "ArrowDown" => 1,
            "ArrowLeft" | "ArrowUp" => -1,
            _ => return,
        };
        if let Some((element, _)) = self.pointed(event) {
            event.prevent_default();
            move_focus(&element, step);
        }
    }

    /// The part that has the focus, if one has it.
    fn focused(self, root: &Element) -> Option<Part> {
        let element = document().active_element().filter(|element| root.contains(Some(element)))?;
        self.part_of(&element)
    }

    /// Whoever had the focus keeps it: another element may stand for it now, and a token that has come
    /// to its end leaves it to the box where it ended.
    fn keep_focus(self, root: &Element, picture: &PictureView, part: &Part) {
        if self.focused(root).as_ref() == Some(part) {
            return;
        }
        let number = self.parts.with_value(|parts| {
            let number_of = |part: &Part| parts.iter().position(|known| known == part);
            number_of(part).or_else(|| number_of(&Part::Place(end_of(picture, part))))
        });
        if let Some(number) = number {
            focus(number);
        }
    }

    /// The element that an event is about, and its part.
    fn pointed(self, event: &Event) -> Option<(Element, Part)> {
        let element: Element = event.target()?.dyn_into().ok()?;
        let part = self.part_of(&element)?;
        Some((element, part))
    }

    fn part_of(self, element: &Element) -> Option<Part> {
        let number: usize = element.get_attribute("data-part")?.parse().ok()?;
        self.parts.with_value(|parts| parts.get(number).cloned())
    }
}

/// Moves the focus to the next part in the drawing that is there, or the one before.
fn move_focus(from: &Element, step: i32) {
    let number: i32 =
        from.get_attribute("data-part").and_then(|part| part.parse().ok()).unwrap_or(0);
    if let Ok(number) = usize::try_from(number + step) {
        focus(number);
    }
}

/// Where something ended that is not in the picture any more.
fn end_of(picture: &PictureView, part: &Part) -> Place {
    let ended = |moved: &&Movement| matches!(part, Part::Command(id) if moved.command == Some(*id));
    picture.moved.iter().find(ended).map_or(Place::Person(Person::FIRST), |moved| moved.to)
}

/// Moves the focus to the part of this number, if it is in the drawing.
fn focus(number: usize) {
    let selector = format!(".picture__drawing [data-part=\"{number}\"]");
    if let Ok(Some(next)) = document().query_selector(&selector)
        && let Ok(next) = next.dyn_into::<SvgElement>()
    {
        // It throws for no element that is in the document.
        let _ = next.focus();
    }
}

/// How wide the frame is, in pixels, for as long as it is there; 0 before that is known.
fn room_of(frame: NodeRef<Div>) -> Held<i32> {
    let room = Held::new(0);
    let observation = StoredValue::new_local(None::<Observation>);
    effect(move || {
        let Some(element) = frame.get() else { return };
        // It is called for the first time once the page was laid out: asked now, the whole page would be.
        let callback = Closure::<dyn FnMut()>::new(move || {
            if let Some(element) = frame.try_get_untracked().flatten() {
                room.set(element.client_width());
            }
        });
        if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
            observer.observe(&element);
            observation.set_value(Some((observer, callback)));
        }
    });
    on_cleanup(move || {
        observation.try_with_value(|observation| {
            if let Some((observer, _)) = observation {
                observer.disconnect();
            }
        });
    });
    room
}
