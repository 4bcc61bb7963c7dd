//! A command's way through the pipeline.

use hindsight::{
    domain::orders::{Money, OrderCommand, Rejection},
    engine::{Answer, Behaviour, CommandError},
    kernel::{FieldError, Version},
    ports::{Environment, Moment, Outcome, Stage as At, StorageError},
    simulation::{Fault, FaultPoint},
};

use super::stage::{Stage, cancel, create, create_for, order, pay, ship};

#[test]
fn an_accepted_command_becomes_an_event_with_its_causes() {
    let stage = Stage::new();
    let handled = stage.send(1, create(7)).expect("the store works");
    assert_eq!(handled.answer, Answer::Accepted { version: Version(1), events: 1 });
    let log = stage.log();
    assert_eq!(handled.events, log);
    assert_eq!(log[0].stream, order(7).stream());
    assert_eq!(log[0].event.causation_id.0.as_u128(), 1);
    assert_eq!(log[0].event.correlation_id.0.as_u128(), 1);
}

#[test]
fn a_command_passes_the_behaviours_inward_and_its_answer_passes_them_outward() {
    let stage = Stage::new();
    stage.send(1, create(7)).expect("the store works");
    let way: Vec<String> = stage.moments().iter().map(word).collect();
    assert_eq!(
        way,
        [
            "received CreateOrder",
            "into Logging",
            "into Validation",
            "into Idempotency",
            "into Retry",
            "read 0 events",
            "decided OrderCreated",
            "appended at 1",
            "out of Retry",
            "out of Idempotency",
            "out of Validation",
            "logged Accepted",
            "out of Logging",
            "answered Accepted",
        ]
    );
}

fn word(moment: &Moment) -> String {
    match moment {
        Moment::CommandReceived { name, .. } => format!("received {name}"),
        Moment::BehaviourEntered { stage, .. } => format!("into {stage:?}"),
        Moment::BehaviourLeft { stage, .. } => format!("out of {stage:?}"),
        Moment::StreamRead { events, .. } => format!("read {events} events"),
        Moment::Decided { events, .. } => format!("decided {}", events.join(", ")),
        Moment::Rejected { .. } => "rejected".to_owned(),
        Moment::Appended { version, .. } => format!("appended at {}", version.0),
        Moment::Conflict { .. } => "conflict".to_owned(),
        Moment::CommandLogged { outcome, .. } => format!("logged {outcome:?}"),
        Moment::CommandAnswered { outcome, .. } => format!("answered {outcome:?}"),
        other => format!("{other:?}"),
    }
}

#[test]
fn the_log_line_says_what_each_stage_took_by_itself() {
    let stage = Stage::new();
    stage.send(1, create(7)).expect("the store works");
    let line = stage.moments().into_iter().find_map(|moment| match moment {
        Moment::CommandLogged { outcome, attempts, stages, .. } => {
            Some((outcome, attempts, stages))
        }
        _ => None,
    });
    let (outcome, attempts, stages) = line.expect("logging is on");
    assert_eq!((outcome, attempts), (Outcome::Accepted, 1));
    // Virtual time: a moment takes 100 us, and each stage is charged its own moments only.
    let took: Vec<_> = stages.iter().map(|time| (time.stage, time.elapsed.0)).collect();
    assert_eq!(
        took,
        [
            (At::Logging, 100),
            (At::Validation, 200),
            (At::Idempotency, 200),
            (At::Retry, 200),
            (At::Load, 100),
            (At::Decide, 100),
            (At::Append, 100),
        ]
    );
}

#[test]
fn a_rejection_is_an_answer_and_stores_nothing() {
    let stage = Stage::new();
    let handled = stage.send(1, pay(7)).expect("a rejection is no error");
    assert_eq!(handled.answer, Answer::Rejected { rejection: Rejection::OrderMissing });
    assert_eq!(stage.log(), []);
}

