//! The wiring: the engine's parts around one environment, for the orders.

use std::rc::Rc;

use super::views;
use crate::{
    domain::orders::{CustomerOrders, OrderDecider, OrderDetails, SalesDashboard},
    engine::{Behaviour, CommandPipeline, Progress, Projector, ProjectorError, ReadModel},
    kernel::StoredEvent,
    ports::{Environment, StorageError},
};

/// Everything that runs over one environment.
#[derive(Debug)]
pub(super) struct Wiring<E> {
    pub(super) environment: Rc<E>,
    pub(super) pipeline: CommandPipeline<OrderDecider, E>,
    details_projector: Projector<OrderDetails, E>,
    customers_projector: Projector<CustomerOrders, E>,
    sales_projector: Projector<SalesDashboard, E>,
    pub(super) details: ReadModel<OrderDetails, E>,
    pub(super) customers: ReadModel<CustomerOrders, E>,
    pub(super) sales: ReadModel<SalesDashboard, E>,
}

impl<E: Environment> Wiring<E> {
    pub(super) fn new(environment: E) -> Self {
        let environment = Rc::new(environment);
        Self {
            pipeline: CommandPipeline::new(environment.clone(), Behaviour::usual()),
            details_projector: Projector::new(environment.clone()),
            customers_projector: Projector::new(environment.clone()),
            sales_projector: Projector::new(environment.clone()),
            details: ReadModel::new(environment.clone()),
            customers: ReadModel::new(environment.clone()),
            sales: ReadModel::new(environment.clone()),
            environment,
        }
    }

    pub(super) async fn catch_up(
        &self,
        model: views::ReadModel,
        limit: usize,
    ) -> Result<Progress, ProjectorError> {
        match model {
            views::ReadModel::OrderDetails => self.details_projector.catch_up(limit).await,
            views::ReadModel::CustomerOrders => self.customers_projector.catch_up(limit).await,
            views::ReadModel::SalesDashboard => self.sales_projector.catch_up(limit).await,
        }
    }

    pub(super) async fn start_again(&self, model: views::ReadModel) -> Result<(), StorageError> {
        match model {
            views::ReadModel::OrderDetails => self.details_projector.start_again().await,
            views::ReadModel::CustomerOrders => self.customers_projector.start_again().await,
            views::ReadModel::SalesDashboard => self.sales_projector.start_again().await,
        }
    }

    /// Hands fresh events to one projector; says whether it could take them.
    pub(super) async fn follow(
        &self,
        model: views::ReadModel,
        events: &[StoredEvent],
    ) -> Result<bool, ProjectorError> {
        match model {
            views::ReadModel::OrderDetails => self.details_projector.follow(events).await,
            views::ReadModel::CustomerOrders => self.customers_projector.follow(events).await,
            views::ReadModel::SalesDashboard => self.sales_projector.follow(events).await,
        }
    }
}
