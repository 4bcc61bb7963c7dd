//! Validation: what a command breaks by itself is said at once, all fields together, before any
//! state is read. The aggregate still refuses the same: validation is no replacement for its rules.

use super::Passage;
use crate::{
    engine::{Answer, Handled, pipeline::Ending},
    kernel::{Command, Decider},
};

// region: inward
pub(super) fn inward<D, E>(passage: &Passage<'_, D, E>) -> Option<Ending<D::Rejection>>
where
    D: Decider,
    D::Command: Command<Rejection = D::Rejection>,
{
    let errors = passage.request.command.field_errors();
    if errors.is_empty() {
        return None;
    }
    Some(Ok(Handled { answer: Answer::Invalid { errors }, events: vec![] }))
}
// endregion: inward
