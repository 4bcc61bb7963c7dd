//! The menu of a part: the trouble that can be made there, and ended.

use leptos::{html::Div, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    app::{
        texts::Texts,
        troubles_of,
        views::{Part, Picture, Trouble},
    },
    ui::{
        lean::{on_click, part, words},
        state::PageTexts,
    },
};

/// How wide the menu is, and how tall its rows and its heading are, in pixels: see the style sheet.
const WIDTH: f64 = 288.0;
const ROW_HEIGHT: f64 = 44.0;
const HEAD_HEIGHT: f64 = 48.0;
const MARGIN: f64 = 8.0;

/// The menu, and for what it is open.
#[derive(Clone, Copy)]
pub(super) struct Menu {
    pub picture: Signal<Picture>,
    pub texts: PageTexts,
    pub on_trouble: Callback<Trouble>,
    part: RwSignal<Option<Part>>,
    at: RwSignal<(f64, f64)>,
    element: NodeRef<Div>,
}

impl Menu {
    pub fn new(picture: Signal<Picture>, texts: PageTexts, on_trouble: Callback<Trouble>) -> Self {
        let (part, at) = (RwSignal::new(None), RwSignal::new((0.0, 0.0)));
        Self { picture, texts, on_trouble, part, at, element: NodeRef::new() }
    }

    /// Opens it for a part, beside the element that was asked. False when the part has no trouble.
    pub fn open(self, part: Part, beside: &Element) -> bool {
        let count = self.picture.with_untracked(|picture| troubles_of(picture, &part).len());
        if count == 0 && !matches!(part, Part::Place(_)) {
            return false;
        }
        let room = |size: Result<wasm_bindgen::JsValue, _>| {
            size.ok().and_then(|size| size.as_f64()).unwrap_or(0.0)
        };
        let (wide, tall) = (room(window().inner_width()), room(window().inner_height()));
        let rectangle = beside.get_bounding_client_rect();
        let height = HEAD_HEIGHT + ROW_HEIGHT * count.max(1) as f64;
        let left = rectangle.left().min(wide - WIDTH - MARGIN).max(MARGIN);
        let top = (rectangle.bottom() + 4.0).min(tall - height - MARGIN).max(MARGIN);
        self.at.set((left, top));
        self.part.set(Some(part));
        request_animation_frame(move || self.show());
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

    fn choose(self, trouble: Trouble) {
        if let Some(element) = self.element.get_untracked() {
            let _ = element.hide_popover();
        }
        self.on_trouble.run(trouble);
    }

    pub fn view(self) -> impl IntoView {
        let pixels = |number: f64| format!("{number}px");
        view! {
            <div
                id="picture-menu"
                class="menu picture__menu"
                popover="auto"
                node_ref=self.element
                style:left=words(move || pixels(self.at.get().0))
                style:top=words(move || pixels(self.at.get().1))
            >
                {part(move || self.items(self.texts.get()))}
            </div>
        }
    }

    fn items(self, texts: Texts) -> Vec<AnyView> {
        let Some(part) = self.part.get() else { return vec![] };
        self.picture.with(|picture| {
            let name = match &part {
                Part::Place(place) => texts.place(*place).to_owned(),
                part => texts.part(picture, part),
            };
            let title = texts.fill("picture.trouble", &[("part", &name)]);
            let head = view! { <h3 class="picture__menu-title">{title}</h3> }.into_any();
            let troubles = troubles_of(picture, &part);
            if troubles.is_empty() {
                let none = texts.say("picture.trouble.none");
                let none = view! { <p class="picture__menu-none" tabindex="-1">{none}</p> };
                return vec![head, none.into_any()];
            }
            let item = |trouble: Trouble| {
                let choose = on_click(move || self.choose(trouble));
                view! {
                    <button type="button" class="menu__item" on:click=choose>
                        {texts.trouble(picture, trouble)}
                    </button>
                }
                .into_any()
            };
            [head].into_iter().chain(troubles.into_iter().map(item)).collect()
        })
    }
}
