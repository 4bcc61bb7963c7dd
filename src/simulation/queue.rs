//! Queues: how one task of a world hands things to another, at most so many at a time.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use super::{
    World,
    executor::{Stir, Wait},
    world::TraceProbe,
};

/// A bounded queue between tasks of one world: first in, first out, never more than its capacity.
///
/// It is volatile. What lies in it survives the crash of a task, and not the end of the world; what a
/// task took out of it is lost with the task.
#[derive(Debug)]
pub struct Queue<T> {
    probe: Rc<TraceProbe>,
    number: u32,
    capacity: usize,
    items: RefCell<VecDeque<T>>,
}

impl<T> Queue<T> {
    /// An empty queue that holds so many at most; one at least.
    #[must_use]
    pub fn new<S>(world: &World<S>, capacity: usize) -> Self {
        assert!(capacity > 0, "nothing goes through a queue that holds nothing");
        let probe = world.probe.clone();
        let number = probe.baton.number_queue();
        Self { probe, number, capacity, items: RefCell::default() }
    }

    /// How many lie in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether none does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts one in, if there is room.
    ///
    /// # Errors
    /// The item, when the queue is full.
    pub fn offer(&self, item: T) -> Result<(), T> {
        if self.len() == self.capacity {
            return Err(item);
        }
        self.items.borrow_mut().push_back(item);
        self.probe.baton.stir(Stir::Queue(self.number));
        Ok(())
    }

    /// Puts one in; a task that finds no room waits for it.
    pub async fn put(&self, mut item: T) {
        while let Err(refused) = self.offer(item) {
            item = refused;
            self.wait().await;
        }
    }

    /// Takes the first one out; a task that finds none waits for it.
    pub async fn take(&self) -> T {
        loop {
            let first = self.items.borrow_mut().pop_front();
            if let Some(first) = first {
                self.probe.baton.stir(Stir::Queue(self.number));
                return first;
            }
            self.wait().await;
        }
    }

    async fn wait(&self) {
        self.probe.baton.hand_back(Wait::Until(Stir::Queue(self.number))).await;
    }
}
