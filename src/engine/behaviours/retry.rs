//! Retry: after a conflict the command is loaded and decided again, at most a set number of times;
//! never a command that is meant for one version only.

use super::{Next, Passage};
use crate::{
    engine::pipeline::{Ending, Setback},
    kernel::Decider,
};

// region: outward
pub(super) fn outward<D: Decider, E>(
    passage: &Passage<'_, D, E>,
    ending: &Ending<D::Rejection>,
    attempts_max: u32,
) -> Next {
    let is_conflict = matches!(ending, Err(Setback::Conflict { .. }));
    if is_conflict && !passage.insists() && passage.attempts < attempts_max {
        Next::Again
    } else {
        Next::Outward
    }
}
// endregion: outward
