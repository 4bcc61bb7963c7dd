//! Tapes: their text, and that a run is a function of its tape.

use hindsight::{
    adapters::MemoryStore,
    app::{Run, Step},
    kernel::Version,
    ports::Moment,
    simulation::{Actor, Input, Person, Tape, TapeError, log_hash},
};
use pollster::block_on;

use crate::everything::everything;
use crate::sample::{
    OrderTape, START, assert_same, by_second, cancel, create, given, hash, log, log_types, pay,
    played, seen, ship, tape, trace,
};

#[test]
fn a_tape_comes_back_from_its_text() {
    let tape = everything();
    let text = tape.to_text();
    assert_eq!(text.lines().count(), 1 + tape.entries.len());
    assert_eq!(Tape::from_text(&text), Ok(tape));
}

/// The tape and the hashes of trace and log that a browser is held to as well, over memory and over
/// IndexedDB.
#[test]
fn a_run_has_the_trace_and_the_log_that_it_has_in_a_browser() {
    let tape = OrderTape::from_text(include_str!("../tapes/everything.jsonl")).expect("a tape");
    assert_eq!(tape, everything());
    let expected = include_str!("../tapes/everything.hash").trim();
    let run = played(&tape);
    assert_eq!(format!("{:016x} {:016x}", hash(&run), log_hash(&log(&run))), expected);
}

#[test]
fn a_text_that_is_no_tape_is_refused_with_its_line() {
    let text = everything().to_text();
    assert_eq!(OrderTape::from_text("\n\n"), Err(TapeError::Empty));
    let newer = text.replacen("\"hindsight_tape\":1", "\"hindsight_tape\":2", 1);
    assert_eq!(OrderTape::from_text(&newer), Err(TapeError::NewerForm { found: 2 }));
    let cut = &text[..text.len() - 3];
    let line = text.lines().count();
    let broken = OrderTape::from_text(cut);
    assert!(
        matches!(broken, Err(TapeError::Malformed { line: at, .. }) if at == line),
        "{broken:?}"
    );
    let first_last = format!("{text}{}\n", text.lines().nth(1).expect("there are entries"));
    assert_eq!(OrderTape::from_text(&first_last), Err(TapeError::OutOfOrder { line: line + 1 }));
}

#[test]
fn the_same_tape_gives_the_same_log_and_the_same_trace() {
    let (one, two) = (played(&everything()), played(&everything()));
    assert_eq!(log(&one), log(&two));
    assert_same(&trace(&one), &trace(&two));
    assert_eq!(hash(&one), hash(&two));
    let other = OrderTape { head: hindsight::simulation::Head::new(8, START), ..everything() };
    assert_ne!(log(&one), log(&played(&other)), "another seed, other ids");
}

#[test]
fn what_is_given_live_is_replayed_to_the_same_trace() {
    let mut live = Run::begin(tape(7, []), MemoryStore::new());
    for entry in everything().entries {
        let at = START.after(entry.at);
        while live.next().is_some_and(|next| next <= at) {
            block_on(live.step());
        }
        live.give(at, entry.input);
        assert_eq!(block_on(live.step()), Some(Step::Input));
    }
    block_on(live.run_to_end());
    assert_same(&trace(&live), &trace(&played(live.tape())));
    assert_same(&trace(&live), &trace(&played(&everything())));
}

/// The tape up to a moment of its run: what was applied before it is kept, the rest is cut off.
fn cut_at(tape: &OrderTape, moments: usize) -> Run<MemoryStore> {
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    while run.world().trace().len() < moments {
        block_on(run.step()).expect("the trace is longer");
    }
    let mut cut = tape.clone();
    cut.entries.truncate(run.applied());
    let mut again = Run::begin(cut, MemoryStore::new());
    while again.world().trace().len() < moments {
        block_on(again.step()).expect("what is kept leads here again");
    }
    again
}

#[test]
fn a_tape_that_is_cut_at_any_moment_leads_to_that_moment_again() {
    let whole = trace(&played(&everything()));
    for moments in 0..=whole.len() {
        let mut fork = cut_at(&everything(), moments);
        assert_same(&trace(&fork), &whole[..moments]);
        let at = whole[..moments].last().map_or(START, |last| last.at);
        fork.give(at, Input::Mark("here".to_owned()));
        block_on(fork.step());
        let marked = trace(&fork);
        let Moment::Marked { name } = &marked[moments].moment else {
            panic!("at {moments}: {:?}", marked.last())
        };
        assert_eq!((marked.len(), name.as_str()), (moments + 1, "here"));
        block_on(fork.run_to_end());
        assert_same(&trace(&fork), &trace(&played(fork.tape())));
    }
}

#[test]
fn of_two_people_who_click_at_once_one_meets_a_conflict_and_is_decided_again() {
    let run = played(&tape(
        7,
        [
            (0, given(1, create(1))),
            (5_000, given(2, pay(1))),
            (10_000, given(3, ship(1))),
            (10_000, by_second(given(4, cancel(1)))),
        ],
    ));
    assert_eq!(crate::people::conflicts(&run), [(Version(2), Version(3))]);
    assert_eq!(
        log_types(&run),
        ["OrderCreated", "OrderPaymentConfirmed", "OrderShipped", "OrderCancelled"],
        "a shipped order can still be cancelled, but by somebody who knows that it was shipped"
    );
}

#[test]
fn without_the_version_check_nobody_is_told_that_the_order_had_changed() {
    let run = played(&tape(
        7,
        [
            (0, given(1, create(1))),
            (5_000, given(2, pay(1))),
            (9_000, Input::CheckVersions(false)),
            (10_000, seen(3, Some(2), cancel(1))),
            (10_000, seen(4, Some(2), ship(1))),
        ],
    ));
    assert_eq!(
        log_types(&run),
        ["OrderCreated", "OrderPaymentConfirmed", "OrderCancelled", "OrderShipped"],
        "shipped after it was cancelled: no rule allows that"
    );
}

#[test]
fn every_moment_has_a_cause_that_lies_before_it_or_came_from_outside() {
    let run = played(&everything());
    for (index, recorded) in trace(&run).iter().enumerate() {
        match recorded.cause {
            Some(cause) => assert!((cause.0 as usize) <= index, "{recorded:?}"),
            None => assert!(
                recorded.actor == Actor::Person(Person::FIRST)
                    || !matches!(recorded.actor, Actor::Handler(_))
                    || matches!(recorded.moment, Moment::Crashed | Moment::Restarted),
                "{recorded:?}"
            ),
        }
    }
}
