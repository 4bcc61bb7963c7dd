//! What holds after every run in which sagas or reactors fulfil orders, once everything is healed.

use std::collections::BTreeSet;

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{OrderFulfilment, OrderRequest, OrderStatus},
    kernel::{
        Choreography, CommandId, Ending, Reaction, SagaPlan, SagaStatus, ServiceRequest, StepState,
        is_stuck,
    },
    ports::{Clock, Environment},
    simulation::{Attention, FulfilmentInput, Input},
};
use pollster::block_on;
use uuid::Uuid;

use crate::sample::{
    OrderInput, PRICE, facts, held, order_events, order_state, saga, saga_state, said, status,
};

/// Pieces in one order.
const PIECES: u64 = 2;

/// Gives something now.
pub(crate) fn give(run: &mut Run<MemoryStore>, input: OrderInput) {
    run.give(run.world().clock().now(), input);
    block_on(run.step());
}

/// Whether an order waits for a person.
pub(crate) fn needs_attention(run: &Run<MemoryStore>, number: u128) -> bool {
    stuck(run, number).is_some()
}

/// How the way of an order ended, whoever went it; none when it did not.
pub(crate) fn ending(run: &Run<MemoryStore>, number: u128) -> Option<Ending> {
    if let SagaStatus::Ended(ending) = status(run, number) {
        return Some(ending);
    }
    let last = facts(run, number).pop()?.event.encoded.event_type;
    match &*last {
        "CustomerTold" => Some(Ending::Completed),
        "OrderDropped" => Some(Ending::Compensated),
        "OrderUnfit" => Some(Ending::FailedBeforeStart),
        _ => None,
    }
}

/// Takes every fault away, builds everybody again who is dead, and lets people see to what was given up.
pub(crate) fn heal(run: &mut Run<MemoryStore>, orders: &[u128]) {
    for request in OrderRequest::NAMES {
        give(run, Input::Fulfilment(FulfilmentInput::Disarm((*request).to_owned())));
    }
    block_on(run.run_to_end());
    let mut id = 1 << 100;
    for number in orders {
        for _ in 0..OrderFulfilment::PLAN.steps().len() {
            let Some(step) = stuck(run, *number) else { break };
            id += 1;
            // A person has shipped or cancelled it meanwhile: to try that again does not help.
            let is_theirs = match step {
                "ShipOrder" => !by_hand(run, *number).is_empty(),
                "SendConfirmation" => is_cancelled(run, *number),
                _ => false,
            };
            let attention = Attention {
                id: CommandId(Uuid::from_u128(id)),
                saga: saga(*number),
                step: step.to_owned(),
                settled: is_theirs.then(|| "seen to by hand".to_owned()),
            };
            give(run, Input::Fulfilment(FulfilmentInput::Attend(attention)));
            block_on(run.run_to_end());
        }
    }
}

/// A step of an order that was given up, by its saga or by a reactor.
fn stuck(run: &Run<MemoryStore>, number: u128) -> Option<&'static str> {
    let plan = OrderFulfilment::PLAN;
    for reactor in OrderFulfilment::REACTORS {
        let Some(last) = said(run, reactor.name, number).pop() else { continue };
        if is_stuck::<OrderFulfilment>(&last) {
            let gave_up = |it: &&Reaction| it.given_up == last;
            let reaction = reactor.reactions.iter().find(gave_up).expect("it is one of its facts");
            return Some(plan.steps()[reaction.first_call(&plan).step].name);
        }
    }
    let saga = saga_state(run, number)?;
    let at = saga.steps.iter().position(StepState::is_stuck)?;
    Some(OrderFulfilment::PLAN.steps()[at].name)
}

fn is_cancelled(run: &Run<MemoryStore>, number: u128) -> bool {
    order_state(run, number).is_some_and(|order| order.status == OrderStatus::Cancelled)
}

/// What people did to an order beside whoever fulfils it: the types of its events of other requests than
/// the one that created it.
pub(crate) fn by_hand(run: &Run<MemoryStore>, number: u128) -> Vec<String> {
    let mut events = order_events(run, number);
    let request = events.first().map(|created| created.event.correlation_id);
    events.retain(|stored| Some(stored.event.correlation_id) != request);
    events.into_iter().map(|stored| stored.event.encoded.event_type).collect()
}

/// What is broken; none when every law holds.
///
/// `stock` is how many pieces there were in the beginning. Money, stock, parcels and letters are of whoever
/// fulfils orders, and follow from how their ways ended; what a person does to an order by hand explains its
/// status, and nothing else.
pub(crate) fn broken(run: &Run<MemoryStore>, orders: &[u128], stock: u64) -> Option<String> {
    let (mut completed, mut untold) = (0, 0);
    for number in orders {
        let Some(order) = order_state(run, *number) else { continue };
        let (ending, hands) = (ending(run, *number), by_hand(run, *number));
        let has_done = |event: &str| hands.iter().any(|known| known == event);
        let fits = match ending {
            // Healing settles only what comes after the hand-over.
            Some(Ending::Completed | Ending::Settled) => {
                completed += 1;
                untold += u64::from(is_cancelled(run, *number));
                // Whoever cancels it after the payment was confirmed does not bring back money or parcel.
                let is_called_off = order.status == OrderStatus::Cancelled;
                order.status == OrderStatus::Shipped || is_called_off && has_done("OrderCancelled")
            }
            Some(Ending::Compensated) => order.status == OrderStatus::Cancelled,
            // Whoever has paid it by hand before it was looked at can ship it by hand.
            Some(Ending::FailedBeforeStart) => {
                order.status != OrderStatus::Shipped || has_done("OrderShipped")
            }
            _ => false,
        };
        let causes: Vec<_> =
            facts(run, *number).into_iter().map(|fact| fact.event.causation_id).collect();
        if causes.iter().collect::<BTreeSet<_>>().len() < causes.len() {
            return Some(format!("order {number}: a reactor has done twice what it does once"));
        }
        if !fits {
            return Some(format!("order {number} is {:?}, its way ended {ending:?}", order.status));
        }
    }
    let letters = held(run, "notification", "letters");
    let laws = [
        ("money taken", held(run, "payment", "held"), completed * PRICE),
        ("stock", held(run, "inventory", "Moka"), stock - completed * PIECES),
        ("pieces promised", held(run, "inventory", "promised"), completed * PIECES),
        ("parcels packed", held(run, "shipping", "packed"), 0),
        ("parcels handed over", held(run, "shipping", "handed_over"), completed),
        // Nobody is told of an order that was cancelled before; who was told before it was, was told.
        ("letters", letters.max(completed - untold), letters),
        ("letters at most", letters.min(completed), letters),
        ("repeated letters", held(run, "notification", "repeats"), 0),
    ];
    let wrong = laws.into_iter().find(|(_, found, expected)| found != expected);
    wrong.map(|(law, found, expected)| format!("{law}: {found} instead of {expected}"))
}
