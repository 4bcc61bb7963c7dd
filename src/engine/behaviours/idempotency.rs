//! Idempotency: a command that was answered before gets the recorded answer, and does nothing.
//!
//! The answer to a command that stores events is recorded in the transaction that stores them; other
//! answers are recorded on the way out.

use serde::{Serialize, de::DeserializeOwned};

use super::Passage;
use crate::{
    engine::pipeline::{Answer, CONSUMER, Ending, Handled, Setback, entry, recorded},
    kernel::Decider,
    ports::{Environment, Inbox},
};

pub(super) async fn inward<D, E>(passage: &mut Passage<'_, D, E>) -> Option<Ending<D::Rejection>>
where
    D: Decider,
    D::Rejection: DeserializeOwned,
    E: Environment,
{
    passage.idempotent = true;
    match passage.environment.store().find(CONSUMER, passage.request.id.0).await {
        Ok(None) => None,
        Ok(Some(answer)) => Some(match recorded(&answer) {
            Ok(answer) => Err(Setback::Answered(answer)),
            Err(error) => Err(error.into()),
        }),
        Err(error) => Some(Err(error.into())),
    }
}

pub(super) async fn outward<D, E>(passage: &Passage<'_, D, E>, ending: &mut Ending<D::Rejection>)
where
    D: Decider,
    D::Rejection: Serialize + DeserializeOwned,
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
