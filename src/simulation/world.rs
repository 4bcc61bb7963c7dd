//! The world: an environment in which every moment is recorded and takes virtual time.

use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

use litemap::LiteMap;

use super::{
    Actor, FaultyStore, Person, SeededRng, VirtualClock,
    executor::{Baton, Stir, Wait},
    progress::Progress,
};
use crate::{
    kernel::{CorrelationId, GlobalPosition, Micros, ModelName, StoredEvent, Timestamp},
    ports::{
        Clock, Environment, EventStore, Inbox, Moment, Outbox, Probe, Reached, ReadModelStore,
        Timers,
    },
};

/// Runs an engine over any store, on virtual time, with chance from a seed, and keeps the trace.
///
/// Under an [`Executor`](super::Executor) every moment ends a turn; without one, code runs through.
#[derive(Debug)]
pub struct World<S> {
    store: FaultyStore<S>,
    rng: SeededRng,
    timers: WorldTimers,
    pub(super) probe: Rc<TraceProbe>,
}

/// A moment's place in the trace: 1 for the first, then without gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MomentNumber(pub u32);

/// A moment with when it was reached, by whom and because of what.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordedMoment {
    /// When. No two moments that tasks reach have the same time.
    pub at: Timestamp,
    /// Who reached it.
    pub actor: Actor,
    /// The moment that made it possible: the one before it in the same task, or the one that
    /// started or woke the task; none for what came from outside.
    pub cause: Option<MomentNumber>,
    /// The request that began it: that of its cause, but for who reads the log, which serves whom it
    /// reads of. None for what serves nobody, or several at once.
    pub correlation: Option<CorrelationId>,
    /// What.
    pub moment: Moment,
}

/// Puts every moment into the trace, and ends the turn of the task that reached it.
#[derive(Debug)]
pub struct TraceProbe {
    pub(super) clock: VirtualClock,
    pub(super) baton: Baton,
    /// What a moment costs in virtual time.
    cost: Cell<Micros>,
    trace: RefCell<Vec<RecordedMoment>>,
    progress: RefCell<Progress>,
    /// Whom those serve who read the log, and sagas: the request of what they read last.
    readers: RefCell<LiteMap<Actor, Option<CorrelationId>>>,
    /// Whom somebody serves at their next moment, where it is not the one of its cause.
    next_request: Cell<Option<(Actor, Option<CorrelationId>)>>,
}

/// Waiting in virtual time.
#[derive(Clone, Debug)]
pub struct WorldTimers {
    probe: Rc<TraceProbe>,
}

impl<S> World<S> {
    /// A world over a store, at a time, with a seed. A moment takes 100 µs of its time.
    pub fn new(store: S, now: Timestamp, seed: u64) -> Self {
        let probe = Rc::new(TraceProbe {
            clock: VirtualClock::new(now),
            baton: Baton::default(),
            cost: Cell::new(Micros(100)),
            trace: RefCell::default(),
            progress: RefCell::default(),
            readers: RefCell::default(),
            next_request: Cell::default(),
        });
        Self {
            store: FaultyStore::new(store, probe.clone(), seed),
            rng: SeededRng::new(seed),
            timers: WorldTimers { probe: probe.clone() },
            probe,
        }
    }

    /// A world over another store that goes on where one over a copy of it stands: with its trace, its
    /// time, its chance and its faults. No task goes along, and the trace leaves the world before.
    pub fn resume<T>(store: S, from: &World<T>) -> Self {
        let before = &from.probe;
        let probe = Rc::new(TraceProbe {
            clock: before.clock.clone(),
            baton: Baton::default(),
            cost: before.cost.clone(),
            trace: RefCell::new(before.trace.take()),
            progress: before.progress.clone(),
            readers: RefCell::default(),
            next_request: Cell::default(),
        });
        Self {
            store: from.store.over(store, probe.clone()),
            rng: from.rng.clone(),
            timers: WorldTimers { probe: probe.clone() },
            probe,
        }
    }

