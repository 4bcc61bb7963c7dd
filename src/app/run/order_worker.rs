//! Whoever takes the calls of sagas: the order itself, the pipeline, or a service.

use std::{cell::RefCell, rc::Rc};

use super::Stores;
use crate::{
    domain::orders::{
        OrderCommand, OrderDecider, OrderFulfilment, OrderId, OrderServices, Rejection, Wanted,
        Work, wanted,
    },
    engine::{Answer, CommandError, Handled, load},
    kernel::{Call, Micros, SagaId, SagaPlan, StepAnswer, Timestamp, to_json},
    ports::{SagaCall, StepCall, StepWorker},
    simulation::{MomentNumber, Replies, Request, ServiceNetwork, World},
};

/// Takes the calls of sagas: to the order, through the pipeline, or to a service.
#[derive(Debug)]
pub(super) struct OrderWorker<S> {
    pub(super) world: Rc<World<S>>,
    pub(super) replies: Rc<Replies>,
    pub(super) network: Rc<ServiceNetwork<OrderServices>>,
    /// Commands that wait for a task of their own.
    pub(super) commands: RefCell<Vec<CommandCall>>,
}

/// A call that is a command for the order.
#[derive(Debug)]
pub(super) struct CommandCall {
    pub(super) call: StepCall,
    pub(super) command: OrderCommand,
    pub(super) cause: Option<MomentNumber>,
}

impl<S: Stores> StepWorker for OrderWorker<S> {
    async fn send(&self, call: StepCall) {
        let answer = match self.work(&call).await {
            Ok(Work::Command(command)) => {
                let cause = self.world.cause();
                return self.commands.borrow_mut().push(CommandCall { call, command, cause });
            }
            Ok(Work::Request(content)) => {
                let name = OrderFulfilment::PLAN.name_of(call.call);
                let (round, call) =
                    (call.round, SagaCall { saga: call.saga, name, call: call.call });
                return self.network.send(Request { call, round, content }).await;
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

/// What an answer of the pipeline is for a saga.
pub(super) fn step_answer(answer: &Result<Handled<Rejection>, CommandError>) -> StepAnswer {
    match answer.as_ref().map(|handled| &handled.answer) {
        Ok(Answer::Accepted { .. } | Answer::AlreadySo { .. }) => StepAnswer::Done,
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
