//! Idempotency: a command that was answered before gets the recorded answer, and does nothing.
//!
//! The answer to a command that stores events is recorded in the transaction that stores them; other
//! answers are recorded on the way out.
//!
//! The stream is read together with the recorded answer, since a command that has none needs it next:
//! a store can do in one go what it is asked in one turn.

use super::Passage;
use crate::{
    engine::{
        Answer, Handled,
        answer::{CONSUMER, entry, recorded},
        pipeline::{Ending, Setback},
    },
    kernel::{Command, Decider, Json, Version},
    ports::{Environment, EventStore, Inbox},
};
use futures_util::future::join;

// region: inward
pub(super) async fn inward<D, E>(passage: &mut Passage<'_, D, E>) -> Option<Ending<D::Rejection>>
where
    D: Decider,
    D::Command: Command,
    D::Rejection: Json,
    E: Environment,
{
    passage.idempotent = true;
    let (store, stream) = (passage.environment.store(), passage.request.command.stream());
    let recorded_answer = store.find(CONSUMER, passage.request.id.0);
    let (answer, history) = join(recorded_answer, store.read_stream(&stream, Version::NONE)).await;
    passage.history = Some(history);
    match answer {
        Ok(None) => None,
        Ok(Some(answer)) => Some(match recorded(&answer) {
            Ok(answer) => Err(Setback::Answered(answer)),
            Err(error) => Err(error.into()),
        }),
        Err(error) => Some(Err(error.into())),
    }
}
// endregion: inward

// region: outward
pub(super) async fn outward<D, E>(passage: &Passage<'_, D, E>, ending: &mut Ending<D::Rejection>)
where
    D: Decider,
    D::Rejection: Json,
    E: Environment,
{
    let Ok(Handled { answer, .. }) = &*ending else { return };
    if matches!(answer, Answer::Accepted { .. }) {
        return;
    }
    match passage.environment.store().record(&entry::<D>(passage.request, answer)).await {
        Ok(None) => {}
        Ok(Some(first)) => {
            *ending = match recorded(&first) {
                Ok(answer) => Err(Setback::Answered(answer)),
                Err(error) => Err(error.into()),
            };
        }
        Err(error) => *ending = Err(error.into()),
    }
}
// endregion: outward
