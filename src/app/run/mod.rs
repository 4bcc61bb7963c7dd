//! A run: a tape, and the world in which it becomes log and trace.
//!
//! `run(tape) -> (log, trace)` is a function: the same tape over the same log gives the same, in
//! memory and in a database, on the host and in a browser.

mod attending;
mod calling;
#[cfg(not(target_arch = "wasm32"))]
mod finished;
mod fulfilling;
mod fulfilment;
mod inputs;
#[cfg(not(target_arch = "wasm32"))]
mod laws;
mod order_worker;
mod reactors;
#[cfg(not(target_arch = "wasm32"))]
mod requests;
mod rival;
mod tasks;
mod ways;

use std::{cell::RefCell, rc::Rc};

use litemap::LiteMap;

#[cfg(target_arch = "wasm32")]
pub(super) use fulfilling::fetch_later;
use fulfilling::{Fulfilling, fulfilling, installed};
#[cfg(target_arch = "wasm32")]
pub use fulfilling::{fetch_fulfilment_by, install_fulfilment};
use fulfilment::Fulfilment;
pub(super) use inputs::foreign_append;

#[cfg(not(target_arch = "wasm32"))]
pub use finished::{Finished, ModelRows};
#[cfg(not(target_arch = "wasm32"))]
pub use laws::{Expectation, LAWS};
#[cfg(not(target_arch = "wasm32"))]
pub(super) use laws::{MODELS_CAUGHT_UP, MODELS_FOLLOW, NO_GAPS, ONCE, RULES_KEPT};
pub(super) use tasks::projector;

use crate::{
    domain::orders::{CustomerOrders, OrderCommand, OrderDetails, Rejection, SalesDashboard},
    engine::{CommandError, Handled},
    kernel::{CommandId, Projection, Timestamp},
    ports::{Clock, Environment, EventStore, Inbox, LookBack, Outbox, ReadModelStore, Stage},
    simulation::{Actor, Entry, Executor, Input, Tape, World},
};

/// Everything that a run needs of a store.
pub trait Stores: EventStore + Inbox + Outbox + ReadModelStore + LookBack + 'static {}

impl<S: EventStore + Inbox + Outbox + ReadModelStore + LookBack + 'static> Stores for S {}

/// What commands were answered, by their ids; of a command that was repeated, the last answer.
pub type Answers = LiteMap<CommandId, Result<Handled<Rejection>, CommandError>>;

/// A tape under way. What it did so far is in its world: the trace, and the store with the log.
#[derive(Debug)]
pub struct Run<S: 'static> {
    world: Rc<World<S>>,
    executor: Executor,
    tape: Tape<OrderCommand>,
    /// How many entries of the tape have been applied.
    applied: usize,
    /// The place of the first line of the tape that nobody has taken to keep it.
    unkept: usize,
    behaviours: Vec<Stage>,
    answers: Rc<RefCell<Answers>>,
    /// None while nobody has had to do with it.
    fulfilment: Option<Fulfilment<S>>,
    fulfilling: Option<&'static Fulfilling<S>>,
}

/// What a step of a run was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A task had a turn.
    Turn,
    /// The tape's next entry was applied.
    Input,
}

