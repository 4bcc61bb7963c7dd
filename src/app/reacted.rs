//! Orders without a conductor: what their reactors have said, put together by hand, as nobody else does it.

use litemap::LiteMap;

use super::{
    moments::Moments,
    views::{Reacted, ReactedOrder},
};
use crate::{
    domain::orders::OrderFulfilment,
    kernel::{Choreography, SagaId, SagaPlan, is_stuck},
    ports::{Moment, SagaMoment},
    simulation::{Actor, FulfilmentMode, RecordedMoment},
};

/// How many orders are shown one by one.
const SHOWN_MAX: usize = 12;

/// What was said, each by whom.
type Facts = Vec<(&'static str, &'static str)>;

/// What the fold keeps: of each order, the place of the moment at which somebody spoke of it last.
#[derive(Default)]
struct Fold {
    is_on: bool,
    orders: LiteMap<SagaId, (usize, Facts)>,
    dead: Vec<&'static str>,
}

impl Moments {
    /// What reactors have said after a moment; nothing before the first.
    #[must_use]
    pub fn reacted(&self, number: u32) -> Reacted {
        let mut fold = Fold::default();
        self.look_at(&mut |trace, _| {
            for (place, recorded) in trace.iter().take(number as usize).enumerate() {
                fold.take(place, recorded);
            }
        });
        fold.board()
    }
}

impl Fold {
    fn take(&mut self, place: usize, recorded: &RecordedMoment) {
        match (recorded.actor, &recorded.moment) {
            (_, Moment::Saga(SagaMoment::Noted { reactor, saga, event, .. })) => {
                let (spoke, facts) = self.orders.entry(*saga).or_default();
                *spoke = place;
                facts.push((reactor, event));
            }
            (_, Moment::Saga(SagaMoment::ModeSwitched { mode })) => {
                self.is_on = *mode == FulfilmentMode::Choreography.name();
            }
            (Actor::Reactor(reactor), Moment::Crashed) => self.dead.push(reactor),
            (Actor::Reactor(reactor), Moment::Restarted) => {
                self.dead.retain(|dead| *dead != reactor);
            }
            (_, Moment::Reloaded) => self.dead.clear(),
            _ => {}
        }
    }

    fn board(self) -> Reacted {
        let mut orders: Vec<_> = self.orders.into_iter().collect();
        orders.sort_by_key(|(_, (spoke, _))| std::cmp::Reverse(*spoke));
        let more = orders.len().saturating_sub(SHOWN_MAX) as u64;
        let shown = orders.into_iter().take(SHOWN_MAX).map(|(id, (_, facts))| {
            let stuck = facts.last().and_then(|(reactor, event)| stuck(reactor, event));
            ReactedOrder { id: id.to_string(), facts, stuck }
        });
        let reactors =
            OrderFulfilment::REACTORS.iter().map(|it| (it.name, self.dead.contains(&it.name)));
        Reacted { is_on: self.is_on, orders: shown.collect(), more, reactors: reactors.collect() }
    }
}

/// The step that was given up, if this is what was said of it.
fn stuck(reactor: &str, event: &str) -> Option<&'static str> {
    let plan = OrderFulfilment::PLAN;
    let reactor = OrderFulfilment::REACTORS.iter().find(|known| known.name == reactor)?;
    let reaction = reactor.reactions.iter().find(|reaction| reaction.given_up == event)?;
    let step = plan.steps()[reaction.first_call(&plan).step].name;
    is_stuck::<OrderFulfilment>(event).then_some(step)
}
