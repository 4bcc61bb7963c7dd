//! Laws: what holds after every run, whatever went wrong on the way. They look from outside, with a
//! folding and a table of rules of their own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finished, ModelRows, requests::belong_to_their_requests};
use crate::{
    domain::orders::{
        CustomerOrders, Order, OrderDecider, OrderDetails, OrderEvent, OrderId, OrderStatus,
        Rejection, SalesDashboard,
    },
    engine::Answer,
    kernel::{
        CodecError, CommandId, Decider, GlobalPosition, ModelName, Projection, Rows, StoredEvent,
        StoredForm, StreamId, Version, from_json, to_json,
    },
    ports::Moment,
    simulation::Actor,
};

/// Something that is true or not of what a run left behind, and its words.
#[derive(Clone, Copy, Debug)]
pub struct Expectation {
    /// The key of its words.
    pub words: &'static str,
    /// Whether it is true.
    pub holds: fn(&Finished) -> bool,
}

/// Versions and positions have no gaps.
pub(in crate::app) const NO_GAPS: Expectation =
    Expectation { words: "law.no_gaps", holds: has_no_gaps };
/// No stream tells a story that the rules of orders forbid.
pub(in crate::app) const RULES_KEPT: Expectation =
    Expectation { words: "law.rules_kept", holds: keeps_the_rules };
/// An accepted command has its events exactly once, a refused one has none.
pub(in crate::app) const ONCE: Expectation = Expectation { words: "law.once", holds: stores_once };
/// Each read model is what the events up to its checkpoint add up to.
pub(in crate::app) const MODELS_FOLLOW: Expectation =
    Expectation { words: "law.models_follow", holds: follow };
/// A read model whose projector runs has read to the end of the log.
pub(in crate::app) const MODELS_CAUGHT_UP: Expectation =
    Expectation { words: "law.models_caught_up", holds: have_caught_up };
/// A moment belongs to the request that its cause, its command and its events belong to.
pub(in crate::app) const CORRELATED: Expectation =
    Expectation { words: "law.correlated", holds: belong_to_their_requests };

/// All of them.
pub const LAWS: [Expectation; 6] =
    [NO_GAPS, RULES_KEPT, ONCE, MODELS_FOLLOW, MODELS_CAUGHT_UP, CORRELATED];

fn has_no_gaps(run: &Finished) -> bool {
    let mut versions = BTreeMap::<&StreamId, Version>::new();
    (1..).zip(&run.log).all(|(position, stored)| {
        let version = versions.entry(&stored.stream).or_default();
        *version = version.after(1);
        stored.position == GlobalPosition(position) && stored.version == *version
    })
}

fn keeps_the_rules(run: &Finished) -> bool {
    let mut states = BTreeMap::<&StreamId, Option<Order>>::new();
    let orders = run.log.iter().filter(|stored| OrderId::of_stream(&stored.stream).is_some());
    orders.into_iter().all(|stored| match OrderEvent::decode(&stored.event.encoded) {
        Ok(event) => {
            let state = states.entry(&stored.stream).or_insert_with(OrderDecider::initial);
            let allowed = may_happen(state.as_ref(), &event);
            *state = OrderDecider::evolve(state.take(), &event);
            allowed
        }
        Err(error) => matches!(error, CodecError::UnknownType { .. }),
    })
}

fn may_happen(order: Option<&Order>, event: &OrderEvent) -> bool {
    use OrderStatus::{Paid, Pending, Shipped};
    match (order.map(|order| order.status), event) {
        (status, OrderEvent::OrderCreated { .. }) => status.is_none(),
        (status, OrderEvent::OrderPaymentConfirmed { .. }) => status == Some(Pending),
        (status, OrderEvent::OrderShipped { .. }) => status == Some(Paid),
        (status, OrderEvent::OrderDelivered) => status == Some(Shipped),
        (status, OrderEvent::OrderCancelled { .. }) => {
            matches!(status, Some(Pending | Paid | Shipped))
        }
    }
}

fn stores_once(run: &Finished) -> bool {
    answers_given(run).into_iter().all(|(command, answers)| {
        let accepted = answers.iter().filter_map(|answer| match answer {
            Answer::Accepted { events, .. } => Some(*events),
            _ => None,
        });
        let caused = run.caused_by(command);
        match accepted.max() {
            Some(events) => caused == events,
            None => caused == 0 || answers.iter().any(|a| matches!(a, Answer::AlreadySo { .. })),
        }
    })
}

/// Every answer that every command was given, in order.
fn answers_given(run: &Finished) -> BTreeMap<CommandId, Vec<Answer<Rejection>>> {
    let mut given = BTreeMap::<_, Vec<_>>::new();
    for recorded in &run.trace {
        if let Moment::CommandAnswered { command, answer, .. } = &recorded.moment
            && let Ok(answer) = from_json(answer)
        {
            given.entry(*command).or_default().push(answer);
        }
    }
    given
}

fn follow(run: &Finished) -> bool {
    run.models.iter().all(|found| {
        let read = run.log.iter().take_while(|stored| stored.position <= found.checkpoint);
        let folded = match found.model {
            OrderDetails::MODEL => folded::<OrderDetails>(read),
            CustomerOrders::MODEL => folded::<CustomerOrders>(read),
            _ => folded::<SalesDashboard>(read),
        };
        folded.is_ok_and(|groups| groups == found.groups)
    })
}

/// The encoded rows that events add up to, by group, as [`ModelRows`] has them.
fn folded<'a, P: Projection>(
    events: impl Iterator<Item = &'a StoredEvent>,
) -> Result<BTreeMap<String, Vec<String>>, CodecError> {
    let mut rows = Rows::<P::Row>::new();
    for stored in events {
        let event = match stored.decode() {
            Ok(event) => event,
            Err(CodecError::UnknownType { .. }) => continue,
            Err(error) => return Err(error),
        };
        P::project(&mut rows, &event);
    }
    let mut groups = BTreeMap::<_, Vec<_>>::new();
    for (key, row) in rows.iter() {
        let data = to_json(row);
        groups.entry(P::place(key, row).group).or_default().push(data);
    }
    groups.values_mut().for_each(|rows| rows.sort_unstable());
    Ok(groups)
}

fn have_caught_up(run: &Finished) -> bool {
    let stopped = stopped_projectors(run);
    let head = run.log.last().map_or(GlobalPosition::NONE, |last| last.position);
    let is_behind = |found: &&ModelRows| found.checkpoint != head;
    run.models.iter().filter(is_behind).all(|found| stopped.contains(found.model))
}

/// The read models whose projector was killed or paused, and not helped on again.
fn stopped_projectors(run: &Finished) -> BTreeSet<ModelName> {
    let mut stopped = BTreeSet::new();
    for recorded in &run.trace {
        match (recorded.actor, &recorded.moment) {
            (Actor::Projector(model), Moment::Crashed | Moment::Paused) => {
                stopped.insert(model);
            }
            (
                Actor::Projector(model),
                Moment::Restarted | Moment::Resumed | Moment::ModelCleared { .. },
            ) => {
                stopped.remove(model);
            }
            (_, Moment::Reloaded) => stopped.clear(),
            _ => {}
        }
    }
    stopped
}
