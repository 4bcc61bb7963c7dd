//! What each scenario promises, seen with other eyes than its own expectations.

use hindsight::{
    app::Finished,
    domain::orders::Rejection,
    engine::Answer,
    kernel::{CommandId, StoredEvent, Version},
    ports::{Moment, Outcome, SagaMoment},
    simulation::{Actor, describe},
};

use super::{finished, number};

const PAID: [&str; 2] = ["OrderCreated", "OrderPaymentConfirmed"];

fn played(id: u16) -> Finished {
    finished(&number(id).tape())
}

/// The events of a run that begins with a paid order, behind these two.
fn then(run: &Finished) -> Vec<&str> {
    let types = run.event_types();
    assert_eq!(types[..2], PAID);
    types[2..].to_vec()
}

/// How commands ended, in the order in which they were answered.
fn outcomes(run: &Finished) -> Vec<Outcome> {
    let ended = run.trace.iter().filter_map(|recorded| match recorded.moment {
        Moment::CommandAnswered { outcome, .. } | Moment::CommandFailed { outcome, .. } => {
            Some(outcome)
        }
        _ => None,
    });
    ended.collect()
}

/// The answers to the commands in the order of their ids.
fn answers(run: &Finished) -> Vec<Answer<Rejection>> {
    let answers = run.answers.values();
    answers.map(|answer| answer.clone().expect("every command is answered").answer).collect()
}

/// Where moments of a kind lie in the trace.
fn places(run: &Finished, name: &str) -> Vec<usize> {
    let is_wanted = |index: &usize| describe(&run.trace[*index].moment).name == name;
    (0..run.trace.len()).filter(is_wanted).collect()
}

#[test]
fn scenario_1_the_log_knows_why_and_the_row_does_not() {
    let run = played(1);
    assert_eq!(then(&run), ["OrderShipped", "OrderCancelled"]);
    assert!(run.log[3].event.encoded.data.contains("Too late"));
    let rows = run.rows("customer_orders", "Ana");
    assert!(rows.len() == 1 && rows[0].contains("Cancelled") && !rows[0].contains("Too late"));
}

#[test]
fn scenario_2_folds_four_events() {
    assert_eq!(then(&played(2)), ["OrderShipped", "OrderDelivered"]);
}

#[test]
fn scenario_4_a_refused_command_leaves_no_event() {
    let run = played(4);
    assert_eq!(then(&run), ["OrderShipped", "OrderDelivered"]);
    let refused = Answer::Rejected { rejection: Rejection::AlreadyDelivered };
    assert_eq!(answers(&run).last(), Some(&refused));
}

#[test]
fn scenario_5_the_correction_is_appended_behind_the_mistake() {
    let run = played(5);
    assert_eq!(then(&run), ["OrderShipped", "OrderCancelled"]);
    assert!(run.log[2].event.encoded.data.contains("TRK-1"));
    let expected = [Outcome::Accepted; 5];
    let mut found = outcomes(&run);
    assert_eq!(std::mem::replace(&mut found[3], Outcome::Accepted), Outcome::Rejected);
    assert_eq!(found, expected);
}

#[test]
fn scenario_12_the_second_writer_is_told_and_then_refused_by_a_rule() {
    let run = played(12);
    assert_eq!(then(&run), ["OrderCancelled"]);
    let conflict = &run.trace[places(&run, "conflict")[0]].moment;
    let told =
        matches!(conflict, Moment::Conflict { expected: Version(2), actual: Version(3), .. });
    assert!(told, "{conflict:?}");
    let refused = Answer::Rejected { rejection: Rejection::AlreadyCancelled };
    assert_eq!(answers(&run)[3], refused);
}

#[test]
fn scenario_13_nobody_is_told_that_the_order_was_cancelled() {
    let run = played(13);
    assert_eq!(then(&run), ["OrderCancelled", "OrderShipped"]);
    assert_eq!(places(&run, "conflict"), Vec::<usize>::new());
    assert_eq!(outcomes(&run), [Outcome::Accepted; 4]);
}

#[test]
fn scenario_15_a_crash_leaves_nothing_or_all_of_it() {
    let run = played(15);
    assert_eq!(then(&run), ["OrderShipped"]);
    let crashes = places(&run, "crashed");
    let before = |crash: usize| {
        let actor = run.trace[crash].actor;
        let earlier = run.trace[..crash].iter().rev().find(|recorded| recorded.actor == actor);
        earlier.map(|recorded| describe(&recorded.moment).name)
    };
    assert_eq!(
        crashes.iter().map(|crash| before(*crash)).collect::<Vec<_>>(),
        [Some("decided"), Some("appended")]
    );
    assert_eq!(outcomes(&run), [Outcome::Accepted; 3]);
    assert_eq!(places(&run, "appended").len(), 3);
}

