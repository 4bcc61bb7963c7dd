//! Two people: whose command it is, on the tape, in the trace and in the picture; and who meets a conflict.

use std::collections::BTreeSet;

use hindsight::{
    adapters::MemoryStore,
    app::{
        Run,
        views::{CommandId, Person, Place, Setback, Token},
    },
    domain::orders::{Money, OrderCommand},
    kernel::Version,
    ports::{Moment, Stage},
    simulation::{Actor, ArmedFault, Fault, FaultPoint, Input, RecordedMoment, Times},
};
use uuid::Uuid;

use crate::{
    pictures::every_picture,
    sample::{
        OrderTape, by_second, cancel, create, given, hash, log, log_types, order, pay, played,
        seen, ship, tape, trace,
    },
};

pub(crate) fn conflicts(run: &Run<MemoryStore>) -> Vec<(Version, Version)> {
    let conflict = |recorded: RecordedMoment| match recorded.moment {
        Moment::Conflict { expected, actual, .. } => Some((expected, actual)),
        _ => None,
    };
    trace(run).into_iter().filter_map(conflict).collect()
}

#[test]
fn who_insists_on_the_version_that_they_saw_gets_the_conflict_and_looks_again() {
    let before = [
        (0, given(1, create(1))),
        (5_000, given(2, pay(1))),
        (10_000, seen(3, Some(2), ship(1))),
        (20_000, by_second(seen(4, Some(2), cancel(1)))),
    ];
    let run = played(&tape(7, before.clone()));
    assert_eq!(conflicts(&run), [(Version(2), Version(3))], "it is not decided again");
    assert_eq!(log_types(&run), ["OrderCreated", "OrderPaymentConfirmed", "OrderShipped"]);
    let looked_again = (30_000, by_second(seen(5, Some(3), cancel(1))));
    let run = played(&tape(7, before.into_iter().chain([looked_again])));
    assert_eq!(conflicts(&run).len(), 1);
    assert_eq!(log_types(&run).last().map(String::as_str), Some("OrderCancelled"));
}

/// Somebody else is faster than who cancels; what they did, and what became of the command.
fn with_rival(seed: u64) -> Run<MemoryStore> {
    let (point, times) = (FaultPoint::Append, Times::Next(1));
    let rival = Input::Arm(ArmedFault { point, fault: Fault::Conflict, times });
    let inputs = [
        (0, given(1, create(1))),
        (5_000, given(2, pay(1))),
        (9_000, rival),
        (9_000, given(3, cancel(1))),
    ];
    played(&tape(seed, inputs))
}

#[test]
fn whoever_is_faster_because_a_fault_wants_it_has_really_appended() {
    let mut acts = BTreeSet::new();
    for seed in 1..=20 {
        let run = with_rival(seed);
        assert_eq!(conflicts(&run), [(Version(2), Version(3))], "seed {seed}");
        let log = log(&run);
        let theirs = &log[2];
        assert_eq!(theirs.version, Version(3));
        let is_theirs = |recorded: &RecordedMoment| {
            recorded.actor == Actor::Person(Person::SECOND)
                && recorded.correlation == Some(theirs.event.correlation_id)
                && matches!(recorded.moment, Moment::ForeignAppended { version: Version(3), .. })
        };
        assert_eq!(trace(&run).iter().filter(|recorded| is_theirs(recorded)).count(), 1);
        acts.insert(theirs.event.encoded.event_type.clone());
        assert_eq!(hash(&run), hash(&with_rival(seed)), "it runs the same way twice");
    }
    let acts: Vec<_> = acts.iter().map(String::as_str).collect();
    assert_eq!(acts, ["OrderCancelled", "OrderShipped"], "what the decider allows a paid order");
}

#[test]
fn a_tape_names_the_person_where_it_is_not_the_first() {
    let tape = tape(7, [(0, given(1, create(1))), (9_000, by_second(given(2, pay(1))))]);
    let text = tape.to_text();
    let named: Vec<_> = text.lines().map(|line| line.contains("\"person\":2")).collect();
    assert_eq!(named, [false, false, true]);
    assert!(!text.contains("\"person\":1"), "tapes from before read and look as they did");
    assert_eq!(OrderTape::from_text(&text).as_ref(), Ok(&tape));
    let people: Vec<_> = trace(&played(&tape))
        .into_iter()
        .filter_map(|recorded| match (recorded.actor, recorded.moment) {
            (Actor::Person(person), Moment::CommandGiven { .. }) => Some(person),
            _ => None,
        })
        .collect();
    assert_eq!(people, [Person::FIRST, Person::SECOND]);
    let alone = played(&OrderTape::from_text(&text.replace(",\"person\":2", "")).expect("a tape"));
    assert_ne!(hash(&alone), hash(&played(&tape)), "the trace says who it was");
}

#[test]
fn a_command_goes_from_its_person_and_a_conflict_that_is_theirs_comes_back_to_them() {
    let inputs = [
        (0, given(1, create(1))),
        (9_000, given(2, pay(1))),
        (19_000, by_second(seen(3, Some(1), pay_again(1)))),
    ];
    let pictures = every_picture(&tape(1, inputs));
    let people: Vec<_> = pictures.iter().map(|picture| picture.people).collect();
    assert_eq!((people.first(), people.last()), (Some(&1), Some(&2)));
    let id = CommandId(Uuid::from_u128(3));
    let moves: Vec<_> = pictures
        .iter()
        .flat_map(|picture| &picture.moved)
        .filter(|moved| moved.command == Some(id))
        .collect();
    let second = Place::Person(Person::SECOND);
    assert_eq!((moves[0].from, moves[0].to), (second, second));
    assert_eq!(moves[1].from, second);
    let retry = Place::Behaviour(Stage::Retry);
    assert!(!moves.iter().any(|moved| (moved.from, moved.to) == (Place::Store, retry)));
    let last = moves.last().expect("it moved");
    assert_eq!((last.to, last.token), (second, Token::Refusal));
    let last = pictures.last().expect("there is one");
    let note = last.note.as_ref().expect("it is told");
    assert_eq!((note.command, &note.setback), (id, &Setback::Stale(1, 2)));
}

/// Another payment of the same order.
fn pay_again(number: u128) -> OrderCommand {
    OrderCommand::ConfirmPayment {
        order: order(number),
        payment_id: "PAY-2".to_owned(),
        amount: Money(6_400),
    }
}
