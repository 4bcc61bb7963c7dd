//! How orders are fulfilled in a run: by people, by a saga for each, or by reactors, over simulated services.

use std::rc::Rc;

use super::{
    Run, Stores, fulfilling::Before, order_worker::OrderWorker, reactors::begin_behind, ways::Ways,
};
use crate::{
    domain::orders::{OrderFulfilment, OrderId, OrderRequest, OrderServices},
    engine::{SagaRunner, SagaStarter},
    kernel::{
        Choreography, GlobalPosition, Micros, ModelName, SagaId, ServiceRequest, Services,
        StoredEvent,
    },
    ports::{Environment, Moment, Probe, SagaMoment, UpdateError},
    simulation::{
        Actor, FulfilmentInput, FulfilmentMode, MomentNumber, Person, Protection, Replies,
        ServiceNetwork, Target, World,
    },
};

/// The name under which the starter keeps how far it has read.
const STARTER: ModelName = "fulfilment_starter";
/// Events that the starter reads at once.
const BATCH: usize = 256;
/// How long the starter waits after a failure before it tries again.
const RETRY_DELAY: Micros = Micros(1_000_000);

/// Sagas, reactors and services of a run.
#[derive(Debug)]
pub(super) struct Fulfilment<S> {
    pub(super) ways: Ways,
    /// Whether the domain calls nobody.
    pub(super) is_pure: bool,
    /// For sagas.
    pub(super) worker: Rc<OrderWorker<S>>,
    /// For each reactor, in order.
    pub(super) reactors: Vec<Rc<OrderWorker<S>>>,
}

type Runner<S> = SagaRunner<OrderFulfilment, OrderWorker<S>, World<S>>;

impl<S: Stores + 'static> Fulfilment<S> {
    /// The services as they were in another world, where nobody is at work now; else services that have
    /// done nothing yet, and people.
    pub(super) fn make(world: &Rc<World<S>>, seed: u64, before: Option<Before<'_>>) -> Self {
        let (ways, is_pure, network) = match before {
            Some((ways, is_pure, network)) => {
                (ways.copy(), is_pure, ServiceNetwork::resume(world, network))
            }
            None => (Ways::default(), true, ServiceNetwork::new(world, seed)),
        };
        let (network, commands) = (Rc::new(network), Rc::default());
        let worker = || {
            let (world, replies) = (world.clone(), Rc::new(Replies::new(world)));
            let (network, commands) = (Rc::clone(&network), Rc::clone(&commands));
            Rc::new(OrderWorker { world, replies, network, commands })
        };
        let reactors = OrderFulfilment::REACTORS.iter().map(|_| worker()).collect();
        Self { ways, is_pure, worker: worker(), reactors }
    }

    /// What another world takes over.
    pub(super) fn before(&self) -> Before<'_> {
        (&self.ways, self.is_pure, &self.worker.network)
    }

    pub(super) fn runner(&self) -> Runner<S> {
        SagaRunner::new(self.worker.world.clone(), self.worker.clone())
    }
}

