//! Doors: a scenario begins on a fresh branch, the empty lab is empty, and nothing that stood gives way.

use hindsight::app::views::ScenarioFile;
use pollster::block_on;

use super::{Lab, Restored, WAITS, create, empty, lab, lab_over, length, lines, room::Room};
use hindsight::{adapters::MemoryStore, kernel::from_json};

fn two_clicks() -> ScenarioFile {
    from_json(include_str!("../../src/app/scenarios/page/12.json")).expect("the file is a scenario")
}

/// A branch as it is listed: its number, its scenario, and where it left another one.
type Shown = (u32, Option<u16>, Option<(u32, u64)>);

/// Number, scenario and parent of every branch.
fn branches(lab: &Lab<Room>) -> Vec<Shown> {
    lab.branches().iter().map(|it| (it.number, it.scenario, it.parent)).collect()
}

fn current(lab: &Lab<Room>) -> u32 {
    lab.branches().iter().find(|it| it.is_current).map_or(0, |it| it.number)
}

/// A branch that began empty, as somebody wished.
const EMPTY: Option<(u32, u64)> = Some((0, 0));

#[test]
fn a_scenario_is_opened_afresh_and_the_one_that_somebody_altered_stays() {
    let lab = lab();
    block_on(lab.begin());
    for _ in 0..3 {
        assert_eq!(block_on(lab.open_scenario(two_clicks(), empty())), Ok(()));
        block_on(lab.play_to_end());
    }
    assert_eq!(branches(&lab), [(1, None, None), (4, Some(12), None)], "no branches pile up");
    let untouched = length(&lab);
    create(&lab);
    assert_eq!(block_on(lab.open_scenario(two_clicks(), empty())), Ok(()));
    block_on(lab.play_to_end());
    assert_eq!(length(&lab), untouched, "the scenario is what it says");
    let both = [(1, None, None), (4, Some(12), None), (5, Some(12), None)];
    assert_eq!(branches(&lab), both);
    assert!(block_on(lab.switch(4)));
    assert_eq!(length(&lab), untouched + 1, "and what was done is not lost");
}

#[test]
fn the_empty_lab_is_the_branch_of_now_where_that_is_empty() {
    let lab = lab();
    block_on(lab.begin());
    block_on(lab.open_empty(empty()));
    assert_eq!(branches(&lab), [(1, None, None)]);
}

#[test]
fn the_empty_lab_is_a_fresh_branch_where_something_happened_and_is_found_again() {
    let lab = lab();
    block_on(lab.begin());
    create(&lab);
    block_on(lab.open_empty(empty()));
    assert_eq!((length(&lab), lab.moment_count()), (0, 0));
    assert_eq!(branches(&lab), [(1, None, None), (2, None, EMPTY)]);
    assert_eq!(block_on(lab.open_scenario(two_clicks(), empty())), Ok(()));
    block_on(lab.open_empty(empty()));
    assert_eq!(current(&lab), 2, "an empty one stands already");
    create(&lab);
    create(&lab);
    assert_eq!(length(&lab), 2, "it is a lab like any other");
    block_on(lab.open_empty(empty()));
    assert_eq!((current(&lab), length(&lab)), (4, 0));
    assert!(block_on(lab.switch(1)));
    assert_eq!(length(&lab), 1, "what was there stays");
}

#[test]
fn a_lab_in_which_nothing_happened_is_empty_after_a_reload_too() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    let text = block_on(before.tape_text());
    let after = lab_over(&memory, 8);
    let whole = Restored::Whole { foreign: 0 };
    assert_eq!(block_on(after.restore(&lines(&text), empty, &WAITS)), whole);
    block_on(after.begin());
    assert_eq!(after.moment_count(), 0, "there was nothing that a reload could end");
    assert_eq!(block_on(after.tape_text()), text, "and the tape is the one that is kept");
    block_on(after.open_empty(empty()));
    assert_eq!(after.branches().len(), 1);
    create(&after);
    assert_eq!(length(&after), 1);
    let text = block_on(after.tape_text());
    let again = lab_over(&memory, 9);
    assert_eq!(block_on(again.restore(&lines(&text), empty, &WAITS)), whole);
}
