//! Queues: how one task of a world hands things to another, at most so many at a time.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use super::{
    MomentNumber, World,
    executor::{Stir, Wait},
    world::TraceProbe,
};
use crate::{
    kernel::{Micros, Timestamp},
    ports::Clock,
};

/// A bounded queue between tasks of one world: in the order in which things arrive, never more than its
/// capacity, those on their way included.
///
/// It is volatile. What lies in it survives the crash of a task, and not the end of the world; what a
/// task took out of it is lost with the task.
#[derive(Debug)]
pub struct Queue<T> {
    probe: Rc<TraceProbe>,
    number: u32,
    capacity: usize,
    /// By the time at which they arrive; those of one time as they were put in.
    items: RefCell<VecDeque<Item<T>>>,
}

#[derive(Debug)]
struct Item<T> {
    arrives: Timestamp,
    /// The moment after which it was put in: it makes possible what the taker does next.
    cause: Option<MomentNumber>,
    content: T,
}

impl<T> Queue<T> {
    /// An empty queue that holds so many at most; one at least.
    #[must_use]
    pub fn new<S>(world: &World<S>, capacity: usize) -> Self {
        Self::over(world.probe.clone(), capacity)
    }

    /// An empty queue in the world behind this probe.
    pub(super) fn over(probe: Rc<TraceProbe>, capacity: usize) -> Self {
        assert!(capacity > 0, "nothing goes through a queue that holds nothing");
        let number = probe.baton.number_queue();
        Self { probe, number, capacity, items: RefCell::default() }
    }

    /// How many lie in it or are on their way.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether none does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Loses everything that lies in it or is on its way.
    pub fn clear(&self) {
        self.items.borrow_mut().clear();
        self.probe.baton.stir(self.stir());
    }

    /// Puts one in, if there is room.
    ///
    /// # Errors
    /// The item, when the queue is full.
    pub fn offer(&self, item: T) -> Result<(), T> {
        self.offer_after(Micros(0), item)
    }

    /// Sends one on its way, if there is room: it arrives after this time, and may overtake others.
    ///
    /// # Errors
    /// The item, when the queue is full.
    pub fn offer_after(&self, time: Micros, content: T) -> Result<(), T> {
        if self.len() == self.capacity {
            return Err(content);
        }
        let arrives = self.probe.clock.now().after(time);
        let item = Item { arrives, cause: self.probe.baton.cause(), content };
        let mut items = self.items.borrow_mut();
        let place = items.partition_point(|before| before.arrives <= arrives);
        items.insert(place, item);
        self.probe.baton.stir(Stir::Queue(self.number));
        Ok(())
    }

    /// Puts one in; a task that finds no room waits for it.
    pub async fn put(&self, mut item: T) {
        while let Err(refused) = self.offer(item) {
            item = refused;
            self.wait(Wait::Until(self.stir())).await;
        }
    }

    /// Takes the first one out; a task that finds none waits for it.
    pub async fn take(&self) -> T {
        loop {
            if let Some(first) = self.take_until(Timestamp::MAX).await {
                return first;
            }
        }
    }

    /// Takes the first one out; a task that finds none waits for it until this time, and gets none then.
    pub async fn take_until(&self, time: Timestamp) -> Option<T> {
        loop {
            let now = self.probe.clock.now();
            let arrives = self.items.borrow().front().map(|first| first.arrives);
            if arrives.is_some_and(|arrives| arrives <= now) {
                let first = self.items.borrow_mut().pop_front()?;
                self.probe.baton.stir(self.stir());
                self.probe.baton.because(first.cause);
                return Some(first.content);
            }
            if time <= now {
                return None;
            }
            let until = arrives.map_or(time, |arrives| arrives.min(time));
            self.wait(match until {
                Timestamp::MAX => Wait::Until(self.stir()),
                until => Wait::UntilOrAt(self.stir(), until),
            })
            .await;
        }
    }

    fn stir(&self) -> Stir {
        Stir::Queue(self.number)
    }

    async fn wait(&self, wait: Wait) {
        self.probe.baton.hand_back(wait).await;
    }
}
