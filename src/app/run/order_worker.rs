//! Whoever takes the calls of sagas and reactors: the order itself, the pipeline, or a service.

use std::{cell::RefCell, rc::Rc};

use super::{Run, Stores, tasks::pipeline};
use crate::{
    domain::orders::{
        OrderCommand, OrderDecider, OrderFulfilment, OrderId, OrderServices, Rejection, Wanted,
        Work, wanted,
    },
    engine::{Answer, CommandError, Handled, load},
    kernel::{
        Call, CausationId, CommandRequest, Micros, SagaId, SagaPlan, StepAnswer, Timestamp, to_json,
    },
    ports::{Clock, Environment, SagaCall, StepCall, StepWorker},
    simulation::{Actor, MomentNumber, Replies, Request, ServiceNetwork, World},
};

/// Takes the calls of sagas, or of one reactor: to the order, through the pipeline, or to a service.
#[derive(Debug)]
pub(super) struct OrderWorker<S> {
    pub(super) world: Rc<World<S>>,
    pub(super) replies: Rc<Replies>,
    pub(super) network: Rc<ServiceNetwork<OrderServices>>,
    /// Commands that wait for a task of their own.
    pub(super) commands: Rc<RefCell<Vec<CommandCall>>>,
}

/// A call that is a command for the order.
#[derive(Debug)]
pub(super) struct CommandCall {
    pub(super) call: StepCall,
    pub(super) command: OrderCommand,
    /// Where its answer goes.
    pub(super) replies: Rc<Replies>,
    pub(super) cause: Option<MomentNumber>,
}

impl<S: Stores> StepWorker for OrderWorker<S> {
    async fn send(&self, call: StepCall) {
        let answer = match self.work(&call).await {
            Ok(Work::Command(command)) => {
                let (replies, cause) = (self.replies.clone(), self.world.cause());
                let called = CommandCall { call, command, replies, cause };
                return self.commands.borrow_mut().push(called);
            }
            Ok(Work::Request(content)) => {
                let name = OrderFulfilment::PLAN.name_of(call.call);
                let (round, call) =
                    (call.round, SagaCall { saga: call.saga, name, call: call.call });
                let replies = self.replies.clone();
                return self.network.send(Request { call, round, content, replies }).await;
            }
            Ok(Work::Answer(answer)) => answer,
            Err(answer) => answer,
        };
        self.replies.send(call.saga, call.call, answer, Micros(0));
    }

    async fn receive(&self, saga: SagaId, until: Timestamp) -> Option<(Call, StepAnswer)> {
        self.replies.receive(saga, until).await
    }

    fn expects(&self, saga: SagaId) -> bool {
        self.replies.expects(saga)
    }
}

impl<S: Stores> OrderWorker<S> {
    /// What a call asks of whom; the order is read where the call says something about it.
    async fn work(&self, call: &StepCall) -> Result<Work, StepAnswer> {
        let missing = || StepAnswer::Refused { reason: "order_missing".to_owned() };
        let order = OrderId::of_stream(&call.subject).ok_or_else(missing)?;
        match wanted(call.call) {
            Wanted::OfId(work) => Ok(work(order, call.failure.as_deref().unwrap_or_default())),
            Wanted::OfOrder(work) => {
                let loaded = load::<OrderDecider, _>(&*self.world, &call.subject, None).await;
                let loaded = loaded
                    .map_err(|error| StepAnswer::Unavailable { reason: error.to_string() })?;
                Ok(work(order, &loaded.state.ok_or_else(missing)?))
            }
        }
    }
}

impl<S: Stores + 'static> Run<S> {
    /// Gives a task to each saga that has something to do, and to each command that a saga or a reactor has sent.
    pub(super) fn spawn_wanted(&mut self) {
        for (saga, cause) in self.fulfilment().worker.replies.take_woken() {
            let runs = self.executor.is_alive(Actor::Runner);
            if runs && !self.executor.is_alive(Actor::Saga(saga)) {
                self.spawn_saga(saga, cause);
            }
        }
        // Reactors wait for their answers themselves.
        self.fulfilment().reactors.iter().for_each(|worker| _ = worker.replies.take_woken());
        let commands = self.fulfilment().worker.commands.take();
        for CommandCall { call, command, replies, cause } in commands {
            let actor = Actor::Handler(call.call.command_id(call.saga));
            if !self.executor.is_alive(actor) {
                self.executor.spawn(actor, cause, self.command_task(call, command, replies));
            }
        }
    }

    /// The command goes through the pipeline like anybody else's, and its answer back to who sent it.
    fn command_task(
        &self,
        call: StepCall,
        command: OrderCommand,
        replies: Rc<Replies>,
    ) -> impl Future<Output = ()> + 'static {
        let pipeline = pipeline(&self.world, &self.behaviours);
        let answers = self.answers.clone();
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
            let told = step_answer(&request.command, &answer);
            replies.send(call.saga, call.call, told, Micros(0));
            answers.borrow_mut().insert(request.id, answer);
        }
    }
}

/// What an answer of the pipeline is for a saga. An order that is to be cancelled, and that somebody else has
/// cancelled for another reason, is cancelled: nothing is left to do.
fn step_answer(
    command: &OrderCommand,
    answer: &Result<Handled<Rejection>, CommandError>,
) -> StepAnswer {
    let cancels = matches!(command, OrderCommand::CancelOrder { .. });
    match answer.as_ref().map(|handled| &handled.answer) {
        Ok(Answer::Accepted { .. } | Answer::AlreadySo { .. }) => StepAnswer::Done,
        Ok(Answer::Rejected { rejection: Rejection::AlreadyCancelled }) if cancels => {
            StepAnswer::Done
        }
        Ok(Answer::Rejected { rejection }) => refused(Some(rejection)),
        Ok(Answer::Invalid { errors }) => refused(errors.first().map(|error| &error.rejection)),
        Err(error) => StepAnswer::Unavailable { reason: error.to_string() },
    }
}

/// A refusal by the name of the rule.
fn refused(rule: Option<&Rejection>) -> StepAnswer {
    let rule = rule.map(|rule| to_json(rule)).unwrap_or_default();
    StepAnswer::Refused { reason: rule.split('"').nth(1).unwrap_or_default().to_owned() }
}
