//! Replies: the answers of services on their way to sagas.

use std::{cell::RefCell, rc::Rc};

use litemap::LiteMap;

use crate::{
    kernel::{Call, Micros, SagaId, StepAnswer, Timestamp},
    simulation::{MomentNumber, Queue, World, world::TraceProbe},
};

/// How many answers a saga can be sent before it takes one.
const CAPACITY: usize = 64;

type Answers = Queue<(Call, StepAnswer)>;

/// The answers on their way, by the saga that they are for. Whoever runs the sagas has them: they are
/// lost with it.
#[derive(Debug)]
pub struct Replies {
    probe: Rc<TraceProbe>,
    answers: RefCell<LiteMap<SagaId, Rc<Answers>>>,
    /// The sagas that were sent something since somebody asked.
    woken: RefCell<Vec<(SagaId, Option<MomentNumber>)>>,
}

impl Replies {
    /// Nothing on its way, in this world.
    #[must_use]
    pub fn new<S>(world: &World<S>) -> Self {
        let probe = world.probe.clone();
        Self { probe, answers: RefCell::default(), woken: RefCell::default() }
    }

    fn of(&self, saga: SagaId) -> Rc<Answers> {
        let mut answers = self.answers.borrow_mut();
        if let Some(known) = answers.get(&saga) {
            return known.clone();
        }
        let new = Rc::new(Queue::over(self.probe.clone(), CAPACITY));
        answers.insert(saga, new.clone());
        new
    }

    /// Sends an answer on its way. One too many is lost, as on any network.
    pub fn send(&self, saga: SagaId, call: Call, answer: StepAnswer, after: Micros) {
        if self.of(saga).offer_after(after, (call, answer)).is_ok() {
            self.woken.borrow_mut().push((saga, self.probe.baton.cause()));
        }
    }

    /// The next answer for a saga, until this time.
    pub async fn receive(&self, saga: SagaId, until: Timestamp) -> Option<(Call, StepAnswer)> {
        let answers = self.of(saga);
        answers.take_until(until).await
    }

    /// Whether an answer for it has arrived or is on its way. A saga for which nothing is any more is
    /// forgotten.
    #[must_use]
    pub fn expects(&self, saga: SagaId) -> bool {
        let mut answers = self.answers.borrow_mut();
        let expects = answers.get(&saga).is_some_and(|answers| !answers.is_empty());
        if !expects {
            answers.remove(&saga);
        }
        expects
    }

    /// The sagas that were sent something since this was asked before, each with the moment that made it
    /// possible.
    pub fn take_woken(&self) -> Vec<(SagaId, Option<MomentNumber>)> {
        self.woken.take()
    }

    /// Says that a saga has something to do, because of the present moment.
    pub fn wake(&self, saga: SagaId) {
        self.woken.borrow_mut().push((saga, self.probe.baton.cause()));
    }

    /// What was on its way to one saga is lost.
    pub fn lose(&self, saga: SagaId) {
        self.answers.borrow_mut().remove(&saga);
    }

    /// Everything that was on its way is lost.
    pub fn lose_all(&self) {
        self.answers.borrow_mut().clear();
        self.woken.borrow_mut().clear();
    }
}
