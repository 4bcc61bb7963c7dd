//! Simulated services: requests travel to them, their rules are asked, answers travel back.
//!
//! What a service holds survives its crash; what is on its way to it does too, and what it was at work on
//! does not.

mod fault;
mod input;
mod replies;

use std::{cell::RefCell, rc::Rc};

use litemap::LiteMap;
use uuid::Uuid;

pub use fault::{ArmedServiceFault, ServiceFault};
pub use input::{Attention, FulfilmentInput, FulfilmentMode, Protection, ServiceSetting};
pub use replies::Replies;

use super::{Queue, SeededRng, World, world::TraceProbe};
use crate::{
    kernel::{Holding, Micros, ServiceRequest, Services, StepAnswer},
    ports::{Moment, Probe, Rng, SagaCall, SagaMoment},
};
use fault::{Place, ServiceFaults};

/// How long a request or an answer travels at least, and how much longer at most by chance.
const TRAVEL: Micros = Micros(100_000);
/// How many requests wait at a service at most; one more is turned away.
const CAPACITY: usize = 1_000;

/// The services, and the ways to them and back.
#[derive(Debug)]
pub struct ServiceNetwork<S: Services> {
    probe: Rc<TraceProbe>,
    durable: RefCell<Durable<S>>,
    /// By service.
    requests: Vec<Queue<Request<S::Request>>>,
}

/// What survives everything.
#[derive(Clone, Debug)]
struct Durable<S> {
    rules: S,
    /// What was answered, by the key of the request.
    seen: LiteMap<Uuid, Seen>,
    recognises_repeats: bool,
    faults: ServiceFaults,
    /// Chance of its own, so that services do not shift the ids of events.
    rng: SeededRng,
}

/// What a service keeps of a request.
#[derive(Clone, Debug)]
struct Seen {
    answer: StepAnswer,
    /// The last round for which it holds.
    up_to: u32,
}

/// A request on its way.
#[derive(Clone, Debug)]
pub struct Request<R> {
    /// The call that it is.
    pub call: SagaCall,
    /// How often the step was begun again.
    pub round: u32,
    /// What is asked.
    pub content: R,
    /// Where its answer goes.
    pub replies: Rc<Replies>,
}

impl<R> Request<R> {
    fn key(&self) -> Uuid {
        self.call.call.request_key(self.call.saga)
    }
}

impl<S: Services + Clone + Default> ServiceNetwork<S> {
    /// Services that have done nothing yet, in this world; chance comes from the seed.
    #[must_use]
    pub fn new<T>(world: &World<T>, seed: u64) -> Self {
        let durable = Durable {
            rules: S::default(),
            seen: LiteMap::new(),
            recognises_repeats: true,
            faults: ServiceFaults::default(),
            rng: SeededRng::new(seed.rotate_left(32)),
        };
        Self::over(world, durable)
    }

    /// The same services in another world, where nothing is on its way.
    #[must_use]
    pub fn resume<T>(world: &World<T>, from: &Self) -> Self {
        Self::over(world, from.durable.borrow().clone())
    }

    fn over<T>(world: &World<T>, durable: Durable<S>) -> Self {
        Self {
            probe: world.probe.clone(),
            durable: RefCell::new(durable),
            requests: S::NAMES.iter().map(|_| Queue::new(world, CAPACITY)).collect(),
        }
    }
}

impl<S: Services> ServiceNetwork<S> {
    /// Lets a fault wait for requests, behind those that wait already.
    pub fn arm(&self, fault: ArmedServiceFault) {
        self.durable.borrow_mut().faults.arm(fault);
    }

    /// Takes away what waits for requests of this name.
    pub fn disarm(&self, request: &str) {
        self.durable.borrow_mut().faults.disarm(request);
    }

    /// Switches whether a repeat of a request is recognised by its key.
    pub fn recognise_repeats(&self, on: bool) {
        self.durable.borrow_mut().recognises_repeats = on;
    }

    /// Changes what the services go by.
    pub fn set(&self, change: impl FnOnce(&mut S)) {
        change(&mut self.durable.borrow_mut().rules);
    }

    /// Does what is asked at once, for somebody who has no key by which a repeat could be recognised.
    pub fn serve_at_once(&self, request: &S::Request) -> StepAnswer {
        self.durable.borrow_mut().rules.serve(request)
    }

    /// What a service holds.
    #[must_use]
    pub fn holdings(&self, service: usize) -> Vec<Holding> {
        self.durable.borrow().rules.holdings(service)
    }

    /// What is on its way to a service is lost.
    pub fn lose_requests(&self) {
        for queue in &self.requests {
            queue.clear();
        }
    }

