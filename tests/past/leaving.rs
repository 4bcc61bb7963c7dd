//! What stays: of a branch that is deleted while somebody is on it, and of a scenario without its words.

use hindsight::{
    adapters::MemoryStore,
    app::{Lab, views::OrderStatus},
};
use pollster::block_on;

use super::{
    WAITS, cancel, empty,
    kept::{Keeper, two_clicks},
    length,
    room::{Room, create, lab_over, pay},
    status,
};

#[test]
fn who_deletes_the_branch_that_they_are_on_goes_to_the_one_it_parted_from() {
    let memory = MemoryStore::new();
    let lab = lab_over(&memory, 7);
    block_on(lab.begin());
    let order = create(&lab);
    let created = lab.moment_count();
    block_on(lab.open_scenario(two_clicks(), empty())).expect("a tape");
    assert!(block_on(lab.switch(1)));
    pay(&lab, &order);
    block_on(lab.look_at(created, empty)).expect("a short tape");
    cancel(&lab, &order);
    let acted_on = |lab: &Lab<Room>| {
        lab.branches().iter().find(|branch| branch.is_current).map(|branch| branch.number)
    };
    assert_eq!(acted_on(&lab), Some(3));
    assert!(block_on(lab.delete(3)));
    assert_eq!((acted_on(&lab), status(&lab, &order)), (Some(1), Some(OrderStatus::Paid)));
    assert!(block_on(lab.switch(2)) && block_on(lab.delete(2)));
    assert_eq!(acted_on(&lab), Some(1), "else to the one before it");
    assert!(!block_on(lab.delete(1)), "its events are the log in the database");
    assert_eq!((acted_on(&lab), length(&lab)), (Some(1), 2));
}

#[test]
fn a_scenario_whose_words_cannot_be_had_keeps_its_number_and_gets_them_later() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    block_on(before.open_scenario(two_clicks(), empty())).expect("a tape");
    block_on(before.play_to_end());
    create(&before);
    let mut keeper = Keeper::default();
    keeper.keep(&before);

    let after = lab_over(&memory, 8);
    block_on(after.restore_all(&keeper.kept(), empty, async |_| None, &WAITS));
    assert_eq!((after.scenario(), after.scenario_number()), (None, Some(12)));
    assert_eq!(after.branches()[1].scenario, Some(12));
    keeper.keep(&after);
    let again = lab_over(&memory, 9);
    keeper.restore(&again, &WAITS);
    assert_eq!(again.scenario().as_deref(), Some(&two_clicks()), "the next time they are there");
    after.give_words(two_clicks());
    assert_eq!(after.scenario().as_deref(), Some(&two_clicks()), "or when somebody asks again");
}
