//! What somebody hears who does not see moments go by: those of interest, at most once a second.

use std::{cell::RefCell, mem::take, rc::Rc, time::Duration};

use leptos::prelude::*;

use crate::{
    app::views::{Interest, Interests},
    ui::{
        lean::effect,
        playback::{Playback, Speed},
        state::{PageState, use_page},
    },
};

/// The time from one thing that is said to the next.
const BETWEEN: Duration = Duration::from_secs(1);

/// How far it was told what went by.
#[derive(Default)]
struct Told {
    /// Up to which moment.
    to: u32,
    /// Whether something went by since the end was told.
    has_moved: bool,
    /// Whether it will be told soon.
    is_coming: bool,
    /// What was said when the time began to run.
    heard: String,
}

/// Tells what goes by for as long as it is mounted; there is nothing to be seen.
#[component]
pub fn Telling() -> impl IntoView {
    let teller = Teller { page: use_page(), told: Rc::default() };
    effect(move || teller.follow());
}

#[derive(Clone)]
struct Teller {
    page: PageState,
    told: Rc<RefCell<Told>>,
}

impl Teller {
    fn playback(&self) -> Playback {
        self.page.playback
    }

    /// Moments go by, or somebody moved: what was said there is known.
    fn follow(&self) {
        let (shown, is_playing) = (self.playback().playhead.get(), self.playback().playing.get());
        let mut told = self.told.borrow_mut();
        if !is_playing || shown < told.to {
            (told.to, told.has_moved) = (shown, false);
            return;
        }
        told.has_moved |= shown > told.to;
        drop(told);
        self.tell_soon();
    }

    fn tell_soon(&self) {
        let mut told = self.told.borrow_mut();
        if told.has_moved && !told.is_coming {
            told.is_coming = true;
            told.heard = self.page.shell.announcement.get_untracked();
            let teller = self.clone();
            set_timeout(move || teller.tell(), BETWEEN);
        }
    }

    fn tell(&self) {
        let said = self.page.shell.announcement.get_untracked();
        let mut told = self.told.borrow_mut();
        told.is_coming = false;
        // Who stopped heard where they are. What others said has its second too.
        let (is_playing, waits) = (self.playback().playing.get_untracked(), told.heard != said);
        drop(told);
        match (is_playing, waits) {
            (false, _) => {}
            (true, true) => self.tell_soon(),
            (true, false) => self.tell_now(),
        }
    }

    fn tell_now(&self) {
        let (playback, texts) = (self.playback(), self.page.shell.texts.now());
        let mut passed = self.passed();
        if playback.idle.get_untracked() && !playback.is_past_untracked() {
            let has_moved = take(&mut self.told.borrow_mut().has_moved);
            if has_moved && playback.speed.get_untracked() != Speed::Instant {
                passed.push(texts.say("transport.waiting").to_owned());
            }
        }
        if !passed.is_empty() {
            self.page.shell.announce(passed.join(" "));
        }
    }

    /// What went by and was not told yet, in sentences.
    fn passed(&self) -> Vec<String> {
        let playback = self.playback();
        let shown = playback.playhead.get_untracked();
        let from = std::mem::replace(&mut self.told.borrow_mut().to, shown);
        // At once there is nothing that goes by: the answer to a command says what became of it.
        let wanted = match playback.speed.get_untracked() {
            Speed::Instant => Interests::default().with(Interest::Fault).with(Interest::Crash),
            _ => Interest::ALL.into_iter().fold(Interests::default(), Interests::with),
        };
        let moments = untrack(|| playback.moments());
        moments.get().passed(self.page.shell.texts.now(), (from, shown), wanted)
    }
}
