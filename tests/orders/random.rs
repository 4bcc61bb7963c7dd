//! Random commands and events: likely ones that get an order somewhere, and wild ones that do not.

use std::collections::{BTreeMap, BTreeSet};

use hindsight::{
    domain::orders::{
        CustomerId, Item, Money, Order, OrderCommand, OrderDecider, OrderEvent, OrderId,
        OrderStatus, ProductId, Quantity, Rejection,
    },
    kernel::{Decider, evolve_all},
};
use proptest::{
    collection::vec,
    prelude::{Just, ProptestConfig, Strategy, any},
    prop_oneof,
    sample::{Index, select},
    strategy::ValueTree,
    test_runner::TestRunner,
};

use super::samples::order_number;

/// What somebody is about to want of an order; what it says depends on how the order is then.
#[derive(Clone, Debug)]
pub(crate) enum Intent {
    /// One of a few small orders, so that it is often the one that exists.
    Create { customer: u8, items: Vec<Item> },
    /// The total, or so much beside it.
    Pay { payment: u8, beside: i64 },
    /// With one of a few tracking numbers.
    Ship { tracking: u8 },
    /// Say that it has arrived.
    Deliver,
    /// For one of a few reasons.
    Cancel { reason: u8 },
    /// An earlier command once more.
    Again(Index),
    /// Anything at all.
    Wild(OrderCommand),
}

/// One command on its way, with the state that it met and what it was answered.
#[derive(Clone, Debug)]
pub(crate) struct Step {
    pub(crate) before: Option<Order>,
    pub(crate) command: OrderCommand,
    pub(crate) answer: Result<Vec<OrderEvent>, Rejection>,
}

/// How the properties are tried: so often, and without files that remember failures.
pub(crate) fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// Up to forty intents for one order.
pub(crate) fn intents() -> impl Strategy<Value = Vec<Intent>> {
    vec(intent(), 0..40)
}

/// Up to eighty intents for four orders, mixed.
pub(crate) fn intents_for_some() -> impl Strategy<Value = Vec<(u128, Intent)>> {
    vec((1..=4_u128, intent()), 0..80)
}

fn intent() -> impl Strategy<Value = Intent> {
    prop_oneof![
        4 => (0..3_u8, vec(small_item(), 1..4))
            .prop_map(|(customer, items)| Intent::Create { customer, items }),
        6 => (0..2_u8, prop_oneof![4 => Just(0), 1 => -2..3_i64])
            .prop_map(|(payment, beside)| Intent::Pay { payment, beside }),
        6 => (0..2_u8).prop_map(|tracking| Intent::Ship { tracking }),
        4 => Just(Intent::Deliver),
        1 => (0..2_u8).prop_map(|reason| Intent::Cancel { reason }),
        3 => any::<Index>().prop_map(Intent::Again),
        2 => wild_command().prop_map(Intent::Wild),
    ]
}

fn small_item() -> impl Strategy<Value = Item> {
    (0..3_u8, 1..4_u64, 0..1_000_i64).prop_map(|(product, quantity, unit_price)| Item {
        product: ProductId(format!("product-{product}")),
        quantity: Quantity(quantity),
        unit_price: Money(unit_price),
    })
}

/// Texts of every kind: usual, empty, blank, too long, in any script.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("   ".to_owned()),
        Just("x".repeat(201)),
        Just("🎈".repeat(200)),
        "[a-z]{1,12}",
        any::<String>(),
    ]
}

fn money() -> impl Strategy<Value = Money> {
    let edges = [0, -1, 1, Money::MAX.0, Money::MAX.0 + 1, i64::MAX, i64::MIN];
    prop_oneof![select(edges.to_vec()), any::<i64>(), 0..10_000_i64].prop_map(Money)
}

fn quantity() -> impl Strategy<Value = Quantity> {
    prop_oneof![Just(0), Just(10_000), Just(10_001), any::<u64>(), 1..10_u64].prop_map(Quantity)
}

/// Any list of items, also none and too many.
pub(crate) fn items() -> impl Strategy<Value = Vec<Item>> {
    let item = (text(), quantity(), money()).prop_map(|(product, quantity, unit_price)| Item {
        product: ProductId(product),
        quantity,
        unit_price,
    });
    prop_oneof![
        8 => vec(prop_oneof![item, small_item()], 0..6),
        2 => vec(small_item(), 1..6),
        1 => vec(small_item(), 99..103),
    ]
}

/// Any customer.
pub(crate) fn customer() -> impl Strategy<Value = CustomerId> {
    prop_oneof![1 => text(), 1 => Just("ada".to_owned())].prop_map(CustomerId)
}

