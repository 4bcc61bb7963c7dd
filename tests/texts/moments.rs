//! Every moment has a sentence in every language, and says what a newcomer needs to know of it.

use std::{collections::BTreeSet, fs, path::Path};

use hindsight::{
    adapters::MemoryStore,
    app::{
        Run,
        texts::{Language, Texts},
    },
    domain::orders::{CustomerId, Item, Money, OrderCommand, OrderId, ProductId, Quantity},
    kernel::{CommandId, Micros, StoredEvent, Timestamp, Version, from_json},
    ports::{Moment, Stage},
    simulation::{
        ArmedFault, Fault, FaultPoint, GivenCommand, Head, Input, Person, RecordedMoment, Tape,
        Target, Times, describe,
    },
};
use pollster::block_on;
use uuid::Uuid;

use crate::sagas::everything_about_sagas;

const START: Timestamp = Timestamp(1_790_000_000_000_000);

pub(crate) fn given(
    number: u128,
    as_seen: Option<u64>,
    command: OrderCommand,
) -> Input<OrderCommand> {
    let id = CommandId(Uuid::from_u128(number));
    let person = Person::FIRST;
    Input::Command(GivenCommand { id, as_seen: as_seen.map(Version), command, person })
}

fn by_second(input: Input<OrderCommand>) -> Input<OrderCommand> {
    match input {
        Input::Command(given) => Input::Command(GivenCommand { person: Person::SECOND, ..given }),
        other => other,
    }
}

pub(crate) fn order() -> OrderId {
    OrderId(Uuid::from_u128(0x7f3a))
}

pub(crate) fn create(quantity: u64) -> OrderCommand {
    let product = ProductId("Moka".to_owned());
    let item = Item { product, quantity: Quantity(quantity), unit_price: Money(123_400) };
    let customer = CustomerId("Ana".to_owned());
    OrderCommand::CreateOrder { order: order(), customer, items: vec![item] }
}

pub(crate) fn pay(amount: i64) -> OrderCommand {
    let payment_id = "PAY-1".to_owned();
    OrderCommand::ConfirmPayment { order: order(), payment_id, amount: Money(amount) }
}

pub(crate) fn cancel(reason: &str) -> OrderCommand {
    OrderCommand::CancelOrder { order: order(), reason: reason.to_owned() }
}

fn create_another() -> OrderCommand {
    match create(1) {
        OrderCommand::CreateOrder { customer, items, .. } => {
            OrderCommand::CreateOrder { order: another(), customer, items }
        }
        other => other,
    }
}

fn cancel_another() -> OrderCommand {
    OrderCommand::CancelOrder { order: another(), reason: "late".to_owned() }
}

fn another() -> OrderId {
    OrderId(Uuid::from_u128(0x9c1e))
}

pub(crate) type Inputs = Vec<(u64, Input<OrderCommand>)>;

pub(crate) fn run_of(inputs: Inputs) -> Run<MemoryStore> {
    let mut tape = Tape::new(Head::new(7, START));
    inputs.into_iter().for_each(|(at, input)| tape.push(Micros(at), input));
    let mut run = Run::begin(tape, MemoryStore::new());
    block_on(run.run_until(START.after(Micros(300_000_000))));
    run
}

pub(crate) fn played(inputs: Inputs) -> Vec<RecordedMoment> {
    run_of(inputs).world().trace().to_vec()
}

/// An event of another writer, as it would lie in the log behind one other.
fn foreign() -> StoredEvent {
    let text = r#"{"position":2,"stream":"order-x","version":1,
        "id":"00000000-0000-0000-0000-000000000001","occurred_at":1,
        "correlation_id":"00000000-0000-0000-0000-000000000001",
        "causation_id":"00000000-0000-0000-0000-000000000001",
        "type":"OrderDelivered","schema":1,"data":"{}"}"#;
    from_json(text).expect("a stored event")
}

/// The trace of a run in which everything happens that can happen.
fn everything() -> Vec<RecordedMoment> {
    played(everything_that_can_happen())
}

