//! Logging: one line a command, with how it ended and what each stage took by itself.

use super::Passage;
use crate::{
    engine::pipeline::{Ending, Setback},
    kernel::{Command, Decider},
    ports::{Environment, Moment, Outcome, Probe, Stage},
};

// region: outward
pub(super) async fn outward<D, E>(passage: &mut Passage<'_, D, E>, ending: &Ending<D::Rejection>)
where
    D: Decider,
    D::Command: Command,
    E: Environment,
{
    passage.lap(Stage::Logging);
    let (request, attempts) = (passage.request, passage.attempts);
    let outcome = outcome(ending, passage.insists());
    let stages = &passage.stages;
    passage
        .environment
        .probe()
        .reach(|| Moment::CommandLogged {
            command: request.id,
            name: request.command.name(),
            outcome,
            attempts,
            stages: stages.clone(),
        })
        .await;
}
// endregion: outward

fn outcome<R>(ending: &Ending<R>, insists: bool) -> Outcome {
    let answer = match ending {
        Ok(handled) => &handled.answer,
        Err(Setback::Answered(answer)) => answer,
        Err(Setback::Conflict { .. }) if insists => return Outcome::Conflict,
        Err(Setback::Conflict { .. }) => return Outcome::Contended,
        Err(Setback::Error(_)) => return Outcome::Failed,
    };
    answer.outcome()
}
