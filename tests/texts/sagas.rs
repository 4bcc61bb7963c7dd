//! A run in which everything happens to sagas and services that can happen.

use hindsight::{
    app::texts::{Language, Texts},
    domain::orders::{CustomerId, Item, Money, OrderCommand, OrderId, ProductId, Quantity},
    kernel::{CommandId, Micros, SagaId},
    simulation::{
        ArmedFault, ArmedServiceFault, Attention, Fault, FaultPoint, FulfilmentInput,
        FulfilmentMode, Input, Protection, ServiceFault, ServiceSetting, Target, Times,
    },
};
use uuid::Uuid;

use crate::moments::{Inputs, given, played};

fn id(number: u128) -> Uuid {
    Uuid::from_u128(0x7f3a << 64 | number)
}

fn create(number: u128) -> Input<OrderCommand> {
    let product = ProductId("Moka".to_owned());
    let items = vec![Item { product, quantity: Quantity(2), unit_price: Money(3_200) }];
    let (order, customer) = (OrderId(id(number)), CustomerId("Ana".to_owned()));
    given(number, None, OrderCommand::CreateOrder { order, customer, items })
}

fn arm(request: &str, fault: ServiceFault, times: Times) -> Input<OrderCommand> {
    let request = request.to_owned();
    Input::Fulfilment(FulfilmentInput::Arm(ArmedServiceFault { request, fault, times }))
}

fn attend(command: u128, step: &str, settled: Option<&str>) -> Input<OrderCommand> {
    Input::Fulfilment(FulfilmentInput::Attend(Attention {
        id: CommandId(Uuid::from_u128(command)),
        saga: SagaId(id(1)),
        step: step.to_owned(),
        settled: settled.map(str::to_owned),
    }))
}

fn set(service: &str, name: &str, amount: u64) -> Input<OrderCommand> {
    let (service, name) = (service.to_owned(), name.to_owned());
    Input::Fulfilment(FulfilmentInput::Set(ServiceSetting { service, name, amount }))
}

fn protect(protection: Protection, on: bool) -> Input<OrderCommand> {
    Input::Fulfilment(FulfilmentInput::Protect(protection, on))
}

/// What comes from outside of that run: a refund that fails, a person who sees to it, and the rest.
pub(crate) fn everything_about_sagas() -> Inputs {
    use ServiceFault::{Duplicate, LoseAnswer, LoseRequest, Refuse, Slow, Unavailable};
    let mode = |mode| Input::Fulfilment(FulfilmentInput::Mode(mode));
    let store = |point, fault| Input::Arm(ArmedFault { point, fault, times: Times::Next(4) });
    let second = 1_000_000;
    let tasks =
        [Target::Runner, Target::Saga(SagaId(id(2))), Target::Service("payment".to_owned())];
    let mut inputs = vec![
        (0, mode(FulfilmentMode::Saga)),
        (0, set("inventory", "Moka", 7)),
        (0, arm("ReserveInventory", LoseAnswer, Times::Next(1))),
        (0, arm("ProcessPayment", Unavailable, Times::Next(1))),
        (0, arm("ProcessPayment", Duplicate, Times::Next(1))),
        (0, arm("CreateShipment", Refuse, Times::Next(1))),
        (0, arm("RefundPayment", Unavailable, Times::Always)),
        (1_000, create(1)),
        (CONFLICT_AT, attend(101, "ProcessPayment", None)),
        (30 * second, attend(102, "CreateShipment", None)),
        (31 * second, Input::Fulfilment(FulfilmentInput::Disarm("RefundPayment".to_owned()))),
        (60 * second, attend(103, "ProcessPayment", Some("paid back in cash"))),
        (70 * second, store(FaultPoint::ReadLog, Fault::Unavailable)),
        (70 * second, set("payment", "Ana", 0)),
        (70 * second, create(2)),
        (
            75 * second,
            Input::Arm(ArmedFault {
                point: FaultPoint::Append,
                fault: Fault::Unavailable,
                times: Times::Next(1),
            }),
        ),
        (90 * second, protect(Protection::Idempotency, false)),
        (90 * second, protect(Protection::Idempotency, true)),
        (90 * second, protect(Protection::SemanticLock, false)),
        (90 * second, protect(Protection::SemanticLock, true)),
        (90 * second, arm("SendConfirmation", LoseRequest, Times::Next(1))),
        (90 * second, arm("HandOver", Slow(Micros(3_000_000)), Times::Next(1))),
    ];
    let killed = tasks.into_iter().flat_map(|task| {
        [Input::Crash(task.clone()), Input::Restart(task)].map(|input| (100 * second, input))
    });
    inputs.extend(killed);
    inputs.extend(without_a_conductor());
    inputs.extend(in_the_middle_of_the_domain());
    inputs.push((300 * second, mode(FulfilmentMode::People)));
    inputs
}

