//! The transport: how moments go by, where one stands among them, and the way to any other.

mod bar;
mod drawing;
mod lanes;
mod marks;
mod menus;
mod scrubber;
mod telling;

use leptos::prelude::*;

pub(in crate::ui) use self::drawing::{interest_sign, sign_markup};
use self::{bar::Bar, lanes::Strip, scrubber::Scrubber};
pub(in crate::ui) use self::{
    marks::{MarkItems, open_marks},
    menus::{ExplainItems, UntilItems},
    telling::Telling,
};
use super::{
    held::Held,
    late::{Late, late_once_here},
    lean::part_when,
    state::use_page,
};

/// The bar of buttons, and the lanes over the scrubber. It is there when there is a run.
#[component]
pub fn Transport() -> impl IntoView {
    let page = use_page();
    part_when(
        move || page.playback.run.get() > 0,
        move || {
            let strip = Strip::new(page);
            view! {
                <section class="transport" aria-label=page.shell.texts.say("transport.title")>
                    <Bar/>
                    <Scrubber strip/>
                    {late_once_here(Late::Telling, Held::new(false))}
                </section>
            }
        },
    )
}
