//! Progress: how far the log and the read models had come at each moment of a trace.

use crate::{
    kernel::{GlobalPosition, ModelName},
    ports::Reached,
};

/// What reached a position at which moment, in order: from that moment's number on.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    log: Vec<Step>,
    models: Vec<Step>,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    moment: usize,
    /// Empty for the log.
    model: ModelName,
    position: GlobalPosition,
}

impl Progress {
    /// The log reaches a position at this moment.
    pub(super) fn log_reaches(&mut self, moment: usize, position: GlobalPosition) {
        self.log.push(Step { moment, model: "", position });
    }

    /// A read model reaches a position at this moment, or begins anew.
    pub(super) fn model_reaches(
        &mut self,
        moment: usize,
        model: ModelName,
        position: GlobalPosition,
    ) {
        self.models.push(Step { moment, model, position });
    }

    /// How far everything was after so many moments, when the log and these read models had reached a
    /// position before the first.
    pub(super) fn after(
        &self,
        moments: usize,
        base: GlobalPosition,
        models: &[ModelName],
    ) -> Reached {
        let at = |steps: &[Step], model: ModelName| {
            let passed = steps.partition_point(|step| step.moment <= moments);
            let last = steps[..passed].iter().rev().find(|step| step.model == model);
            last.map_or(base, |step| step.position)
        };
        let checkpoint = |model: &ModelName| (*model, at(&self.models, model));
        Reached { head: at(&self.log, ""), checkpoints: models.iter().map(checkpoint).collect() }
    }
}
