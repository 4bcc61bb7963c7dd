//! How marks look: a shape of its own for each interest, beside its colour.

use std::fmt::Write;

use js_sys::JsString;
use leptos::prelude::*;

use crate::app::{
    texts::Texts,
    views::{Gap, Interest, Lanes},
};

/// How high a lane is, in pixels.
const LANE: u32 = 20;
/// Half of what the scrubber's thumb takes: the axis begins and ends so far inside.
const INSET: i32 = 9;

/// Where a place of the axis lies, in whole pixels: the page holds no code that writes floats.
pub(super) fn x_of(place: u32, end: u32, width: i32) -> i32 {
    let room = f64::from((width - 2 * INSET).max(0));
    INSET + (f64::from(place) / f64::from(end.max(1)) * room).round() as i32
}

/// The class of what belongs to an interest.
fn class(interest: Interest) -> &'static str {
    match interest {
        Interest::Event => "mark mark--event",
        Interest::Refusal => "mark mark--refusal",
        Interest::Conflict => "mark mark--conflict",
        Interest::Fault => "mark mark--fault",
        Interest::Crash => "mark mark--crash",
    }
}

/// The shape of an interest around the point where a path stands.
fn shape(interest: Interest) -> &'static str {
    match interest {
        Interest::Event => "m-5-5h10v10h-10z",
        Interest::Refusal => "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
        Interest::Conflict => "m-5.5 0l5.5-5.5l5.5 5.5l-5.5 5.5z",
        Interest::Fault => "m0-5.5l6 10.5h-12z",
        Interest::Crash => "m-4-4l8 8m0-8l-8 8",
    }
}

/// The lanes as a picture: idle times, lines, and for each interest all of its marks as one path.
pub(super) fn drawing(lanes: &Lanes, width: i32, rows_max: u32) -> String {
    let height = rows_max * LANE;
    let rows = lanes.rows.len() as u32;
    let lines: String = middles(rows, rows_max).map(|y| format!("M0 {y}h{width}")).collect();
    let gaps: String = lanes.gaps.iter().map(|gap| band(lanes, gap, width, height)).collect();
    let mut picture = format!(
        "<svg width='{width}' height='{height}'><path class='lanes__gaps' d='{gaps}'/>\
         <path class='lanes__lines' d='{lines}'/>"
    );
    for interest in Interest::ALL {
        let (class, path) = (class(interest), marks(lanes, interest, width, rows_max));
        // Writing into a string cannot fail.
        let _ = write!(picture, "<path class='{class}' d='{path}'/>");
    }
    picture + "</svg>"
}

/// The ground of an idle time. The moments on either side keep theirs.
fn band(lanes: &Lanes, gap: &Gap, width: i32, height: u32) -> String {
    let (from, to) = (x_of(gap.from, lanes.end, width), x_of(gap.to, lanes.end, width));
    let (from, room) = (from + 8, to - from - 16);
    if room < 4 { String::new() } else { format!("M{from} 0h{room}v{height}h-{room}z") }
}

/// All marks of an interest as one path. Marks that would hide each other are left out.
fn marks(lanes: &Lanes, interest: Interest, width: i32, rows_max: u32) -> String {
    let mut path = String::new();
    for (y, lane) in middles(lanes.rows.len() as u32, rows_max).zip(&lanes.rows) {
        let mut last = i32::MIN;
        for mark in lane.marks.iter().filter(|mark| mark.interests.has(interest)) {
            let x = x_of(mark.place, lanes.end, width);
            if x.saturating_sub(last) >= 3 {
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}{}", shape(interest));
                last = x;
            }
        }
    }
    path
}

/// The flags of moments that have names, over all lanes.
pub(super) fn flags(xs: Vec<i32>, width: i32, rows_max: u32) -> String {
    let height = rows_max * LANE;
    let path: String = xs.into_iter().map(|x| format!("M{x} {height}V1h7l-2 3l2 3h-7")).collect();
    format!("<svg width='{width}' height='{height}'><path class='flag' d='{path}'/></svg>")
}

/// The middles of lanes, in pixels from above. The last lane is right above the scrubber.
fn middles(rows: u32, rows_max: u32) -> impl Iterator<Item = u32> {
    (rows_max.saturating_sub(rows)..rows_max).map(|row| row * LANE + LANE / 2)
}

/// The mark of an interest by itself.
pub(in crate::ui) fn interest_sign(interest: Interest) -> AnyView {
    view! { <span class="sign" inner_html=sign_markup(interest)></span> }.into_any()
}

/// The same as markup.
pub(in crate::ui) fn sign_markup(interest: Interest) -> String {
    let (class, shape) = (class(interest), shape(interest));
    format!(
        "<svg class='sign' viewBox='-7 -7 14 14' aria-hidden='true'>\
         <path class='{class}' d='M0 0{shape}'/></svg>"
    )
}

/// An interest in a word that can stand alone. The browser knows the large letter: a table of all of them
/// would be the largest piece of data in the page.
pub(super) fn interest_name(texts: Texts, interest: Interest) -> String {
    let word = texts.interest(interest);
    let (first, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
    String::from(JsString::from(first).to_upper_case()) + rest
}
