//! How orders are fulfilled in a run: by people, or by a saga for each, over simulated services.

use std::{cell::RefCell, rc::Rc};

use super::{
    Run, Stores,
    fulfilling::Before,
    order_worker::{CommandCall, OrderWorker, step_answer},
    tasks::pipeline,
};
use crate::{
    domain::orders::{OrderCommand, OrderFulfilment, OrderId, OrderRequest, OrderServices},
    engine::{SagaError, SagaRunner, SagaStarter},
    kernel::{
        CausationId, CommandRequest, Micros, ModelName, SagaId, ServiceRequest, Services,
        StoredEvent,
    },
    ports::{Clock, Environment, Moment, Probe, SagaMoment, StepCall, UpdateError},
    simulation::{
        Actor, Attention, FulfilmentInput, FulfilmentMode, MomentNumber, Person, Protection,
        Replies, ServiceNetwork, Target, World,
    },
};

/// The name under which the starter keeps how far it has read.
const STARTER: ModelName = "fulfilment_starter";
/// Events that the starter reads at once.
const BATCH: usize = 256;
/// How long the starter waits after a failure before it tries again.
const RETRY_DELAY: Micros = Micros(1_000_000);

/// Sagas and services of a run.
#[derive(Debug)]
pub(super) struct Fulfilment<S> {
    mode: FulfilmentMode,
    worker: Rc<OrderWorker<S>>,
}

type Runner<S> = SagaRunner<OrderFulfilment, OrderWorker<S>, World<S>>;

impl<S: Stores + 'static> Fulfilment<S> {
    /// The services as they were in another world, where nobody is at work now; else services that have
    /// done nothing yet, and people.
    pub(super) fn make(world: &Rc<World<S>>, seed: u64, before: Option<Before<'_>>) -> Self {
        let replies = Rc::new(Replies::new(world));
        let (mode, network) = match before {
            Some((mode, network)) => {
                (mode, ServiceNetwork::resume(world, network, replies.clone()))
            }
            None => (FulfilmentMode::People, ServiceNetwork::new(world, seed, replies.clone())),
        };
        Self::over(world, mode, replies, network)
    }

    /// What another world takes over.
    pub(super) fn before(&self) -> Before<'_> {
        (self.mode, &self.worker.network)
    }

    fn over(
        world: &Rc<World<S>>,
        mode: FulfilmentMode,
        replies: Rc<Replies>,
        network: ServiceNetwork<OrderServices>,
    ) -> Self {
        let (world, network) = (world.clone(), Rc::new(network));
        let worker = OrderWorker { world, replies, network, commands: RefCell::default() };
        Self { mode, worker: Rc::new(worker) }
    }

    fn runner(&self) -> Runner<S> {
        SagaRunner::new(self.worker.world.clone(), self.worker.clone())
    }
}

