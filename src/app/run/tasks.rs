//! The tasks of a run: handlers of commands, and projectors.

use std::rc::Rc;

use super::{PROJECTORS, Run, Stores};
use crate::{
    domain::orders::{CustomerOrders, OrderCommand, OrderDecider, OrderDetails, SalesDashboard},
    engine::{Behaviour, CommandPipeline, Projector},
    kernel::{CommandRequest, CorrelationId, Micros, ModelName, Projection},
    ports::{Environment, Moment, Probe, Stage},
    simulation::{Actor, GivenCommand, MomentNumber, World},
};

/// Events that a projector reads at once.
const BATCH: usize = 256;
/// How long a projector waits after a failure before it tries again.
const RETRY_DELAY: Micros = Micros(1_000_000);
/// How often a command is decided before it is called contended.
const ATTEMPTS_MAX: u32 = 5;

impl<S: Stores + 'static> Run<S> {
    /// What the pipeline is handed of a command that was given at this time.
    pub(super) fn request_of(
        &self,
        given: GivenCommand<OrderCommand>,
        at: Micros,
    ) -> CommandRequest<OrderCommand> {
        CommandRequest {
            id: given.id,
            correlation_id: CorrelationId(given.id.0),
            causation_id: None,
            given_at: self.tape.head.start.after(at),
            as_seen: given.as_seen,
            command: given.command,
        }
    }

    pub(super) fn handler(
        &self,
        given: GivenCommand<OrderCommand>,
        at: Micros,
    ) -> impl Future<Output = ()> + 'static {
        let pipeline = pipeline(&self.world, &self.behaviours);
        let request = self.request_of(given, at);
        let (world, answers) = (self.world.clone(), self.answers.clone());
        async move {
            // Built again after a crash, it serves the same request.
            world.serve(request.correlation_id);
            let answer = pipeline.handle(&request).await;
            answers.borrow_mut().insert(request.id, answer);
        }
    }

    pub(super) fn spawn_projectors(&mut self) {
        for model in PROJECTORS {
            self.spawn_projector(model, None);
        }
    }

    pub(super) fn spawn_projector(&mut self, model: &'static str, cause: Option<MomentNumber>) {
        let projector = projector(self.world.clone(), model);
        let task = keep_up(self.world.clone(), projector, model);
        self.executor.spawn(Actor::Projector(model), cause, task);
    }
}

/// The projector of a read model.
pub(in crate::app) fn projector<S: Stores>(
    world: Rc<World<S>>,
    model: ModelName,
) -> Projector<World<S>> {
    match model {
        OrderDetails::MODEL => Projector::new::<OrderDetails>(world),
        CustomerOrders::MODEL => Projector::new::<CustomerOrders>(world),
        _ => Projector::new::<SalesDashboard>(world),
    }
}

/// The pipeline with these behaviours.
pub(super) fn pipeline<S: Stores>(
    world: &Rc<World<S>>,
    stages: &[Stage],
) -> CommandPipeline<OrderDecider, World<S>> {
    CommandPipeline::new(world.clone(), behaviours_of(stages))
}

/// The behaviours of these stations.
pub(super) fn behaviours_of(stages: &[Stage]) -> Vec<Behaviour> {
    stages.iter().filter_map(|stage| behaviour(*stage)).collect()
}

/// The behaviour of a station; none for the stations in the middle.
fn behaviour(stage: Stage) -> Option<Behaviour> {
    match stage {
        Stage::Logging => Some(Behaviour::Logging),
        Stage::Validation => Some(Behaviour::Validation),
        Stage::Idempotency => Some(Behaviour::Idempotency),
        Stage::Retry => Some(Behaviour::Retry { attempts_max: ATTEMPTS_MAX }),
        Stage::Load | Stage::Decide | Stage::Append => None,
    }
}

// region: keep_up
/// A projector's task: reads on whenever the log grew, and tries again after a failure.
async fn keep_up<S: Stores>(world: Rc<World<S>>, projector: Projector<World<S>>, model: ModelName) {
    loop {
        let seen = world.timers().growths();
        match projector.catch_up(BATCH).await {
            Ok(progress) if progress.at_end => world.timers().until_log_grows(seen).await,
            Ok(_) => {}
            Err(error) => {
                let reason = error.to_string();
                let moment = || Moment::ProjectorFailed { model, reason };
                world.probe().reach(moment).await;
                world.timers().sleep(RETRY_DELAY).await;
            }
        }
    }
}
// endregion: keep_up
