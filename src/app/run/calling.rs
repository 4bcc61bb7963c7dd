//! A counter-example: an order that calls the payment service in the middle of the domain. Do not do this.
//!
//! It goes through the same pipeline, with the same rules, as any other order. Only folding an event has an
//! effect here, and a stream is folded whenever somebody wants to decide something.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    pin::pin,
    rc::Rc,
};

use super::{Run, Stores, tasks::behaviours_of};
use crate::{
    domain::orders::{
        Order, OrderCommand, OrderDecider, OrderEvent, OrderId, OrderRequest, OrderServices,
        Rejection,
    },
    engine::CommandPipeline,
    kernel::{
        Call, Command, Decider, Direction, Micros, SagaId, ServiceRequest, Services, StepAnswer,
        evolve_all,
    },
    ports::{Environment, Moment, Probe, SagaCall, SagaMoment},
    simulation::{
        Actor, FaultyStore, GivenCommand, MomentNumber, SeededRng, ServiceNetwork, VirtualClock,
        World, WorldTimers,
    },
};

/// What such an order has at hand wherever it is: whom it can call, and for whom.
#[derive(Debug)]
struct Calling {
    network: Rc<ServiceNetwork<OrderServices>>,
    order: OrderId,
    calls: Cell<u32>,
    /// Calls that nobody was told of yet.
    untold: RefCell<Vec<SagaMoment>>,
}

thread_local! {
    /// A domain that calls the network needs a way to it that no signature tells of.
    static CALLING: RefCell<Option<Rc<Calling>>> = const { RefCell::new(None) };
}

/// The order that calls.
#[derive(Clone, Copy, Debug)]
struct CallingOrder;

impl Decider for CallingOrder {
    type Command = OrderCommand;
    type Event = OrderEvent;
    type Rejection = Rejection;
    type State = Option<Order>;

    fn initial() -> Self::State {
        OrderDecider::initial()
    }

    fn decide(state: &Self::State, command: &OrderCommand) -> Result<Vec<OrderEvent>, Rejection> {
        let events = OrderDecider::decide(state, command)?;
        // Many aggregates apply to themselves at once what they decide.
        evolve_all::<Self>(state.clone(), &events);
        Ok(events)
    }

    // region: call_while_folding
    fn evolve(state: Self::State, event: &OrderEvent) -> Self::State {
        if let (Some(order), OrderEvent::OrderPaymentConfirmed { .. }) = (&state, event) {
            // The mistake. Whoever folds this event takes the money, once more each time.
            let taken =
                CALLING.with_borrow(|calling| calling.as_ref().is_none_or(|it| it.charge(order)));
            if !taken {
                return state;
            }
        }
        OrderDecider::evolve(state, event)
    }
    // endregion: call_while_folding
}

impl Calling {
    // region: charge
    /// Takes the money. Whether it was taken depends on the card of today.
    fn charge(&self, order: &Order) -> bool {
        let request = OrderRequest::ProcessPayment {
            order: self.order,
            customer: order.customer.clone(),
            amount: order.total,
        };
        let answer = self.network.serve_at_once(&request);
        self.calls.set(self.calls.get() + 1);
        let step = Call { direction: Direction::Forward, step: 2, attempt: self.calls.get() };
        let (service, name) = (request.service(), request.name());
        self.untold.borrow_mut().push(SagaMoment::ServiceServed {
            service: OrderServices::NAMES[service],
            call: SagaCall { saga: SagaId(self.order.0), name, call: step },
            answer: answer.clone(),
            is_repeat: false,
            holdings: self.network.holdings(service),
        });
        answer == StepAnswer::Done
    }
    // endregion: charge
}

/// The world, whose probe is told of calls before the moment that came of them.
#[derive(Debug)]
struct CallingWorld<S> {
    world: Rc<World<S>>,
    probe: CallingProbe<S>,
}

#[derive(Debug)]
struct CallingProbe<S> {
    world: Rc<World<S>>,
    calling: Rc<Calling>,
}

impl<S: Stores> Probe for CallingProbe<S> {
    async fn reach(&self, moment: impl FnOnce() -> Moment) {
        let untold = self.calling.untold.take();
        for call in untold {
            self.world.probe().reach(|| Moment::Saga(call)).await;
        }
        self.world.probe().reach(moment).await;
    }
}

impl<S: Stores> Environment for CallingWorld<S> {
    type Store = FaultyStore<S>;
    type Clock = VirtualClock;
    type Rng = SeededRng;
    type Timers = WorldTimers;
    type Probe = CallingProbe<S>;

    fn store(&self) -> &FaultyStore<S> {
        self.world.store()
    }

    fn clock(&self) -> &VirtualClock {
        self.world.clock()
    }

    fn rng(&self) -> &SeededRng {
        self.world.rng()
    }

    fn timers(&self) -> &WorldTimers {
        self.world.timers()
    }

    fn probe(&self) -> &CallingProbe<S> {
        &self.probe
    }
}

impl<S: Stores + 'static> Run<S> {
    /// Handles a command by an order that calls the network, if orders do so now.
    pub(super) fn handle_calling(
        &mut self,
        given: &GivenCommand<OrderCommand>,
        at: Micros,
        cause: MomentNumber,
    ) -> bool {
        let (is_pure, network) =
            (self.fulfilment().is_pure, self.fulfilment().worker.network.clone());
        let Some(order) = OrderId::of_stream(&given.command.stream()).filter(|_| !is_pure) else {
            return false;
        };
        let calling =
            Rc::new(Calling { network, order, calls: Cell::new(0), untold: RefCell::default() });
        let (world, answers) = (self.world.clone(), self.answers.clone());
        let probe = CallingProbe { world: world.clone(), calling: calling.clone() };
        let environment = Rc::new(CallingWorld { world: world.clone(), probe });
        let behaviours = behaviours_of(&self.behaviours);
        let pipeline = CommandPipeline::<CallingOrder, _>::new(environment, behaviours);
        let request = self.request_of(given.clone(), at);
        self.executor.spawn(Actor::Handler(given.id), Some(cause), async move {
            world.serve(request.correlation_id);
            let answer = with_network(&calling, pipeline.handle(&request)).await;
            answers.borrow_mut().insert(request.id, answer);
        });
        true
    }
}

/// Lets the domain find its way to the network while this future is at work, and at no other time.
async fn with_network<T>(calling: &Rc<Calling>, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    poll_fn(|context| {
        CALLING.set(Some(calling.clone()));
        let polled = future.as_mut().poll(context);
        CALLING.set(None);
        polled
    })
    .await
}
