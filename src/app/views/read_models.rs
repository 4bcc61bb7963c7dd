//! The read models: lists, figures, and how they are doing.

use super::{Failure, OrderStatus};

/// What a list shows of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderListRow {
    /// Which.
    pub order: String,
    /// Whose.
    pub customer: String,
    /// How far.
    pub status: OrderStatus,
    /// How many lines.
    pub item_count: u64,
    /// How much, in minor units.
    pub total: i64,
    /// The version of its last event.
    pub version: u64,
    /// When it last changed: milliseconds since 1970 (UTC).
    pub changed_at_ms: i64,
}

/// One page of orders, newest first, from a read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderList {
    /// The rows.
    pub rows: Vec<OrderListRow>,
    /// Which page, from 1.
    pub page: u32,
    /// Rows on a full page.
    pub page_size: u32,
    /// Rows on all pages.
    pub total_count: u64,
    /// Pages; 0 for no rows.
    pub total_pages: u64,
    /// Up to which global position the read model knew the log.
    pub up_to: u64,
}

/// The sales dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sales {
    /// How many orders stand at each status, all five in order.
    pub orders_by_status: Vec<(OrderStatus, u64)>,
    /// How many orders there are.
    pub order_count: u64,
    /// How many of them were cancelled.
    pub cancelled_count: u64,
    /// Money taken and kept, in minor units.
    pub revenue_taken: i64,
    /// Up to which global position the read model knew the log.
    pub up_to: u64,
}

/// The three read models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadModel {
    /// Everything about one order, and the list of all.
    OrderDetails,
    /// The orders of one customer.
    CustomerOrders,
    /// Figures.
    SalesDashboard,
}

impl ReadModel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::OrderDetails, Self::CustomerOrders, Self::SalesDashboard];
}

/// How a read model is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadModelStatus {
    /// Which.
    pub model: ReadModel,
    /// The last position it has read.
    pub checkpoint: u64,
    /// How many events it is behind the log.
    pub behind: u64,
    /// Why it stands still, if it does.
    pub stopped: Option<Failure>,
}
