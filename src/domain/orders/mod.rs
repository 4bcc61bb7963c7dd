//! Orders: created, paid, shipped, delivered or cancelled.

mod check;
mod command;
mod decider;
mod event;
mod fulfilment;
mod read_models;
mod rejection;
mod state;
mod value;

pub use command::OrderCommand;
pub use decider::OrderDecider;
pub use event::OrderEvent;
pub use fulfilment::{OrderFulfilment, OrderRequest, OrderServices, Wanted, Work, wanted};
pub use read_models::{
    CustomerOrders, OrderDetails, OrderDetailsRow, OrderRow, SalesDashboard, SalesRow, SalesTotals,
};
pub use rejection::Rejection;
pub use state::{Order, OrderStatus, Payment, Shipment};
pub use value::{
    CustomerId, ITEMS_MAX, Item, Money, OrderId, ProductId, QUANTITY_MAX, Quantity, TEXT_LENGTH_MAX,
};
