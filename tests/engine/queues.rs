//! What one task hands to another goes through a queue that holds so many at most.

use std::{cell::RefCell, rc::Rc};

use hindsight::{
    kernel::{CommandId, Micros},
    ports::Environment,
    simulation::{Actor, Executor, Queue},
};
use pollster::block_on;
use uuid::Uuid;

use crate::stage::{Stage, TestWorld};

const SENDER: Actor = Actor::Handler(CommandId(Uuid::from_u128(1)));
const OTHER: Actor = Actor::Handler(CommandId(Uuid::from_u128(2)));
const RECEIVER: Actor = Actor::Handler(CommandId(Uuid::from_u128(3)));

/// A world with a queue that holds two, and what was taken out of it.
struct Given {
    world: Rc<TestWorld>,
    executor: Executor,
    queue: Rc<Queue<u32>>,
    taken: Rc<RefCell<Vec<u32>>>,
    most: Rc<RefCell<usize>>,
}

impl Given {
    fn new() -> Self {
        let world = Stage::new().world;
        Self {
            executor: Executor::new(&world),
            queue: Rc::new(Queue::new(&world, 2)),
            taken: Rc::default(),
            most: Rc::default(),
            world,
        }
    }

    /// A task that puts these in, one right after the other.
    fn send(&mut self, actor: Actor, items: std::ops::Range<u32>) {
        let (queue, most) = (self.queue.clone(), self.most.clone());
        self.executor.spawn(actor, None, async move {
            for item in items {
                queue.put(item).await;
                most.replace_with(|most| queue.len().max(*most));
            }
        });
    }

    /// A task that takes so many out and needs a while for each.
    fn receive(&mut self, count: usize) {
        let (world, queue, taken) = (self.world.clone(), self.queue.clone(), self.taken.clone());
        self.executor.spawn(RECEIVER, None, async move {
            for _ in 0..count {
                let item = queue.take().await;
                taken.borrow_mut().push(item);
                world.timers().sleep(Micros(500)).await;
            }
        });
    }

    fn run(mut self) -> Vec<u32> {
        block_on(self.executor.run_until_idle());
        assert_eq!(self.executor.actors().count(), 0, "nobody waits for ever");
        self.taken.take()
    }
}

#[test]
fn a_sender_waits_while_the_queue_is_full_and_the_order_is_kept() {
    let mut given = Given::new();
    given.send(SENDER, 0..20);
    given.receive(20);
    let most = given.most.clone();
    assert_eq!(given.run(), (0..20).collect::<Vec<_>>());
    assert_eq!(*most.borrow(), 2);
}

#[test]
fn a_receiver_waits_while_the_queue_is_empty() {
    let mut given = Given::new();
    given.receive(3);
    block_on(given.executor.run_until_idle());
    assert!(given.taken.borrow().is_empty());
    given.send(SENDER, 7..10);
    assert_eq!(given.run(), [7, 8, 9]);
}

#[test]
fn two_senders_take_turns_in_the_same_order_each_time() {
    let run = || {
        let mut given = Given::new();
        given.send(SENDER, 0..5);
        given.send(OTHER, 10..15);
        given.receive(10);
        given.run()
    };
    let first = run();
    assert_eq!(first, run());
    let of_one: Vec<u32> = first.iter().copied().filter(|item| *item < 10).collect();
    assert_eq!(of_one, [0, 1, 2, 3, 4]);
    assert_eq!(first.len(), 10);
}

#[test]
fn a_full_queue_gives_back_what_it_is_offered() {
    let given = Given::new();
    assert_eq!((given.queue.offer(1), given.queue.offer(2)), (Ok(()), Ok(())));
    assert_eq!(given.queue.offer(3), Err(3));
    assert_eq!(given.queue.len(), 2);
}

#[test]
fn a_receiver_that_crashes_loses_what_it_took_and_nothing_else() {
    let mut given = Given::new();
    given.send(SENDER, 0..6);
    given.receive(6);
    while given.taken.borrow().len() < 2 {
        block_on(given.executor.turn());
    }
    assert!(given.executor.crash(RECEIVER));
    given.receive(4);
    assert_eq!(given.run(), [0, 1, 2, 3, 4, 5]);
}