#[test]
fn validation_says_every_broken_field_at_once_and_reads_nothing() {
    let stage = Stage::new();
    let OrderCommand::CreateOrder { order, mut items, customer: _ } = create(7) else {
        unreachable!("create makes CreateOrder")
    };
    items[0].quantity.0 = 0;
    items[0].unit_price = Money(-1);
    let customer = hindsight::domain::orders::CustomerId(" ".to_owned());
    let handled = stage.send(1, OrderCommand::CreateOrder { order, customer, items });
    let errors = vec![
        error("customer", Rejection::TextEmpty),
        error("items[0].quantity", Rejection::QuantityOutOfRange { quantity: 0, max: 10_000 }),
        error("items[0].unit_price", Rejection::PriceNegative { price: Money(-1) }),
    ];
    assert_eq!(handled.expect("no error").answer, Answer::Invalid { errors });
    assert!(!stage.moments().iter().any(|moment| matches!(moment, Moment::StreamRead { .. })));
}

fn error(field: &str, rejection: Rejection) -> FieldError<Rejection> {
    FieldError { field: field.to_owned(), rejection }
}

#[test]
fn without_validation_the_aggregate_still_refuses() {
    let stage = Stage::with(vec![Behaviour::Logging]);
    let handled = stage.send(1, create_for(7, "", 1)).expect("no error");
    assert_eq!(handled.answer, Answer::Rejected { rejection: Rejection::TextEmpty });
}

#[test]
fn the_same_command_id_gets_the_recorded_answer_whatever_happened_since() {
    let stage = Stage::new();
    let rejected = stage.send(1, pay(7)).expect("no error").answer;
    let accepted = stage.send(2, create(7)).expect("no error").answer;
    let already = stage.send(3, create(7)).expect("no error").answer;
    assert_eq!(already, Answer::AlreadySo { version: Version(1) });
    stage.send(4, pay(7)).expect("no error");

    assert_eq!(stage.send(1, pay(7)).expect("no error").answer, rejected);
    assert_eq!(stage.send(2, create(7)).expect("no error").answer, accepted);
    assert_eq!(stage.send(3, create(7)).expect("no error").answer, already);
    assert_eq!(stage.log_types(), ["OrderCreated", "OrderPaymentConfirmed"]);
}

#[test]
fn without_idempotency_a_repeat_is_decided_again() {
    let stage = Stage::with(vec![Behaviour::Validation]);
    stage.send(1, create(7)).expect("no error");
    let again = stage.send(1, create(7)).expect("no error").answer;
    assert_eq!(again, Answer::AlreadySo { version: Version(1) });
}

#[test]
fn a_lost_answer_is_found_again_by_the_command_id() {
    let stage = Stage::new();
    stage.world.store().arm_once(FaultPoint::Append, Fault::LoseAnswer);
    let lost = stage.send(1, create(7));
    assert!(matches!(lost, Err(CommandError::Storage(StorageError::Unavailable { .. }))));
    let found = stage.send(1, create(7)).expect("the store works again");
    assert_eq!(found.answer, Answer::Accepted { version: Version(1), events: 1 });
    assert_eq!(stage.log_types(), ["OrderCreated"]);
}

#[test]
fn after_a_conflict_the_command_is_loaded_and_decided_again() {
    let stage = Stage::new();
    stage.send(1, create(7)).expect("no error");
    stage.world.store().arm_once(FaultPoint::Append, Fault::Conflict);
    let handled = stage.send(2, cancel(7)).expect("the second attempt is accepted");
    assert_eq!(handled.answer, Answer::Accepted { version: Version(3), events: 1 });
    assert_eq!(stage.log_types(), ["OrderCreated", "OrderPaymentConfirmed", "OrderCancelled"]);
    let reads = |moment: &&Moment| matches!(moment, Moment::StreamRead { .. });
    assert_eq!(stage.moments().iter().filter(reads).count(), 3, "once, then twice");
    assert_eq!(stage.world.store().faults_met(), 1);
}

#[test]
fn a_command_that_conflicts_each_time_is_contended_and_stores_nothing() {
    let stage = Stage::new();
    stage.send(1, create(7)).expect("no error");
    for _ in 0..5 {
        stage.world.store().arm_once(FaultPoint::Append, Fault::Conflict);
    }
    assert_eq!(stage.send(2, cancel(7)), Err(CommandError::Contended { attempts: 5 }));
    let mine = |stored: &&hindsight::kernel::StoredEvent| {
        stored.event.causation_id.0 == uuid::Uuid::from_u128(2)
    };
    assert_eq!(stage.log().iter().filter(mine).count(), 0);
    assert_eq!(stage.log().len(), 6, "and whoever was faster has stored theirs each time");
    let again = stage.send(2, cancel(7)).expect("nothing was recorded, so it can be sent again");
    assert_eq!(again.answer, Answer::Accepted { version: Version(7), events: 1 });
}

