//! A crash at every single moment of a tape, and a repeat: nothing is lost, nothing is half done.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    kernel::{CommandId, EventId, Projection, StoredEvent},
    ports::{PageRequest, ReadModelStore},
    simulation::{Actor, Input, Target},
};
use pollster::block_on;
use uuid::Uuid;

use crate::sample::{OrderTape, START, cancel, create, given, log, pay, played, ship, tape};

/// Two hundred commands, each given when the one before it was answered: six for each order, of
/// which two are refused or already so.
fn commands() -> OrderTape {
    let inputs = (1..).flat_map(|number| {
        [create(number), ship(number), pay(number), pay(number), ship(number), cancel(number)]
    });
    let timed = (0..200_u64).zip(inputs);
    tape(7, timed.map(|(index, input)| (index * 3_000, given(u128::from(index) + 1, input))))
}

/// The log, but for the ids of events: a second attempt draws on the same chance.
fn facts(run: &Run<MemoryStore>) -> Vec<StoredEvent> {
    let mut log = log(run);
    log.iter_mut().for_each(|stored| stored.event.id = EventId(Uuid::nil()));
    log
}

fn rows_of_ana(run: &Run<MemoryStore>) -> Vec<String> {
    let request = PageRequest { page: 1, size: 100 };
    let model = hindsight::domain::orders::CustomerOrders::MODEL;
    let page = run.world().store_behind().page(model, "Ana", request);
    block_on(page).expect("memory does not fail").value.rows
}

/// The task that reached a moment, as the tape names it.
fn target(actor: Actor) -> Target {
    match actor {
        Actor::Handler(command) => Target::Handler(command),
        Actor::Projector(model) => Target::Projector(model.to_owned()),
        Actor::Person(_) => Target::Handler(CommandId(Uuid::nil())),
    }
}

/// Runs to a moment, kills who reached it, builds it again, and runs on. None past the last moment.
fn with_crash_at(moment: usize) -> Option<Run<MemoryStore>> {
    let mut run = Run::begin(commands(), MemoryStore::new());
    while run.world().trace().len() <= moment {
        block_on(run.step())?;
    }
    let last = run.world().trace()[moment].clone();
    for input in [Input::Crash(target(last.actor)), Input::Restart(target(last.actor))] {
        run.give(last.at.max(START), input);
        block_on(run.step());
    }
    block_on(run.run_to_end());
    Some(run)
}

#[test]
fn whoever_crashes_at_whatever_moment_nothing_is_lost_and_nothing_is_half_done() {
    let whole = played(&commands());
    let (facts_whole, rows_whole) = (facts(&whole), rows_of_ana(&whole));
    assert_eq!(facts_whole.len(), 133, "of 200 commands a third is refused or already so");
    let moments = whole.world().trace().len();
    assert!(moments > 3_000, "{moments} moments");
    for moment in 0..moments {
        let run = with_crash_at(moment).expect("the trace is that long");
        assert!(facts(&run) == facts_whole, "the log differs after a crash at moment {moment}");
        assert!(rows_of_ana(&run) == rows_whole, "the rows differ after a crash at {moment}");
        assert_eq!(run.answers().len(), 200, "every command was answered in the end");
    }
}
