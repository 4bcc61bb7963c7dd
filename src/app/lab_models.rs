//! The lab's read models: catching up in slices, following live, and being rebuilt.

use futures_util::future::join_all;

use super::{
    Changed, Lab,
    probe::PageProbe,
    views::{Failure, ReadModel, ReadModelStatus},
};
use crate::{
    kernel::StoredEvent,
    ports::{Environment, Timers},
};

/// Events a projector reads between two turns of the page: some milliseconds of work.
const BATCH: usize = 256;

impl<E: Environment<Probe = PageProbe>> Lab<E> {
    pub(super) fn models_at_start() -> Vec<ReadModelStatus> {
        let at_start = |model| ReadModelStatus { model, checkpoint: 0, behind: 0, stopped: None };
        ReadModel::ALL.map(at_start).to_vec()
    }

    /// How the read models are doing.
    pub fn read_models(&self) -> Vec<ReadModelStatus> {
        let head = self.state.head.get();
        let mut models = self.state.models.borrow().clone();
        for status in &mut models {
            status.behind = head.saturating_sub(status.checkpoint);
        }
        models
    }

    /// Lets every read model read on to the end of the log, giving the page its turn in between.
    pub async fn catch_up(&self) {
        join_all(ReadModel::ALL.map(|model| self.catch_up_model(model))).await;
    }

    /// Deletes one read model's data and makes it again from the log. Touches no event.
    pub async fn rebuild(&self, model: ReadModel) {
        match self.wiring().start_again(model).await {
            Ok(()) => {
                self.note(model, Ok(0));
                self.catch_up_model(model).await;
            }
            Err(error) => self.note(model, Err(error.into())),
        }
    }

    /// Hands fresh events to the read models; one that cannot follow directly catches up.
    pub(super) async fn follow_models(&self, events: &[StoredEvent]) {
        join_all(ReadModel::ALL.map(|model| self.follow_model(model, events))).await;
    }

    async fn follow_model(&self, model: ReadModel, events: &[StoredEvent]) {
        let wiring = self.wiring();
        let to = events.last().map_or(0, |event| event.position.0);
        match wiring.follow(model, events).await {
            Ok(true) if self.is_current(&wiring) => self.note(model, Ok(to)),
            Ok(_) => self.catch_up_model(model).await,
            Err(error) => self.note(model, Err(error.into())),
        }
    }

    async fn catch_up_model(&self, model: ReadModel) {
        let gate = &self.state.catching_up[model as usize];
        gate.run(async || self.catch_up_round(model).await).await;
    }

    /// Reads on to the end of the log, or until the model stands still.
    async fn catch_up_round(&self, model: ReadModel) {
        let wiring = self.wiring();
        while self.is_current(&wiring) {
            match wiring.catch_up(model, BATCH).await {
                Ok(progress) => {
                    self.head_reaches(progress.checkpoint.0);
                    self.note(model, Ok(progress.checkpoint.0));
                    if progress.at_end {
                        return;
                    }
                }
                Err(error) => return self.note(model, Err(error.into())),
            }
            wiring.environment.timers().yield_now().await;
        }
    }

    /// Notes how far a model is, or why it stands still.
    fn note(&self, model: ReadModel, reached: Result<u64, Failure>) {
        {
            let mut models = self.state.models.borrow_mut();
            let Some(status) = models.iter_mut().find(|status| status.model == model) else {
                return;
            };
            match reached {
                Ok(checkpoint) => {
                    status.checkpoint = checkpoint;
                    status.stopped = None;
                }
                Err(failure) => status.stopped = Some(failure),
            }
        }
        self.tell(Changed { models: true, ..Changed::default() });
    }
}
