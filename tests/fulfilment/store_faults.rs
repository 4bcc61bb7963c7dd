//! The store fails at every append of an order and of its saga, and one thing goes wrong at a service besides.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    kernel::{GlobalPosition, Micros},
    ports::{Environment, EventStore},
    simulation::{ArmedFault, Fault, FaultPoint, Input, Times},
};
use pollster::block_on;

use crate::{
    every_fault::{Case, cases, judge, run_to, try_all},
    laws::give,
    sample::{OrderTape, create, order_state, tape},
};

/// What the store does. Of those who read the log and write rows the runner is one among several, which fail
/// one after the other.
const FAULTS: [(FaultPoint, Fault, Times); 6] = [
    (FaultPoint::Append, Fault::Unavailable, Times::Next(1)),
    (FaultPoint::Append, Fault::LoseAnswer, Times::Next(1)),
    (FaultPoint::Append, Fault::Slow(Micros(3_000_000)), Times::Next(1)),
    (FaultPoint::ReadStream, Fault::Unavailable, Times::Next(1)),
    (FaultPoint::ReadLog, Fault::Unavailable, Times::Next(5)),
    (FaultPoint::UpdateReadModel, Fault::LoseAnswer, Times::Next(5)),
];

/// How many moments there were shortly before each append.
fn appends(tape: &OrderTape) -> Vec<usize> {
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    let (mut before, mut head) = (vec![], GlobalPosition::NONE);
    loop {
        let moments = run.world().trace().len();
        if block_on(run.step()).is_none() {
            return before;
        }
        let now = block_on(run.world().store_behind().head()).expect("memory does not fail");
        if now != head {
            // One turn may come before whoever arms a fault then.
            before.push(moments - 1);
            head = now;
        }
    }
}

/// A case with each fault of the store at each append, or right after it. Says in how many runs one was met.
fn try_case(case: Case) -> usize {
    let tape = tape(case.inputs());
    let (appends, mut met) = (appends(&tape), 0);
    for (point, fault, times) in FAULTS {
        for moment in &appends {
            let mut run = run_to(&tape, *moment).expect("the trace is that long");
            give(&mut run, Input::Arm(ArmedFault { point, fault, times }));
            block_on(run.run_to_end());
            met += usize::from(run.world().store().faults_met() > 0);
            give(&mut run, Input::Disarm(point));
            if order_state(&run, 1).is_none() {
                // Whoever was told that it failed orders again.
                give(&mut run, create(1));
            }
            judge(case, run, &format!("{point:?} {fault:?} from moment {moment} on"));
        }
    }
    met
}

#[test]
fn whatever_goes_wrong_once_at_a_service_and_at_the_store_the_saga_ends_and_the_sums_are_right() {
    let first: Vec<Case> = cases().into_iter().filter(|case| case.attempt == 1).collect();
    let runs = try_all(&first, try_case);
    println!("{runs} runs in which the store failed");
    assert!(runs > first.len() * FAULTS.len() * 8, "{runs} runs in which the store failed");
}
