//! Tasks that take turns, and crash between any two moments.

use std::{cell::Cell, rc::Rc};

use hindsight::{
    domain::orders::{CustomerOrders, OrderCommand, OrderDecider, OrderDetails},
    engine::{Behaviour, CommandPipeline, Projector},
    kernel::{CommandRequest, EventId, Projection, StoredEvent},
    ports::{Environment, Moment, PageRequest, ReadModelStore},
    simulation::{Executor, RecordedMoment, TaskNumber, Turn},
};
use pollster::block_on;
use uuid::Uuid;

use crate::stage::{Stage, TestWorld, cancel, create, pay, request, ship};

/// Six commands for each order: shipping it unpaid is refused, and paying it again is already so.
fn commands(count: u128) -> Rc<Vec<CommandRequest<OrderCommand>>> {
    let commands = (1..).flat_map(|number| {
        [create(number), ship(number), pay(number), pay(number), ship(number), cancel(number)]
    });
    Rc::new((1..=count).zip(commands).map(|(id, command)| request(id, command)).collect())
}

/// Somebody who sends commands one after the other, from the first that was not acknowledged on.
async fn send(
    world: Rc<TestWorld>,
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
async fn project<P: Projection>(world: Rc<TestWorld>) {
    let projector = Projector::<P, _>::new(world);
    while !projector.catch_up(3).await.expect("memory does not fail").at_end {}
}

/// The log, but for the ids of events: they come from the seed, which a second attempt draws on too.
fn log(stage: &Stage) -> Vec<StoredEvent> {
    let mut log = stage.log();
    log.iter_mut().for_each(|stored| stored.event.id = EventId(Uuid::nil()));
    log
}

fn rows_of_ana(world: &TestWorld) -> Vec<String> {
    let page = world.store().page(CustomerOrders::MODEL, "Ana", PageRequest { page: 1, size: 100 });
    block_on(page).expect("memory does not fail").value.rows
}

/// Crashes a task after so many turns; false when it had finished before.
fn crash_after(turns: usize, executor: &mut Executor, task: TaskNumber) -> bool {
    let reached = (0..turns).all(|_| block_on(executor.turn()) == Turn::Reached(task));
    reached && executor.crash(task)
}

/// The log after all commands: by one task, and by another from where the first one crashed, if it
/// shall; none when it had finished before.
fn log_of_handlers(count: u128, crash: Option<usize>) -> Option<Vec<StoredEvent>> {
    let (stage, commands) = (Stage::new(), commands(count));
    let acknowledged = Rc::<Cell<usize>>::default();
    let handler = || send(stage.world.clone(), commands.clone(), acknowledged.clone());
    let mut executor = Executor::new(&stage.world);
    let task = executor.spawn(handler());
    if let Some(turns) = crash {
        if !crash_after(turns, &mut executor, task) {
            return None;
        }
        assert_eq!(block_on(executor.turn()), Turn::Idle);
        executor.spawn(handler());
    }
    block_on(executor.run_to_end());
    Some(log(&stage))
}

/// Ana's rows by one projector over a full log, and by another from where the first one crashed, if
/// it shall; none when it had finished before.
fn rows_of_projectors(crash: Option<usize>) -> Option<Vec<String>> {
    let world = Stage::new().world;
    let mut executor = Executor::new(&world);
    executor.spawn(send(world.clone(), commands(60), Rc::default()));
    block_on(executor.run_to_end());
    let task = executor.spawn(project::<CustomerOrders>(world.clone()));
    if let Some(turns) = crash {
        if !crash_after(turns, &mut executor, task) {
            return None;
        }
        executor.spawn(project::<CustomerOrders>(world.clone()));
    }
    block_on(executor.run_to_end());
    Some(rows_of_ana(&world))
}

#[test]
fn a_handler_that_crashes_at_any_moment_loses_nothing_and_does_nothing_twice() {
    const COUNT: u128 = 200;
    let whole = log_of_handlers(COUNT, None).expect("nothing crashes");
    assert_eq!(whole.len(), 133, "of 200 commands a third is refused or already so");
    let mut moments = 0;
    while let Some(log) = log_of_handlers(COUNT, Some(moments)) {
        assert!(log == whole, "the log differs after a crash at moment {moments}");
        moments += 1;
    }
    assert!(moments > 2_000, "{moments} moments");
}

#[test]
fn a_projector_that_crashes_at_any_moment_projects_nothing_twice() {
    let expected = rows_of_projectors(None);
    assert_eq!(expected.as_ref().map(Vec::len), Some(10));
    let crashes = (0..).map_while(|turns| rows_of_projectors(Some(turns))).inspect(|rows| {
        assert_eq!(Some(rows), expected.as_ref());
    });
    assert_eq!(
        crashes.count(),
        15,
        "before the first, and after each of 14 moments of three events"
    );
}

/// Two people at once, and a projector that joins them.
fn together() -> Vec<RecordedMoment> {
    let (world, commands) = (Stage::new().world, commands(60));
    let (ours, theirs) = commands.split_at(30);
    let mut executor = Executor::new(&world);
    for part in [ours, theirs] {
        executor.spawn(send(world.clone(), Rc::new(part.to_vec()), Rc::default()));
    }
    for _ in 0..100 {
        block_on(executor.turn());
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
    let [one, two, three] = [1, 2, 3].map(|number| Some(TaskNumber(number)));
    assert_eq!(first, [one, two, one, two]);
    let mut projectors = trace.iter().filter(|recorded| recorded.task == three).peekable();
    assert!(projectors.peek().is_some(), "the projector takes part");
    assert!(projectors.all(|recorded| matches!(recorded.moment, Moment::Projected { .. })));
}