impl<S: Stores + 'static> Run<S> {
    /// The services around the orders, for who looks at what they hold; none while nobody has had to do
    /// with them.
    pub fn services(&self) -> Option<&ServiceNetwork<OrderServices>> {
        self.fulfilment.as_ref().map(|fulfilment| &*fulfilment.worker.network)
    }

    pub(super) fn fulfilment(&self) -> &Fulfilment<S> {
        self.fulfilment.as_ref().expect("it is made before anything is asked of it")
    }

    // region: apply_fulfilment
    pub(super) async fn apply_fulfilment(&mut self, input: FulfilmentInput) {
        let network = self.fulfilment().worker.network.clone();
        let moment = match input {
            FulfilmentInput::Mode(mode) => return self.switch_mode(mode).await,
            FulfilmentInput::Attend(attention) => return self.attend(attention),
            FulfilmentInput::Arm(armed) => {
                let Some(point) = request_name(&armed.request) else { return };
                let (fault, times) = (armed.fault.name(), armed.times.name());
                let limit = armed.times.limit();
                network.arm(armed);
                Moment::FaultArmed { point, fault, times, limit }
            }
            FulfilmentInput::Disarm(request) => {
                let Some(point) = request_name(&request) else { return };
                network.disarm(point);
                Moment::FaultsDisarmed { point }
            }
            FulfilmentInput::Set(setting) => {
                let (service, name, amount) = (setting.service, setting.name, setting.amount);
                network.set(|services| services.set(&service, &name, amount));
                Moment::Saga(SagaMoment::ServiceSet { service, name, amount })
            }
            FulfilmentInput::Protect(protection, on) => {
                match protection {
                    Protection::Idempotency => network.recognise_repeats(on),
                    Protection::SemanticLock => network.set(|services| services.lock(on)),
                    Protection::PureDomain => {
                        self.fulfilment.as_mut().expect("it is made").is_pure = on;
                    }
                }
                let protection = protection.name();
                Moment::Saga(SagaMoment::ProtectionSwitched { protection, on })
            }
        };
        self.world.record(Actor::Person(Person::FIRST), moment);
    }
    // endregion: apply_fulfilment

    // region: switch_mode
    /// Orders that are created from now on are fulfilled that way; others go on as they began, but for when
    /// people take over. Where the storage fails, it stays.
    async fn switch_mode(&mut self, mode: FulfilmentMode) {
        let ways = self.fulfilment().ways.clone();
        if mode == ways.now() {
            return;
        }
        let (store, is_at_work) = (self.world.store_behind(), ways.runs(mode));
        let Ok(head) = store.head().await else { return };
        let prepared = match mode {
            FulfilmentMode::Saga if !is_at_work => skip_to_head(store, head).await,
            FulfilmentMode::Choreography if !is_at_work => begin_behind(store, head).await,
            _ => Ok(()),
        };
        if prepared.is_err() {
            return;
        }
        ways.switch(head, mode);
        let moment = Moment::Saga(SagaMoment::ModeSwitched { mode: mode.name() });
        let cause = self.world.record(Actor::Person(Person::FIRST), moment);
        match mode {
            FulfilmentMode::People => self.stop_fulfilment(),
            mode if !is_at_work => self.spawn_fulfilment(mode, Some(cause)),
            _ => {}
        }
    }
    // endregion: switch_mode

    /// Everybody who fulfils orders begins anew, as after a reload: whatever was on its way is lost.
    pub(super) fn begin_fulfilment_anew(&mut self) {
        self.fulfilment().worker.network.lose_requests();
        for mode in [FulfilmentMode::Saga, FulfilmentMode::Choreography] {
            if self.fulfilment().ways.runs(mode) {
                self.spawn_fulfilment(mode, None);
            }
        }
    }

    fn spawn_fulfilment(&mut self, mode: FulfilmentMode, cause: Option<MomentNumber>) {
        for service in OrderServices::NAMES {
            if !self.executor.is_alive(Actor::Service(service)) {
                self.spawn_service(service, cause);
            }
        }
        match mode {
            FulfilmentMode::Choreography => self.spawn_reactors(cause),
            _ => self.spawn_runner(cause),
        }
    }

    /// Nobody but people fulfils orders.
    fn stop_fulfilment(&mut self) {
        self.stop_sagas();
        for plan in OrderFulfilment::REACTORS {
            self.kill_reactor(plan.name);
        }
    }

    fn spawn_service(&mut self, service: &'static str, cause: Option<MomentNumber>) {
        let network = self.fulfilment().worker.network.clone();
        let Some(place) = OrderServices::NAMES.iter().position(|name| *name == service) else {
            return;
        };
        let task = async move { network.serve(place).await };
        self.executor.spawn(Actor::Service(service), cause, task);
    }

    fn spawn_runner(&mut self, cause: Option<MomentNumber>) {
        self.fulfilment().worker.replies.lose_all();
        let (worker, runner) =
            (self.fulfilment().worker.clone(), Rc::new(self.fulfilment().runner()));
        let ways = self.fulfilment().ways.clone();
        let trigger = move |stored: &StoredEvent| {
            begun_by(stored).filter(|_| ways.of(stored.position) == FulfilmentMode::Saga)
        };
        let starter = SagaStarter::new(self.world.clone(), runner, STARTER, trigger);
        self.executor.spawn(Actor::Runner, cause, begin_sagas(worker, starter));
    }

    pub(super) fn spawn_saga(&mut self, saga: SagaId, cause: Option<MomentNumber>) {
        let runner = self.fulfilment().runner();
        self.executor.spawn(Actor::Saga(saga), cause, async move { runner.run(saga).await });
    }

    /// Kills whoever begins and runs sagas. What was on its way to them is lost.
    fn stop_sagas(&mut self) {
        let sagas = |actor: &Actor| matches!(actor, Actor::Runner | Actor::Saga(_));
        for actor in self.actors().into_iter().filter(sagas) {
            self.executor.crash(actor);
        }
        self.fulfilment().worker.replies.lose_all();
    }

    /// Kills a task of the fulfilment. What was on its way to it is lost; to a service it is not.
    pub(super) fn kill_fulfilment(&mut self, actor: Actor) {
        match actor {
            Actor::Saga(saga) => {
                self.executor.crash(actor);
                self.fulfilment().worker.replies.lose(saga);
            }
            Actor::Service(_) => _ = self.executor.crash(actor),
            Actor::Reactor(name) => self.kill_reactor(name),
            _ => self.stop_sagas(),
        }
    }

    // region: restart_fulfilment
    /// Builds a task of the fulfilment again, if it is not there and somebody fulfils orders that way.
    pub(super) fn restart_fulfilment(&mut self, target: &Target) {
        let services = OrderServices::NAMES.iter().map(|name| Actor::Service(name));
        let reactors = OrderFulfilment::REACTORS.iter().map(|plan| Actor::Reactor(plan.name));
        let actor = match target {
            Target::Saga(saga) => Actor::Saga(*saga),
            Target::Runner => Actor::Runner,
            _ => match services.chain(reactors).find(|actor| target.is(*actor)) {
                Some(actor) => actor,
                None => return,
            },
        };
        let runs = |mode| self.fulfilment().ways.runs(mode);
        let (by_saga, by_reactors) =
            (runs(FulfilmentMode::Saga), runs(FulfilmentMode::Choreography));
        let is_on = match actor {
            Actor::Service(_) => by_saga || by_reactors,
            Actor::Reactor(_) => by_reactors,
            _ => by_saga,
        };
        if !is_on || self.executor.is_alive(actor) {
            return;
        }
        let cause = Some(self.world.record(actor, Moment::Restarted));
        let place =
            OrderFulfilment::REACTORS.iter().position(|it| actor == Actor::Reactor(it.name));
        match (actor, place) {
            (Actor::Service(service), _) => self.spawn_service(service, cause),
            (Actor::Saga(saga), _) => self.spawn_saga(saga, cause),
            (_, Some(place)) => self.spawn_reactor(place, cause),
            _ => self.spawn_runner(cause),
        }
    }
    // endregion: restart_fulfilment
}

