//! The past of everything, at every moment: what is looked at is what a run shows that was played up to
//! there.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Lab, PROJECTORS, Run,
        views::{Failure, LogFilter, LogRow, OrderHistory, OrderList, Restored, Sales},
    },
    domain::orders::OrderCommand,
    ports::ReadModelStore,
    simulation::Tape,
};
use pollster::block_on;

use super::{
    WAITS, empty, lines,
    room::{Room, lab_over},
};

/// Everything that a page can show of log and read models.
#[derive(Debug, PartialEq)]
struct Shown {
    log: Vec<LogRow>,
    orders: OrderList,
    of_ana: OrderList,
    sales: Sales,
    histories: Vec<Result<OrderHistory, Failure>>,
    checkpoints: Vec<u64>,
}

fn shown(lab: &Lab<Room>, checkpoints: Vec<u64>) -> Shown {
    let orders = [1, 2, 3, 9].map(|number| uuid::Uuid::from_u128(number).to_string());
    let filter = LogFilter::default();
    Shown {
        log: block_on(lab.log_rows(&filter, 0, lab.log_length(&filter))),
        orders: block_on(lab.orders(1, 100)).expect("readable"),
        of_ana: block_on(lab.orders_of("Ana", 1, 100)).expect("readable"),
        sales: block_on(lab.sales()).expect("readable"),
        histories: orders.iter().map(|order| block_on(lab.order(order))).collect(),
        checkpoints,
    }
}

/// The tape with one of everything on it.
const TAPE: &str = include_str!("../tapes/everything.jsonl");

fn tape() -> Tape<OrderCommand> {
    Tape::from_text(TAPE).expect("a tape")
}

/// What a run shows that was played up to a moment.
fn played_to(moments: usize) -> Shown {
    let store = MemoryStore::new();
    let mut run = Run::begin(tape(), store.clone());
    while run.world().trace().len() < moments {
        block_on(run.step()).expect("the trace is longer");
    }
    let lab = lab_over(&store, 1);
    block_on(lab.refresh_head()).expect("memory does not fail");
    let checkpoint = |model| block_on(store.checkpoint(model)).expect("memory does not fail").0;
    shown(&lab, PROJECTORS.map(checkpoint).to_vec())
}

#[test]
fn at_every_moment_the_past_is_what_a_run_shows_that_was_played_up_to_there() {
    let store = MemoryStore::new();
    let mut run = Run::begin(tape(), store.clone());
    block_on(run.run_to_end());
    let (moments, after) = (run.world().trace().len(), lab_over(&store, 8));
    let restored = block_on(after.restore(&lines(TAPE), empty, &WAITS));
    assert_eq!(restored, Restored::Whole { foreign: 0 });
    // From the end, so that the mirror has everything from the beginning; back, and there again.
    let there = (1..moments).step_by(3);
    for at in there.clone().rev().chain(there) {
        block_on(after.look_at(at, empty)).expect("readable");
        let checkpoints = after.read_models().iter().map(|model| model.checkpoint).collect();
        assert_eq!(shown(&after, checkpoints), played_to(at), "after {at} moments");
    }
}
