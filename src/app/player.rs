//! The player: plays a run step by step, whoever asks, and tells when something was answered.

use std::{
    cell::{Cell, Ref, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use super::run::{Run, Stores};
use crate::{
    domain::orders::{OrderCommand, Rejection},
    engine::{CommandError, Handled},
    kernel::{CommandId, Timestamp},
    ports::{Clock, Environment},
    simulation::{Head, Input, RecordedMoment, Tape, World},
};

/// What a command came to.
pub(super) type Settled = Result<Handled<Rejection>, CommandError>;

/// Plays one run. A step is never taken twice at a time: who asks meanwhile waits for its turn.
#[derive(Debug)]
pub(super) struct Player<S: 'static> {
    world: Rc<World<S>>,
    head: Head,
    /// None while a step is under way.
    run: RefCell<Option<Run<S>>>,
    /// What was given while a step was under way.
    given: RefCell<Vec<(Timestamp, Input<OrderCommand>)>>,
    waiting: RefCell<Vec<Waker>>,
    /// Grows with every step.
    steps: Cell<u64>,
    /// Whether somebody gave it something.
    is_touched: Cell<bool>,
    /// Whether nobody will play it any more.
    is_over: Cell<bool>,
}

impl<S: Stores + 'static> Player<S> {
    pub(super) fn new(run: Run<S>) -> Self {
        Self {
            world: run.world().clone(),
            head: run.tape().head.clone(),
            run: RefCell::new(Some(run)),
            given: RefCell::default(),
            waiting: RefCell::default(),
            steps: Cell::new(0),
            is_touched: Cell::new(false),
            is_over: Cell::new(false),
        }
    }

    /// Everything that happened so far.
    pub(super) fn trace(&self) -> Ref<'_, [RecordedMoment]> {
        self.world.trace()
    }

    /// The virtual time.
    pub(super) fn now(&self) -> Timestamp {
        self.world.clock().now()
    }

    /// The world in which the run happens.
    pub(super) fn world(&self) -> &Rc<World<S>> {
        &self.world
    }

    /// What the run began with, but for the events that it builds on.
    pub(super) fn head(&self) -> &Head {
        &self.head
    }

    /// Puts something onto the tape, at this time at the earliest.
    pub(super) fn give(&self, at: Timestamp, input: Input<OrderCommand>) {
        self.touch();
        match &mut *self.run.borrow_mut() {
            Some(run) => run.give(at, input),
            None => self.given.borrow_mut().push((at, input)),
        }
    }

    /// The run begins on a log of so many events; nothing, when it has begun.
    pub(super) async fn begin_on(&self, base: u64) {
        let mut run = self.take().await;
        run.begin_on(base);
        self.put_back(run);
    }

    /// How many events there were before the run.
    pub(super) async fn base(&self) -> u64 {
        let run = self.take().await;
        let base = run.tape().head.base;
        self.put_back(run);
        base
    }

    /// When the next step begins; none when nothing is left to do.
    pub(super) async fn next(&self) -> Option<Timestamp> {
        let run = self.take().await;
        let next = run.next();
        self.put_back(run);
        next.filter(|_| !self.is_over())
    }

    /// The tape so far.
    pub(super) async fn tape(&self) -> Tape<OrderCommand> {
        let run = self.take().await;
        let tape = run.tape().clone();
        self.put_back(run);
        tape
    }

    /// Somebody gave it something before it was made.
    pub(super) fn touch(&self) {
        self.is_touched.set(true);
    }

    /// Whether somebody gave it something.
    pub(super) fn is_touched(&self) -> bool {
        self.is_touched.get()
    }

    /// The lines of the tape that are new since this was asked before, with the place of the first.
    pub(super) async fn take_unkept(&self) -> (usize, Vec<String>) {
        let mut run = self.take().await;
        let unkept = run.take_unkept();
        self.put_back(run);
        unkept
    }

    /// The lines of the tape from this place on are not kept, whoever took them.
    pub(super) async fn keep_from(&self, place: usize) {
        let mut run = self.take().await;
        run.keep_from(place);
        self.put_back(run);
    }

    /// Nobody will play it any more: who waits for an answer gets none.
    pub(super) fn end(&self) {
        self.is_over.set(true);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Whether nobody will play it any more.
    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }

    /// Takes one step, unless it begins later than this. False when none was left to take.
    pub(super) async fn step(&self, until: Timestamp) -> bool {
        let mut run = self.take().await;
        let is_due = run.next().is_some_and(|next| next <= until);
        if is_due {
            run.step().await;
            self.steps.set(self.steps.get() + 1);
        }
        self.put_back(run);
        is_due
    }

    /// What the command came to, once it did; none when its task was killed.
    pub(super) async fn settled(&self, command: CommandId) -> Option<Settled> {
        loop {
            let run = self.take().await;
            let answer = run.answer(command);
            let is_under_way = !run.has_settled(command);
            self.put_back(run);
            if answer.is_some() || !is_under_way || self.is_over.get() {
                return answer;
            }
            self.next_step().await;
        }
    }

    /// Comes back after the next step, or when nobody will take one.
    pub(super) async fn next_step(&self) {
        let before = self.steps.get();
        self.wait_until(|| self.steps.get() > before || self.is_over.get()).await;
    }

    async fn take(&self) -> Run<S> {
        self.wait_until(|| self.run.borrow().is_some()).await;
        self.run.take().expect("nobody else runs between the check and this")
    }

    fn put_back(&self, mut run: Run<S>) {
        for (at, input) in self.given.take() {
            run.give(at, input);
        }
        self.run.replace(Some(run));
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    async fn wait_until(&self, is_so: impl Fn() -> bool) {
        poll_fn(|context| {
            if is_so() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}
