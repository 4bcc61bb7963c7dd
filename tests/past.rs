//! The lab's past: looking back changes nothing, acting there begins a branch, and a reload goes on
//! from the tape.
#![cfg(not(target_arch = "wasm32"))]

#[path = "past/doors.rs"]
mod doors;
#[path = "past/every_moment.rs"]
mod every_moment;
#[path = "lab/kept.rs"]
mod kept;
#[path = "past/leaving.rs"]
mod leaving;
#[path = "past/marks.rs"]
mod marks;
#[path = "lab/room.rs"]
mod room;
#[path = "past/side_by_side.rs"]
mod side_by_side;
#[path = "past/undo.rs"]
mod undo;

use hindsight::{
    adapters::MemoryStore,
    app::{
        Lab,
        texts::{Language, Texts},
        views::{
            CommandDraft, Ending, LogFilter, MarkRefusal, NamedMoment, OrderStatus, Restored,
            ScenarioFile, Undone,
        },
    },
    kernel::from_json,
    ports::Moment,
};
use pollster::block_on;
use room::{Room, create, lab, lab_over, pay, room_over};

/// Somebody who waits until everything was played again.
const WAITS: fn(u64, u64) -> bool = |_, _| true;

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

fn empty() -> Room {
    room_over(&MemoryStore::new(), 9)
}

fn length(lab: &Lab<Room>) -> u64 {
    lab.log_length(&LogFilter::default())
}

fn status(lab: &Lab<Room>, order: &str) -> Option<OrderStatus> {
    block_on(lab.order(order)).ok().and_then(|history| history.latest().status)
}

fn cancel(lab: &Lab<Room>, order: &str) -> Ending {
    let reason = "changed my mind".to_owned();
    block_on(lab.send(&CommandDraft::CancelOrder { order: order.to_owned(), reason })).ending
}

/// The number of moments just after the last one of a kind.
fn after_last(lab: &Lab<Room>, is_it: impl Fn(&Moment) -> bool) -> usize {
    lab.with_trace(|trace| trace.iter().rposition(|recorded| is_it(&recorded.moment)))
        .map_or(0, |index| index + 1)
}

fn appended(moment: &Moment) -> bool {
    matches!(moment, Moment::Appended { .. })
}

#[test]
fn looking_back_shows_log_orders_and_read_models_as_they_were_and_changes_nothing() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    let moments = lab.moment_count();
    pay(&lab, &order);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    assert!(lab.is_past());
    assert_eq!((length(&lab), status(&lab, &order)), (1, Some(OrderStatus::Pending)));
    assert_eq!(block_on(lab.sales()).expect("readable").revenue_taken, 0);
    assert!(lab.read_models().iter().all(|model| model.checkpoint == 1 && model.behind == 0));
    block_on(lab.look_at_present());
    assert_eq!((length(&lab), status(&lab, &order)), (2, Some(OrderStatus::Paid)));
    assert_eq!(block_on(lab.sales()).expect("readable").revenue_taken, 6_400);
    assert_eq!(lab.branches().len(), 1);
}

#[test]
fn between_the_append_and_the_projectors_the_read_models_are_behind() {
    let lab = lab();
    block_on(lab.begin());
    create(&lab);
    let moments = after_last(&lab, appended);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    assert_eq!(length(&lab), 1);
    assert!(lab.read_models().iter().all(|model| (model.checkpoint, model.behind) == (0, 1)));
}

#[test]
fn acting_in_the_past_begins_a_branch_and_both_stay() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    let moments = lab.moment_count();
    pay(&lab, &order);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    assert!(matches!(cancel(&lab, &order), Ending::Accepted { version: 2, .. }));
    assert!(!lab.is_past());
    assert_eq!(status(&lab, &order), Some(OrderStatus::Cancelled));

    let branches = lab.branches();
    let parents: Vec<_> = branches.iter().map(|branch| (branch.number, branch.parent)).collect();
    assert_eq!(parents, [(1, None), (2, Some((1, moments as u64)))]);
    assert!(branches[1].is_current);
    let comparison = lab.compare(1).expect("the first branch is there");
    let stream = format!("order-{order}");
    assert_eq!(comparison.parts_at, moments as u64);
    assert_eq!(comparison.here, [(stream.clone(), 2)]);
    assert_eq!(comparison.there, [(stream, 2)]);

    assert!(block_on(lab.switch(1)));
    assert_eq!(status(&lab, &order), Some(OrderStatus::Paid));
    assert!(!block_on(lab.delete(1)), "the first branch stays");
    assert!(block_on(lab.delete(2)));
    assert_eq!(lab.branches().len(), 1);
    assert_eq!(length(&lab), 2);
}

