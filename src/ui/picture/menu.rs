//! The menu of a part: the trouble that can be made there, and ended.

use leptos::{ev::MouseEvent, html::Div, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlElement};

use super::drawing::{Drawing, HTML, Shape};
use crate::ui::held::Held;
use crate::ui::lean::{effect, next_frame};
use crate::{
    app::{
        texts::Texts,
        troubles_of,
        views::{Part, Picture, Trouble},
    },
    ui::state::PageTexts,
};

/// How wide the menu is, and how tall its rows and its heading are, in pixels: see the style sheet.
const WIDTH: i32 = 288;
const ROW_HEIGHT: i32 = 44;
const HEAD_HEIGHT: i32 = 48;
const MARGIN: i32 = 8;

/// The menu, and for what it is open.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    picture: Signal<Picture>,
    on_trouble: Callback<Trouble>,
    part: Held<Option<Part>>,
    element: NodeRef<Div>,
}

impl Menu {
    /// A menu that is not open.
    pub fn new(picture: Signal<Picture>, texts: PageTexts, on_trouble: Callback<Trouble>) -> Self {
        let menu = Self { picture, on_trouble, part: Held::new(None), element: NodeRef::new() };
        let drawing = StoredValue::new_local(Drawing::of(HTML));
        effect(move || {
            let (Some(root), Some(part)) = (menu.element.get(), menu.part.get()) else { return };
            let rows = picture.with(|picture| rows(picture, texts.get(), &part));
            drawing.update_value(|drawing| drawing.show(&root, rows));
        });
        menu
    }

    /// Opens it for a part, beside the element that was asked. False when the part has no trouble.
    pub fn open(self, part: Part, beside: &Element) -> bool {
        let count = self.picture.with_untracked(|picture| troubles_of(picture, &part).len());
        if count == 0 && !matches!(part, Part::Place(_)) {
            return false;
        }
        let Some(element) = self.element.get_untracked() else { return false };
        let (wide, tall) = (pixels(window().inner_width()), pixels(window().inner_height()));
        let rectangle = beside.get_bounding_client_rect();
        let height = HEAD_HEIGHT + ROW_HEIGHT * i32::try_from(count.max(1)).unwrap_or(1);
        let left = (rectangle.left() as i32).min(wide - WIDTH - MARGIN).max(MARGIN);
        let top = (rectangle.bottom() as i32 + 4).min(tall - height - MARGIN).max(MARGIN);
        for (name, value) in [("left", left), ("top", top)] {
            // It throws for no rule that there is.
            let _ = HtmlElement::style(&element).set_property(name, &format!("{value}px"));
        }
        self.part.set(Some(part));
        next_frame(move || self.show());
        true
    }

    fn show(self) {
        let Some(element) = self.element.get_untracked() else { return };
        // It throws when it is open already: then it is as it should be.
        let _ = element.show_popover();
        if let Ok(Some(first)) = element.query_selector("button, p")
            && let Ok(first) = first.dyn_into::<HtmlElement>()
        {
            let _ = first.focus();
        }
    }

    /// Makes the trouble whose row was clicked.
    fn choose(self, event: &Event) -> Option<()> {
        let row: Element = event.target()?.dyn_into().ok()?;
        let index: usize = row.get_attribute("data-part")?.parse().ok()?;
        let part = self.part.get_untracked()?;
        let troubles = self.picture.with_untracked(|picture| troubles_of(picture, &part));
        let trouble = troubles.get(index).copied()?;
        // It throws when it is closed already: then it is as it should be.
        let _ = self.element.get_untracked()?.hide_popover();
        self.on_trouble.run(trouble);
        Some(())
    }

    pub fn view(self) -> impl IntoView {
        let choose: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
            self.choose(&event);
        });
        view! {
            <div
                id="picture-menu"
                class="menu picture__menu"
                popover="auto"
                node_ref=self.element
                on:click=choose
            ></div>
        }
    }
}

fn pixels(size: Result<JsValue, JsValue>) -> i32 {
    size.ok().and_then(|size| size.as_f64()).map_or(0, |size| size as i32)
}

/// A heading, and a button for each trouble; where there is none, why.
fn rows(picture: &Picture, texts: Texts, part: &Part) -> Vec<Shape> {
    let troubles = troubles_of(picture, part);
    let name = match part {
        Part::Place(place) => texts.place(picture, *place),
        part => texts.part(picture, part),
    };
    let title = texts.fill("picture.trouble", &[("part", &name)]);
    let mut rows = vec![Shape::new("h3", &[("class", "picture__menu-title")], title)];
    if troubles.is_empty() {
        let none = texts.say("picture.trouble.none").to_owned();
        let attributes = [("class", "picture__menu-none"), ("tabindex", "-1")];
        rows.push(Shape::new("p", &attributes, none));
    }
    for (index, trouble) in troubles.into_iter().enumerate() {
        let index = index.to_string();
        let attributes = [("type", "button"), ("class", "menu__item"), ("data-part", &index)];
        rows.push(Shape::new("button", &attributes, texts.trouble(picture, trouble)));
    }
    rows
}
