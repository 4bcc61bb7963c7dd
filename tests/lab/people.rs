//! Two people before one order: what each has seen, and who meets a conflict.

use hindsight::app::views::{
    Amounts, Ending, FaultAt, LogFilter, Outcome, Person, Rejection, Seen, Sender, Trouble,
};
use pollster::block_on;

use crate::room::{create, lab, pay};

/// Somebody who insists on the version that they saw.
fn as_seen(person: Person, version: u64) -> Sender {
    Sender { person, as_seen: Some(version) }
}

#[test]
fn of_two_people_the_second_meets_a_conflict_looks_again_and_succeeds() {
    let lab = lab();
    let order = create(&lab);
    let offers =
        |version| block_on(lab.offers(&order, Some(version), "changed my mind")).expect("readable");
    let (pay, cancel) = (offers(1)[0].draft.clone(), offers(1)[3].draft.clone());
    let paid = block_on(lab.send_from(as_seen(Person::FIRST, 1), &pay));
    assert!(matches!(paid.ending, Ending::Accepted { version: 2, .. }), "{paid:?}");
    let report = block_on(lab.send_from(as_seen(Person::SECOND, 1), &cancel));
    assert_eq!(report.person, Person::SECOND);
    assert_eq!(report.ending, Ending::Conflict { seen: 1, actual: 2 });
    let log = report.log.expect("the logging behaviour is on");
    assert_eq!((log.outcome, log.attempts), (Outcome::Conflict, 1), "it is not decided again");
    assert_eq!(lab.log_length(&LogFilter::default()), 2);
    let report = block_on(lab.send_from(as_seen(Person::SECOND, 2), &cancel));
    assert!(matches!(report.ending, Ending::Accepted { version: 3, .. }), "{report:?}");
}

#[test]
fn who_does_not_insist_is_decided_on_what_is_there() {
    let lab = lab();
    let order = create(&lab);
    pay(&lab, &order);
    let offers = block_on(lab.offers(&order, None, "changed my mind")).expect("readable");
    let sender = Sender { person: Person::SECOND, as_seen: None };
    let report = block_on(lab.send_from(sender, &offers[3].draft));
    assert!(matches!(report.ending, Ending::Accepted { version: 3, .. }), "{report:?}");
}

#[test]
fn whoever_is_faster_because_a_fault_wants_it_is_part_of_the_run_and_no_other_tab() {
    let lab = lab();
    block_on(lab.begin());
    let order = create(&lab);
    let fault = FaultAt { point: "append", fault: "conflict", times: "next", left: 1 };
    block_on(lab.make_trouble(Trouble::Arm(fault), Amounts::default()));
    assert!(!matches!(pay(&lab, &order), Ending::Accepted { version: 2, .. }));
    assert_eq!(lab.log_length(&LogFilter::default()), 2, "theirs is there");
    let tape = block_on(lab.tape_text());
    assert!(!tape.contains("foreign"), "and comes again from the fault alone: {tape}");
}

#[test]
fn offers_say_what_the_decider_would_say_of_the_version_that_somebody_saw() {
    let lab = lab();
    let order = create(&lab);
    pay(&lab, &order);
    let ship = |seen| block_on(lab.offers(&order, seen, "x")).expect("readable")[1].refusal.clone();
    assert_eq!(ship(None), None);
    assert_eq!(ship(Some(1)), Some(Rejection::PaymentNotConfirmed));
    assert_eq!(ship(Some(9)), None, "nobody saw more than there is");
}

#[test]
fn what_a_person_sees_stays_until_they_look_again() {
    let mut seen = Seen::default();
    assert_eq!(seen.look("a", 3, false), 3, "who does not insist sees what is there");
    assert_eq!(seen.look("a", 3, true), 3);
    assert_eq!(seen.look("a", 4, true), 3, "the other one acted");
    assert_eq!(seen.look("a", 2, true), 2, "in the past there is no more to see");
    assert_eq!(seen.look("a", 4, true), 3, "and back");
    seen.again();
    assert_eq!(seen.look("a", 4, true), 4, "looked again");
    seen.reached("a", 5);
    assert_eq!(seen.look("a", 6, true), 5, "an own command shows what it came to");
    assert_eq!(seen.look("b", 1, true), 1, "another order is seen as it is");
    assert_eq!(seen.look("a", 6, true), 6, "and so is this one, when it is opened again");
    assert_eq!(seen.look("a", 7, false), 7);
}
