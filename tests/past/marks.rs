//! Marks have one name a moment: it can be changed and taken away, and branches and reloads know of it.

use hindsight::{
    adapters::MemoryStore,
    app::views::{MarkRefusal, NamedMoment},
};
use pollster::block_on;

use super::{Lab, WAITS, create, empty, lab, lab_over, lines, named, pay, room::Room};

/// A lab in which an order is created, "begun" is moment 3, "created" the present.
fn with_marks(lab: &Lab<Room>) -> (String, Vec<NamedMoment>) {
    block_on(lab.begin());
    let order = create(lab);
    let present = lab.moment_count() + 1;
    assert_eq!(block_on(lab.mark("created", usize::MAX)), Ok("created".to_owned()));
    assert_eq!(block_on(lab.mark("begun", 3)), Ok("begun".to_owned()));
    let marks = vec![named(3, "begun"), named(present, "created")];
    assert_eq!(lab.marks(), marks);
    (order, marks)
}

#[test]
fn a_mark_gets_another_name_and_is_taken_away() {
    let memory = MemoryStore::new();
    let lab = lab_over(&memory, 7);
    let (_, marks) = with_marks(&lab);
    let created = marks[1].number as usize;
    assert_eq!(block_on(lab.mark("there", created)), Ok("there".to_owned()));
    assert_eq!(lab.marks(), [named(3, "begun"), named(created, "there")]);
    let taken = MarkRefusal::Taken(named(created, "there"));
    assert_eq!(block_on(lab.mark("there", 3)), Err(taken), "a name is that of one moment");
    block_on(lab.unmark(3));
    assert_eq!(lab.marks(), [named(created, "there")]);
    assert_eq!(block_on(lab.mark("created", 3)), Ok("created".to_owned()), "it is free again");
    assert_eq!(lab.branches().len(), 1);

    let again = lab_over(&memory, 8);
    let text = block_on(lab.tape_text());
    block_on(again.restore(&lines(&text), empty, &WAITS));
    assert_eq!(again.marks(), lab.marks(), "after a reload it is so too");
}

#[test]
fn the_present_moment_that_was_just_named_gets_another_name_and_not_a_second_mark() {
    let lab = lab();
    block_on(lab.begin());
    create(&lab);
    assert_eq!(block_on(lab.mark("one", usize::MAX)), Ok("one".to_owned()));
    let here = lab.moment_count();
    assert_eq!(block_on(lab.mark("two", here)), Ok("two".to_owned()));
    assert_eq!(lab.marks(), [named(here, "two")]);
}

#[test]
fn a_branch_takes_along_that_a_name_was_changed_or_taken_away() {
    let lab = lab();
    let (order, marks) = with_marks(&lab);
    let created = marks[1].number as usize;
    pay(&lab, &order);
    assert_eq!(block_on(lab.mark("there", created)), Ok("there".to_owned()));
    block_on(lab.unmark(3));
    assert_eq!(block_on(lab.undo(empty)).map(|undone| undone.is_some()), Ok(true));
    block_on(lab.play_to_end());
    assert_eq!(lab.marks(), [named(created, "there")], "on the branch before the payment");
}
