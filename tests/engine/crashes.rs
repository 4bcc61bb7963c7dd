//! Tasks that take turns, and crash between any two moments.

use std::{cell::Cell, rc::Rc};

use hindsight::{
    adapters::MemoryStore,
    domain::orders::{CustomerOrders, OrderCommand, OrderDecider, OrderDetails},
    engine::{Behaviour, CommandPipeline, Projector},
    kernel::{
        CommandId, CommandRequest, EventId, GlobalPosition, Projection, StoredEvent, Timestamp,
    },
    ports::{Environment, EventStore, PageRequest, ReadModelStore},
    simulation::{Executor, RecordedMoment, TaskNumber, Turn, World},
};
use pollster::block_on;
use uuid::Uuid;

use crate::stage::{cancel, create, pay, ship};

type MemoryWorld = World<MemoryStore>;

const START: Timestamp = Timestamp(1_790_000_000_000_000);

fn world() -> Rc<MemoryWorld> {
    Rc::new(World::new(MemoryStore::new(), START, 7))
}

/// Six commands for each order: shipping it unpaid is refused, and paying it again is already so.
fn commands(count: u128) -> Rc<Vec<CommandRequest<OrderCommand>>> {
    let commands = (1..).flat_map(|number| {
        [create(number), ship(number), pay(number), pay(number), ship(number), cancel(number)]
    });
    let ids = (1..=count).map(|id| CommandId(Uuid::from_u128(id)));
    Rc::new(ids.zip(commands).map(|(id, it)| CommandRequest::from_person(id, START, it)).collect())
}

/// Somebody who sends commands one after the other, from the first that was not acknowledged on.
async fn send(
    world: Rc<MemoryWorld>,
    commands: Rc<Vec<CommandRequest<OrderCommand>>>,
    acknowledged: Rc<Cell<usize>>,
) {
    let pipeline = CommandPipeline::<OrderDecider, _>::new(world, Behaviour::usual());
    for request in commands.iter().skip(acknowledged.get()) {
        pipeline.handle(request).await.expect("memory does not fail");
        acknowledged.set(acknowledged.get() + 1);
    }
}

/// Keeps one read model up to date until the log's end, a few events at a time.
async fn project<P: Projection>(world: Rc<MemoryWorld>) {
    let projector = Projector::<P, _>::new(world);
    while !projector.catch_up(3).await.expect("memory does not fail").at_end {}
}

/// The log, but for the ids of events: they come from the seed, which a second attempt draws on too.
fn log(world: &MemoryWorld) -> Vec<StoredEvent> {
    let mut log = block_on(world.store().read_log(GlobalPosition::NONE, 10_000))
        .expect("memory does not fail");
    log.iter_mut().for_each(|stored| stored.event.id = EventId(Uuid::nil()));
    log
}

fn rows_of_ana(world: &MemoryWorld) -> Vec<String> {
    let page = world.store().page(CustomerOrders::MODEL, "Ana", PageRequest { page: 1, size: 100 });
    block_on(page).expect("memory does not fail").value.rows
}

/// Runs all commands as one task that crashes after so many turns and is started again. Gives the
/// log, and how many turns there were; none when it had finished before.
fn run_with_crash(count: u128, turns: usize) -> Option<Vec<StoredEvent>> {
    let (world, commands) = (world(), commands(count));
    let acknowledged = Rc::<Cell<usize>>::default();
    let mut executor = Executor::new(&world);
    let task = executor.spawn(send(world.clone(), commands.clone(), acknowledged.clone()));
    for _ in 0..turns {
        if block_on(executor.turn()) != Turn::Reached(task) {
            return None;
        }
    }
    assert!(executor.crash(task));
    assert_eq!(block_on(executor.turn()), Turn::Idle);
    executor.spawn(send(world.clone(), commands, acknowledged));
    block_on(executor.run_to_end());
    Some(log(&world))
}

#[test]
fn a_handler_that_crashes_at_any_moment_loses_nothing_and_does_nothing_twice() {
    const COUNT: u128 = 200;
    let whole = {
        let world = world();
        let mut executor = Executor::new(&world);
        executor.spawn(send(world.clone(), commands(COUNT), Rc::default()));
        block_on(executor.run_to_end());
        log(&world)
    };
    assert_eq!(whole.len(), 133, "of 200 commands a third is refused or already so");
    let mut moments = 0;
    while let Some(log) = run_with_crash(COUNT, moments) {
        assert!(log == whole, "the log differs after a crash at moment {moments}");
        moments += 1;
    }
    assert!(moments > 2_000, "{moments} moments");
}

#[test]
fn a_projector_that_crashes_at_any_moment_projects_nothing_twice() {
    let whole = |crash_after: Option<usize>| {
        let world = world();
        let mut executor = Executor::new(&world);
        executor.spawn(send(world.clone(), commands(60), Rc::default()));
        block_on(executor.run_to_end());
        let task = executor.spawn(project::<CustomerOrders>(world.clone()));
        for _ in 0..crash_after.unwrap_or(0) {
            if block_on(executor.turn()) != Turn::Reached(task) {
                return None;
            }
        }
        if crash_after.is_some() {
            assert!(executor.crash(task));
            executor.spawn(project::<CustomerOrders>(world.clone()));
        }
        block_on(executor.run_to_end());
        Some(rows_of_ana(&world))
    };
    let expected = whole(None);
    assert_eq!(expected.as_ref().map(Vec::len), Some(10));
    let crashes = (0..).map_while(|moment| whole(Some(moment))).inspect(|rows| {
        assert_eq!(Some(rows), expected.as_ref());
    });
    assert_eq!(
        crashes.count(),
        15,
        "before the first, and after each of 14 moments of three events"
    );
}

/// Two people and a projector at once.
fn together() -> Vec<RecordedMoment> {
    let (world, commands) = (world(), commands(60));
    let (ours, theirs) = commands.split_at(30);
    let mut executor = Executor::new(&world);
    for part in [ours, theirs] {
        executor.spawn(send(world.clone(), Rc::new(part.to_vec()), Rc::default()));
    }
    executor.spawn(project::<OrderDetails>(world.clone()));
    block_on(executor.run_to_end());
    world.trace()
}

#[test]
fn tasks_take_turns_in_virtual_time_and_the_same_way_each_time() {
    let trace = together();
    assert_eq!(trace, together());
    assert!(trace.is_sorted_by_key(|recorded| (recorded.at, recorded.task)));
    let first: Vec<_> = trace.iter().take(4).map(|recorded| recorded.task).collect();
    let [one, two] = [1, 2].map(|number| Some(TaskNumber(number)));
    assert_eq!(first, [one, two, one, two], "the projector finds an empty log and ends");
}
