//! The state at the playhead: read from the stream whenever the playhead rests.

use std::{cell::RefCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};

use crate::ui::held::Held;
use crate::ui::lean::effect;
use crate::{app::views::OrderAt, ui::playback::Playback};

/// Which moment of which run.
type Place = (u32, u32);

/// What was read last, for which moment, and whether somebody reads.
#[derive(Default)]
struct Reading {
    place: Option<Place>,
    state: Option<OrderAt>,
    is_under_way: bool,
}

/// The state after the moment at the playhead.
#[derive(Clone, Copy)]
pub(super) struct InspectorModel {
    playback: Playback,
    reading: StoredValue<Rc<RefCell<Reading>>, LocalStorage>,
    /// Grows with every answer.
    answers: Held<u32>,
}

impl InspectorModel {
    pub(super) fn new(playback: Playback) -> Self {
        let reading = StoredValue::new_local(Rc::default());
        let model = Self { playback, reading, answers: Held::new(0) };
        effect(move || {
            playback.run.track();
            playback.playhead.track();
            spawn_local(model.load());
        });
        model
    }

    /// The state, with what the moment changed. What was read before stays until the other is here, so
    /// that nothing jumps.
    pub(super) fn state(self) -> Option<OrderAt> {
        self.answers.track();
        self.reading.get_value().borrow().state.clone()
    }

    /// One reader at a time; it looks again after each answer, so the latest wish wins.
    async fn load(self) {
        let Some(reading) = self.reading.try_get_value() else { return };
        if std::mem::replace(&mut reading.borrow_mut().is_under_way, true) {
            return;
        }
        loop {
            let playback = self.playback;
            let (run, shown) = (playback.run.get_untracked(), playback.playhead.get_untracked());
            if reading.borrow().place == Some((run, shown)) {
                break;
            }
            let state = untrack(|| playback.moments()).get().state(shown);
            // A stream that cannot be read is shown where orders are, with the reason.
            let state = match state {
                Some(state) => state.await.ok(),
                None => None,
            };
            let mut read = reading.borrow_mut();
            (read.place, read.state) = (Some((run, shown)), state);
            drop(read);
            // It fails when the inspector is no longer on the page, and then nobody waits for it.
            let _ = self.answers.try_update(|answers| *answers += 1);
        }
        reading.borrow_mut().is_under_way = false;
    }
}