impl<S: Stores + 'static> Run<S> {
    /// The beginning of a run. The store holds the events that the tape builds on, if it does.
    pub fn begin(tape: Tape<OrderCommand>, store: S) -> Self {
        let head = &tape.head;
        let world = Rc::new(World::new(store, head.start, head.seed));
        world.charge(head.moment_us);
        world.store().check_versions(head.check_versions);
        world.store().set_rival(rival::second_person);
        let mut run = Self {
            executor: Executor::new(&world),
            fulfilment: None,
            fulfilling: None,
            world,
            applied: 0,
            unkept: 0,
            behaviours: head.behaviours.clone(),
            answers: Rc::default(),
            tape,
        };
        run.spawn_projectors();
        run
    }

    /// The run goes on over another store that holds the same, as after a reload: its tape ends here,
    /// and no task is alive until [`Input::Reload`] is applied. The run before has no trace any more.
    pub fn resume<T: Stores + 'static>(from: &Run<T>, store: S) -> Self {
        let world = Rc::new(World::resume(store, &from.world));
        let mut tape = from.tape.clone();
        tape.entries.truncate(from.applied);
        let before = from.fulfilment.as_ref().map(Fulfilment::before);
        let fulfilling = before.and_then(|_| installed::<S>());
        let seed = tape.head.seed;
        Self {
            executor: Executor::new(&world),
            fulfilment: fulfilling.map(|it| (it.make)(&world, seed, before)),
            fulfilling,
            world,
            applied: from.applied,
            unkept: from.unkept.min(from.applied + 1),
            behaviours: from.behaviours.clone(),
            answers: Rc::new(RefCell::new(from.answers.borrow().clone())),
            tape,
        }
    }

    /// Says on how many events of the log the run builds, before anything has happened in it.
    pub fn begin_on(&mut self, base: u64) {
        if self.world.trace().is_empty() && self.applied == 0 {
            self.tape.head.base = base;
            self.unkept = 0;
        }
    }

    /// The lines of the tape that are new since this was asked before, with the place of the first.
    pub fn take_unkept(&mut self) -> (usize, Vec<String>) {
        let place = std::mem::replace(&mut self.unkept, self.tape.entries.len() + 1);
        (place, self.tape.lines_from(place))
    }

    /// The lines of the tape from this place on are not kept, whoever took them.
    pub fn keep_from(&mut self, place: usize) {
        self.unkept = place;
    }

    /// Forgets what the tape says about the time from here on.
    pub fn cut(&mut self) {
        self.tape.entries.truncate(self.applied);
    }

    /// The world in which it happens.
    pub fn world(&self) -> &Rc<World<S>> {
        &self.world
    }

    /// The tape, with what was given since the run began.
    pub fn tape(&self) -> &Tape<OrderCommand> {
        &self.tape
    }

    /// How many entries of the tape have been applied.
    pub fn applied(&self) -> usize {
        self.applied
    }

    /// What commands were answered so far.
    pub fn answers(&self) -> Answers {
        self.answers.borrow().clone()
    }

    /// What a command was answered so far.
    pub fn answer(&self, command: CommandId) -> Option<Result<Handled<Rejection>, CommandError>> {
        self.answers.borrow().get(&command).cloned()
    }

    /// Whether nobody is at work on a command any more, and it is not about to be given.
    pub fn has_settled(&self, command: CommandId) -> bool {
        let is_this = |input: &Input<OrderCommand>| matches!(input, Input::Command(given) if given.id == command);
        let coming = self.tape.entries[self.applied..].iter().any(|entry| is_this(&entry.input));
        !coming && !self.executor.is_alive(Actor::Handler(command))
    }

    /// The tasks that are alive.
    pub fn actors(&self) -> Vec<Actor> {
        self.executor.actors().collect()
    }

    /// When the next step begins; none when nothing is left to do.
    pub fn next(&self) -> Option<Timestamp> {
        match (self.executor.next_turn(), self.next_entry()) {
            (Some(turn), Some(entry)) => Some(turn.min(entry)),
            (turn, entry) => turn.or(entry),
        }
    }

    fn next_entry(&self) -> Option<Timestamp> {
        Some(self.tape.head.start.after(self.tape.entries.get(self.applied)?.at))
    }

    /// Does the next thing: a turn that begins before the tape's next entry or with it, else that
    /// entry. None when nothing is left to do.
    pub async fn step(&mut self) -> Option<Step> {
        let (turn, entry) = (self.executor.next_turn(), self.next_entry());
        match (turn, entry) {
            (None, None) => return None,
            (Some(turn), Some(entry)) if turn > entry => self.apply_next().await,
            (None, Some(_)) => self.apply_next().await,
            (Some(_), _) => {
                self.executor.turn().await;
                if let Some(fulfilling) = self.fulfilling {
                    (fulfilling.spawn_wanted)(self);
                }
                return Some(Step::Turn);
            }
        }
        Some(Step::Input)
    }

    /// Steps until the next thing to do comes later than this.
    pub async fn run_until(&mut self, time: Timestamp) {
        while self.next().is_some_and(|next| next <= time) {
            self.step().await;
        }
    }

    /// Steps until nothing is left to do: for ever, where a task keeps trying in vain.
    pub async fn run_to_end(&mut self) {
        while self.step().await.is_some() {}
    }

    /// Puts something onto the tape before what has not happened yet, at a time that is not past and
    /// comes before the next turn: a replay applies it between the same two moments. The next step
    /// applies it.
    pub fn give(&mut self, at: Timestamp, input: Input<OrderCommand>) {
        let turn = self.executor.next_turn().map(|turn| Timestamp(turn.0 - 1));
        let latest = [turn, self.next_entry()].into_iter().flatten().min();
        let at = at.max(self.world.clock().now());
        let at = latest.map_or(at, |latest| at.min(latest)).since(self.tape.head.start);
        self.tape.entries.insert(self.applied, Entry { at, input });
        self.unkept = self.unkept.min(self.applied + 1);
    }
}

/// The read models, in the order in which their projectors are spawned.
pub const PROJECTORS: [&str; 3] =
    [OrderDetails::MODEL, CustomerOrders::MODEL, SalesDashboard::MODEL];
