//! Playback: which moments are shown, and how they go by.
//!
//! What happened lies in [`Moments`]; the playhead says how many of them are shown. Stepping back and
//! seeking move the playhead only. Going on beyond the last moment asks whoever drives the world, who
//! answers with [`Playback::took`] after every step.

mod frames;
mod speed;

use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

use leptos::prelude::*;

use self::frames::{Course, Wish};
pub use self::speed::Speed;
use super::{
    kept::{Kept, Watched},
    state::Shell,
};
use crate::app::{
    Moments,
    views::{Interest, Stops, Until},
};

/// What no signal is needed for.
#[derive(Default)]
struct Inner {
    moments: RefCell<Moments>,
    go_on: RefCell<Option<Rc<dyn Fn()>>>,
    course: RefCell<Course>,
    /// Whether somebody steps by hand: what is given waits for them.
    held: Cell<bool>,
}

/// What is known of the moments, for as long as somebody reads in it.
pub struct Known(Rc<Inner>);

impl Known {
    /// The moments.
    pub fn get(&self) -> Ref<'_, Moments> {
        self.0.moments.borrow()
    }
}

/// What transport, scrubber, inspector and table share. Cheap to copy; owned by the root.
pub type Playback = Kept<PlaybackState>;

/// What [`Playback`] stands for.
pub struct PlaybackState {
    shell: Shell,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
    /// Grows when another run takes the place of this one; 0 before the first.
    pub run: Watched<u32>,
    /// How many moments there are.
    pub count: Watched<u32>,
    /// How many of them are shown: the number of the moment that is the present one on the page.
    pub playhead: Watched<u32>,
    /// Whether moments go by.
    pub playing: Watched<bool>,
    /// Whether the world waits for somebody outside.
    pub idle: Watched<bool>,
    /// How fast they go by.
    pub speed: Watched<Speed>,
    /// Where playing stops.
    pub stops: Watched<Stops>,
    /// Whether playing stopped to explain the moment at the playhead.
    pub explained: Watched<bool>,
    /// Grows when the animation of a moment is to end at once.
    pub skips: Watched<u32>,
    /// Whether the table of moments is shown.
    pub table: Watched<bool>,
}

impl Playback {
    /// Playback of no run. Call it in the root's owner.
    pub fn new(shell: Shell) -> Self {
        let playback = Self::forever(PlaybackState {
            shell,
            inner: StoredValue::new_local(Rc::default()),
            run: Watched::new(0),
            count: Watched::new(0),
            playhead: Watched::new(0),
            playing: Watched::new(false),
            idle: Watched::new(true),
            speed: Watched::new(super::shell::chosen_speed()),
            stops: Watched::new(Stops::default()),
            explained: Watched::new(false),
            skips: Watched::new(0),
            table: Watched::new(false),
        });
        on_cleanup(move || playback.rest());
        playback
    }

    /// Shows another run, at its last moment. `go_on` begins to take steps of its world, calls
    /// [`Playback::took`] after each, and ends when that says so.
    pub fn connect(self, moments: Moments, next_us: Option<u64>, go_on: Rc<dyn Fn()>) {
        self.pause();
        let count = moments.count();
        let inner = self.inner();
        inner.moments.replace(moments);
        inner.go_on.replace(Some(go_on));
        inner.course.replace(Course { next_us, ..Course::default() });
        self.explained.set(false);
        self.count.set(count);
        self.playhead.set(count);
        self.idle.set(next_us.is_none());
        self.run.update(|run| *run += 1);
    }

    /// The world took a step, or something was given to it; its next step begins then. Returns whether it
    /// shall take one more. What is shown follows with the next frame.
    pub fn took(self, next_us: Option<u64>) -> bool {
        let inner = self.inner();
        let before = inner.moments.borrow().count();
        let now = inner.moments.borrow_mut().take_in();
        let is_playing = self.playing.get_untracked();
        let stop = if is_playing { self.stop_between(before, now) } else { None };
        let mut course = inner.course.borrow_mut();
        course.next_us = next_us;
        let shown = course.follows_to.unwrap_or(self.playhead.get_untracked());
        if shown == before && now > before {
            course.follows_to = Some(stop.unwrap_or(now));
        }
        let has_enough = course.wish == Wish::One && now > before;
        if has_enough || stop.is_some() || next_us.is_none() {
            course.wish = Wish::Nothing;
        }
        let goes_on = course.wish != Wish::Nothing;
        drop(course);
        self.frame_soon();
        goes_on
    }

    /// What is known of the moments.
    pub fn moments(self) -> Known {
        self.run.track();
        Known(self.inner())
    }

    fn inner(self) -> Rc<Inner> {
        self.inner.get_value()
    }

    /// The sentence of a moment, in the language of now.
    pub fn sentence(self, number: u32) -> String {
        let texts = self.shell.texts.get();
        if number == 0 {
            return texts.say("transport.start_of_run").to_owned();
        }
        self.moments().get().sentence(texts, number)
    }

    /// How long the moment at the playhead is shown, in milliseconds: 0 for no time at all.
    pub fn moment_ms(self) -> f64 {
        1.0 / self.speed.get().moments_in(1.0)
    }