#[test]
fn undo_goes_to_just_before_the_last_thing_that_was_given() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    pay(&lab, &order);
    assert_eq!(block_on(lab.undo(empty)), Ok(Some(Undone { foreign: 0 })));
    assert_eq!((length(&lab), status(&lab, &order)), (1, Some(OrderStatus::Pending)));
    assert_eq!(lab.branches().len(), 2, "what was undone stays in its branch");
    pay(&lab, &order);
    assert_eq!(length(&lab), 2);
}

fn named(number: usize, name: &str) -> NamedMoment {
    NamedMoment { number: number as u32, name: name.to_owned() }
}

#[test]
fn the_present_gets_a_name_and_a_moment_of_the_past_too_and_no_branch_begins() {
    let memory = MemoryStore::new();
    let lab = lab_over(&memory, 7);
    block_on(lab.begin());
    let order = create(&lab);
    let created = lab.moment_count();
    assert_eq!(block_on(lab.mark(" paid soon ", usize::MAX)), Ok("paid soon".to_owned()));
    pay(&lab, &order);
    let paid = lab.with_trace(<[_]>::to_vec);
    block_on(lab.look_at(created - 3, empty)).expect("a short tape");
    assert_eq!(block_on(lab.mark("before", created - 3)), Ok("before".to_owned()));
    assert!(lab.is_past(), "who looks at the past stays there");
    assert_eq!(lab.branches().len(), 1);
    assert_eq!(lab.with_trace(|trace| trace[..paid.len()].to_vec()), paid);
    let marks = [named(created - 3, "before"), named(created + 1, "paid soon")];
    assert_eq!(lab.marks(), marks);

    let again = lab_over(&memory, 8);
    let text = block_on(lab.tape_text());
    assert_eq!(
        block_on(again.restore(&lines(&text), empty, &WAITS)),
        Restored::Whole { foreign: 0 }
    );
    assert_eq!(again.marks(), marks, "they survive a reload");
}

#[test]
fn a_branch_has_no_two_marks_of_one_name() {
    let lab = lab();
    block_on(lab.begin());
    create(&lab);
    let here = lab.moment_count() + 1;
    assert_eq!(block_on(lab.mark("here", usize::MAX)), Ok("here".to_owned()));
    let taken = MarkRefusal::Taken(named(here, "here"));
    assert_eq!(block_on(lab.mark("here ", 2)), Err(taken));
    assert_eq!(block_on(lab.mark("  ", 2)), Err(MarkRefusal::NoName));
    assert_eq!(lab.marks(), [named(here, "here")]);
}

#[test]
fn a_branch_takes_along_the_marks_of_what_it_shares_and_undo_does_not_count_them() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    let created = lab.moment_count();
    pay(&lab, &order);
    for (name, moment) in [("early", 3), ("created", created), ("paid", usize::MAX)] {
        assert_eq!(block_on(lab.mark(name, moment)), Ok(name.to_owned()));
    }
    assert_eq!(block_on(lab.undo(empty)), Ok(Some(Undone { foreign: 0 })));
    assert_eq!(length(&lab), 1, "the payment is undone, not the last mark");
    cancel(&lab, &order);
    assert_eq!(lab.marks(), [named(3, "early"), named(created, "created")]);
    assert_eq!(block_on(lab.mark("paid", usize::MAX)), Ok("paid".to_owned()));
    assert!(block_on(lab.switch(1)));
    assert_eq!(lab.marks().len(), 3, "the branch of before keeps its own");
}

#[test]
fn a_branch_builds_on_what_the_log_held_before_the_run() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    let old = create(&before);
    let lab = lab_over(&memory, 8);
    block_on(lab.begin());
    let moments = lab.moment_count();
    pay(&lab, &old);
    block_on(lab.look_at(moments, empty)).expect("a short tape");
    assert_eq!((length(&lab), status(&lab, &old)), (1, Some(OrderStatus::Pending)));
    assert_eq!(block_on(lab.sales()).expect("readable").order_count, 1);
    assert!(matches!(cancel(&lab, &old), Ending::Accepted { version: 2, .. }));
    assert_eq!(status(&before, &old), Some(OrderStatus::Paid), "the store keeps the first branch");
}

