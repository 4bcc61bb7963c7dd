//! What windowed lists share: where one is scrolled to, and how tall its rows are.
//!
//! The heights are decided by the style sheet and can change with the width, so they are measured.

use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

use crate::app::window::ListShape;
use crate::ui::held::Held;
use crate::ui::lean::{effect, next_frame};

/// What is measured of a list, in pixels.
#[derive(Clone, Copy, Default, PartialEq)]
pub struct Measured {
    /// How tall a row is.
    pub row_height: f64,
    /// How tall the details of an opened row are.
    pub details_height: f64,
    /// How much of the list can be seen at once.
    pub view_height: f64,
}

/// The scrolled element of a list, and what is known of it.
#[derive(Clone, Copy)]
pub struct Windowed {
    /// The element that scrolls.
    pub scroller: NodeRef<Div>,
    /// What was measured last.
    pub measured: Held<Measured>,
    /// Where it is scrolled to.
    pub scroll_top: Held<f64>,
}

impl Windowed {
    /// A list that was not measured yet.
    pub fn new() -> Self {
        Self {
            scroller: NodeRef::new(),
            measured: Held::new(Measured::default()),
            scroll_top: Held::new(0.0),
        }
    }

    /// The list with so many rows, one of which may be open.
    pub fn shape(self, rows: u64, opened: Option<u64>) -> ListShape {
        let Measured { row_height, details_height, view_height } = self.measured.get();
        let opened = opened.map(|row| (row, details_height));
        ListShape { rows, row_height, view_height, opened }
    }

    /// Scrolls at once for the program, and with the next frame for the browser: by then the content is
    /// as tall.
    pub fn scroll_to(self, scroll_top: f64) {
        self.scroll_top.set(scroll_top);
        let scroller = self.scroller;
        next_frame(move || {
            if let Some(Some(element)) = scroller.try_get_untracked() {
                element.set_scroll_top(scroll_top.round() as i32);
            }
        });
    }
}

/// Two hidden boxes, as tall as a row and as the details of one. `changed` hears of every measuring.
#[component]
pub fn Measure(
    list: Windowed,
    head: NodeRef<Div>,
    changed: Box<dyn Fn(Measured)>,
) -> impl IntoView {
    let row = NodeRef::<Div>::new();
    let details = NodeRef::<Div>::new();
    let measure = move || {
        let height = |node: NodeRef<Div>| {
            let element = node.try_get_untracked().flatten();
            element.map_or(0.0, |element| f64::from(element.offset_height()))
        };
        if let Some(scroller) = list.scroller.try_get_untracked().flatten() {
            changed(Measured {
                row_height: height(row),
                details_height: height(details),
                view_height: (f64::from(scroller.client_height()) - height(head)).max(0.0),
            });
        }
    };
    on_resize([list.scroller, row], measure);
    view! {
        <div class="windowed__measure" aria-hidden="true">
            <div class="windowed__row" node_ref=row></div>
            <div class="windowed__details" node_ref=details></div>
        </div>
    }
}

/// Calls back whenever one of these elements has another size, for as long as they are on the page.
pub fn on_resize<const N: usize>(nodes: [NodeRef<Div>; N], changed: impl FnMut() + 'static) {
    let callback = Closure::<dyn FnMut()>::new(changed);
    let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) else { return };
    let kept = StoredValue::new_local((observer, callback));
    effect(move || {
        for node in nodes {
            if let Some(element) = node.get() {
                let element: &Element = &element;
                kept.with_value(|(observer, _)| observer.observe(element));
            }
        }
    });
    on_cleanup(move || {
        kept.try_with_value(|(observer, _)| observer.disconnect());
    });
}

/// A whole number of pixels: rows are that tall, and less would be a blur.
pub fn pixels(height: f64) -> String {
    format!("{}px", height.round() as i64)
}
