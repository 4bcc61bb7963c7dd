//! Attention: a person sees to what was given up, by a saga or by a reactor.

use super::{Run, Stores, reactors::reactor};
use crate::{
    engine::SagaError,
    ports::{Environment, Moment, Probe, SagaMoment},
    simulation::{Actor, Attention, Person},
};

impl<S: Stores + 'static> Run<S> {
    // region: attend
    /// A person sees to what was given up: a task of its own tells the reactor whose it is, else the saga.
    pub(super) fn attend(&mut self, attention: Attention) {
        let (saga, command, told) = (attention.saga, attention.id, attention.told());
        let (retry, step) = (attention.settled.is_none(), attention.step.clone());
        let given = SagaMoment::AttentionGiven { saga, command, step, retry };
        let cause = self.world.record(Actor::Person(Person::FIRST), Moment::Saga(given));
        if self.executor.is_alive(Actor::Handler(command)) {
            return;
        }
        let (runner, world) = (self.fulfilment().runner(), self.world.clone());
        let (workers, ways) = (self.fulfilment().reactors.clone(), self.fulfilment().ways.clone());
        let task = async move {
            let (step, settled) = (&*attention.step, attention.settled.as_deref());
            for (place, worker) in workers.iter().enumerate() {
                let reactor = reactor(place, worker, ways.clone());
                match reactor.attend(saga, command, step, settled).await? {
                    None => {}
                    Some(Ok(())) => return Ok(None),
                    Some(Err(rule)) => return Ok(Some(rule)),
                }
            }
            match runner.attend(saga, command, &told).await {
                Err(SagaError::Refused(rule)) => Ok(Some(rule.name())),
                result => result.map(|()| None),
            }
        };
        self.executor.spawn(Actor::Handler(command), Some(cause), async move {
            let moment = match task.await {
                Ok(None) => return,
                Ok(Some(rule)) => SagaMoment::Refused { saga, command, rule },
                Err(error) => SagaMoment::Stalled { saga: Some(saga), reason: error.to_string() },
            };
            world.probe().reach(|| Moment::Saga(moment)).await;
        });
    }
    // endregion: attend
}
