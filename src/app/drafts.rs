//! Ready values: what the forms offer, so that one click makes an order and one more pays it.

use super::{
    parse::{self, amount_text},
    views::{CommandDraft, CommandOffer, ItemDraft, OrderDraft, Rejection},
};
use crate::{
    domain::orders::{Money, Order, OrderDecider, OrderId},
    engine::new_id,
    kernel::Decider,
    ports::{Environment, Rng},
};

/// Whom ready orders are for.
pub(super) const CUSTOMERS: [&str; 6] = ["Ana", "Ben", "Carla", "Diego", "Emma", "Noor"];
/// Products with their prices in minor units; their names are the same in every language.
pub(super) const PRODUCTS: [(&str, i64); 8] = [
    ("Espresso", 1_450),
    ("Sencha", 1_200),
    ("Matcha", 2_350),
    ("Oolong", 1_675),
    ("Rooibos", 890),
    ("Darjeeling", 1_520),
    ("Chai", 740),
    ("Moka", 3_200),
];

fn chosen<'a, T>(rng: &impl Rng, from: &'a [T]) -> &'a T {
    let index = usize::try_from(rng.next_u64() % from.len() as u64).unwrap_or(0);
    &from[index]
}

/// A new order with one to three items, and an id of its own.
pub(super) fn new_order<E: Environment>(environment: &E) -> OrderDraft {
    let rng = environment.rng();
    let count = 1 + rng.next_u64() % 3;
    OrderDraft {
        order: new_id(environment).to_string(),
        customer: (*chosen(rng, &CUSTOMERS)).to_owned(),
        items: (0..count).map(|_| new_item(environment)).collect(),
    }
}

/// One more item.
pub(super) fn new_item<E: Environment>(environment: &E) -> ItemDraft {
    let rng = environment.rng();
    let (product, price) = *chosen(rng, &PRODUCTS);
    ItemDraft {
        product: product.to_owned(),
        quantity: (1 + rng.next_u64() % 3).to_string(),
        unit_price: amount_text(Money(price)),
    }
}

/// What an order can be told, each with what the decider would say now.
///
/// The ready values follow from the order's id, so they stay as they are while somebody looks.
pub(super) fn offers(
    order: OrderId,
    state: &Option<Order>,
    cancel_reason: &str,
) -> Vec<CommandOffer> {
    let id = order.to_string();
    let total = state.as_ref().map_or(Money(0), |order| order.total);
    let number = order.0.as_u128() % 90_000 + 10_000;
    let carrier = if number.is_multiple_of(2) { "Nimbus" } else { "Albatros" }.to_owned();
    let drafts = [
        CommandDraft::ConfirmPayment {
            order: id.clone(),
            payment_id: format!("PAY-{number}"),
            amount: amount_text(total),
        },
        CommandDraft::ShipOrder {
            order: id.clone(),
            tracking_number: format!("TRK-{number}"),
            carrier,
        },
        CommandDraft::DeliverOrder { order: id.clone() },
        CommandDraft::CancelOrder { order: id, reason: cancel_reason.to_owned() },
    ];
    drafts
        .into_iter()
        .map(|draft| CommandOffer { refusal: refusal(state, &draft), draft })
        .collect()
}

fn refusal(state: &Option<Order>, draft: &CommandDraft) -> Option<Rejection> {
    let command = parse::command(draft).ok()?;
    OrderDecider::decide(state, &command).err()
}
