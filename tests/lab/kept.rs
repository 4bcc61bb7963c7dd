//! What is kept of the branches: they come back after a reload, and nothing is written twice.

use std::{cell::RefCell, collections::BTreeMap};

use hindsight::{
    adapters::{KeptLines, MemoryStore},
    app::{
        BRANCH_LIST, FIRST_BRANCH, Lab,
        views::{Ending, OrderStatus, Restored, ScenarioFile},
    },
    kernel::{GlobalPosition, from_json},
    ports::EventStore,
};
use pollster::block_on;

use super::{
    WAITS, cancel, empty, length,
    room::{Room, create, lab, lab_over, pay, room_over},
    status,
};

/// A database that keeps what it is given, as the one in the browser does.
#[derive(Default)]
pub(crate) struct Keeper(BTreeMap<u32, Vec<String>>);

impl Keeper {
    /// Keeps what is new. Returns how many lines that were.
    pub(crate) fn keep(&mut self, lab: &Lab<Room>) -> usize {
        let mut written = 0;
        for KeptLines { branch, place, lines } in block_on(lab.take_unkept()) {
            written += lines.len();
            let kept = self.0.entry(branch).or_default();
            kept.truncate(place as usize);
            kept.extend(lines);
            self.0.retain(|_, kept| !kept.is_empty());
        }
        written
    }

    pub(crate) fn kept(&self) -> Vec<KeptLines> {
        let part = |(branch, lines): (&u32, &Vec<String>)| KeptLines {
            branch: *branch,
            place: 0,
            lines: lines.clone(),
        };
        self.0.iter().map(part).collect()
    }

    pub(crate) fn restore(
        &self,
        lab: &Lab<Room>,
        watch: &dyn Fn(u64, u64) -> bool,
    ) -> Option<Restored> {
        block_on(lab.restore_all(&self.kept(), empty, file, watch))
    }
}

/// Finds the words of the scenario.
async fn file(id: u16) -> Option<ScenarioFile> {
    assert_eq!(id, 12);
    Some(two_clicks())
}

fn numbers(lab: &Lab<Room>) -> Vec<u32> {
    lab.branches().iter().map(|branch| branch.number).collect()
}

/// What no player can play.
fn broken() -> Vec<String> {
    vec!["no tape".to_owned()]
}

pub(crate) fn two_clicks() -> ScenarioFile {
    from_json(include_str!("../../src/app/scenarios/page/12.json")).expect("the file is a scenario")
}

/// A lab with three branches: one where the order is paid, one where it is cancelled, and a scenario that
/// somebody acted on.
fn three_branches(memory: &MemoryStore) -> (Lab<Room>, String) {
    let lab = lab_over(memory, 7);
    block_on(lab.begin());
    let order = create(&lab);
    let created = lab.moment_count();
    pay(&lab, &order);
    block_on(lab.look_at(created, empty)).expect("a short tape");
    cancel(&lab, &order);
    lab.rename(2, "never mind");
    block_on(lab.open_scenario(two_clicks(), empty())).expect("a tape");
    block_on(lab.play_to_end());
    create(&lab);
    assert!(block_on(lab.switch(2)));
    (lab, order)
}

#[test]
fn after_a_reload_all_branches_are_there_and_the_one_that_was_shown_is_shown() {
    let memory = MemoryStore::new();
    let (before, order) = three_branches(&memory);
    let mut keeper = Keeper::default();
    keeper.keep(&before);

    let after = lab_over(&memory, 8);
    assert_eq!(keeper.restore(&after, &WAITS), Some(Restored::Whole { foreign: 0 }));
    block_on(after.begin());
    let reloaded = after.branches();
    assert_eq!(reloaded[1..], before.branches()[1..]);
    assert_eq!((status(&after, &order), length(&after)), (Some(OrderStatus::Cancelled), 2));
    for number in [2, 3, 1] {
        assert!(block_on(before.switch(number)) && block_on(after.switch(number)));
        let trace = before.with_trace(<[_]>::to_vec);
        assert_eq!(after.with_trace(|now| now[..trace.len()].to_vec()), trace);
        assert_eq!(after.scenario(), before.scenario());
    }
    assert_eq!(status(&after, &order), Some(OrderStatus::Paid), "the log is the first branch's");
    assert!(after.read_models().iter().all(|model| model.behind == 0));
}

