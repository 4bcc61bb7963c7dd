//! Progress: how far the log and the read models had come at each moment of a trace.

use litemap::LiteMap;

use crate::{
    kernel::{GlobalPosition, ModelName},
    ports::Reached,
};

/// What grew at which moment, in order: from that moment's number on.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    log: Vec<Step>,
    models: LiteMap<ModelName, Vec<Step>>,
}

type Step = (usize, GlobalPosition);

impl Progress {
    /// The log reaches a position at this moment.
    pub(super) fn log_reaches(&mut self, moment: usize, position: GlobalPosition) {
        self.log.push((moment, position));
    }

    /// A read model reaches a position at this moment, or begins anew.
    pub(super) fn model_reaches(
        &mut self,
        moment: usize,
        model: ModelName,
        position: GlobalPosition,
    ) {
        self.models.entry(model).or_default().push((moment, position));
    }

    /// How far everything was after so many moments, when the log and these read models had reached a
    /// position before the first.
    pub(super) fn after(
        &self,
        moments: usize,
        base: GlobalPosition,
        models: &[ModelName],
    ) -> Reached {
        let at = |steps: &[Step]| {
            let passed = steps.partition_point(|(moment, _)| *moment <= moments);
            passed.checked_sub(1).map_or(base, |last| steps[last].1)
        };
        let checkpoint =
            |model: &ModelName| (*model, self.models.get(model).map_or(base, |steps| at(steps)));
        Reached { head: at(&self.log), checkpoints: models.iter().map(checkpoint).collect() }
    }
}
