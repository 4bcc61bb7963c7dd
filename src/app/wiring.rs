//! The wiring: the engine's parts around one environment, for the orders.

use std::rc::Rc;

use super::{
    player::Player,
    run::{PROJECTORS, Run, Stores, projector},
    views,
};
use crate::{
    domain::orders::{CustomerOrders, OrderDetails, SalesDashboard},
    engine::{Progress, ProjectorError, ReadModel, new_id},
    kernel::Micros,
    ports::{Clock, Environment},
    simulation::{Head, Tape, World},
};

/// What one moment costs in the lab, in virtual time: long enough to be seen at the usual speed.
const MOMENT: Micros = Micros(100_000);

/// Everything that runs over one environment.
#[derive(Debug)]
pub(super) struct Wiring<E: Environment> {
    pub(super) environment: Rc<E>,
    pub(super) player: Player<E::Store>,
    pub(super) details: ReadModel<OrderDetails, E>,
    pub(super) customers: ReadModel<CustomerOrders, E>,
    pub(super) sales: ReadModel<SalesDashboard, E>,
}

impl<E: Environment> Wiring<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// A run with an empty tape.
    pub(super) fn new(environment: E) -> Self {
        let seed = new_id(&environment).as_u64_pair().1;
        let head = Head { moment_us: MOMENT, ..Head::new(seed, environment.clock().now()) };
        let run = Run::begin(Tape::new(head), environment.store().clone());
        Self::over(Rc::new(environment), run)
    }

    /// Another run over the same environment.
    pub(super) fn sharing(other: &Self, run: Run<E::Store>) -> Self {
        Self::over(other.environment.clone(), run)
    }

    /// A run over the environment's store.
    pub(super) fn over(environment: Rc<E>, run: Run<E::Store>) -> Self {
        Self {
            player: Player::new(run),
            details: ReadModel::new(environment.clone()),
            customers: ReadModel::new(environment.clone()),
            sales: ReadModel::new(environment.clone()),
            environment,
        }
    }

    /// Lets a read model read on outside of the run, before it begins.
    pub(super) async fn catch_up(
        &self,
        model: views::ReadModel,
        limit: usize,
    ) -> Result<Progress, ProjectorError> {
        projector(Rc::new(self.aside()), PROJECTORS[model as usize]).catch_up(limit).await
    }

    /// A world over the same store that nobody looks at, for what happens outside of the run: the engine
    /// is compiled for worlds alone.
    pub(super) fn aside(&self) -> World<E::Store> {
        World::new(self.environment.store().clone(), self.environment.clock().now(), 0)
    }
}
