//! A passage: one command's way through the pipeline, with what the behaviours note on it.

use crate::{
    kernel::{CommandRequest, Decider, StoredEvent, Timestamp},
    ports::{Clock, Environment, Moment, Probe, Stage, StageTime, StorageError},
};

/// One command on its way.
pub(in crate::engine) struct Passage<'a, D: Decider, E> {
    pub(in crate::engine) environment: &'a E,
    pub(in crate::engine) request: &'a CommandRequest<D::Command>,
    /// How often it was decided so far.
    pub(in crate::engine) attempts: u32,
    /// Whether the answer is to be recorded with the events.
    pub(in crate::engine) idempotent: bool,
    /// The stream, when a behaviour has read it on the way in: for the first attempt only.
    pub(in crate::engine) history: Option<Result<Vec<StoredEvent>, StorageError>>,
    /// What each stage took so far, in the order in which they were first reached.
    pub(super) stages: Vec<StageTime>,
    lap_began: Timestamp,
    at: Option<Stage>,
}

impl<D: Decider, E> Passage<'_, D, E> {
    /// Whether who gave the command means one version only: a conflict is theirs to look at.
    pub(in crate::engine) fn insists(&self) -> bool {
        self.request.as_seen.is_some()
    }
}

impl<'a, D: Decider, E: Environment> Passage<'a, D, E> {
    pub(in crate::engine) fn new(
        environment: &'a E,
        request: &'a CommandRequest<D::Command>,
    ) -> Self {
        Self {
            environment,
            request,
            attempts: 0,
            idempotent: false,
            history: None,
            stages: Vec::with_capacity(7),
            lap_began: environment.clock().now(),
            at: None,
        }
    }

    /// The command goes into a behaviour.
    pub(in crate::engine) async fn enter(&mut self, stage: Stage) {
        self.lap(stage);
        let command = self.request.id;
        self.environment.probe().reach(|| Moment::BehaviourEntered { command, stage }).await;
    }

    /// The answer leaves a behaviour.
    pub(in crate::engine) async fn leave(&mut self, stage: Stage) {
        let command = self.request.id;
        self.environment.probe().reach(|| Moment::BehaviourLeft { command, stage }).await;
    }

    /// The time since the last lap belongs to the stage that was reached then; from now on it
    /// belongs to `stage`.
    pub(in crate::engine) fn lap(&mut self, stage: Stage) {
        let now = self.environment.clock().now();
        if let Some(at) = self.at.replace(stage) {
            let elapsed = now.since(self.lap_began);
            match self.stages.iter_mut().find(|time| time.stage == at) {
                Some(time) => time.elapsed += elapsed,
                None => self.stages.push(StageTime { stage: at, elapsed }),
            }
        }
        self.lap_began = now;
    }
}
