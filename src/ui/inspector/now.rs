//! What happens at the playhead in one sentence, above the picture; large when playing stopped for it.

use leptos::prelude::*;

use crate::ui::{
    lean::{when, words},
    state::use_page,
};

/// The sentence of the moment at the playhead.
#[component]
pub fn MomentNow() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let caption = words(move || {
        let texts = texts.get();
        let shown = playback.playhead.get();
        if shown == 0 {
            return texts.say("inspector.title").to_owned();
        }
        let time = texts.span(playback.moments().get().at_us(shown));
        let interest = playback.moments().get().interest(shown);
        let why = interest.map(|interest| format!(" · {}", texts.interest(interest)));
        let (title, number) = (texts.say("transport.moment"), texts.count(u64::from(shown)));
        format!("{title} {number} · {time}{}", why.unwrap_or_default())
    });
    view! {
        <div
            class="moment-now"
            class=("moment-now--explained", when(move || playback.explained.get()))
        >
            <p class="moment-now__caption">{caption}</p>
            <p class="moment-now__sentence" dir="auto">
                {words(move || playback.sentence(playback.playhead.get()))}
            </p>
        </div>
    }
}