    /// Whether an earlier moment than the last is shown.
    pub fn is_past(self) -> bool {
        self.playhead.get() < self.count.get()
    }

    /// Whether an earlier moment than the last is shown now.
    pub fn is_past_untracked(self) -> bool {
        self.playhead.get_untracked() < self.count.get_untracked()
    }

    /// Lets moments go by, the first of them at once.
    pub fn play(self) {
        self.inner().held.set(false);
        self.explained.set(false);
        self.playing.set(true);
        self.inner().course.borrow_mut().budget = 1.0;
        self.frame_soon();
    }

    /// Something new is to be seen: lets moments go by, unless somebody holds them.
    pub fn go_on(self) {
        if !self.inner().held.get() && !self.playing.get_untracked() {
            self.play();
        }
    }

    /// Stops them.
    pub fn pause(self) {
        self.playing.set(false);
        self.stops.update(|stops| stops.until = None);
        let inner = self.inner();
        let mut course = inner.course.borrow_mut();
        course.wish = Wish::Nothing;
        course.ends = false;
    }

    /// Plays or pauses, and says where.
    pub fn toggle(self) {
        if self.playing.get_untracked() {
            self.pause();
            self.inner().held.set(true);
            self.say();
        } else {
            self.play();
        }
    }

    /// Shows one moment more; at the end, one that is made for it.
    pub fn step(self) {
        self.pause();
        self.inner().held.set(true);
        let shown = self.playhead.get_untracked();
        if shown < self.count.get_untracked() {
            self.show(shown + 1);
        } else {
            self.ask(Wish::One);
        }
    }

    /// Shows one moment less.
    pub fn step_back(self) {
        self.seek(self.playhead.get_untracked().saturating_sub(1));
    }

    /// Shows none.
    pub fn to_start(self) {
        self.seek(0);
    }

    /// Shows all; when all are shown, all that are still to come.
    pub fn to_end(self) {
        let count = self.count.get_untracked();
        if self.playhead.get_untracked() < count {
            return self.seek(count);
        }
        self.explained.set(false);
        self.playing.set(true);
        self.inner().course.borrow_mut().ends = true;
        self.ask(Wish::All);
    }

    /// Shows so many.
    pub fn seek(self, shown: u32) {
        self.pause();
        self.show(shown.min(self.count.get_untracked()));
    }

    /// Shows so many for who moves in something that says itself where it is: the scrubber, the table.
    pub fn scrub(self, shown: u32) {
        self.pause();
        self.move_to(shown.min(self.count.get_untracked()));
    }

    /// Ends the animation of the moment at the playhead.
    pub fn skip(self) {
        self.skips.update(|skips| *skips += 1);
        let inner = self.inner();
        let mut course = inner.course.borrow_mut();
        course.budget = course.budget.max(2.0);
    }

    /// Plays up to the next moment of a kind.
    pub fn run_until(self, until: Until) {
        self.stops.update(|stops| stops.until = Some(until));
        self.play();
    }

    /// Switches whether playing stops at moments with an interest.
    pub fn toggle_explain(self, interest: Interest) {
        self.stops.update(|stops| stops.explain = stops.explain.toggled(interest));
    }

    /// Moves the playhead, and says what is there.
    fn show(self, shown: u32) {
        self.move_to(shown);
        self.say();
    }

    fn move_to(self, shown: u32) {
        self.explained.set(false);
        self.inner().course.borrow_mut().follows_to = None;
        self.playhead.set(shown);
    }

    fn say(self) {
        let shown = self.playhead.get_untracked();
        self.shell.announce(untrack(|| self.sentence(shown)));
    }

    fn ask(self, wish: Wish) {
        if self.next_us().is_none() {
            self.shell.announce(self.shell.texts.now().say("transport.waiting").to_owned());
            return self.settle();
        }
        let inner = self.inner();
        let mut course = inner.course.borrow_mut();
        course.wish = wish;
        course.is_asked = true;
        drop(course);
        let go_on = inner.go_on.borrow().clone();
        if let Some(go_on) = go_on {
            go_on();
        }
    }

    fn stop_between(self, from: u32, to: u32) -> Option<u32> {
        let mut stops = self.stops.get_untracked();
        // Who wants the end does not want to pause on the way.
        if self.inner().course.borrow().ends {
            stops.pauses.clear();
        }
        self.inner().moments.borrow().stop(from, to, &stops)
    }

    fn stops_at(self, number: u32) -> bool {
        number > 0 && self.stop_between(number - 1, number).is_some()
    }

    /// Playing ended by itself, here.
    fn stop(self) {
        let shown = self.playhead.get_untracked();
        let stops = self.stops.get_untracked();
        let explains = self.inner().moments.borrow().explains(shown, &stops);
        self.pause();
        self.explained.set(explains);
        self.say();
    }

    /// There is nothing more to do.
    fn settle(self) {
        let ends = self.inner().course.borrow().ends;
        if ends {
            self.pause();
        }
    }

    fn next_us(self) -> Option<u64> {
        self.inner().course.borrow().next_us
    }
}