#[test]
fn what_came_back_is_kept_on_so_that_it_comes_back_each_time() {
    let memory = MemoryStore::new();
    let (before, _) = three_branches(&memory);
    block_on(before.open_scenario(two_clicks(), empty())).expect("a tape");
    before.rename(4, "untouched, but named");
    let shown = before.branches();
    let mut keeper = Keeper::default();
    keeper.keep(&before);
    for seed in 8..11 {
        let after = lab_over(&memory, seed);
        assert_eq!(keeper.restore(&after, &WAITS), Some(Restored::Whole { foreign: 0 }));
        block_on(after.begin());
        let branches = after.branches();
        let names: Vec<_> = branches.iter().map(|branch| (branch.number, &branch.name)).collect();
        let before: Vec<_> = shown.iter().map(|branch| (branch.number, &branch.name)).collect();
        assert_eq!(names, before);
        keeper.keep(&after);
    }
}

#[test]
fn a_scenario_that_is_opened_again_makes_no_room_for_itself_where_somebody_acted() {
    let lab = lab();
    block_on(lab.begin());
    let open = || block_on(lab.open_scenario(two_clicks(), empty())).expect("a tape");
    open();
    open();
    assert_eq!(numbers(&lab), [1, 3], "nobody touched it");
    block_on(lab.play_to_end());
    create(&lab);
    open();
    assert_eq!(numbers(&lab), [1, 3, 4], "somebody acted on it");
    lab.rename(4, "for later");
    open();
    assert_eq!(numbers(&lab), [1, 3, 4, 5], "somebody named it");
}

#[test]
fn what_is_new_is_kept_and_what_is_deleted_is_gone() {
    let memory = MemoryStore::new();
    let (lab, order) = three_branches(&memory);
    let mut keeper = Keeper::default();
    assert!(keeper.keep(&lab) > 10);
    assert_eq!(keeper.keep(&lab), 0, "nothing is written twice");
    create(&lab);
    assert_eq!(keeper.keep(&lab), 1, "one line for one command");
    assert!(block_on(lab.delete(3)));
    assert_eq!(keeper.keep(&lab), 1, "the list of branches");
    assert_eq!(keeper.0.keys().collect::<Vec<_>>(), [&BRANCH_LIST, &FIRST_BRANCH, &2]);
    block_on(lab.keep_again(&[9]));
    assert!(keeper.keep(&lab) > 5, "everything once more");

    let after = lab_over(&memory, 8);
    assert_eq!(keeper.restore(&after, &WAITS), Some(Restored::Whole { foreign: 0 }));
    let moments = after.moment_count();
    let scratch = || room_over(&MemoryStore::new(), 10);
    block_on(after.look_at(moments - 1, scratch)).expect("a short tape");
    assert_eq!(cancel(&after, &order), Ending::AlreadySo { version: 2 });
    assert_eq!(numbers(&after), [1, 2, 4], "no number is used again");
    assert_eq!(after.branches()[2].parent, Some((2, moments as u64 - 1)));
}

#[test]
fn a_scenario_that_nobody_touched_is_not_kept() {
    let lab = lab();
    block_on(lab.begin());
    block_on(lab.open_scenario(two_clicks(), empty())).expect("a tape");
    let mut keeper = Keeper::default();
    keeper.keep(&lab);
    assert_eq!(keeper.0.keys().collect::<Vec<_>>(), [&BRANCH_LIST, &FIRST_BRANCH]);
}

#[test]
fn who_does_not_want_to_wait_gets_the_log_without_the_past() {
    let memory = MemoryStore::new();
    let (before, _) = three_branches(&memory);
    assert!(block_on(before.switch(1)));
    for _ in 0..60 {
        create(&before);
    }
    let mut keeper = Keeper::default();
    keeper.keep(&before);
    let after = lab_over(&memory, 8);
    let told = RefCell::new(vec![]);
    let watch = |done, all| {
        told.borrow_mut().push((done, all));
        told.borrow().len() < 2
    };
    assert_eq!(keeper.restore(&after, &watch), Some(Restored::Skipped));
    let told = told.take();
    assert!(told[0].0 < told[1].0 && told[1].0 < told[1].1, "{told:?}");
    block_on(after.begin());
    assert_eq!((length(&after), after.moment_count()), (62, 0));
    keeper.keep(&after);
    assert_eq!(keeper.0.keys().collect::<Vec<_>>(), [&BRANCH_LIST, &FIRST_BRANCH]);
}

#[test]
fn a_branch_that_cannot_be_played_stays_where_it_lies_and_is_tried_again_each_time() {
    let memory = MemoryStore::new();
    let (before, order) = three_branches(&memory);
    let mut keeper = Keeper::default();
    keeper.keep(&before);
    let lines = keeper.0.insert(2, broken()).expect("it was kept");
    for seed in 8..10 {
        let after = lab_over(&memory, seed);
        let restored = keeper.restore(&after, &WAITS);
        assert!(
            matches!(restored, Some(Restored::BranchUnreadable { number: 2, .. })),
            "{restored:?}"
        );
        assert_eq!(numbers(&after), [1, 3]);
        keeper.keep(&after);
        assert_eq!(keeper.0[&2], broken());
    }
    keeper.0.insert(2, lines);
    let after = lab_over(&memory, 10);
    assert_eq!(keeper.restore(&after, &WAITS), Some(Restored::Whole { foreign: 0 }));
    assert!(after.branches().iter().any(|branch| branch.name == "never mind"));
    assert!(block_on(after.switch(2)));
    assert_eq!(status(&after, &order), Some(OrderStatus::Cancelled));
}