    /// Sends a request on its way to its service.
    pub async fn send(&self, request: Request<S::Request>) {
        let fault = self.meet(request.content.name(), Place::OnTheWay).await;
        let queue = &self.requests[request.content.service()];
        let time = self.travel();
        let turned_away = match fault {
            Some(ServiceFault::LoseRequest) => None,
            Some(ServiceFault::Slow(by)) => queue.offer_after(Micros(time.0 + by.0), request).err(),
            Some(ServiceFault::Duplicate) => {
                let again = Micros(time.0 + self.travel().0);
                queue
                    .offer_after(time, request.clone())
                    .and(queue.offer_after(again, request))
                    .err()
            }
            _ => queue.offer_after(time, request).err(),
        };
        if let Some(Request { call, replies, .. }) = turned_away {
            replies.send(call.saga, call.call, unavailable("overloaded"), self.travel());
        }
    }

    // region: serve
    /// The task of a service: takes one request after the other, for ever.
    pub async fn serve(&self, service: usize) {
        loop {
            let request = self.requests[service].take().await;
            let (call, name) = (request.call, request.content.name());
            self.reach(SagaMoment::ServiceAsked { service: S::NAMES[service], call }).await;
            let fault = self.meet(name, Place::AtWork).await;
            let known = self.durable.borrow().known(&request);
            let (answer, is_repeat) = match (fault, known) {
                (Some(ServiceFault::Unavailable), _) => (unavailable("unavailable"), false),
                (_, Some(known)) => (known, true),
                (_, None) => {
                    let refuses = self.meet(name, Place::Deciding).await.is_some();
                    (self.durable.borrow_mut().serve(&request, refuses), false)
                }
            };
            self.reach(SagaMoment::ServiceServed {
                service: S::NAMES[service],
                call,
                answer: answer.clone(),
                is_repeat,
                holdings: self.holdings(service),
            })
            .await;
            if fault != Some(ServiceFault::LoseAnswer) {
                request.replies.send(call.saga, call.call, answer, self.travel());
            }
        }
    }
    // endregion: serve

    // region: meet
    /// The fault that happens to a request here, if one does.
    async fn meet(&self, request: &'static str, place: Place) -> Option<ServiceFault> {
        let met = {
            let Durable { faults, rng, .. } = &mut *self.durable.borrow_mut();
            faults.next(request, place, rng)
        };
        let (fault, times) = met?;
        let (point, fault_name, times) = (request, fault.name(), times.name());
        self.probe.reach(|| Moment::FaultMet { point, fault: fault_name, times }).await;
        Some(fault)
    }
    // endregion: meet

    /// How long something travels now.
    fn travel(&self) -> Micros {
        Micros(TRAVEL.0 + self.durable.borrow().rng.next_u64() % TRAVEL.0)
    }

    async fn reach(&self, moment: SagaMoment) {
        self.probe.reach(|| Moment::Saga(moment)).await;
    }
}

impl<S: Services> Durable<S> {
    // region: recognise
    /// What a request is answered that repeats another one.
    ///
    /// What was done, or undone before it was done, is so for ever. A refusal is so for every request of
    /// its round, since others may still be on their way; in a later round the rules are asked anew.
    fn known(&self, request: &Request<S::Request>) -> Option<StepAnswer> {
        if !self.recognises_repeats {
            return None;
        }
        let seen = self.seen.get(&request.key())?;
        (request.round <= seen.up_to).then(|| seen.answer.clone())
    }
    // endregion: recognise

    // region: serve_new
    /// Does what is asked, unless it refuses.
    ///
    /// A compensation that comes before its step leaves word that the step must not be done any more.
    fn serve(&mut self, request: &Request<S::Request>, refuses: bool) -> StepAnswer {
        if refuses {
            return self.remember(request, refused("refused"));
        }
        let SagaCall { saga, call, .. } = request.call;
        let undone = call.undone_key(saga).filter(|_| self.recognises_repeats);
        let was_done =
            |key: &Uuid| self.seen.get(key).is_some_and(|seen| seen.answer == StepAnswer::Done);
        if let Some(undone) = undone.filter(|key| !was_done(key)) {
            let seen = Seen { answer: refused("undone_before"), up_to: u32::MAX };
            self.seen.insert(undone, seen);
            return self.remember(request, StepAnswer::Done);
        }
        let answer = self.rules.serve(&request.content);
        self.remember(request, answer)
    }
    // endregion: serve_new

    fn remember(&mut self, request: &Request<S::Request>, answer: StepAnswer) -> StepAnswer {
        let up_to = if answer == StepAnswer::Done { u32::MAX } else { request.round };
        let seen = Seen { answer: answer.clone(), up_to };
        self.seen.insert(request.key(), seen);
        answer
    }
}

fn refused(reason: &str) -> StepAnswer {
    StepAnswer::Refused { reason: reason.to_owned() }
}

fn unavailable(reason: &str) -> StepAnswer {
    StepAnswer::Unavailable { reason: reason.to_owned() }
}
