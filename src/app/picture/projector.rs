//! What a projector's moments change in the picture.

use super::super::views::{Activity, Picture, Place, ProjectorAt, ReadModel, Token};
use crate::{app::PROJECTORS, ports::Moment};

impl Picture {
    fn projector(&mut self, name: &str) -> Option<&mut ProjectorAt> {
        let model = model_of(name)?;
        self.projectors.iter_mut().find(|projector| projector.model == model)
    }

    /// What a projector reached, or what was done to it.
    pub(super) fn take_of_projector(&mut self, name: &str, moment: &Moment) {
        if let Moment::FaultMet { point, fault, times } = moment {
            self.fault_met(point, fault, times);
        }
        let Some(projector) = self.projector(name) else { return };
        let place = Place::ReadModel(projector.model);
        let mut moved = None;
        match moment {
            Moment::LogRead { after, events, .. } => {
                projector.checkpoint = after.0;
                projector.activity = Activity::Read(after.0 + *events as u64);
                moved = Some((Place::Store, Token::Events, *events));
            }
            Moment::Projected { checkpoint, events, .. } => {
                projector.checkpoint = checkpoint.0;
                projector.activity = Activity::Waiting;
                moved = Some((place, Token::Rows, *events));
            }
            Moment::ProjectorFailed { .. } => projector.activity = Activity::Failed,
            Moment::FaultMet { point, fault, .. } => {
                projector.lost = *fault == "lose_answer" && *point == "update_read_model";
            }
            other => projector.take_from_outside(other),
        }
        self.light(place);
        if let Some((from, token, events)) = moved {
            self.travel(from, place, token, events as u64);
        }
    }

    /// The update whose answer was lost: rows and checkpoint are written, where the failure follows.
    pub(super) fn settle_lost_update(&mut self, name: &str, moment: &Moment) {
        let Some(projector) = self.projector(name) else { return };
        if !std::mem::take(&mut projector.lost) {
            return;
        }
        if let (Moment::ProjectorFailed { .. }, Activity::Read(to)) = (moment, projector.activity) {
            projector.checkpoint = to;
        }
    }
}

impl ProjectorAt {
    /// What was done to it from outside, and where it found its model to be.
    fn take_from_outside(&mut self, moment: &Moment) {
        match moment {
            Moment::CheckpointMoved { found, .. } => {
                self.checkpoint = found.0;
                self.activity = Activity::Waiting;
            }
            Moment::ModelCleared { .. } => {
                self.begin_anew();
                self.checkpoint = 0;
            }
            Moment::Crashed => {
                self.begin_anew();
                self.activity = Activity::Dead;
            }
            Moment::Restarted => self.begin_anew(),
            Moment::Paused => self.paused = true,
            Moment::Resumed => self.paused = false,
            Moment::Slowed { by } => self.slowed = by.0 > 0,
            _ => {}
        }
    }

    /// The task begins from what is durable.
    pub(super) fn begin_anew(&mut self) {
        self.activity = Activity::Waiting;
        self.paused = false;
        self.slowed = false;
        self.lost = false;
    }
}

/// The read model that a projector's name means.
pub(in crate::app) fn model_of(name: &str) -> Option<ReadModel> {
    let index = PROJECTORS.iter().position(|known| *known == name)?;
    ReadModel::ALL.get(index).copied()
}