#[test]
fn the_run_of_another_tab_becomes_a_branch() {
    let memory = MemoryStore::new();
    let (one, two) = (lab_over(&memory, 7), lab_over(&memory, 8));
    block_on(one.begin());
    block_on(two.begin());
    let order = create(&one);
    block_on(two.hear());
    let mut keeper = Keeper::default();
    keeper.keep(&one);
    block_on(two.take_in_runs(&keeper.kept(), empty, file));
    assert!(block_on(two.switch(2)));
    assert_eq!(status(&two, &order), Some(OrderStatus::Pending));
    assert_eq!(two.with_trace(<[_]>::to_vec), one.with_trace(<[_]>::to_vec));
}

#[test]
fn tabs_that_take_over_from_each_other_have_each_run_once() {
    let memory = MemoryStore::new();
    let (one, _) = three_branches(&memory);
    let two = lab_over(&memory, 8);
    block_on(two.begin());
    create(&two);
    block_on(one.hear());
    let mut keeper = Keeper::default();
    keeper.keep(&one);
    for _ in 0..2 {
        block_on(two.take_in_runs(&keeper.kept(), empty, file));
        keeper.keep(&two);
        assert_eq!(numbers(&two), [1, 2, 3, 4], "its own and three of the other tab");
        let kept = two.branches();
        let known: Vec<_> = kept.iter().map(|at| (at.name.as_str(), at.scenario)).collect();
        let none = ("", None);
        assert_eq!(known, [none, none, ("never mind", None), ("", Some(12))], "with their names");
        block_on(one.take_in_runs(&keeper.kept(), empty, file));
        keeper.keep(&one);
        assert_eq!(numbers(&one), [1, 2, 3, 4], "and the other way round");
    }
}

#[test]
fn what_cannot_be_played_of_another_tab_stays_too() {
    let memory = MemoryStore::new();
    let (one, _) = three_branches(&memory);
    let (two, _) = three_branches(&MemoryStore::new());
    let mut keeper = Keeper::default();
    keeper.keep(&one);
    keeper.0.insert(2, broken());
    for _ in 0..2 {
        block_on(two.take_in_runs(&keeper.kept(), empty, file));
        keeper.keep(&two);
        assert_eq!(numbers(&two), [1, 2, 3], "both did the same");
        assert_eq!(keeper.0[&4], broken(), "under a number that no branch has");
        assert_eq!(keeper.0.values().filter(|lines| **lines == broken()).count(), 1);
    }
    let after = lab_over(&memory, 8);
    let restored = keeper.restore(&after, &WAITS);
    assert!(matches!(restored, Some(Restored::BranchUnreadable { number: 4, .. })), "{restored:?}");
    assert_eq!(numbers(&after), [1, 2, 3]);
}

#[test]
fn what_others_appended_is_put_onto_the_tape_once() {
    let memory = MemoryStore::new();
    let lab = lab_over(&memory, 7);
    block_on(lab.begin());
    create(&lab_over(&memory, 8));
    block_on(lab.hear());
    let text = block_on(lab.tape_text());
    assert_eq!(text.matches("foreign").count(), 1);
    block_on(lab.look_at(1, empty)).expect("a short tape");
    block_on(lab.look_at_present());
    assert_eq!(block_on(lab.tape_text()), text, "who comes back from the past reads the log again");
}

#[test]
fn of_older_events_nothing_is_copied_where_nothing_was_given() {
    let (memory, scratch) = (MemoryStore::new(), MemoryStore::new());
    let first = lab_over(&memory, 7);
    block_on(first.begin());
    let order = create(&first);
    // A tape that begins behind what happened, and on which nothing is.
    let second = lab_over(&memory, 8);
    block_on(second.begin());
    let mut keeper = Keeper::default();
    keeper.keep(&second);

    pay(&first, &order);
    let third = lab_over(&memory, 9);
    let room = || room_over(&scratch, 10);
    let restored = block_on(third.restore_all(&keeper.kept(), room, file, &WAITS));
    assert_eq!(restored, Some(Restored::Whole { foreign: 1 }));
    block_on(third.begin());
    assert_eq!(status(&third, &order), Some(OrderStatus::Paid));
    assert_eq!(block_on(scratch.head()), Ok(GlobalPosition::NONE));
}
