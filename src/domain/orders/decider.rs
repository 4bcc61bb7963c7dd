//! The order's decider: its rules, and nothing else.

use super::{
    CustomerId, Item, Money, Order, OrderCommand, OrderEvent, OrderStatus, Payment, Rejection,
    Shipment, check, value::total_of,
};
use crate::kernel::Decider;

/// Decides what becomes of an order.
///
/// The same command again, after it took effect, is "already so"; a command with other content is
/// another command and meets the rules.
#[derive(Clone, Copy, Debug)]
pub struct OrderDecider;

type Decision = Result<Vec<OrderEvent>, Rejection>;

impl Decider for OrderDecider {
    type Command = OrderCommand;
    type Event = OrderEvent;
    type Rejection = Rejection;
    type State = Option<Order>;

    fn initial() -> Self::State {
        None
    }

    // region: decide
    fn decide(state: &Self::State, command: &OrderCommand) -> Decision {
        match (state, command) {
            (None, OrderCommand::CreateOrder { customer, items, .. }) => {
                refuse_broken_fields(command)?;
                create(customer, items)
            }
            (None, _) => Err(Rejection::OrderMissing),
            (Some(order), _) => decide_existing(order, command),
        }
    }
    // endregion: decide

    // region: evolve
    fn evolve(state: Self::State, event: &OrderEvent) -> Self::State {
        match event.clone() {
            OrderEvent::OrderCreated { customer, items, total } => Some(Order {
                status: OrderStatus::Pending,
                customer,
                items,
                total,
                payment: None,
                shipment: None,
                cancel_reason: None,
            }),
            OrderEvent::OrderPaymentConfirmed { payment_id, amount } => state.map(|order| Order {
                status: OrderStatus::Paid,
                payment: Some(Payment { payment_id, amount }),
                ..order
            }),
            OrderEvent::OrderShipped { tracking_number, carrier } => state.map(|order| Order {
                status: OrderStatus::Shipped,
                shipment: Some(Shipment { tracking_number, carrier }),
                ..order
            }),
            OrderEvent::OrderDelivered => {
                state.map(|order| Order { status: OrderStatus::Delivered, ..order })
            }
            OrderEvent::OrderCancelled { reason } => state.map(|order| Order {
                status: OrderStatus::Cancelled,
                cancel_reason: Some(reason),
                ..order
            }),
        }
    }
    // endregion: evolve
}

// region: create
fn create(customer: &CustomerId, items: &[Item]) -> Decision {
    let total = total_of(items).ok_or(Rejection::TotalTooLarge { max: Money::MAX })?;
    let (customer, items) = (customer.clone(), items.to_vec());
    Ok(vec![OrderEvent::OrderCreated { customer, items, total }])
}
// endregion: create

// region: decide_existing
fn decide_existing(order: &Order, command: &OrderCommand) -> Decision {
    if already_so(order, command) {
        return Ok(vec![]);
    }
    refuse_broken_fields(command)?;
    refuse_by_status(order, command)?;
    let event = match command {
        OrderCommand::CreateOrder { .. } => return Err(Rejection::OrderExists),
        OrderCommand::ConfirmPayment { payment_id, amount, .. } => {
            if *amount != order.total {
                return Err(Rejection::AmountDiffers { amount: *amount, total: order.total });
            }
            let payment_id = payment_id.clone();
            OrderEvent::OrderPaymentConfirmed { payment_id, amount: *amount }
        }
        OrderCommand::ShipOrder { tracking_number, carrier, .. } => OrderEvent::OrderShipped {
            tracking_number: tracking_number.clone(),
            carrier: carrier.clone(),
        },
        OrderCommand::DeliverOrder { .. } => OrderEvent::OrderDelivered,
        OrderCommand::CancelOrder { reason, .. } => {
            OrderEvent::OrderCancelled { reason: reason.clone() }
        }
    };
    Ok(vec![event])
}
// endregion: decide_existing

// region: already_so
/// Whether this very command took effect before.
fn already_so(order: &Order, command: &OrderCommand) -> bool {
    match command {
        OrderCommand::CreateOrder { customer, items, .. } => {
            order.customer == *customer && order.items == *items
        }
        OrderCommand::ConfirmPayment { payment_id, amount, .. } => order
            .payment
            .as_ref()
            .is_some_and(|paid| paid.payment_id == *payment_id && paid.amount == *amount),
        OrderCommand::ShipOrder { tracking_number, carrier, .. } => {
            order.shipment.as_ref().is_some_and(|shipped| {
                shipped.tracking_number == *tracking_number && shipped.carrier == *carrier
            })
        }
        OrderCommand::DeliverOrder { .. } => order.status == OrderStatus::Delivered,
        OrderCommand::CancelOrder { reason, .. } => order.cancel_reason.as_ref() == Some(reason),
    }
}
// endregion: already_so

// region: refuse
fn refuse_broken_fields(command: &OrderCommand) -> Result<(), Rejection> {
    match check::field_errors(command).into_iter().next() {
        Some(error) => Err(error.rejection),
        None => Ok(()),
    }
}

/// What the order's status alone forbids.
fn refuse_by_status(order: &Order, command: &OrderCommand) -> Result<(), Rejection> {
    use OrderStatus::{Cancelled, Delivered, Paid, Pending, Shipped};
    let status = order.status;
    match (command, status) {
        (OrderCommand::CreateOrder { .. }, _) => Err(Rejection::OrderExists),
        (_, Cancelled) => Err(Rejection::AlreadyCancelled),
        (OrderCommand::ConfirmPayment { .. }, Paid | Shipped | Delivered) => {
            Err(Rejection::NotPending { status })
        }
        (OrderCommand::ShipOrder { .. }, Pending) => Err(Rejection::PaymentNotConfirmed),
        (OrderCommand::ShipOrder { .. }, Shipped | Delivered) => Err(Rejection::AlreadyShipped),
        (OrderCommand::DeliverOrder { .. }, Pending | Paid) => {
            Err(Rejection::NotShipped { status })
        }
        (OrderCommand::CancelOrder { .. }, Delivered) => Err(Rejection::AlreadyDelivered),
        _ => Ok(()),
    }
}
// endregion: refuse