// region: begin_sagas
/// The starter's task: goes on with the sagas that are open, then begins new ones whenever the log grew.
async fn begin_sagas<S: Stores, T: Fn(&StoredEvent) -> Option<SagaId>>(
    worker: Rc<OrderWorker<S>>,
    starter: SagaStarter<OrderFulfilment, OrderWorker<S>, World<S>, T>,
) {
    let world = &worker.world;
    let mut knows_open = false;
    loop {
        let seen = world.timers().growths();
        let read = match knows_open {
            false => starter.open().await.map(|sagas| (sagas, false)),
            true => starter.read_on(BATCH).await,
        };
        match read {
            Ok((sagas, at_end)) => {
                knows_open = true;
                sagas.into_iter().for_each(|saga| worker.replies.wake(saga));
                if at_end {
                    world.timers().until_log_grows(seen).await;
                }
            }
            Err(error) => {
                let stalled = SagaMoment::Stalled { saga: None, reason: error.to_string() };
                world.probe().reach(|| Moment::Saga(stalled)).await;
                world.timers().sleep(RETRY_DELAY).await;
            }
        }
    }
}
// endregion: begin_sagas

/// The saga that an event begins: an order's, when it is created. It has the order's id.
fn begun_by(stored: &StoredEvent) -> Option<SagaId> {
    (stored.event.encoded.event_type == "OrderCreated")
        .then(|| OrderId::of_stream(&stored.stream))
        .flatten()
        .map(|order| SagaId(order.0))
}

/// The request of this name.
fn request_name(name: &str) -> Option<&'static str> {
    OrderRequest::NAMES.iter().find(|known| **known == name).copied()
}

/// Lets the starter begin behind what is in the log now.
async fn skip_to_head<S: Stores>(store: &S, head: GlobalPosition) -> Result<(), UpdateError> {
    let kept = store.checkpoint(STARTER).await?;
    if kept == head {
        return Ok(());
    }
    store.update(STARTER, kept, head, &[], |_| Ok(vec![])).await
}
