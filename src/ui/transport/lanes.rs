//! The lanes: what happened on each stream, along the same axis as the scrubber.

use leptos::{ev, html::Div, prelude::*};

use super::{
    drawing::{drawing, flags, x_of},
    marks::marks,
};
use crate::ui::held::{Derived, Held};
use crate::{
    app::{
        texts::{Texts, stream_name},
        views::{Lane, LaneName, Lanes},
    },
    ui::{
        lean::{escaped, words},
        playback::Playback,
        state::{PageState, use_texts},
        windowed::{on_resize, pixels},
    },
};

/// So many idle times stand out at most.
const GAPS_MAX: u32 = 16;
/// Where there is less room than this, in pixels, there are fewer lanes.
const ROOMY: (f64, f64) = (1_100.0, 1_000.0);

/// The strip along which time passes on the page.
#[derive(Clone, Copy)]
pub(super) struct Strip {
    pub(super) playback: Playback,
    pub(super) node: NodeRef<Div>,
    pub(super) width: Held<i32>,
    rows_max: Held<u32>,
    pub(super) lanes: Derived<Lanes>,
}

impl Strip {
    pub(super) fn new(page: PageState) -> Self {
        let playback = page.playback;
        let rows_max = Held::new(rows_that_fit());
        let lanes = Derived::new(move || {
            playback.count.track();
            playback.moments().get().lanes(rows_max.get() as usize, GAPS_MAX)
        });
        let strip = Self { playback, node: NodeRef::new(), width: Held::new(0), rows_max, lanes };
        on_resize([strip.node], move || {
            if let Some(element) = strip.node.try_get_untracked().flatten() {
                strip.width.set(element.client_width());
            }
        });
        let resized = window_event_listener(ev::resize, move |_| rows_max.set(rows_that_fit()));
        on_cleanup(move || resized.remove());
        strip
    }

    /// Where so many moments end, in pixels.
    pub(super) fn x(self, shown: u32) -> i32 {
        let place = self.playback.moments().get().place(shown);
        x_of(place, self.lanes.with(|lanes| lanes.end), self.width.get())
    }
}

fn rows_that_fit() -> u32 {
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok()?.as_f64();
    let (width, height) = (size(window().inner_width()), size(window().inner_height()));
    match width.zip(height).unwrap_or_default() {
        (width, _) if width < 700.0 => 1,
        (width, height) if width < ROOMY.0 || height < ROOMY.1 => 3,
        _ => 5,
    }
}

/// The names of the lanes.
#[component]
pub(super) fn Names(strip: Strip) -> impl IntoView {
    let texts = use_texts();
    let items = words(move || {
        let item = |row: &Lane| {
            let name = escaped(&lane_name(texts.get(), &row.name));
            format!("<li class='lanes__name' title='{name}'>{name}</li>")
        };
        strip.lanes.with(|lanes| lanes.rows.iter().map(item).collect())
    });
    view! { <ul class="lanes__names" aria-hidden="true" inner_html=items></ul> }
}

fn lane_name(texts: Texts, name: &LaneName) -> String {
    match name {
        LaneName::Stream(stream) => stream_name(stream),
        LaneName::More(count) => texts.plural("transport.others", *count, &[]),
        LaneName::NoStream => texts.say("transport.no_stream").to_owned(),
    }
}

/// The drawing, and over it a veil on what is still to come. The table of moments and the sentence of each
/// say the same in words.
#[component]
pub(super) fn Drawing(strip: Strip) -> impl IntoView {
    let drawing = words(move || {
        let (width, rows_max) = (strip.width.get(), strip.rows_max.get());
        strip.lanes.with(|lanes| drawing(lanes, width, rows_max))
    });
    let marks = marks(strip.playback);
    let flags = words(move || {
        let xs = marks.with(|marks| marks.iter().map(|mark| strip.x(mark.number)).collect());
        flags(xs, strip.width.get(), strip.rows_max.get())
    });
    let veil = words(move || pixels(strip.x(strip.playback.playhead.get()).into()));
    view! {
        <div class="lanes" aria-hidden="true">
            <div inner_html=drawing></div>
            <div class="lanes__flags" inner_html=flags></div>
            <div class="lanes__future" style:left=veil></div>
        </div>
    }
}
