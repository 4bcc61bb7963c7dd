//! Who drives the world of the branch that is acted on: takes its steps as playback asks for them, and
//! shows the past of log, orders and read models once somebody looks at it.

use std::{cell::Cell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};

use super::{
    commands::Desk,
    kept::{Kept, Watched},
    late,
    state::PageState,
};
use crate::app::{Changed, Pictures, route::Route, views::Picture};
use crate::ui::held::Derived;
use crate::ui::lean::effect;

/// What drives the world. Cheap to copy; owned by the root.
#[derive(Clone, Copy)]
pub struct World {
    pictures: StoredValue<Option<Pictures>, LocalStorage>,
    /// The picture at the playhead; none before there is a run.
    pub picture: Derived<Option<Picture>>,
    /// The branch that playback is connected to, as long as its database is there.
    connected: StoredValue<Option<u32>>,
    /// Whether somebody is looking at the playhead already.
    is_looking: StoredValue<bool>,
}

impl World {
    /// Drives nothing yet.
    pub fn new(
        playback: super::Playback,
        two: Kept<Watched<bool>>,
        lab: crate::app::PageLab,
    ) -> Self {
        let pictures = StoredValue::new_local(None::<Pictures>);
        let lab = StoredValue::new_local(lab);
        let picture = Derived::new(move || {
            playback.run.track();
            let shown = playback.playhead.get() as usize;
            let mut picture = None;
            pictures.update_value(|pictures| {
                picture = pictures.as_mut().map(|pictures| {
                    lab.get_value().with_trace(|trace| {
                        pictures.take(trace);
                        pictures.at(trace, shown)
                    })
                });
            });
            let people = 1 + u8::from(two.get());
            picture
                .map(|picture: Picture| Picture { people: people.max(picture.people), ..picture })
        });
        Self {
            pictures,
            picture,
            connected: StoredValue::new(None),
            is_looking: StoredValue::new(false),
        }
    }
}

impl PageState {
    /// Begins to drive: connects playback, and looks at the past where the playhead is.
    pub fn drive(self) {
        self.lab().play_at_once(false);
        self.connect();
        let playback = self.playback;
        effect(move || {
            let (shown, count) = (playback.playhead.get(), playback.count.get());
            self.look(shown, count);
        });
        self.arrive();
    }

    /// What changed of the run.
    pub(super) fn drive_on(self, changed: Changed) {
        if changed.replaced {
            self.world.connected.set_value(None);
        }
        if changed.replaced || changed.branches {
            self.connect();
        }
        if changed.given {
            self.play_what_was_given();
        }
    }

    /// Shows the branch that is acted on from here, unless it is shown already.
    fn connect(self) {
        let (lab, playback) = (self.lab(), self.playback);
        let current = lab.branches().into_iter().find(|branch| branch.is_current);
        let is_scenario = current.as_ref().is_some_and(|branch| branch.parent.is_none());
        let current = current.map(|branch| branch.number);
        if self.world.connected.get_value() == current {
            return;
        }
        self.world.connected.set_value(current);
        self.desks.into_iter().for_each(Desk::forget_seen);
        spawn_local(async move {
            let (next, pictures) = (lab.next_us().await, lab.pictures().await);
            self.world.pictures.set_value(Some(pictures));
            if lab.people().await > 1 {
                self.two.set(true);
            }
            playback.connect(lab.moments(), next, self.steps());
            // A branch that parted from a scenario has moments of its own.
            let file = lab.scenario().filter(|_| is_scenario);
            // Who wants it to play by itself does not want to pause on the way.
            let route = self.shell.address.get_untracked().route;
            let file = file.filter(|_| !matches!(route, Route::Scenario { plays: true, .. }));
            let pauses = file.map(|file| file.pauses()).unwrap_or_default();
            playback.stops.update(|stops| stops.pauses = pauses);
            playback.play();
        });
    }

    /// Takes steps for as long as playback wants more, once at a time.
    fn steps(self) -> Rc<dyn Fn()> {
        let is_stepping = Rc::new(Cell::new(false));
        Rc::new(move || {
            if is_stepping.replace(true) {
                return;
            }
            let is_stepping = is_stepping.clone();
            spawn_local(async move {
                let lab = self.lab();
                loop {
                    lab.step().await;
                    if !self.playback.took(lab.next_us().await) {
                        break;
                    }
                    lab.yield_now().await;
                }
                is_stepping.set(false);
            });
        })
    }

    /// Something was given to the run: it is applied at once, and the run goes on, unless somebody holds
    /// it.
    fn play_what_was_given(self) {
        spawn_local(async move {
            self.lab().step().await;
            let was_past = self.playback.is_past_untracked();
            self.playback.took(self.lab().next_us().await);
            // Who looks at the past stays there: it got a name.
            if !was_past {
                self.playback.go_on();
            }
        });
    }

    /// Looks at the present or the past, wherever the playhead is; while it is dragged, at as many of the
    /// places where it was as there is time for.
    fn look(self, shown: u32, count: u32) {
        if shown == count && !self.lab().is_past()
            || self.playback.playing.get_untracked() && shown < count
            || self.world.is_looking.get_value()
        {
            return;
        }
        self.world.is_looking.set_value(true);
        spawn_local(async move {
            let mut before = None;
            while before != Some(self.place()) {
                before = Some(self.place());
                self.at_playhead().await;
            }
            self.world.is_looking.set_value(false);
        });
    }

    /// After how many moments the playhead is.
    fn place(self) -> usize {
        match self.playback.playhead.get_untracked() {
            shown if shown < self.playback.count.get_untracked() => shown as usize,
            _ => usize::MAX,
        }
    }

    /// Log, orders and read models are those of the playhead from here on: whoever acts now acts there.
    pub async fn at_playhead(self) {
        let (lab, place) = (self.lab(), self.place());
        if place == usize::MAX {
            return lab.look_at_present().await;
        }
        let back = late::back().await;
        // Meanwhile it may have moved.
        if let Err(failure) = (back.look_at)(lab, self.place()).await {
            self.shell.announce(self.shell.texts.now().failure(&failure));
        }
    }
}
