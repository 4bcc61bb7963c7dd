//! Pictures: the trace folded into the picture of any moment.
//!
//! A picture is a fold over the trace and nothing else. Keyframes make any moment cheap: a few hundred
//! moments are folded at most, however long the trace is.

mod command;
mod fold;
mod lanes;
mod projector;
mod saga;
mod setback;
mod trouble;
mod under_way;

pub(super) use self::projector::model_of;
#[cfg(target_arch = "wasm32")]
pub(super) use self::saga::install_saga_picture;
pub use self::trouble::{trouble_inputs, troubles_of};
use super::views::{Activity, Picture, ProjectorAt, ReadModel, SagasAt, StorePicture};
use crate::simulation::{Head, RecordedMoment};
pub(super) use trouble::armed_at_service;

/// Moments between two keyframes.
const KEYFRAME_EVERY: usize = 256;

/// The pictures of a trace that grows.
#[derive(Clone, Debug)]
pub struct Pictures {
    /// The picture before the first moment, and after each [`KEYFRAME_EVERY`] more.
    keyframes: Vec<Picture>,
}

impl Pictures {
    /// The pictures of a run that begins so, over a log that has this many streams already.
    #[must_use]
    pub fn new(head: &Head, streams: u64) -> Self {
        let at_start = |model| ProjectorAt {
            model,
            checkpoint: head.base,
            activity: Activity::Waiting,
            paused: false,
            slowed: false,
            lost: false,
        };
        let store = StorePicture { events: head.base, fresh: 0, streams, lanes: vec![] };
        let first = Picture {
            moment: 0,
            people: 1,
            lit: None,
            moved: vec![],
            commands: vec![],
            commands_more: 0,
            note: None,
            behaviours: head.behaviours.clone(),
            checks_versions: head.check_versions,
            aggregate: None,
            store,
            projectors: ReadModel::ALL.map(at_start).to_vec(),
            rooms: vec![],
            reacts: false,
            held: Default::default(),
            sagas: SagasAt::default(),
            dead: vec![],
            paused: vec![],
            slowed: vec![],
            faults: vec![],
            fault_met: None,
        };
        Self { keyframes: vec![first] }
    }

    /// Takes in how the trace went on. Every moment that was there before is the same still.
    pub fn take(&mut self, trace: &[RecordedMoment]) {
        while trace.len() >= self.keyframes.len() * KEYFRAME_EVERY {
            let last = self.keyframes.len() - 1;
            let next = on_from(&self.keyframes[last], trace, (last + 1) * KEYFRAME_EVERY);
            self.keyframes.push(next);
        }
    }

    /// Forgets everything after the first `count` moments: another trace goes on from there.
    pub fn cut(&mut self, count: usize) {
        self.keyframes.truncate(count / KEYFRAME_EVERY + 1);
    }

    /// The picture after the first `count` moments: before the first one for 0, and after the last one
    /// for more than there are.
    #[must_use]
    pub fn at(&self, trace: &[RecordedMoment], count: usize) -> Picture {
        let count = count.min(trace.len());
        let keyframe = (count / KEYFRAME_EVERY).min(self.keyframes.len() - 1);
        on_from(&self.keyframes[keyframe], trace, count)
    }
}

/// The picture after `count` moments, folded on from an earlier one.
fn on_from(picture: &Picture, trace: &[RecordedMoment], count: usize) -> Picture {
    let mut picture = picture.clone();
    for recorded in &trace[picture.moment..count] {
        picture.take(recorded);
    }
    picture
}
