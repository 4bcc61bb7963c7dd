//! The executor: runs tasks one at a time, each from one moment to the next, in virtual time.
//!
//! A crash between any two moments is dropping the task's future there: what was volatile is gone,
//! what is durable stays. Restarting is spawning the task again, built from what is durable.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll},
};

use futures_util::future::LocalBoxFuture;
use litemap::LiteMap;

use super::{Actor, MomentNumber, World, world::TraceProbe};
use crate::{
    kernel::{Micros, Timestamp},
    ports::Clock,
};

/// Runs tasks in turns. The next turn belongs to the task whose time comes first, and among those
/// with the same time to the one that was spawned first: the order depends on nothing else. The
/// clock moves on at every turn, so no two turns have the same time.
///
/// The futures are boxed: tasks are of many kinds, and only here do they lie in one place.
#[derive(Debug)]
pub struct Executor {
    probe: Rc<TraceProbe>,
    /// By the number under which they were spawned.
    tasks: LiteMap<u32, Task>,
    spawned: u32,
}

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The task reached a moment, or waits.
    Reached(Actor),
    /// The task came to its end.
    Finished(Actor),
    /// No task can have a turn.
    Idle,
}

struct Task {
    actor: Actor,
    /// When its next turn begins, or what it waits for.
    due: Due,
    /// The moment that makes its next one possible.
    cause: Option<MomentNumber>,
    is_paused: bool,
    /// How much longer each of its turns takes than it would.
    slowed_by: Micros,
    future: LocalBoxFuture<'static, ()>,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { actor, due, .. } = self;
        formatter
            .debug_struct("Task")
            .field("actor", actor)
            .field("due", due)
            .finish_non_exhaustive()
    }
}

/// When a task's next turn begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Due {
    At(Timestamp),
    When(Stir),
    /// Whichever comes first.
    AtOrWhen(Timestamp, Stir),
}

impl Due {
    fn stir(self) -> Option<Stir> {
        match self {
            Self::At(_) => None,
            Self::When(stir) | Self::AtOrWhen(_, stir) => Some(stir),
        }
    }
}

/// What executor and probe share: whose turn it is, because of what, and whether it is over.
#[derive(Debug, Default)]
pub(super) struct Baton {
    holder: Cell<Option<Actor>>,
    cause: Cell<Option<MomentNumber>>,
    handed_back: Cell<Option<Wait>>,
    /// How often the log grew.
    growths: Cell<u64>,
    /// What happened in this turn that somebody may wait for.
    stirred: RefCell<Vec<Stir>>,
    queues: Cell<u32>,
}

/// Something that a task can wait for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stir {
    /// The log grew.
    Log,
    /// Something was put into the queue with this number, or taken out of it.
    Queue(u32),
}

/// For how long a task gives its turns away.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    For(Micros),
    Until(Stir),
    /// Until it happens, at most until this time.
    UntilOrAt(Stir, Timestamp),
}

/// How long after something happened those who wait for it get their turn.
const NOTICE_DELAY: Micros = Micros(1);

impl Executor {
    /// An executor for tasks that run in this world. A world has at most one.
    #[must_use]
    pub fn new<S>(world: &World<S>) -> Self {
        Self { probe: world.probe.clone(), tasks: LiteMap::new(), spawned: 0 }
    }

    /// Adds a task that a moment led to; its first turn may begin now. An actor has one task.
    pub fn spawn(
        &mut self,
        actor: Actor,
        cause: Option<MomentNumber>,
        task: impl Future<Output = ()> + 'static,
    ) {
        assert!(!self.is_alive(actor), "an actor has one task");
        self.spawned += 1;
        let task = Task {
            actor,
            due: Due::At(self.probe.clock.now()),
            cause,
            is_paused: false,
            slowed_by: Micros(0),
            future: Box::pin(task),
        };
        self.tasks.insert(self.spawned, task);
    }

    /// Whether this actor has a task.
    #[must_use]
    pub fn is_alive(&self, actor: Actor) -> bool {
        self.tasks.values().any(|task| task.actor == actor)
    }

    /// Those who have a task, in the order in which they were spawned.
    pub fn actors(&self) -> impl Iterator<Item = Actor> {
        self.tasks.values().map(|task| task.actor)
    }

    /// Drops a task where it stands. False when there is no such task any more.
    pub fn crash(&mut self, actor: Actor) -> bool {
        let before = self.tasks.len();
        self.tasks.retain(|_, task| task.actor != actor);
        self.tasks.len() < before
    }

    /// Takes the turns away from a task, or gives them back. False when there is no such task.
    pub fn pause(&mut self, actor: Actor, paused: bool) -> bool {
        self.find(actor).map(|task| task.is_paused = paused).is_some()
    }

    /// Makes each turn of a task so much longer. False when there is no such task.
    pub fn slow(&mut self, actor: Actor, by: Micros) -> bool {
        self.find(actor).map(|task| task.slowed_by = by).is_some()
    }

