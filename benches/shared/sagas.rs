//! Sagas without a world: every step is done at once.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use hindsight::{
    domain::orders::{
        CustomerId, OrderCommand, OrderDecider, OrderFulfilment, OrderId, OrderServices, Wanted,
        Work, wanted,
    },
    engine::{Behaviour, CommandPipeline, SagaRunner, load},
    kernel::{
        Call, CausationId, CommandId, CommandRequest, CorrelationId, SagaId, Services, StepAnswer,
        Timestamp,
    },
    ports::{Clock, Environment, StepCall, StepWorker},
};
use uuid::Uuid;

use crate::trace::items;

/// Does what it is asked for where it stands, as long as the caller waits.
struct AtOnce<E> {
    environment: Rc<E>,
    pipeline: CommandPipeline<OrderDecider, E>,
    services: RefCell<OrderServices>,
    answer: RefCell<Option<(Call, StepAnswer)>>,
}

impl<E: Environment> AtOnce<E> {
    async fn answer(&self, call: &StepCall) -> StepAnswer {
        let order = OrderId(call.saga.0);
        let work = match wanted(call.call) {
            Wanted::OfId(work) => work(order, ""),
            Wanted::OfOrder(work) => {
                let loaded = load::<OrderDecider, _>(&*self.environment, &call.subject, None);
                let state = loaded.await.expect("memory does not fail").state;
                work(order, &state.expect("it was created"))
            }
        };
        match work {
            Work::Answer(answer) => answer,
            Work::Request(request) => self.services.borrow_mut().serve(&request),
            Work::Command(command) => {
                let id = call.call.command_id(call.saga);
                let mut request =
                    CommandRequest::from_person(id, self.environment.clock().now(), command);
                request.correlation_id = call.correlation_id;
                request.causation_id = Some(CausationId(call.saga.0));
                self.pipeline.handle(&request).await.expect("memory does not fail");
                StepAnswer::Done
            }
        }
    }
}

impl<E: Environment> StepWorker for AtOnce<E> {
    async fn send(&self, call: StepCall) {
        let answer = self.answer(&call).await;
        self.answer.replace(Some((call.call, answer)));
    }

    async fn receive(&self, _: SagaId, _: Timestamp) -> Option<(Call, StepAnswer)> {
        self.answer.take()
    }

    fn expects(&self, _: SagaId) -> bool {
        false
    }
}

/// Creates orders and fulfils them, one after the other.
pub(crate) struct Fulfilled<E> {
    worker: Rc<AtOnce<E>>,
    runner: SagaRunner<OrderFulfilment, AtOnce<E>, E>,
    orders: Cell<u128>,
}

impl<E: Environment> Fulfilled<E> {
    pub(crate) fn new(environment: E) -> Self {
        let environment = Rc::new(environment);
        let behaviours = vec![
            Behaviour::Validation,
            Behaviour::Idempotency,
            Behaviour::Retry { attempts_max: 5 },
        ];
        let worker = Rc::new(AtOnce {
            pipeline: CommandPipeline::new(environment.clone(), behaviours),
            environment: environment.clone(),
            services: RefCell::default(),
            answer: RefCell::default(),
        });
        let runner = SagaRunner::new(environment, worker.clone());
        Self { worker, runner, orders: Cell::new(0) }
    }

    /// Creates one order and takes its saga to its end: 26 events in all.
    pub(crate) async fn one(&self) {
        self.orders.set(self.orders.get() + 1);
        // As ids are that are made one after the other: they grow.
        let id = Uuid::from_u128(self.orders.get() << 80 | 0x7000_8000_0000_0000_0000);
        let (order, customer) = (OrderId(id), CustomerId("Ana".to_owned()));
        let command = OrderCommand::CreateOrder { order, customer, items: items() };
        let now = self.worker.environment.clock().now();
        let request = CommandRequest::from_person(CommandId(id), now, command);
        let handled = self.worker.pipeline.handle(&request).await.expect("memory does not fail");
        let [created] = &handled.events[..] else { panic!("it becomes one event") };
        assert_eq!(created.event.correlation_id, CorrelationId(id));
        // There is always enough of it.
        self.worker.services.borrow_mut().set("inventory", "Moka", u64::from(u32::MAX));
        self.worker.services.borrow_mut().set("inventory", "Sencha", u64::from(u32::MAX));
        let stream = created.stream.clone();
        self.runner.start(SagaId(id), stream, &created.event).await.expect("it begins");
        self.runner.run(SagaId(id)).await;
    }
}
