//! What happens once a frame: moments go by, and what was made since is shown.

use leptos::{leptos_dom::helpers::AnimationFrameRequestHandle, prelude::*};

use super::{Playback, Speed};

/// The longest time between two frames that counts: a page that was hidden does not catch up.
const FRAME_MS_MAX: f64 = 100.0;
/// The most that is saved up for moments that are late, in the time of a usual one.
const BUDGET_MAX: f64 = 4.0;

/// What is asked of whoever drives the world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Wish {
    #[default]
    Nothing,
    /// Steps up to one more moment.
    One,
    /// Steps until something stops them.
    All,
}

/// What is needed between two frames and seen by nobody.
#[derive(Default)]
pub(super) struct Course {
    /// What may be spent on moments, in the time of a usual one.
    pub(super) budget: f64,
    /// When the last frame was, in milliseconds.
    pub(super) framed_at: f64,
    /// When the world's next step begins, in microseconds since the run began; none while it waits for
    /// somebody outside.
    pub(super) next_us: Option<u64>,
    pub(super) wish: Wish,
    pub(super) frame: Option<AnimationFrameRequestHandle>,
    /// Where the playhead goes with the next frame.
    pub(super) follows_to: Option<u32>,
    /// Whether somebody asked for the moments that come, and so hears of them.
    pub(super) is_asked: bool,
    /// Whether playing ends with what there is to do.
    pub(super) ends: bool,
}

impl Playback {
    pub(super) fn frame_soon(self) {
        let inner = self.inner();
        let mut course = inner.course.borrow_mut();
        if course.frame.is_none() {
            course.frame = request_animation_frame_with_handle(move || self.frame()).ok();
        }
    }

    /// Cancels what is to come.
    pub(super) fn rest(self) {
        if let Some(inner) = self.inner.try_get_value()
            && let Some(frame) = inner.course.borrow_mut().frame.take()
        {
            frame.cancel();
        }
    }

    /// Once a frame: shows what was made since, and lets moments go by.
    fn frame(self) {
        let now = window().performance().map_or(0.0, |performance| performance.now());
        let inner = self.inner();
        let mut course = inner.course.borrow_mut();
        course.frame = None;
        let passed = (now - course.framed_at).clamp(0.0, FRAME_MS_MAX);
        course.framed_at = now;
        drop(course);
        self.follow();
        if self.playing.get_untracked() {
            self.go_by(passed);
        }
    }

    /// Shows what was made since the last frame.
    fn follow(self) {
        let inner = self.inner();
        let count = inner.moments.borrow().count();
        if count != self.count.get_untracked() {
            self.count.set(count);
        }
        let mut course = inner.course.borrow_mut();
        let (to, is_asked) = (course.follows_to.take(), std::mem::take(&mut course.is_asked));
        let idle = course.next_us.is_none();
        drop(course);
        if idle != self.idle.get_untracked() {
            self.idle.set(idle);
        }
        if let Some(to) = to {
            self.playhead.set(to);
            let is_playing = self.playing.get_untracked();
            if is_playing && self.stops_at(to) {
                self.stop();
            } else if is_asked && !is_playing {
                self.say();
            }
        }
        if idle {
            self.settle();
        }
    }

    /// Spends the time that has passed on moments: on those that there are, then on new ones.
    fn go_by(self, passed: f64) {
        let (inner, shown) = (self.inner(), self.playhead.get_untracked());
        let saved = inner.course.borrow().budget;
        let budget = self.speed.get_untracked().moments_in(passed) + saved;
        let stops = self.stops.get_untracked();
        let advance = inner.moments.borrow().advance(shown, budget, &stops);
        if advance.shown != shown {
            self.playhead.set(advance.shown);
        }
        inner.course.borrow_mut().budget = advance.budget.min(BUDGET_MAX);
        if advance.stopped {
            return self.stop();
        }
        if advance.shown == self.count.get_untracked() {
            match self.next_us() {
                Some(next_us) => self.make_more(next_us, advance.budget),
                None => return inner.course.borrow_mut().budget = 0.0,
            }
        }
        self.frame_soon();
    }

    /// Asks for the next moment when its time has come.
    fn make_more(self, next_us: u64, budget: f64) {
        let inner = self.inner();
        let cost = inner.moments.borrow().cost_until(next_us);
        let mut course = inner.course.borrow_mut();
        if course.wish != Wish::Nothing || budget < cost {
            return;
        }
        course.budget = (budget - cost).min(BUDGET_MAX);
        drop(course);
        let is_instant = self.speed.get_untracked() == Speed::Instant;
        self.ask(if is_instant { Wish::All } else { Wish::One });
    }
}
