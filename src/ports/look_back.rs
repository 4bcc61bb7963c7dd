//! Looking back: one store that shows what another one was.

use crate::kernel::{GlobalPosition, ModelName};

/// How far a log and its read models had come at some moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reached {
    /// The position of the log's last event.
    pub head: GlobalPosition,
    /// How far each read model had read; one that is not named had read nothing.
    pub checkpoints: Vec<(ModelName, GlobalPosition)>,
}

impl Reached {
    /// How far a read model had read.
    #[must_use]
    pub fn checkpoint(&self, model: ModelName) -> GlobalPosition {
        let known = self.checkpoints.iter().find(|(known, _)| *known == model);
        known.map_or(GlobalPosition::NONE, |(_, checkpoint)| *checkpoint)
    }
}

/// A store through which another one can be seen as it was. Who keeps a history can be looked back on; what
/// is shown of it is what was written before, row by row, and nothing can be written there.
pub trait LookBack {
    /// Keeps from here on what every row was after every update.
    fn keep_history(&self);

    /// Shows from here on the other store as it was, in place of what is in this one. The other one keeps
    /// its history.
    fn look_back(&self, on: &Self, reached: Reached);
}
