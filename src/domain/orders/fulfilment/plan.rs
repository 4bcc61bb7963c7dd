//! The plan of the fulfilment, and what each of its calls asks of whom.

use super::OrderRequest;
use crate::{
    domain::orders::{Order, OrderCommand, OrderId, OrderStatus},
    kernel::{Call, Micros, Plan, SagaPlan, Step, StepAnswer, StepKind},
};

/// Check, reserve, charge, confirm, pack; hand over; ship, tell.
#[derive(Clone, Copy, Debug)]
pub struct OrderFulfilment;

/// Who delivers.
const CARRIER: &str = "Tortoise Express";

impl SagaPlan for OrderFulfilment {
    const CATEGORY: &'static str = "saga";

    const PLAN: Plan = Plan::checked(&[
        order_step("CheckOrder", undone_by("CancelOrder")),
        service_step("ReserveInventory", undone_by("ReleaseInventory")),
        service_step("ProcessPayment", undone_by("RefundPayment")),
        order_step("ConfirmPayment", StepKind::Compensatable { compensation: None }),
        service_step("CreateShipment", undone_by("CancelShipment")),
        service_step("HandOver", StepKind::Pivot),
        order_step("ShipOrder", StepKind::Retriable),
        service_step("SendConfirmation", StepKind::Retriable),
    ]);
}

const fn undone_by(compensation: &'static str) -> StepKind {
    StepKind::Compensatable { compensation: Some(compensation) }
}

const fn service_step(name: &'static str, kind: StepKind) -> Step {
    Step { name, kind, attempts_max: 3, deadline: Micros(2_500_000) }
}

/// A command goes through the whole pipeline, which takes longer.
const fn order_step(name: &'static str, kind: StepKind) -> Step {
    Step { name, kind, attempts_max: 3, deadline: Micros(15_000_000) }
}

/// What a call asks of whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Work {
    /// Nothing has to be asked: the order itself says it.
    Answer(StepAnswer),
    /// A command for the order, through the pipeline like anybody else's.
    Command(OrderCommand),
    /// A request to a service.
    Request(OrderRequest),
}

/// How the work of a call is found.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// From the order, once it was read.
    OfOrder(fn(OrderId, &Order) -> Work),
    /// From its id, and why the saga turned back.
    OfId(fn(OrderId, &str) -> Work),
}

/// What this call asks of whom.
#[must_use]
pub fn wanted(call: Call) -> Wanted {
    use Wanted::{OfId, OfOrder};
    match OrderFulfilment::PLAN.name_of(call) {
        "CheckOrder" => OfOrder(|_, order| check(order)),
        "CancelOrder" => OfId(cancel),
        "ReserveInventory" => OfOrder(reserve),
        "ReleaseInventory" => {
            OfId(|order, _| Work::Request(OrderRequest::ReleaseInventory { order }))
        }
        "ProcessPayment" => OfOrder(charge),
        "RefundPayment" => OfId(|order, _| Work::Request(OrderRequest::RefundPayment { order })),
        "ConfirmPayment" => OfOrder(confirm),
        "CreateShipment" => OfOrder(pack),
        "CancelShipment" => OfId(|order, _| Work::Request(OrderRequest::CancelShipment { order })),
        "HandOver" => OfId(|order, _| Work::Request(OrderRequest::HandOver { order })),
        "ShipOrder" => OfId(|order, _| ship(order)),
        _ => OfOrder(tell),
    }
}

fn cancel(order: OrderId, failure: &str) -> Work {
    Work::Command(OrderCommand::CancelOrder { order, reason: failure.to_owned() })
}

fn ship(order: OrderId) -> Work {
    let (tracking_number, carrier) = (format!("TRK-{}", short(order)), CARRIER.to_owned());
    Work::Command(OrderCommand::ShipOrder { order, tracking_number, carrier })
}

fn reserve(id: OrderId, order: &Order) -> Work {
    Work::Request(OrderRequest::ReserveInventory { order: id, items: order.items.clone() })
}

fn charge(id: OrderId, order: &Order) -> Work {
    let (customer, amount) = (order.customer.clone(), order.total);
    Work::Request(OrderRequest::ProcessPayment { order: id, customer, amount })
}

fn confirm(id: OrderId, order: &Order) -> Work {
    let payment_id = format!("pay-{}", short(id));
    Work::Command(OrderCommand::ConfirmPayment { order: id, payment_id, amount: order.total })
}

fn pack(id: OrderId, order: &Order) -> Work {
    Work::Request(OrderRequest::CreateShipment { order: id, customer: order.customer.clone() })
}

/// Nobody is told that an order is on its way that was cancelled meanwhile.
fn tell(id: OrderId, order: &Order) -> Work {
    if order.status == OrderStatus::Cancelled {
        return refused("order_cancelled");
    }
    Work::Request(OrderRequest::SendConfirmation { order: id, customer: order.customer.clone() })
}

/// Whether an order can be fulfilled at all.
fn check(order: &Order) -> Work {
    if order.customer.0.trim().is_empty() {
        return refused("customer_invalid");
    }
    match order.status {
        OrderStatus::Pending => Work::Answer(StepAnswer::Done),
        _ => refused("order_not_pending"),
    }
}

fn refused(reason: &str) -> Work {
    Work::Answer(StepAnswer::Refused { reason: reason.to_owned() })
}

/// The last part of an order's id, as parcels and payments are named after it.
fn short(order: OrderId) -> String {
    let id = order.to_string();
    id[id.len() - 8..].to_owned()
}