    fn find(&mut self, actor: Actor) -> Option<&mut Task> {
        self.tasks.iter_mut().map(|(_, task)| task).find(|task| task.actor == actor)
    }

    /// When the next turn begins; none when no task can have one.
    #[must_use]
    pub fn next_turn(&self) -> Option<Timestamp> {
        let due = self.tasks.values().filter(|task| !task.is_paused).filter_map(Task::due);
        Some(due.min()?.max(self.probe.clock.now().after(Micros(1))))
    }

    /// Runs the next task to its next moment, or to its end.
    ///
    /// Real waiting (a database's answer) happens inside the turn: no other task runs meanwhile.
    pub async fn turn(&mut self) -> Turn {
        let Some(begins) = self.next_turn() else { return Turn::Idle };
        let ready = self.tasks.iter_mut().filter(|(_, task)| !task.is_paused);
        let next = ready.filter_map(|(number, task)| Some((task.due()?, *number, task)));
        let Some((_, number, task)) = next.min_by_key(|(due, number, _)| (*due, *number)) else {
            return Turn::Idle;
        };
        let probe = &self.probe;
        probe.clock.advance(begins.since(probe.clock.now()));
        probe.baton.cause.set(task.cause);
        let (actor, future) = (task.actor, &mut task.future);
        let ended = poll_fn(|context| probe.baton.pass(actor, future, context)).await;
        task.cause = probe.baton.cause.take();
        let turn = match ended {
            Some(wait) => {
                task.due = match wait {
                    Wait::For(time) => Due::At(begins.after(time).after(task.slowed_by)),
                    Wait::Until(stir) => Due::When(stir),
                    Wait::UntilOrAt(stir, time) => Due::AtOrWhen(time.after(task.slowed_by), stir),
                };
                Turn::Reached(actor)
            }
            None => {
                self.tasks.remove(&number);
                Turn::Finished(actor)
            }
        };
        self.wake();
        turn
    }

    /// Gives turns until no task can have one.
    pub async fn run_until_idle(&mut self) {
        while self.turn().await != Turn::Idle {}
    }

    /// Lets those go on who wait for what happened since; the last moment is why.
    pub fn wake(&mut self) {
        let stirred = self.probe.baton.stirred.take();
        if stirred.is_empty() {
            return;
        }
        let (due, cause) = (self.probe.clock.now().after(NOTICE_DELAY), self.probe.last());
        for (_, task) in self.tasks.iter_mut() {
            if task.due.stir().is_some_and(|stir| stirred.contains(&stir)) {
                task.due = Due::At(due.after(task.slowed_by));
                task.cause = cause;
            }
        }
    }
}

impl Task {
    fn due(&self) -> Option<Timestamp> {
        match self.due {
            Due::At(time) | Due::AtOrWhen(time, _) => Some(time),
            Due::When(_) => None,
        }
    }
}

impl Baton {
    /// Whose turn it is; none where no executor runs.
    pub(super) fn holder(&self) -> Option<Actor> {
        self.holder.get()
    }

    /// The moment that made the present one possible.
    pub(super) fn cause(&self) -> Option<MomentNumber> {
        self.cause.get().filter(|_| self.holder.get().is_some())
    }

    pub(super) fn because_of(&self, moment: MomentNumber) {
        self.cause.set(Some(moment));
    }

    /// The same for who may not know the moment.
    pub(super) fn because(&self, moment: Option<MomentNumber>) {
        self.cause.set(moment.or(self.cause.get()));
    }

    pub(super) fn log_grew(&self) {
        self.growths.set(self.growths.get() + 1);
        self.stir(Stir::Log);
    }

    /// Says that something happened which somebody may wait for.
    pub(super) fn stir(&self, what: Stir) {
        self.stirred.borrow_mut().push(what);
    }

    /// A number that no queue had before.
    pub(super) fn number_queue(&self) -> u32 {
        self.queues.set(self.queues.get() + 1);
        self.queues.get()
    }

    /// How often the log grew so far.
    pub(super) fn growths(&self) -> u64 {
        self.growths.get()
    }

    /// Ends the turn at a moment; comes back when the task has its next one.
    pub(super) async fn hand_back(&self, wait: Wait) {
        let mut is_handed_back = false;
        poll_fn(|_| {
            if is_handed_back {
                return Poll::Ready(());
            }
            is_handed_back = true;
            self.handed_back.set(Some(wait));
            Poll::Pending
        })
        .await;
    }

    /// Lets a task run: for how long it gives its turns away, or none when it has finished.
    fn pass(
        &self,
        actor: Actor,
        future: &mut LocalBoxFuture<'static, ()>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Wait>> {
        self.holder.set(Some(actor));
        let polled = future.as_mut().poll(context);
        self.holder.set(None);
        match (polled, self.handed_back.take()) {
            (Poll::Ready(()), _) => Poll::Ready(None),
            (Poll::Pending, Some(wait)) => Poll::Ready(Some(wait)),
            (Poll::Pending, None) => Poll::Pending,
        }
    }
}
