//! The bar: buttons, speed, and where one stands in words.

use leptos::{ev::MouseEvent, prelude::*};

use super::{
    marks::MarksMenu,
    menus::{ExplainMenu, UntilMenu},
};
use crate::ui::held::Held;
use crate::{
    app::texts::Texts,
    ui::{
        lean::{Mark, mark, on_click, on_event, truth, when, words},
        playback::{Playback, Speed},
        shell::choose_speed,
        state::{PageTexts, use_page},
    },
};

#[component]
pub(super) fn Bar() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let more = Held::new(false);
    view! {
        <div class="transport__bar">
            {buttons(texts, playback)}
            // Where there is no room, what follows waits behind this button.
            <button
                type="button"
                class="button transport__more"
                aria-label=texts.say("transport.more")
                title=texts.say("transport.more")
                aria-expanded=truth(move || more.get())
                on:click=on_click(move || more.update(|is_on| *is_on = !*is_on))
            >
                "⋯"
            </button>
            <div class="transport__group transport__rest" class=("transport__rest--open", when(move || more.get()))>
                {speed(texts, playback)}
                <UntilMenu/>
                <ExplainMenu/>
                <MarksMenu/>
                <button
                    type="button"
                    class="button transport__table"
                    aria-label=texts.say("transport.table")
                    title=texts.say("transport.table")
                    aria-pressed=truth(move || playback.table.get())
                    on:click=on_click(move || playback.table.update(|is_on| *is_on = !*is_on))
                >
                    {texts.say("transport.table_short")}
                </button>
            </div>
            <p class="transport__place">
                <span>{words(move || place(texts.get(), playback))}</span>
                <span class="transport__note">{words(move || note(texts.get(), playback))}</span>
            </p>
        </div>
    }
}

/// Where one stands: the number of the moment, of how many, and its time.
pub(super) fn place(texts: Texts, playback: Playback) -> String {
    let shown = playback.playhead.get();
    let number = texts.count(u64::from(shown));
    let count = texts.count(u64::from(playback.count.get()));
    let place = texts.fill("transport.place", &[("number", &number), ("count", &count)]);
    match shown {
        0 => place,
        _ => format!("{place} · {}", texts.span(playback.moments().get().at_us(shown))),
    }
}

/// What looking at the past means, or why nothing moves.
fn note(texts: Texts, playback: Playback) -> String {
    if playback.is_past() {
        texts.say("transport.past").to_owned()
    } else if playback.playing.get() && playback.idle.get() {
        texts.say("transport.waiting").to_owned()
    } else {
        String::new()
    }
}

const START: &str = "M3.5 3v10M12 3L7 8l5 5";
const BACK: &str = "M10 3L5 8l5 5";
const PLAY: &str = "M5 3.5v9l7-4.5z";
const PAUSE: &str = "M5.5 3.5v9M10.5 3.5v9";
const STEP: &str = "M6 3l5 5-5 5";
const END: &str = "M12.5 3v10M4 3l5 5-5 5";
const SKIP: &str = "M3 3.5l5 4.5-5 4.5M8.5 3.5l5 4.5-5 4.5";

fn buttons(texts: PageTexts, playback: Playback) -> impl IntoView {
    let at_start = mark(move || playback.playhead.get() == 0);
    let at_end = mark(move || !playback.is_past() && playback.idle.get());
    let still = mark(move || !playback.playing.get());
    let button = move |key, path, label: &'static str, off: &Mark, act: fn(Playback)| {
        let act = on_click(move || act(playback));
        control(texts, key, path, label, off.clone(), act)
    };
    view! {
        <div class="transport__group" role="group" aria-label=texts.say("transport.title")>
            {button("transport.start", START, "", &at_start, Playback::to_start)}
            {button("transport.back", BACK, "before", &at_start, Playback::step_back)}
            {play(texts, playback)}
            {button("transport.step", STEP, "after", &at_end, Playback::step)}
            {button("transport.end", END, "", &at_end, Playback::to_end)}
            {button("transport.skip", SKIP, "", &still, Playback::skip)}
        </div>
    }
}

/// A button with a sign, and the word for a step before or after it. Where it can do nothing it stays in
/// the order of Tab: a button that is disabled loses the focus.
fn control(
    texts: PageTexts,
    key: &'static str,
    path: &'static str,
    label: &'static str,
    off: Mark,
    act: Box<dyn FnMut(MouseEvent)>,
) -> AnyView {
    let content = words(move || match label {
        "" => sign(path),
        _ => {
            let word = texts.get().say("transport.step");
            format!("{}<span class='transport__word'>{word}</span>", sign(path))
        }
    });
    view! {
        <button
            type="button"
            class=format!("button transport__button transport__button--{label}")
            aria-label=texts.say(key)
            title=texts.say(key)
            on:click=act
            aria-disabled=off
            inner_html=content
        ></button>
    }
    .into_any()
}

fn sign(path: &str) -> String {
    format!(
        "<svg class='transport__sign' viewBox='0 0 16 16' aria-hidden='true'><path d='{path}'/></svg>"
    )
}

fn play(texts: PageTexts, playback: Playback) -> impl IntoView {
    let content = words(move || {
        let (path, key) = if playback.playing.get() {
            (PAUSE, "transport.pause")
        } else {
            (PLAY, "transport.play")
        };
        format!("{}<span class='transport__play-word'>{}</span>", sign(path), texts.get().say(key))
    });
    view! {
        <button
            type="button"
            class="button button--primary transport__play"
            on:click=on_click(move || playback.toggle())
            inner_html=content
        ></button>
    }
}

fn speed(texts: PageTexts, playback: Playback) -> impl IntoView {
    let options = words(move || {
        let option = |(index, speed): (usize, Speed)| {
            let chosen = if playback.speed.get() == speed { " selected" } else { "" };
            format!("<option value='{index}'{chosen}>{}</option>", label(texts.get(), speed))
        };
        Speed::ALL.into_iter().enumerate().map(option).collect()
    });
    let choose = on_event(move |event| {
        let index = event_target_value(&event).parse::<usize>();
        if let Some(speed) = index.ok().and_then(|index| Speed::ALL.get(index)) {
            choose_speed(playback, *speed);
        }
    });
    view! {
        <select
            class="field__input transport__speed"
            aria-label=texts.say("transport.speed")
            title=texts.say("transport.speed")
            on:change=choose
            inner_html=options
        ></select>
    }
}

fn label(texts: Texts, speed: Speed) -> String {
    match speed {
        Speed::Quarter => "¼\u{d7}".to_owned(),
        Speed::Half => "½\u{d7}".to_owned(),
        Speed::Instant => texts.say("transport.instant").to_owned(),
        other => format!("{}\u{d7}", (1_u32 << other as u32) / 4),
    }
}
