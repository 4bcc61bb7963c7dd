//! What is said of projectors and their read models.

use super::Label;
use crate::ports::Moment;

impl Label<'_> {
    pub(super) fn projector(&self, moment: &Moment) -> String {
        match moment {
            Moment::LogRead { model, after, events } => {
                let position = self.texts.count(after.0);
                let values = [("model", self.texts.model(model)), ("position", &position)];
                self.texts.plural("moment.log_read", *events as u64, &values)
            }
            Moment::CheckpointMoved { model, found } => {
                let position = self.texts.count(found.0);
                let values = [("model", self.texts.model(model)), ("position", &position)];
                self.texts.fill("moment.checkpoint_moved", &values)
            }
            Moment::Projected { model, checkpoint, events } => {
                let position = self.texts.count(checkpoint.0);
                let values = [("model", self.texts.model(model)), ("position", &position)];
                self.texts.plural("moment.projected", *events as u64, &values)
            }
            Moment::ProjectorFailed { model, reason } => {
                let reason = self.fault_behind().unwrap_or(reason);
                let values = [("model", self.texts.model(model)), ("reason", reason)];
                self.texts.fill("moment.projector_failed", &values)
            }
            Moment::ModelCleared { model } => {
                self.texts.fill("moment.model_cleared", &[("model", self.texts.model(model))])
            }
            other => self.fault(other),
        }
    }
}
