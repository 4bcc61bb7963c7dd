//! Retry: after a conflict the command is loaded and decided again, at most a set number of times.

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
    if matches!(ending, Err(Setback::Conflict)) && passage.attempts < attempts_max {
        Next::Again
    } else {
        Next::Outward
    }
}
// endregion: outward