    /// Sets what a moment costs in virtual time from now on.
    pub fn charge(&self, cost: Micros) {
        self.probe.cost.set(cost);
    }

    /// Its store alone, for who needs no world.
    pub fn into_store(self) -> FaultyStore<S> {
        self.store
    }

    /// The store itself, which no fault meets and no moment tells of: for who only looks.
    pub fn store_behind(&self) -> &S {
        self.store.inner()
    }

    /// Every moment so far, in order. Not to be kept while the world runs on.
    pub fn trace(&self) -> Ref<'_, [RecordedMoment]> {
        Ref::map(self.probe.trace.borrow(), Vec::as_slice)
    }

    /// Puts a moment that came from outside into the trace, now.
    pub fn record(&self, actor: Actor, moment: Moment) -> MomentNumber {
        self.probe.record(actor, None, None, moment)
    }

    /// The same for one that is, or comes of, a request.
    pub fn record_of(&self, request: CorrelationId, actor: Actor, moment: Moment) -> MomentNumber {
        self.probe.record(actor, None, Some(request), moment)
    }

    /// Says whose request the task serves that has its turn, where the moment before does not.
    pub fn serve(&self, request: CorrelationId) {
        self.probe.serve(Some(request));
    }

    /// The moment that makes the present turn possible.
    pub fn cause(&self) -> Option<MomentNumber> {
        self.probe.baton.cause()
    }

    /// Moves the clock on to a time; it never goes back.
    pub fn advance_to(&self, time: Timestamp) {
        self.probe.clock.advance(time.since(self.probe.clock.now()));
    }

    /// Says that somebody else made the log grow up to here, at the next moment;
    /// [`Executor::wake`](super::Executor::wake) comes after it.
    pub fn log_grew(&self, head: GlobalPosition) {
        self.probe.log_grew(head);
    }

    /// Says that a read model begins anew, at the next moment.
    pub fn model_cleared(&self, model: ModelName) {
        self.probe.model_reached(model, GlobalPosition::NONE);
    }

    /// How far the log and these read models had come after so many moments, when they had reached a
    /// position before the first.
    pub fn reached(&self, moments: usize, base: GlobalPosition, models: &[ModelName]) -> Reached {
        self.probe.progress.borrow().after(moments, base, models)
    }
}

impl TraceProbe {
    fn record(
        &self,
        actor: Actor,
        cause: Option<MomentNumber>,
        correlation: Option<CorrelationId>,
        moment: Moment,
    ) -> MomentNumber {
        let mut trace = self.trace.borrow_mut();
        trace.push(RecordedMoment { at: self.clock.now(), actor, cause, correlation, moment });
        MomentNumber(u32::try_from(trace.len()).expect("a trace has fewer than 2^32 moments"))
    }

    /// The moment that was recorded last.
    pub(super) fn last(&self) -> Option<MomentNumber> {
        u32::try_from(self.trace.borrow().len()).ok().filter(|last| *last > 0).map(MomentNumber)
    }

    fn actor(&self) -> Actor {
        self.baton.holder().unwrap_or(Actor::Person(Person::FIRST))
    }

    /// The request that somebody serves at their next moment.
    fn request(&self, actor: Actor) -> Option<CorrelationId> {
        if let Some((_, request)) = self.next_request.get().filter(|(next, _)| *next == actor) {
            return request;
        }
        if let Some(request) = self.readers.borrow().get(&actor) {
            return *request;
        }
        self.trace.borrow().get((self.baton.cause()?.0 as usize).checked_sub(1)?)?.correlation
    }

    /// Says whom the task serves at its next moment.
    pub(super) fn serve(&self, request: Option<CorrelationId>) {
        self.next_request.set(Some((self.actor(), request)));
    }

    /// Says that the task goes on with what it has read.
    pub(super) fn goes_on_reading(&self) {
        self.next_request.set(None);
    }