/// Any command at all for the first order.
pub(crate) fn wild_command() -> impl Strategy<Value = OrderCommand> {
    let order = order_number(1);
    prop_oneof![
        (customer(), items()).prop_map(move |(customer, items)| OrderCommand::CreateOrder {
            order,
            customer,
            items
        }),
        (text(), money()).prop_map(move |(payment_id, amount)| OrderCommand::ConfirmPayment {
            order,
            payment_id,
            amount
        }),
        (text(), text()).prop_map(move |(tracking_number, carrier)| OrderCommand::ShipOrder {
            order,
            tracking_number,
            carrier
        }),
        Just(OrderCommand::DeliverOrder { order }),
        text().prop_map(move |reason| OrderCommand::CancelOrder { order, reason }),
    ]
}

/// Any event at all, also one that no command leads to.
pub(crate) fn wild_event() -> impl Strategy<Value = OrderEvent> {
    prop_oneof![
        (customer(), items(), money()).prop_map(|(customer, items, total)| {
            OrderEvent::OrderCreated { customer, items, total }
        }),
        (text(), money()).prop_map(|(payment_id, amount)| OrderEvent::OrderPaymentConfirmed {
            payment_id,
            amount
        }),
        (text(), text()).prop_map(|(tracking_number, carrier)| OrderEvent::OrderShipped {
            tracking_number,
            carrier
        }),
        Just(OrderEvent::OrderDelivered),
        text().prop_map(|reason| OrderEvent::OrderCancelled { reason }),
    ]
}

/// The command that an intent becomes when the order is as it is.
fn command(intent: &Intent, order: OrderId, state: Option<&Order>, steps: &[Step]) -> OrderCommand {
    let total = state.map_or(Money(100), |order| order.total);
    match intent {
        Intent::Create { customer, items } => OrderCommand::CreateOrder {
            order,
            customer: CustomerId(format!("customer-{customer}")),
            items: items.clone(),
        },
        Intent::Pay { payment, beside } => OrderCommand::ConfirmPayment {
            order,
            payment_id: format!("payment-{payment}"),
            amount: Money(total.0.saturating_add(*beside)),
        },
        Intent::Ship { tracking } => OrderCommand::ShipOrder {
            order,
            tracking_number: format!("track-{tracking}"),
            carrier: "post".to_owned(),
        },
        Intent::Deliver => OrderCommand::DeliverOrder { order },
        Intent::Cancel { reason } => {
            OrderCommand::CancelOrder { order, reason: format!("reason-{reason}") }
        }
        Intent::Again(_) if steps.is_empty() => OrderCommand::DeliverOrder { order },
        Intent::Again(index) => index.get(steps).command.clone(),
        Intent::Wild(command) => command.clone(),
    }
}

/// What becomes of one order when all of it is wanted, one after the other.
pub(crate) fn run(number: u128, intents: &[Intent]) -> Vec<Step> {
    let mut steps: Vec<Step> = vec![];
    let mut before = OrderDecider::initial();
    for intent in intents {
        let command = command(intent, order_number(number), before.as_ref(), &steps);
        let answer = OrderDecider::decide(&before, &command);
        let after = evolve_all::<OrderDecider>(before.clone(), answer.iter().flatten());
        steps.push(Step { before, command, answer });
        before = after;
    }
    steps
}

/// All events of all steps.
pub(crate) fn history(steps: &[Step]) -> Vec<OrderEvent> {
    steps.iter().filter_map(|step| step.answer.as_ref().ok()).flatten().cloned().collect()
}

/// The kind of a value: the first word of its debug form.
fn kind(value: &impl std::fmt::Debug) -> String {
    let text = format!("{value:?}");
    text.split(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

#[test]
fn the_random_commands_reach_every_status_every_rule_and_already_so() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<Option<OrderStatus>, usize> = BTreeMap::new();
    let mut rules: BTreeSet<String> = BTreeSet::new();
    let mut already_so: BTreeSet<(String, Option<OrderStatus>)> = BTreeSet::new();
    for _ in 0..600 {
        let intents = intents().new_tree(&mut runner).expect("nothing is filtered").current();
        for step in run(1, &intents) {
            let status = step.before.as_ref().map(|order| order.status);
            *met.entry(status).or_default() += 1;
            match &step.answer {
                Err(rejection) => _ = rules.insert(kind(rejection)),
                Ok(events) if events.is_empty() => {
                    already_so.insert((kind(&step.command), status));
                }
                Ok(_) => {}
            }
        }
    }
    for status in OrderStatus::ALL.map(Some).into_iter().chain([None]) {
        let times = met.get(&status).copied().unwrap_or(0);
        assert!(times >= 200, "{status:?} was met {times} times only: {met:?}");
    }
    assert_eq!(rules.len(), 16, "every rejection is met: {rules:?}");
    assert!(already_so.len() >= 12, "repeats are met in many statuses: {already_so:?}");
}
