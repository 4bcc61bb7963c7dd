//! The lab's read models: catching up before the run begins, followed in it, and rebuilt.

use std::rc::Rc;

use futures_util::future::join_all;

use super::{
    Changed, Lab,
    run::Stores,
    views::{Failure, ReadModel, ReadModelStatus},
    wiring::Wiring,
};
use crate::{
    domain::orders::{CustomerOrders, OrderDetails, SalesDashboard},
    kernel::{ModelName, Projection},
    ports::{Environment, Moment, Reached, ReadModelStore, Timers},
    simulation::{Input, Target},
};

/// Events a projector reads between two turns of the page: some milliseconds of work.
const BATCH: usize = 256;

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
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

    /// Lets every read model of the first branch read on to the end of the log, giving the page its turn in
    /// between. Those of others have been made again with their run.
    pub async fn catch_up(&self) {
        join_all(ReadModel::ALL.map(|model| self.catch_up_model(model))).await;
    }

    /// Notes how far each read model is, as its stored checkpoint says.
    pub(super) async fn note_checkpoints(&self, wiring: &Wiring<E>) {
        for model in ReadModel::ALL {
            let checkpoint = wiring.environment.store().checkpoint(name(model)).await;
            self.note(model, checkpoint.map(|at| at.0).map_err(Failure::from));
        }
    }

    /// Notes how far each read model was.
    pub(super) fn note_reached(&self, reached: &Reached) {
        for model in ReadModel::ALL {
            self.note(model, Ok(reached.checkpoint(name(model)).0));
        }
    }

    /// Deletes one read model's data and makes it again from the log; comes back when the run is at rest
    /// again, or the model stands still. Touches no event.
    pub async fn rebuild(&self, model: ReadModel) {
        let live = self.give(Input::Rebuild(Target::Projector(name(model).to_owned()))).await;
        let stands_still = || {
            let trace = live.player.trace();
            let last = trace.last().map(|recorded| &recorded.moment);
            matches!(last, Some(Moment::ProjectorFailed { model: failed, .. }) if *failed == name(model))
        };
        while !stands_still() && live.player.next().await.is_some() {
            live.player.next_step().await;
        }
    }

    async fn catch_up_model(&self, model: ReadModel) {
        let gate = &self.state.catching_up[model as usize];
        gate.run(async || self.catch_up_round(model).await).await;
    }

    /// Reads on to the end of the log, or until the model stands still.
    async fn catch_up_round(&self, model: ReadModel) {
        let wiring = self.first();
        while Rc::ptr_eq(&wiring, &self.first()) {
            let is_shown = self.is_current(&wiring);
            match wiring.catch_up(model, BATCH).await {
                Ok(progress) if !is_shown => {
                    if progress.at_end {
                        return;
                    }
                }
                Err(_) if !is_shown => return,
                Ok(progress) => {
                    self.head_reaches(progress.checkpoint.0);
                    self.note(model, Ok(progress.checkpoint.0));
                    self.tell(Changed { models: true, ..Changed::default() });
                    if progress.at_end {
                        return;
                    }
                }
                Err(error) => {
                    self.note(model, Err(error.into()));
                    return self.tell(Changed { models: true, ..Changed::default() });
                }
            }
            wiring.environment.timers().yield_now().await;
        }
    }

    /// Notes what a moment says of a read model; false when it says nothing of one.
    pub(super) fn note_moment(&self, moment: &Moment) -> bool {
        let (model, reached) = match moment {
            Moment::Projected { model, checkpoint, .. } => (*model, Ok(checkpoint.0)),
            Moment::CheckpointMoved { model, found } => (*model, Ok(found.0)),
            Moment::ModelCleared { model } => (*model, Ok(0)),
            Moment::ProjectorFailed { model, reason } => {
                (*model, Err(Failure::Unavailable { cause: reason.clone() }))
            }
            _ => return false,
        };
        let model = ReadModel::ALL.into_iter().find(|known| name(*known) == model);
        model.map(|model| self.note(model, reached)).is_some()
    }

    /// Notes how far a model is, or why it stands still.
    fn note(&self, model: ReadModel, reached: Result<u64, Failure>) {
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
}

/// The stored name of a read model.
fn name(model: ReadModel) -> ModelName {
    match model {
        ReadModel::OrderDetails => OrderDetails::MODEL,
        ReadModel::CustomerOrders => CustomerOrders::MODEL,
        ReadModel::SalesDashboard => SalesDashboard::MODEL,
    }
}
