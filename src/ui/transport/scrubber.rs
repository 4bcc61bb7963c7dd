//! The scrubber: a slider along the axis of the lanes, with times and idle times beneath.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::{
    bar::place,
    drawing::x_of,
    lanes::{Drawing, Names, Strip},
};
use crate::{
    app::{texts::Texts, views::Gap},
    ui::{
        lean::{escaped, on_event, words},
        state::use_page,
        windowed::pixels,
    },
};

/// How wide a letter of a label is at most, in tenths of a pixel.
const LETTER_TENTHS: i32 = 66;
/// The room that the times at both ends keep free, in pixels.
const ENDS: i32 = 64;

#[component]
pub(super) fn Scrubber(strip: Strip) -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let end = move || strip.lanes.with(|lanes| lanes.end);
    let seek = on_event(move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            playback.scrub(playback.moments().get().at_place(place));
        }
    });
    let value = words(move || {
        // The value is cut at the maximum, so the maximum must be there first.
        end();
        playback.moments().get().place(playback.playhead.get()).to_string()
    });
    let said = words(move || {
        let sentence = playback.sentence(playback.playhead.get());
        format!("{}: {sentence}", place(texts.get(), playback))
    });
    view! {
        <div class="scrubber">
            <Names strip/>
            <div class="scrubber__strip" node_ref=strip.node>
                <Drawing strip/>
                <input
                    class="scrubber__range"
                    type="range"
                    min="0"
                    step="1"
                    max=words(move || end().max(1).to_string())
                    prop:value=value
                    style:--scrubber-x=words(move || pixels(strip.x(playback.playhead.get()).into()))
                    aria-label=texts.say("transport.moment")
                    aria-valuetext=said
                    on:input=seek
                    on:keydown=move |event| on_key(strip, &event)
                />
                <svg
                    class="scrubber__times"
                    aria-hidden="true"
                    inner_html=words(move || times(texts.get(), strip))
                ></svg>
            </div>
        </div>
    }
}

/// Arrows go from moment to moment, not from pixel to pixel; a page is ten.
fn on_key(strip: Strip, event: &KeyboardEvent) {
    let playback = strip.playback;
    let shown = playback.playhead.get_untracked();
    match event.key().as_str() {
        "ArrowRight" | "ArrowUp" if shown == playback.count.get_untracked() => playback.step(),
        "ArrowRight" | "ArrowUp" => playback.scrub(shown + 1),
        "ArrowLeft" | "ArrowDown" => playback.scrub(shown.saturating_sub(1)),
        "PageUp" => playback.scrub(shown.saturating_add(10)),
        "PageDown" => playback.scrub(shown.saturating_sub(10)),
        "Home" => playback.scrub(0),
        "End" => playback.scrub(u32::MAX),
        " " => playback.toggle(),
        _ => return,
    }
    event.prevent_default();
}

/// The times at both ends, and the lengths of idle times where there is room to say them, as a picture.
fn times(texts: Texts, strip: Strip) -> String {
    let (width, count) = (strip.width.get(), strip.playback.count.get());
    let text = |x: i32, anchor: &str, text: &str| {
        format!("<text x='{x}' y='12' text-anchor='{anchor}'>{}</text>", escaped(text))
    };
    if count == 0 {
        return text(0, "start", texts.say("transport.start_of_run"));
    }
    let end_us = strip.playback.moments().get().at_us(count);
    let mut times = text(0, "start", &texts.span(0)) + &text(width, "end", &texts.span(end_us));
    let mut free = ENDS;
    strip.lanes.with(|lanes| {
        for gap in &lanes.gaps {
            let (from, to) = (x_of(gap.from, lanes.end, width), x_of(gap.to, lanes.end, width));
            let middle = i32::midpoint(from, to);
            let Some(label) = label(texts, gap, to - from) else { continue };
            let half = width_of(&label) / 2;
            if middle - half >= free && middle + half <= width - ENDS {
                free = middle + half + 8;
                times += &text(middle, "middle", &label);
            }
        }
    });
    times
}

/// How long nothing happens, in a sentence or in a number, whichever has room; none where neither has.
fn label(texts: Texts, gap: &Gap, room: i32) -> Option<String> {
    let time = texts.span(gap.idle_us);
    let sentence = texts.fill("transport.idle", &[("time", &time)]);
    [sentence, time].into_iter().find(|label| width_of(label) <= room.max(48))
}

/// How much room a label takes, in pixels.
fn width_of(label: &str) -> i32 {
    label.chars().count() as i32 * LETTER_TENTHS / 10
}