impl<S: Stores + 'static> Run<S> {
    /// The services around the orders, for who looks at what they hold; none while nobody has had to do
    /// with them.
    pub fn services(&self) -> Option<&ServiceNetwork<OrderServices>> {
        self.fulfilment.as_ref().map(|fulfilment| &*fulfilment.worker.network)
    }

    fn fulfilment(&self) -> &Fulfilment<S> {
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
                }
                let protection = protection.name();
                Moment::Saga(SagaMoment::ProtectionSwitched { protection, on })
            }
        };
        self.world.record(Actor::Person(Person::FIRST), moment);
    }
    // endregion: apply_fulfilment

    // region: switch_mode
    /// Orders that are created from now on are fulfilled that way. Where the storage fails, it stays.
    async fn switch_mode(&mut self, mode: FulfilmentMode) {
        if mode == self.fulfilment().mode {
            return;
        }
        if mode == FulfilmentMode::Saga && skip_to_head(self.world.store_behind()).await.is_err() {
            return;
        }
        if let Some(fulfilment) = &mut self.fulfilment {
            fulfilment.mode = mode;
        }
        let moment = Moment::Saga(SagaMoment::ModeSwitched { mode: mode.name() });
        let cause = self.world.record(Actor::Person(Person::FIRST), moment);
        match mode {
            FulfilmentMode::People => self.stop_sagas(),
            FulfilmentMode::Saga => self.spawn_fulfilment(Some(cause)),
        }
    }
    // endregion: switch_mode

    /// Everybody who fulfils orders begins anew, as after a reload: whatever was on its way is lost.
    pub(super) fn begin_fulfilment_anew(&mut self) {
        self.fulfilment().worker.network.lose_requests();
        if self.fulfilment().mode == FulfilmentMode::Saga {
            self.spawn_fulfilment(None);
        }
    }

    fn spawn_fulfilment(&mut self, cause: Option<MomentNumber>) {
        for service in OrderServices::NAMES {
            if !self.executor.is_alive(Actor::Service(service)) {
                self.spawn_service(service, cause);
            }
        }
        self.spawn_runner(cause);
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
        let starter = SagaStarter::new(self.world.clone(), runner, STARTER, begun_by);
        self.executor.spawn(Actor::Runner, cause, begin_sagas(worker, starter));
    }

    fn spawn_saga(&mut self, saga: SagaId, cause: Option<MomentNumber>) {
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
            _ => self.stop_sagas(),
        }
    }

    // region: restart_fulfilment
    /// Builds a task of the fulfilment again, if it is not there and orders are fulfilled by sagas.
    pub(super) fn restart_fulfilment(&mut self, target: &Target) {
        let service = OrderServices::NAMES.iter().find(|name| target.is(Actor::Service(name)));
        let actor = match (target, service) {
            (Target::Runner, _) => Actor::Runner,
            (Target::Saga(saga), _) => Actor::Saga(*saga),
            (_, Some(service)) => Actor::Service(service),
            _ => return,
        };
        let is_on = self.fulfilment().mode == FulfilmentMode::Saga;
        if !is_on || self.executor.is_alive(actor) {
            return;
        }
        let cause = Some(self.world.record(actor, Moment::Restarted));
        match actor {
            Actor::Service(service) => self.spawn_service(service, cause),
            Actor::Saga(saga) => self.spawn_saga(saga, cause),
            _ => self.spawn_runner(cause),
        }
    }
    // endregion: restart_fulfilment

    /// Gives a task to each saga that has something to do, and to each command that a saga has sent.
    pub(super) fn spawn_wanted(&mut self) {
        for (saga, cause) in self.fulfilment().worker.replies.take_woken() {
            let runs = self.executor.is_alive(Actor::Runner);
            if runs && !self.executor.is_alive(Actor::Saga(saga)) {
                self.spawn_saga(saga, cause);
            }
        }
        let commands = self.fulfilment().worker.commands.take();
        for CommandCall { call, command, cause } in commands {
            let actor = Actor::Handler(call.call.command_id(call.saga));
            if !self.executor.is_alive(actor) {
                self.executor.spawn(actor, cause, self.command_task(call, command));
            }
        }
    }

    /// A saga's command goes through the pipeline like anybody else's, and its answer back to the saga.
    fn command_task(
        &self,
        call: StepCall,
        command: OrderCommand,
    ) -> impl Future<Output = ()> + 'static {
        let pipeline = pipeline(&self.world, &self.behaviours);
        let (answers, worker) = (self.answers.clone(), self.fulfilment().worker.clone());
        let request = CommandRequest {
            id: call.call.command_id(call.saga),
            correlation_id: call.correlation_id,
            causation_id: Some(CausationId(call.saga.0)),
            given_at: self.world.clock().now(),
            as_seen: None,
            command,
        };
        async move {
            let answer = pipeline.handle(&request).await;
            worker.replies.send(call.saga, call.call, step_answer(&answer), Micros(0));
            answers.borrow_mut().insert(request.id, answer);
        }
    }

    // region: attend
    /// A person sees to a saga: a task of its own tells it.
    fn attend(&mut self, attention: Attention) {
        let (saga, command, told) = (attention.saga, attention.id, attention.told());
        let retry = attention.settled.is_none();
        let given = SagaMoment::AttentionGiven { saga, command, step: attention.step, retry };
        let cause = self.world.record(Actor::Person(Person::FIRST), Moment::Saga(given));
        if self.executor.is_alive(Actor::Handler(command)) {
            return;
        }
        let (runner, world) = (self.fulfilment().runner(), self.world.clone());
        self.executor.spawn(Actor::Handler(command), Some(cause), async move {
            let moment = match runner.attend(saga, command, &told).await {
                Ok(()) => return,
                Err(SagaError::Refused(rule)) => {
                    SagaMoment::Refused { saga, command, rule: rule.name() }
                }
                Err(error) => SagaMoment::Stalled { saga: Some(saga), reason: error.to_string() },
            };
            world.probe().reach(|| Moment::Saga(moment)).await;
        });
    }
    // endregion: attend
}

// region: begin_sagas
/// The starter's task: goes on with the sagas that are open, then begins new ones whenever the log grew.
async fn begin_sagas<S: Stores>(
    worker: Rc<OrderWorker<S>>,
    starter: SagaStarter<OrderFulfilment, OrderWorker<S>, World<S>>,
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
async fn skip_to_head<S: Stores>(store: &S) -> Result<(), UpdateError> {
    let (kept, head) = (store.checkpoint(STARTER).await?, store.head().await?);
    if kept == head {
        return Ok(());
    }
    store.update(STARTER, kept, head, &[], |_| Ok(vec![])).await
}
