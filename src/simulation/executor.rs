//! The executor: runs tasks one at a time, each from one moment to the next, in virtual time.
//!
//! A crash between any two moments is dropping the task's future there: what was volatile is gone,
//! what is durable stays. Restarting is spawning the task again, built from what is durable.

use std::{
    cell::Cell,
    collections::BTreeMap,
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll},
};

use futures_util::future::LocalBoxFuture;

use super::{VirtualClock, World};
use crate::{
    kernel::{Micros, Timestamp},
    ports::Clock,
};

/// Runs tasks in turns. The next turn belongs to the task whose time comes first, and among those
/// with the same time to the one that was spawned first: the order depends on nothing else.
///
/// The futures are boxed: tasks are of many kinds, and only here do they lie in one place.
#[derive(Debug)]
pub struct Executor {
    clock: Rc<VirtualClock>,
    baton: Rc<Baton>,
    tasks: BTreeMap<TaskNumber, Task>,
    spawned: u32,
}

/// Names a task of one executor. They are numbered from 1 in the order of spawning; a task that is
/// restarted has a new number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskNumber(pub u32);

/// How a turn ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The task reached a moment and waits there.
    Reached(TaskNumber),
    /// The task came to its end.
    Finished(TaskNumber),
    /// There is no task.
    Idle,
}

struct Task {
    /// When its next turn begins.
    due: Timestamp,
    future: LocalBoxFuture<'static, ()>,
}

impl std::fmt::Debug for Task {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Task").field("due", &self.due).finish_non_exhaustive()
    }
}

/// What executor and probe share: whose turn it is, and whether it is over.
#[derive(Debug, Default)]
pub(super) struct Baton {
    holder: Cell<Option<TaskNumber>>,
    /// What the moment that ended the turn costs.
    reached: Cell<Option<Micros>>,
}

impl Executor {
    /// An executor for tasks that run in this world. A world has at most one.
    #[must_use]
    pub fn new<S>(world: &World<S>) -> Self {
        let (clock, baton) = (world.clock.clone(), world.probe.baton.clone());
        Self { clock, baton, tasks: BTreeMap::new(), spawned: 0 }
    }

    /// Adds a task; its first turn may begin now.
    pub fn spawn(&mut self, task: impl Future<Output = ()> + 'static) -> TaskNumber {
        self.spawned += 1;
        let number = TaskNumber(self.spawned);
        let task = Task { due: self.clock.now(), future: Box::pin(task) };
        self.tasks.insert(number, task);
        number
    }

    /// Drops a task where it stands. False when there is no such task any more.
    pub fn crash(&mut self, task: TaskNumber) -> bool {
        self.tasks.remove(&task).is_some()
    }

    /// Runs the next task to its next moment, or to its end.
    ///
    /// Real waiting (a database's answer) happens inside the turn: no other task runs meanwhile.
    pub async fn turn(&mut self) -> Turn {
        let next = self.tasks.iter_mut().min_by_key(|(number, task)| (task.due, **number));
        let Some((&number, task)) = next else { return Turn::Idle };
        self.clock.advance(task.due.since(self.clock.now()));
        let (baton, future) = (&self.baton, &mut task.future);
        match poll_fn(|context| baton.pass(number, future, context)).await {
            Some(cost) => {
                task.due = task.due.after(cost);
                Turn::Reached(number)
            }
            None => {
                self.tasks.remove(&number);
                Turn::Finished(number)
            }
        }
    }

    /// Gives turns until no task is left.
    pub async fn run_to_end(&mut self) {
        while self.turn().await != Turn::Idle {}
    }
}

impl Baton {
    /// Whose turn it is; none where no executor runs.
    pub(super) fn holder(&self) -> Option<TaskNumber> {
        self.holder.get()
    }

    /// Ends the turn at a moment; comes back when the task has its next one.
    pub(super) async fn hand_back(&self, cost: Micros) {
        let mut is_handed_back = false;
        poll_fn(|_| {
            if is_handed_back {
                return Poll::Ready(());
            }
            is_handed_back = true;
            self.reached.set(Some(cost));
            Poll::Pending
        })
        .await;
    }

    /// Lets a task run: what the moment that it reached costs, or none when it has finished.
    fn pass(
        &self,
        number: TaskNumber,
        future: &mut LocalBoxFuture<'static, ()>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Micros>> {
        self.holder.set(Some(number));
        let polled = future.as_mut().poll(context);
        self.holder.set(None);
        match (polled, self.reached.take()) {
            (Poll::Ready(()), _) => Poll::Ready(None),
            (Poll::Pending, Some(cost)) => Poll::Ready(Some(cost)),
            (Poll::Pending, None) => Poll::Pending,
        }
    }
}