/// What comes from outside of that run.
pub(crate) fn everything_that_can_happen() -> Inputs {
    let sales = || Target::Projector("sales_dashboard".to_owned());
    let arm = |point, fault, times| Input::Arm(ArmedFault { point, fault, times });
    let stages = vec![Stage::Validation, Stage::Idempotency];
    vec![
        (0, given(1, None, create(0))),
        (3_000, given(2, None, create(2))),
        (6_000, given(3, None, pay(1))),
        (9_000, given(4, None, create(2))),
        (12_000, Input::Slow(sales(), Micros(500))),
        (12_000, Input::Slow(sales(), Micros(0))),
        (20_000, Input::Disarm(FaultPoint::Append)),
        (20_000, arm(FaultPoint::ReadLog, Fault::Unavailable, Times::Next(2))),
        (20_000, Input::Foreign(vec![foreign()])),
        (30_000, arm(FaultPoint::Append, Fault::LoseAnswer, Times::Next(1))),
        (30_000, given(6, None, pay(246_800))),
        (30_300, Input::Crash(Target::Handler(CommandId(Uuid::from_u128(6))))),
        (30_400, Input::Restart(Target::Handler(CommandId(Uuid::from_u128(6))))),
        (40_000, given(6, None, pay(246_800))),
        (42_000, arm(FaultPoint::Append, Fault::Conflict, Times::Next(2))),
        (42_000, given(7, None, create_another())),
        (45_000, by_second(given(8, Some(2), cancel("late")))),
        (50_000, Input::Pause(sales())),
        (50_000, Input::Resume(sales())),
        (50_000, Input::Rebuild(sales())),
        (50_000, arm(FaultPoint::UpdateReadModel, Fault::Conflict, Times::Next(1))),
        (60_000, Input::CheckVersions(false)),
        (60_000, Input::CheckVersions(true)),
        (60_000, Input::Behaviours(stages)),
        (60_000, Input::Behaviours(vec![])),
        (60_000, arm(FaultPoint::Append, Fault::Conflict, Times::Next(1))),
        (60_000, given(9, None, cancel_another())),
        (60_900, Input::Reload),
        (60_900, Input::Mark("the end".to_owned())),
        (60_900, Input::MarkPast(3, "the beginning".to_owned())),
    ]
}

/// The names of all kinds of moments, as the descriptions have them.
pub(crate) fn kinds() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/simulation");
    let source = ["describe.rs", "describe_saga.rs"]
        .map(|file| fs::read_to_string(folder.join(file)).expect("a source file is readable"))
        .concat();
    let after = |sign: &'static str| source.split(sign).skip(1);
    let names = after("described!(\"").chain(after("with_call(\""));
    names.filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn every_kind_of_moment_is_told_in_every_language() {
    let traces = [everything(), played(everything_about_sagas())];
    let reached: BTreeSet<_> = traces
        .iter()
        .flatten()
        .map(|recorded| describe(&recorded.moment).name.to_owned())
        .collect();
    assert!(kinds().len() > 40, "{:?}", kinds());
    assert_eq!(reached, kinds(), "the runs reach every kind");
    for (language, trace) in
        Language::ALL.into_iter().flat_map(|it| traces.iter().map(move |t| (it, t)))
    {
        for index in 0..trace.len() {
            let sentence = Texts::of(language).moment(trace, index);
            let moment = &trace[index].moment;
            assert!(sentence.ends_with('.'), "{moment:?}: {sentence}");
            assert!(!sentence.contains(['{', '}', '?']), "{moment:?}: {sentence}");
            assert!(!sentence.contains("moment."), "{moment:?}: {sentence}");
            let first = sentence.trim_start_matches(['“', '«']).chars().next();
            assert!(first.is_some_and(char::is_uppercase), "{moment:?}: {sentence}");
        }
    }
    assert_eq!(Texts::of(Language::En).moment(&traces[0], traces[0].len()), "");
}

/// The sentences of the moments that a test is about, in English and in Spanish.
fn told(trace: &[RecordedMoment], wanted: impl Fn(&Moment) -> bool) -> Vec<[String; 2]> {
    let indices = (0..trace.len()).filter(|index| wanted(&trace[*index].moment));
    indices
        .map(|index| Language::ALL.map(|language| Texts::of(language).moment(trace, index)))
        .collect()
}

#[test]
fn a_conflict_says_both_versions() {
    let trace = played(vec![
        (0, given(1, None, create(2))),
        (3_000, given(2, Some(1), pay(246_800))),
        (3_000, given(3, Some(1), cancel("late"))),
    ]);
    let conflicts = told(&trace, |moment| matches!(moment, Moment::Conflict { .. }));
    assert_eq!(
        conflicts,
        [[
            "Conflict: CancelOrder was decided on version 1 of order 7f3a, which is at version 2 \
             by now. Nothing is stored.",
            "Conflicto: CancelOrder se decidió sobre la versión 1 del pedido 7f3a, que ya está en \
             la versión 2. No se guarda nada.",
        ]]
    );
}