#[test]
fn a_reload_goes_on_from_the_tape_with_the_same_trace() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    let order = create(&before);
    pay(&before, &order);
    let text = block_on(before.tape_text());
    let trace = before.with_trace(<[_]>::to_vec);

    let after = lab_over(&memory, 8);
    assert_eq!(
        block_on(after.restore(&lines(&text), empty, &WAITS)),
        Restored::Whole { foreign: 0 }
    );
    block_on(after.begin());
    let again = after.with_trace(<[_]>::to_vec);
    assert_eq!(again[..trace.len()], trace);
    assert_eq!(
        again[trace.len()..].iter().map(|r| &r.moment).collect::<Vec<_>>(),
        [&Moment::Reloaded]
    );
    assert!(matches!(cancel(&after, &order), Ending::Accepted { version: 3, .. }));
    block_on(after.look_at(trace.len(), empty)).expect("a short tape");
    assert_eq!(length(&after), 2);
}

#[test]
fn a_reload_in_the_middle_of_a_command_is_a_crash_of_it() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    create(&before);
    before.play_at_once(false);
    let draft = CommandDraft::CreateOrder(before.new_order_draft());
    let mut sending = Box::pin(before.send(&draft));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(sending.as_mut().poll(&mut context).is_pending());
    for _ in 0..5 {
        assert!(block_on(before.step()));
    }
    let text = block_on(before.tape_text());

    let after = lab_over(&memory, 8);
    assert_eq!(
        block_on(after.restore(&lines(&text), empty, &WAITS)),
        Restored::Whole { foreign: 0 }
    );
    block_on(after.begin());
    assert_eq!(length(&after), 1, "what was not appended before the reload never is");
    create(&after);
    assert_eq!(length(&after), 2);
}

#[test]
fn what_others_appended_meanwhile_is_put_onto_the_tape() {
    let memory = MemoryStore::new();
    let before = lab_over(&memory, 7);
    block_on(before.begin());
    create(&before);
    let text = block_on(before.tape_text());
    create(&lab_over(&memory, 8));
    let after = lab_over(&memory, 9);
    assert_eq!(
        block_on(after.restore(&lines(&text), empty, &WAITS)),
        Restored::Whole { foreign: 1 }
    );
    block_on(after.begin());
    assert_eq!(block_on(after.sales()).expect("readable").order_count, 2);
    let text = block_on(after.tape_text());
    assert!(text.contains("foreign"), "{text}");
}

#[test]
fn where_tape_and_log_disagree_the_log_wins() {
    let before = lab();
    block_on(before.begin());
    create(&before);
    let text = block_on(before.tape_text());
    let memory = MemoryStore::new();
    create(&lab_over(&memory, 8));
    let after = lab_over(&memory, 9);
    assert_eq!(
        block_on(after.restore(&lines(&text), empty, &WAITS)),
        Restored::Differs { position: 1 }
    );
    let broken = block_on(after.restore(&lines("{}"), empty, &WAITS));
    let said = |language| match &broken {
        Restored::Unreadable { why } => Texts::of(language).unplayable(why),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(Language::En), "Its line 1 is damaged.");
    assert_eq!(said(Language::Es), "Su línea 1 está dañada.");
    block_on(after.begin());
    assert_eq!(length(&after), 1);
}

#[test]
fn a_scenario_is_played_on_a_branch_of_its_own_and_can_be_acted_on() {
    let lab = lab();
    block_on(lab.begin());
    create(&lab);
    let file: ScenarioFile = from_json(include_str!("../src/app/scenarios/page/12.json"))
        .expect("the file is a scenario");
    assert_eq!(block_on(lab.open_scenario(file.clone(), empty())), Ok(()));
    assert_eq!((length(&lab), lab.moment_count()), (0, 0));
    block_on(lab.play_to_end());
    assert_eq!(lab.scenario().as_deref(), Some(&file));
    assert!(file.steps.iter().all(|step| step.at as usize <= lab.moment_count()));
    assert!(length(&lab) > 1);
    let at = file.steps[0].at as usize;
    block_on(lab.look_at(at, empty)).expect("a short tape");
    create(&lab);
    let branches = lab.branches();
    assert_eq!(branches[1].parent, None);
    assert_eq!(branches[2].parent, Some((2, at as u64)));
    assert!(branches[1..].iter().all(|branch| branch.scenario == Some(12)));
    assert!(block_on(lab.switch(1)));
    assert_eq!((length(&lab), lab.scenario()), (1, None));
    let broken = ScenarioFile { tape: "no tape".to_owned(), ..file };
    assert!(block_on(lab.open_scenario(broken, empty())).is_err());
    assert_eq!(lab.branches().len(), 3);
}
