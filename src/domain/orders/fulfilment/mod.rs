//! Fulfilment: the saga that takes an order from "created" to "shipped", or back.

mod choreography;
mod inventory;
mod notification;
mod payment;
mod plan;
mod request;
mod services;
mod shipping;

pub use plan::{OrderFulfilment, Wanted, Work, wanted};
pub use request::OrderRequest;
pub use services::OrderServices;
