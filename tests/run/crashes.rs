//! A crash at every single moment of a tape, and a repeat: nothing is lost, nothing is half done.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::OrderCommand,
    kernel::{EventId, Projection, StoredEvent, Timestamp},
    ports::{Moment, PageRequest, ReadModelStore},
    simulation::{Actor, Input, RecordedMoment, Target},
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

/// Whom a moment is about, as the tape names it: who reached it, or whose command was given in it.
fn target(recorded: &RecordedMoment) -> Target {
    match (&recorded.actor, &recorded.moment) {
        (Actor::Handler(command), _) | (Actor::Person(_), Moment::CommandGiven { command, .. }) => {
            Target::Handler(*command)
        }
        (Actor::Projector(model), _) => Target::Projector((*model).to_owned()),
        (actor, moment) => panic!("{actor:?} does not reach {moment:?} on this tape"),
    }
}

/// Runs to a moment. None past the last one.
fn run_to(moment: usize) -> Option<(Run<MemoryStore>, RecordedMoment)> {
    let mut run = Run::begin(commands(), MemoryStore::new());
    while run.world().trace().len() <= moment {
        block_on(run.step())?;
    }
    let last = run.world().trace()[moment].clone();
    Some((run, last))
}

fn give_all(
    run: &mut Run<MemoryStore>,
    at: Timestamp,
    inputs: impl IntoIterator<Item = Input<OrderCommand>>,
) {
    for input in inputs {
        run.give(at.max(START), input);
        block_on(run.step());
    }
}

/// Runs to a moment, kills whom it is about, builds it again, and runs on.
fn with_crash_at(moment: usize) -> Option<Run<MemoryStore>> {
    let (mut run, last) = run_to(moment)?;
    let target = target(&last);
    give_all(&mut run, last.at, [Input::Crash(target.clone()), Input::Restart(target)]);
    block_on(run.run_to_end());
    Some(run)
}

/// Runs to a moment, loads the page again, which kills everybody, sends again what was under way, and
/// runs on.
fn with_reload_at(moment: usize) -> Option<Run<MemoryStore>> {
    let (mut run, last) = run_to(moment)?;
    let again = run.actors().into_iter().filter_map(|actor| match actor {
        Actor::Handler(command) => Some(Input::Restart(Target::Handler(command))),
        _ => None,
    });
    give_all(&mut run, last.at, [Input::Reload].into_iter().chain(again));
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
        for (what, run) in [("crash", with_crash_at(moment)), ("reload", with_reload_at(moment))] {
            let run = run.expect("the trace is that long");
            assert!(
                facts(&run) == facts_whole,
                "the log differs after a {what} at moment {moment}"
            );
            assert!(rows_of_ana(&run) == rows_whole, "the rows differ after a {what} at {moment}");
            assert_eq!(run.answers().len(), 200, "every command was answered in the end");
        }
    }
}