#[test]
fn where_nobody_else_can_do_anything_there_is_no_conflict() {
    let stage = Stage::new();
    stage.world.store().arm_once(FaultPoint::Append, Fault::Conflict);
    let handled = stage.send(1, create(7)).expect("there was nobody");
    assert_eq!(handled.answer, Answer::Accepted { version: Version(1), events: 1 });
    let stream = order(7).stream();
    assert!(stage.moments().contains(&Moment::NobodyFaster { stream }));
    assert_eq!(stage.log_types(), ["OrderCreated"]);
}

#[test]
fn a_command_that_is_meant_for_one_version_is_never_decided_on_another() {
    let stage = Stage::new();
    stage.send(1, create(7)).expect("no error");
    stage.send(2, pay(7)).expect("no error");
    let conflict = CommandError::Conflict { expected: Version(1), actual: Version(2) };
    assert_eq!(stage.send_as_seen(3, 1, cancel(7)), Err(conflict));
    let is_conflict = |moment: &&Moment| matches!(moment, Moment::Conflict { .. });
    assert_eq!(stage.moments().iter().filter(is_conflict).count(), 1, "it is tried once");
    assert_eq!(stage.log_types(), ["OrderCreated", "OrderPaymentConfirmed"]);
    let looked_again = stage.send_as_seen(4, 2, cancel(7)).expect("it is at version 2");
    assert_eq!(looked_again.answer, Answer::Accepted { version: Version(3), events: 1 });
}

#[test]
fn without_retry_the_first_conflict_ends_it() {
    let stage = Stage::with(vec![Behaviour::Logging]);
    stage.send(1, create(7)).expect("no error");
    stage.world.store().arm_once(FaultPoint::Append, Fault::Conflict);
    assert_eq!(stage.send(2, cancel(7)), Err(CommandError::Contended { attempts: 1 }));
}

#[test]
fn a_full_disk_is_an_error_and_stores_nothing() {
    let stage = Stage::new();
    stage.world.store().arm_once(FaultPoint::Append, Fault::DiskFull);
    assert_eq!(stage.send(1, create(7)), Err(CommandError::Storage(StorageError::Full)));
    assert_eq!(stage.log(), []);
    stage.send(1, create(7)).expect("there is room again");
    assert_eq!(stage.log_types(), ["OrderCreated"]);
}

#[test]
fn a_stream_that_cannot_be_read_is_an_error_once_and_a_repeat_does_not_need_it() {
    let stage = Stage::new();
    stage.world.store().arm_once(FaultPoint::ReadStream, Fault::Unavailable);
    let failed = stage.send(1, create(7));
    assert!(matches!(failed, Err(CommandError::Storage(StorageError::Unavailable { .. }))));
    assert_eq!(stage.log(), []);
    let answer = stage.send(1, create(7)).expect("it can be read again").answer;
    stage.world.store().arm_once(FaultPoint::ReadStream, Fault::Unavailable);
    assert_eq!(stage.send(1, create(7)).expect("it was answered").answer, answer);
}

#[test]
fn an_order_goes_all_the_way() {
    let stage = Stage::new();
    let way = [create(7), pay(7), ship(7), OrderCommand::DeliverOrder { order: order(7) }];
    for (number, command) in (1..).zip(way) {
        let answer = stage.send(number, command).expect("no error").answer;
        assert!(matches!(answer, Answer::Accepted { .. }), "{answer:?}");
    }
    let refused = stage.send(9, cancel(7)).expect("no error").answer;
    assert_eq!(refused, Answer::Rejected { rejection: Rejection::AlreadyDelivered });
}

#[test]
fn the_same_seed_gives_the_same_log_and_the_same_trace() {
    let run = || {
        let stage = Stage::new();
        stage.send(1, create(7)).expect("no error");
        stage.world.store().arm_once(FaultPoint::Append, Fault::Conflict);
        stage.send(2, pay(7)).expect("no error");
        stage.send(3, ship(8)).expect("no error");
        (stage.log(), stage.world.trace().to_vec())
    };
    assert_eq!(run(), run());
}
