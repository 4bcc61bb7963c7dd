//! Reactors: those who fulfil orders without a conductor, each a task of its own.

use std::rc::Rc;

use super::{Run, Stores, order_worker::OrderWorker, ways::Ways};
use crate::{
    domain::orders::OrderFulfilment,
    engine::{Begins, Reactor},
    kernel::{Choreography, GlobalPosition, Micros, StoredEvent},
    ports::{Environment, Moment, Probe, SagaMoment, UpdateError},
    simulation::{Actor, FulfilmentMode, MomentNumber, World},
};

/// Events that a reactor reads at once.
const BATCH: usize = 256;
/// How long a reactor waits after a failure before it tries again.
const RETRY_DELAY: Micros = Micros(1_000_000);

/// The reactor of this place.
pub(super) fn reactor<S: Stores>(
    place: usize,
    worker: &Rc<OrderWorker<S>>,
    ways: Ways,
) -> Reactor<OrderFulfilment, OrderWorker<S>, World<S>, impl Begins + use<S>> {
    let begins =
        move |created: &StoredEvent| ways.of(created.position) == FulfilmentMode::Choreography;
    let plan = &OrderFulfilment::REACTORS[place];
    Reactor::new(worker.world.clone(), worker.clone(), plan, begins)
}

impl<S: Stores + 'static> Run<S> {
    pub(super) fn spawn_reactors(&mut self, cause: Option<MomentNumber>) {
        for place in 0..OrderFulfilment::REACTORS.len() {
            self.spawn_reactor(place, cause);
        }
    }

    pub(super) fn spawn_reactor(&mut self, place: usize, cause: Option<MomentNumber>) {
        let fulfilment = self.fulfilment();
        let worker = fulfilment.reactors[place].clone();
        worker.replies.lose_all();
        let task = keep_reacting(worker.clone(), reactor(place, &worker, fulfilment.ways.clone()));
        let actor = Actor::Reactor(OrderFulfilment::REACTORS[place].name);
        self.executor.spawn(actor, cause, task);
    }

    /// Kills a reactor. What was on its way to it is lost.
    pub(super) fn kill_reactor(&mut self, name: &str) {
        let all = OrderFulfilment::REACTORS.iter().zip(self.fulfilment().reactors.clone());
        for (plan, worker) in all.filter(|(plan, _)| plan.name == name) {
            self.executor.crash(Actor::Reactor(plan.name));
            worker.replies.lose_all();
        }
    }
}

// region: keep_reacting
/// A reactor's task: reads on whenever the log grew, and tries again after a failure.
async fn keep_reacting<S: Stores, F: Begins>(
    worker: Rc<OrderWorker<S>>,
    reactor: Reactor<OrderFulfilment, OrderWorker<S>, World<S>, F>,
) {
    let world = &worker.world;
    loop {
        let seen = world.timers().growths();
        match reactor.read_on(BATCH).await {
            Ok(true) => world.timers().until_log_grows(seen).await,
            Ok(false) => {}
            Err(error) => {
                let stalled = SagaMoment::Stalled { saga: None, reason: error.to_string() };
                world.probe().reach(|| Moment::Saga(stalled)).await;
                world.timers().sleep(RETRY_DELAY).await;
            }
        }
    }
}
// endregion: keep_reacting

/// Lets reactors that have never read begin behind what is in the log now.
pub(super) async fn begin_behind<S: Stores>(
    store: &S,
    head: GlobalPosition,
) -> Result<(), UpdateError> {
    for plan in OrderFulfilment::REACTORS {
        let kept = store.checkpoint(plan.model).await?;
        if kept == GlobalPosition::NONE && head != kept {
            store.update(plan.model, kept, head, &[], |_| Ok(vec![])).await?;
        }
    }
    Ok(())
}