    /// Says what the task has read of the log: whom it serves until it reads on.
    pub(super) fn has_read_log(&self, events: &[StoredEvent]) {
        let request = shared(events.iter().map(|stored| stored.event.correlation_id));
        self.readers.borrow_mut().insert(self.actor(), request);
    }

    /// Says what stream the task has read. A saga serves whom its stream began for, and so does who
    /// serves nobody yet.
    pub(super) fn has_read_stream(&self, events: &[StoredEvent]) {
        let (actor, began) = (self.actor(), events.first());
        let request = began.map(|first| first.event.correlation_id);
        if let Actor::Saga(_) = actor {
            self.readers.borrow_mut().insert(actor, request);
        } else if self.request(actor).is_none() {
            self.serve(request);
        }
    }

    /// Reaches a moment that somebody else brought about in the turn of this task, for a request of
    /// theirs.
    pub(super) async fn reach_as(
        &self,
        actor: Actor,
        request: Option<CorrelationId>,
        moment: impl FnOnce() -> Moment,
    ) {
        let number = self.record(actor, self.baton.cause(), request, moment());
        self.baton.because_of(number);
        self.wait(self.cost.get()).await;
    }

    /// Ends the turn; comes back after this much virtual time.
    pub(super) async fn wait(&self, time: Micros) {
        if self.baton.holder().is_some() {
            self.baton.hand_back(Wait::For(time)).await;
        } else {
            self.clock.advance(time);
        }
    }

    /// The log has grown up to here; the next moment is the first that knows it.
    pub(super) fn log_grew(&self, head: GlobalPosition) {
        self.progress.borrow_mut().log_reaches(self.trace.borrow().len() + 1, head);
        self.baton.log_grew();
    }

    /// A read model is at this position; the next moment is the first that knows it.
    pub(super) fn model_reached(&self, model: ModelName, checkpoint: GlobalPosition) {
        let moment = self.trace.borrow().len() + 1;
        self.progress.borrow_mut().model_reaches(moment, model, checkpoint);
    }
}

/// The request that all of them come of; none when there are several, or nothing.
pub(super) fn shared(mut requests: impl Iterator<Item = CorrelationId>) -> Option<CorrelationId> {
    let first = requests.next()?;
    requests.all(|request| request == first).then_some(first)
}

impl Probe for TraceProbe {
    async fn reach(&self, moment: impl FnOnce() -> Moment) {
        let actor = self.actor();
        let request = self.request(actor);
        if self.next_request.get().is_some_and(|(next, _)| next == actor) {
            self.next_request.take();
        }
        self.reach_as(actor, request, moment).await;
    }
}

impl Timers for WorldTimers {
    async fn yield_now(&self) {}
}

impl WorldTimers {
    /// Comes back after this much virtual time.
    pub async fn sleep(&self, time: Micros) {
        self.probe.wait(time).await;
    }

    /// How often the log grew so far: ask before reading it, and wait beyond that afterwards.
    #[must_use]
    pub fn growths(&self) -> u64 {
        self.probe.baton.growths()
    }

    /// Comes back when the log grew more often than that.
    pub async fn until_log_grows(&self, beyond: u64) {
        if self.growths() <= beyond {
            self.probe.baton.hand_back(Wait::Until(Stir::Log)).await;
        }
    }
}

impl<S: EventStore + Inbox + Outbox + ReadModelStore + 'static> Environment for World<S> {
    type Store = FaultyStore<S>;
    type Clock = VirtualClock;
    type Rng = SeededRng;
    type Timers = WorldTimers;
    type Probe = TraceProbe;

    fn store(&self) -> &FaultyStore<S> {
        &self.store
    }

    fn clock(&self) -> &VirtualClock {
        &self.probe.clock
    }

    fn rng(&self) -> &SeededRng {
        &self.rng
    }

    fn timers(&self) -> &WorldTimers {
        &self.timers
    }

    fn probe(&self) -> &TraceProbe {
        &self.probe
    }
}
