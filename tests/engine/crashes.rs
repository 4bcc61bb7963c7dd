//! Tasks that take turns, and crash between any two moments.

use std::{cell::Cell, rc::Rc};

use hindsight::{
    domain::orders::{CustomerOrders, OrderCommand, OrderDecider, OrderDetails},
    engine::{Behaviour, CommandPipeline, Projector},
    kernel::{CommandId, CommandRequest, Projection},
    ports::{Environment, Moment, PageRequest, ReadModelStore},
    simulation::{Actor, Executor, RecordedMoment, Turn},
};
use pollster::block_on;
use uuid::Uuid;

use crate::stage::{Stage, TestWorld, cancel, create, pay, request, ship};

const ONE: Actor = Actor::Handler(CommandId(Uuid::from_u128(1)));
const TWO: Actor = Actor::Handler(CommandId(Uuid::from_u128(2)));
const THREE: Actor = Actor::Projector(CustomerOrders::MODEL);

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
async fn project<P: Projection<Event: 'static>>(world: Rc<TestWorld>) {
    let projector = Projector::new::<P>(world);
    while !projector.catch_up(3).await.expect("memory does not fail").at_end {}
}

fn rows_of_ana(world: &TestWorld) -> Vec<String> {
    let page = world.store().page(CustomerOrders::MODEL, "Ana", PageRequest { page: 1, size: 100 });
    block_on(page).expect("memory does not fail").value.rows
}

/// Crashes a task after so many turns; false when it had finished before.
fn crash_after(turns: usize, executor: &mut Executor, actor: Actor) -> bool {
    let reached = (0..turns).all(|_| block_on(executor.turn()) == Turn::Reached(actor));
    reached && executor.crash(actor)
}

/// Ana's rows by one projector over a full log, and by another from where the first one crashed, if
/// it shall; none when it had finished before.
fn rows_of_projectors(crash: Option<usize>) -> Option<Vec<String>> {
    let world = Stage::new().world;
    let mut executor = Executor::new(&world);
    executor.spawn(ONE, None, send(world.clone(), commands(60), Rc::default()));
    block_on(executor.run_until_idle());
    executor.spawn(THREE, None, project::<CustomerOrders>(world.clone()));
    if let Some(turns) = crash {
        if !crash_after(turns, &mut executor, THREE) {
            return None;
        }
        executor.spawn(THREE, None, project::<CustomerOrders>(world.clone()));
    }
    block_on(executor.run_until_idle());
    Some(rows_of_ana(&world))
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
        29,
        "before the first, and after each of two moments for three events, 14 times"
    );
}

/// Two people at once, and a projector that joins them.
fn together() -> Vec<RecordedMoment> {
    let (world, commands) = (Stage::new().world, commands(60));
    let (ours, theirs) = commands.split_at(30);
    let mut executor = Executor::new(&world);
    for (actor, part) in [(ONE, ours), (TWO, theirs)] {
        executor.spawn(actor, None, send(world.clone(), Rc::new(part.to_vec()), Rc::default()));
    }
    for _ in 0..100 {
        block_on(executor.turn());
    }
    executor.spawn(THREE, None, project::<OrderDetails>(world.clone()));
    block_on(executor.run_until_idle());
    world.trace().to_vec()
}

#[test]
fn tasks_take_turns_in_virtual_time_and_the_same_way_each_time() {
    let trace = together();
    assert_eq!(trace, together());
    assert!(trace.is_sorted_by(|one, next| one.at < next.at), "no two moments at once");
    let first: Vec<_> = trace.iter().take(4).map(|recorded| recorded.actor).collect();
    assert_eq!(first, [ONE, TWO, ONE, TWO]);
    let mut projectors = trace.iter().filter(|recorded| recorded.actor == THREE).peekable();
    assert!(projectors.peek().is_some(), "the projector takes part");
    assert!(projectors.all(|recorded| {
        matches!(recorded.moment, Moment::LogRead { .. } | Moment::Projected { .. })
    }));
}
