//! Times as each language writes them, through the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl::DateTimeFormat, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::app::texts::Language;

/// Ways to write a moment, made once a language: making one is slow.
struct Formats {
    language: Language,
    clock: Function,
    date: Function,
}

thread_local! {
    static FORMATS: RefCell<Option<Formats>> = const { RefCell::new(None) };
}

/// The time of day of a moment, given in milliseconds since 1970 (UTC), in the person's time zone.
pub fn clock(language: Language, at_ms: i64) -> String {
    with_formats(language, |formats| written(&formats.clock, at_ms))
}

/// Date and time of day of a moment, given in milliseconds since 1970 (UTC).
pub fn date_and_clock(language: Language, at_ms: i64) -> String {
    with_formats(language, |formats| written(&formats.date, at_ms))
}

/// The moment as machines read it, for `<time datetime>`.
pub fn machine(at_ms: i64) -> String {
    let date = Date::new(&JsValue::from_f64(at_ms as f64));
    if date.get_time().is_nan() { String::new() } else { date.to_iso_string().into() }
}

fn written(format: &Function, at_ms: i64) -> String {
    format
        .call1(&JsValue::UNDEFINED, &JsValue::from_f64(at_ms as f64))
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_default()
}

fn with_formats(language: Language, write: impl FnOnce(&Formats) -> String) -> String {
    FORMATS.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|formats| formats.language != language) {
            *kept = Some(Formats {
                language,
                clock: format(language, &[("timeStyle", "medium")]),
                date: format(language, &[("dateStyle", "medium"), ("timeStyle", "medium")]),
            });
        }
        kept.as_ref().map(write).unwrap_or_default()
    })
}

fn format(language: Language, options: &[(&str, &str)]) -> Function {
    let wanted = Object::new();
    for (name, value) in options {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&wanted, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    DateTimeFormat::new(&Array::of1(&language.tag().into()), &wanted).format()
}