#[test]
fn of_two_people_each_sentence_says_whose_command_it_is() {
    let trace = played(vec![
        (0, given(1, None, create(2))),
        (3_000, given(2, None, pay(246_800))),
        (6_000, by_second(given(3, Some(1), cancel("late")))),
    ]);
    let sent = told(&trace, |moment| matches!(moment, Moment::CommandGiven { .. }));
    assert_eq!(
        sent.last().expect("it was sent"),
        &[
            "Person 2 sends CancelOrder for order 7f3a, as seen at version 1.",
            "Persona 2 envía CancelOrder para el pedido 7f3a, tal como lo vio en la versión 1.",
        ]
    );
    let ended = told(&trace, |moment| matches!(moment, Moment::CommandFailed { .. }));
    assert_eq!(
        ended,
        [[
            "CancelOrder (Person 2) goes back: it was meant for the version that its sender saw, and the \
             pipeline does not decide it again. Nothing is stored.",
            "CancelOrder (Persona 2) se devuelve: iba dirigido a la versión que se vio, y el pipeline no \
             vuelve a decidirlo. No se guarda nada.",
        ]]
    );
    let decided = told(&trace, |moment| matches!(moment, Moment::Decided { .. }));
    assert!(
        decided[0][0].starts_with("CreateOrder is decided"),
        "the first is not named: {decided:?}"
    );
    assert!(decided[2][0].starts_with("CancelOrder (Person 2) is decided"), "{decided:?}");
}

#[test]
fn reasons_are_in_the_language_of_the_person_and_money_is_written_as_it_does() {
    let rejected = told(&everything(), |moment| matches!(moment, Moment::Rejected { .. }));
    assert_eq!(
        rejected[0],
        [
            "A rule refuses ConfirmPayment. The amount is 0.01, the order’s total is 2,468.00. \
             Pay exactly the total.",
            "Una regla rechaza ConfirmPayment. El importe es 0,01 y el total del pedido es \
             2468,00. Paga exactamente el total.",
        ]
    );
    let answered = told(&everything(), |moment| matches!(moment, Moment::CommandAnswered { .. }));
    let invalid = "The answer arrives. CreateOrder was refused by the validation. \
                   items[0].quantity: A quantity is from 1 to 10,000, and this is 0. Change it.";
    assert_eq!(answered[0][0], invalid);
    let again = "The answer arrives. ConfirmPayment was accepted before: it took order 7f3a to \
                 version 2.";
    assert!(answered.iter().any(|sentences| sentences[0] == again), "{answered:?}");
}

#[test]
fn what_is_done_to_a_task_says_whose() {
    let trace = everything();
    let one = |wanted: fn(&Moment) -> bool| told(&trace, wanted)[0].clone();
    let crashed = one(|moment| matches!(moment, Moment::Crashed));
    assert_eq!(
        crashed[0],
        "Crash: the handler of ConfirmPayment for order 7f3a is killed where it stands. What it \
         held in memory is gone."
    );
    let restarted = one(|moment| matches!(moment, Moment::Restarted));
    assert_eq!(
        restarted[1],
        "Reinicio: el manejador de ConfirmPayment para el pedido 7f3a se reconstruye a partir de \
         lo guardado."
    );
    let slowed = one(|moment| matches!(moment, Moment::Slowed { .. }));
    assert_eq!(
        slowed[0],
        "Slower: each turn of the projector of “Sales” takes 0.5\u{a0}ms longer."
    );
    let paused = one(|moment| matches!(moment, Moment::Paused));
    assert_eq!(paused[1], "Pausa: el proyector de «Ventas» no recibe turnos.");
}

#[test]
fn who_failed_by_a_fault_says_which() {
    let failed = told(&everything(), |moment| matches!(moment, Moment::CommandFailed { .. }));
    let lost = "ConfirmPayment termina sin respuesta: se hace, pero la respuesta se pierde. Se \
                puede enviar de nuevo.";
    assert!(failed.iter().any(|sentences| sentences[1] == lost), "{failed:?}");
    let stopped = told(&everything(), |moment| matches!(moment, Moment::ProjectorFailed { .. }));
    assert_eq!(
        stopped[0][0],
        "The projector of “Order details” cannot go on: the store does not respond. It will try \
         again."
    );
}