#[test]
fn scenario_17_the_list_is_behind_and_then_knows() {
    let run = played(17);
    let marks = places(&run, "marked");
    let list = |index: &usize| run.trace[*index].actor == Actor::Projector("order_details");
    let projected: Vec<_> = places(&run, "projected").into_iter().filter(list).collect();
    let [known] = projected[..] else { panic!("{projected:?}") };
    assert!(marks[0] < known && known < marks[1], "{marks:?}, {known}");
    let stored = places(&run, "appended")[0];
    assert!(stored < marks[0]);
    let lag = run.trace[known].at.since(run.trace[stored].at);
    assert!((2_900_000..3_100_000).contains(&lag.0), "three seconds, and it was {lag:?}");
}

#[test]
fn scenario_21_the_view_goes_and_comes_back_and_no_event_is_touched() {
    let (run, twin) = (played(21), {
        let mut tape = number(21).tape();
        tape.entries.pop();
        finished(&tape)
    });
    assert_eq!(run.log, twin.log);
    assert_eq!(run.models, twin.models);
    assert_eq!(places(&run, "model_cleared").len(), 1);
}

#[test]
fn scenario_32_without_a_conductor_the_same_end_lies_in_more_streams() {
    let run = played(32);
    let (first, second): (Vec<_>, Vec<_>) = run
        .log
        .iter()
        .partition(|stored| stored.event.correlation_id == run.log[0].event.correlation_id);
    let named = |events: &[&StoredEvent], category: &str| -> Vec<String> {
        let own = events.iter().filter(|stored| stored.stream.category() == category);
        own.map(|stored| stored.event.encoded.event_type.clone()).collect()
    };
    assert_eq!(named(&first, "order"), ["OrderCreated", "OrderCancelled"]);
    assert_eq!(named(&second, "order"), ["OrderCreated", "OrderCancelled"]);
    assert!(first.iter().all(|it| ["order", "saga"].contains(&it.stream.category())));
    assert_eq!(named(&second, "desk"), ["OrderChecked", "OrderDropped"]);
    assert_eq!(named(&second, "inventory"), ["StockReserved", "StockReleased"]);
    assert_eq!(named(&second, "payment"), ["PaymentDeclined"]);
    assert_eq!(second.len(), 7, "and there is nothing else of it");
    let served = |name: &str| {
        let is_it = |moment: &Moment| matches!(moment, Moment::Saga(SagaMoment::ServiceServed { call, .. }) if call.name == name);
        run.trace.iter().filter(|recorded| is_it(&recorded.moment)).count()
    };
    let asked = ["ReserveInventory", "ProcessPayment", "ReleaseInventory", "RefundPayment"];
    assert_eq!(asked.map(served), [2, 2, 2, 0], "both asked the same services for the same");
}

#[test]
fn scenario_42_three_doors_lead_to_the_same_moments() {
    let run = played(42);
    assert_eq!(run.event_types(), ["OrderCreated"; 3]);
    let names = |command: &CommandId| -> Vec<_> {
        run.moments_of(*command).map(|moment| describe(moment).name).collect()
    };
    let ways: Vec<_> = run.answers.keys().map(names).collect();
    assert!(ways.len() == 3 && ways[0].len() > 10 && ways.iter().all(|way| *way == ways[0]));
}

#[test]
fn scenario_43_each_folding_calls_the_service_until_the_domain_is_pure() {
    use Outcome::{Accepted, Rejected};
    let run = played(43);
    assert_eq!(then(&run), ["OrderShipped", "OrderDelivered"]);
    assert_eq!(outcomes(&run), [Accepted, Accepted, Rejected, Accepted, Accepted]);
    let refused = Answer::Rejected { rejection: Rejection::PaymentNotConfirmed };
    assert_eq!(answers(&run)[2], refused, "though the payment lies in the log");
    let served = places(&run, "service_served");
    let by_handler = |place: &usize| matches!(run.trace[*place].actor, Actor::Handler(_));
    assert!(served.len() == 3 && served.iter().all(by_handler), "{served:?}");
    let last = describe(&run.trace[served[2]].moment);
    assert!(last.fact("holdings").contains("charges: 2"), "{last:?}");
    let pure = *places(&run, "protection_switched").last().expect("it is switched on again");
    let folded = places(&run, "stream_read").into_iter().filter(|place| *place > pure).count();
    assert!(folded == 1 && served[2] < pure, "folded once more, and nobody is called");
}

#[test]
fn scenario_44_what_stands_outside_decides_what_is_seen_inside() {
    use Outcome::{Accepted, Invalid, Rejected};
    let run = played(44);
    assert_eq!(outcomes(&run), [Invalid, Rejected, Invalid, Accepted, Accepted]);
    assert_eq!(places(&run, "command_logged").len(), 4, "the third refusal is not logged");
    assert_eq!(run.event_types(), ["OrderCreated"]);
}
