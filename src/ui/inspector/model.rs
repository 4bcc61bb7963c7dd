//! What the moment at the playhead changed, and what an event did: read whenever another one is shown.

use std::{cell::RefCell, rc::Rc};

use leptos::{prelude::*, task::spawn_local};

use crate::ui::held::Held;
use crate::ui::lean::effect;
use crate::{
    app::views::{Difference, Part},
    ui::{answer::answer, playback::Playback, state::PageState},
};

/// Which moment of which run, and whether it stays.
type Place = (u32, u32, bool);

/// What was read last, for which moment, and whether somebody reads.
#[derive(Default)]
struct Reading {
    place: Option<Place>,
    differences: Vec<Difference>,
    is_under_way: bool,
}

/// What the moment at the playhead changed.
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
            playback.playing.track();
            spawn_local(model.load());
        });
        model
    }

    /// What it changed. What was read before stays until the other is here, so that nothing jumps.
    pub(super) fn differences(self) -> Vec<Difference> {
        self.answers.track();
        self.reading.get_value().borrow().differences.clone()
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
            let rests = !playback.playing.get_untracked();
            if reading.borrow().place == Some((run, shown, rests)) {
                break;
            }
            let found = untrack(|| playback.moments()).get().differences(shown, rests);
            // A stream that cannot be read is shown where orders are, with the reason.
            let differences = match found {
                Some(found) => found.await.unwrap_or_default(),
                None => vec![],
            };
            let mut read = reading.borrow_mut();
            (read.place, read.differences) = (Some((run, shown, rests)), differences);
            drop(read);
            // It fails when the inspector is no longer on the page, and then nobody waits for it.
            let _ = self.answers.try_update(|answers| *answers += 1);
        }
        reading.borrow_mut().is_under_way = false;
    }
}

/// A stored event, and what it changed.
#[derive(Clone, Copy)]
pub(super) struct EventModel(Held<Option<Option<Difference>>>);

impl EventModel {
    /// That of a part; nothing for a part that is no event.
    pub(super) fn new(page: PageState, part: Part) -> Self {
        Self(answer(move || {
            page.playback.run.track();
            let found = match &part {
                Part::Event { stream, version } => {
                    untrack(|| page.playback.moments()).get().event(stream, *version)
                }
                _ => None,
            };
            Box::pin(async move { found?.await.ok() })
        }))
    }

    pub(super) fn difference(self) -> Option<Difference> {
        self.0.get().flatten()
    }
}
