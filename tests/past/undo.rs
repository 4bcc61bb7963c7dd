//! Undo: it takes back what a person gave last, and with it what the page put onto the tape since.

use hindsight::{
    adapters::MemoryStore,
    app::views::{Amounts, FaultAt, OrderStatus, Place, Trouble, Undone},
    ports::Moment,
};
use pollster::block_on;

use super::{Lab, WAITS, create, empty, lab_over, length, lines, pay, room::Room, status};

/// The lab of the same person after a reload.
fn reloaded(before: &Lab<Room>, memory: &MemoryStore, seed: u64) -> Lab<Room> {
    let text = block_on(before.tape_text());
    let after = lab_over(memory, seed);
    block_on(after.restore(&lines(&text), empty, &WAITS));
    block_on(after.begin());
    after
}

fn undo(lab: &Lab<Room>) -> Option<u64> {
    block_on(lab.undo(empty)).expect("a short tape").map(|Undone { foreign }| foreign)
}

#[test]
fn after_a_reload_undo_takes_back_what_the_person_gave_before_it() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    let order = create(&before);
    pay(&before, &order);
    let after = reloaded(&before, &memory, 8);
    assert_eq!(undo(&after), Some(0));
    assert_eq!(status(&after, &order), Some(OrderStatus::Pending), "the payment is undone");
    let reloads = |lab: &Lab<Room>| {
        lab.with_trace(|trace| trace.iter().filter(|it| it.moment == Moment::Reloaded).count())
    };
    assert_eq!(reloads(&after), 0, "and the reload, which came after it, with it");
    assert_eq!(undo(&after), Some(0));
    assert_eq!(length(&after), 0, "once more, and the order was never created");
    assert_eq!(undo(&after), None, "there is nothing more to undo");
    assert!(block_on(after.switch(1)));
    assert_eq!((reloads(&after), status(&after, &order)), (1, Some(OrderStatus::Paid)));
}

#[test]
fn a_reload_alone_is_nothing_to_undo() {
    let memory = MemoryStore::new();
    create(&lab_over(&memory, 6));
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    create(&lab_over(&memory, 8));
    block_on(before.hear());
    let after = reloaded(&before, &memory, 9);
    assert_eq!(undo(&after), None, "another tab created it, and the page was loaded again");
    assert_eq!(after.branches().len(), 1);
}

#[test]
fn what_others_appended_since_stays_in_the_log_and_is_told_of() {
    let memory = MemoryStore::new();
    let lab = lab_over(&memory, 7);
    block_on(lab.begin());
    let order = create(&lab);
    let other = lab_over(&memory, 8);
    block_on(other.begin());
    pay(&other, &order);
    create(&other);
    block_on(lab.hear());
    assert_eq!(
        undo(&lab),
        Some(2),
        "two events of others build on what is undone, or came after it"
    );
    assert_eq!(length(&lab), 0);
    assert!(block_on(lab.switch(1)));
    assert_eq!((length(&lab), status(&lab, &order)), (3, Some(OrderStatus::Paid)), "the log wins");
}

#[test]
fn the_faults_of_a_store_that_were_ended_at_once_are_there_again_at_once() {
    let lab = lab_over(&MemoryStore::new(), 7);
    block_on(lab.begin());
    create(&lab);
    for (point, fault) in [("append", "unavailable"), ("read_stream", "slow")] {
        let fault = FaultAt { point, fault, times: "always", left: 0 };
        block_on(lab.make_trouble(Trouble::Arm(fault), Amounts::default()));
    }
    block_on(lab.make_trouble(Trouble::Calm(Place::Store), Amounts::default()));
    let armed = |lab: &Lab<Room>| {
        let count = |wanted: fn(&Moment) -> bool| {
            lab.with_trace(|trace| trace.iter().filter(|it| wanted(&it.moment)).count())
        };
        (
            count(|moment| matches!(moment, Moment::FaultArmed { .. })),
            count(|moment| matches!(moment, Moment::FaultsDisarmed { .. })),
        )
    };
    assert_eq!(armed(&lab), (2, 3));
    assert_eq!(undo(&lab), Some(0));
    assert_eq!(armed(&lab), (2, 0), "both wait again");
    assert_eq!(undo(&lab), Some(0));
    assert_eq!(armed(&lab), (1, 0), "what was armed one after the other goes one after the other");
}
