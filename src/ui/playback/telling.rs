//! What somebody hears who does not see moments go by: those of interest, at most once a second.

use std::{mem::take, time::Duration};

use leptos::prelude::*;

use super::{Playback, Speed};
use crate::app::views::{Interest, Interests};

/// The time from one thing that is said to the next.
const BETWEEN: Duration = Duration::from_secs(1);

/// How far it was told what went by.
#[derive(Default)]
pub(super) struct Telling {
    /// Up to which moment.
    to: u32,
    /// Whether something went by since the end was told.
    has_moved: bool,
    /// Whether it will be told soon.
    is_coming: bool,
    /// What was said when the time began to run.
    heard: String,
}

impl Playback {
    /// What was said here is known: only what goes by from here on is told.
    pub(super) fn tell_from_here(self) {
        let shown = self.playhead.get_untracked();
        let inner = self.inner();
        let mut telling = inner.telling.borrow_mut();
        (telling.to, telling.has_moved) = (shown, false);
    }

    /// Moments may have gone by: tells of them soon.
    pub(super) fn tell_soon(self) {
        let shown = self.playhead.get_untracked();
        let inner = self.inner();
        let mut telling = inner.telling.borrow_mut();
        telling.has_moved |= shown > telling.to;
        if telling.has_moved && !telling.is_coming {
            telling.is_coming = true;
            telling.heard = self.shell.announcement.get_untracked();
            set_timeout(move || self.tell(), BETWEEN);
        }
    }

    fn tell(self) {
        let said = self.shell.announcement.get_untracked();
        let inner = self.inner();
        let mut telling = inner.telling.borrow_mut();
        telling.is_coming = false;
        // Somebody who stopped heard where they are. What others said has its second too.
        let (is_playing, waits) = (self.playing.get_untracked(), telling.heard != said);
        drop(telling);
        if is_playing && waits {
            return self.tell_soon();
        }
        if is_playing {
            self.tell_now();
        }
    }

    fn tell_now(self) {
        let mut passed = self.passed();
        let is_instant = self.speed.get_untracked() == Speed::Instant;
        if self.idle.get_untracked() && !self.is_past_untracked() {
            let has_moved = take(&mut self.inner().telling.borrow_mut().has_moved);
            if has_moved && !is_instant {
                passed.push(self.shell.texts.now().say("transport.waiting").to_owned());
            }
        }
        if !passed.is_empty() {
            self.shell.announce(passed.join(" "));
        }
    }

    /// Playing came to a stop: says what went by before, and where it stands; in numbers too, where somebody
    /// stopped it.
    pub(super) fn say_stopped(self, in_numbers: bool) {
        let (texts, shown) = (self.shell.texts.now(), self.playhead.get_untracked());
        let here = untrack(|| self.sentence(shown));
        let mut said = self.passed();
        said.retain(|sentence| *sentence != here);
        if in_numbers {
            let [number, count] =
                [shown, self.count.get_untracked()].map(|number| texts.count(u64::from(number)));
            said.push(texts.fill("transport.paused", &[("number", &number), ("count", &count)]));
        }
        said.push(here);
        self.shell.announce(said.join(" "));
    }

    /// What went by and was not told yet, in sentences.
    fn passed(self) -> Vec<String> {
        let (inner, shown) = (self.inner(), self.playhead.get_untracked());
        let from = std::mem::replace(&mut inner.telling.borrow_mut().to, shown);
        // At once there is nothing that goes by: the answer to a command says what became of it.
        let wanted = match self.speed.get_untracked() {
            Speed::Instant => Interests::default().with(Interest::Fault).with(Interest::Crash),
            _ => Interest::ALL.into_iter().fold(Interests::default(), Interests::with),
        };
        inner.moments.borrow().passed(self.shell.texts.now(), (from, shown), wanted)
    }
}