/// An order whose domain calls the network, with both answers.
fn in_the_middle_of_the_domain() -> Inputs {
    let second = 1_000_000;
    let order = OrderId(id(6));
    let pay = OrderCommand::ConfirmPayment {
        order,
        payment_id: "PAY-1".to_owned(),
        amount: Money(6_400),
    };
    let ship = OrderCommand::ShipOrder {
        order,
        tracking_number: "TRK-1".to_owned(),
        carrier: "Nimbus".to_owned(),
    };
    vec![
        (280 * second, Input::Disarm(FaultPoint::ReadLog)),
        (280 * second, Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::People))),
        (280 * second, protect(Protection::PureDomain, false)),
        (280 * second, create(6)),
        (281 * second, given(60, None, pay)),
        (282 * second, set("payment", "Ana", 0)),
        (282 * second, given(61, None, ship)),
        (283 * second, protect(Protection::PureDomain, true)),
    ]
}

/// Orders that nobody conducts, with an answer of each kind, a store that fails, and reactors that are killed.
fn without_a_conductor() -> Inputs {
    use ServiceFault::{LoseRequest, Refuse, Unavailable};
    let second = 1_000_000;
    let again = Attention {
        id: CommandId(Uuid::from_u128(104)),
        saga: SagaId(id(3)),
        step: "ProcessPayment".to_owned(),
        settled: None,
    };
    let store =
        ArmedFault { point: FaultPoint::ReadLog, fault: Fault::Unavailable, times: Times::Next(8) };
    let mut inputs = vec![
        (110 * second, Input::Disarm(FaultPoint::Append)),
        (110 * second, Input::Fulfilment(FulfilmentInput::Mode(FulfilmentMode::Choreography))),
        (110 * second, set("payment", "Ana", 9_000)),
        (110 * second, arm("ReserveInventory", Unavailable, Times::Next(1))),
        (110 * second, arm("CreateShipment", Refuse, Times::Next(1))),
        (110 * second, arm("RefundPayment", LoseRequest, Times::Next(3))),
        (110 * second, create(3)),
        (140 * second, Input::Fulfilment(FulfilmentInput::Attend(again))),
        (200 * second, create(4)),
        (250 * second, Input::Arm(store)),
        (250 * second, create(5)),
    ];
    let reactor = || Target::Reactor("inventory".to_owned());
    let lost =
        ArmedFault { point: FaultPoint::Append, fault: Fault::LoseAnswer, times: Times::Next(1) };
    inputs.extend([Input::Crash(reactor()), Input::Restart(reactor())].map(|it| (ASKED_AT, it)));
    inputs.push((ASKED_AT, Input::Arm(lost)));
    inputs.sort_by_key(|(at, _)| *at);
    inputs
}

/// When the inventory waits for its answer about order 4.
const ASKED_AT: u64 = 200_150_000;

/// When the refund was just given up and the saga is about to go on: it appends while somebody decides
/// on what it was.
const CONFLICT_AT: u64 = 7_342_630;

/// Whether a text with places to fill can have become this sentence.
fn fits(text: &str, sentence: &str) -> bool {
    let pieces: Vec<_> = text.split(['{', '}']).step_by(2).collect();
    let mut rest = sentence;
    pieces.into_iter().all(|piece| match rest.split_once(piece) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

#[test]
fn every_sentence_of_reactors_and_impure_domains_is_said_in_that_run() {
    let trace = played(everything_about_sagas());
    for (language, texts) in [
        (Language::En, include_str!("../../src/app/texts/of_later.en.json")),
        (Language::Es, include_str!("../../src/app/texts/of_later.es.json")),
    ] {
        let said: Vec<_> =
            (0..trace.len()).map(|index| Texts::of(language).moment(&trace, index)).collect();
        let lines = texts.lines().filter(|line| {
            let starts = |key: &&str| line.starts_with(&format!("  \"moment.{key}_"));
            ["reactor", "domain_called", "pure_domain"].iter().any(starts)
        });
        for line in lines {
            let text = line.split('"').nth(3).expect("a key and its text");
            let sentence = said.iter().find(|sentence| fits(text, sentence));
            assert!(sentence.is_some() || line.contains(".one\""), "nobody says {line}");
        }
    }
}
