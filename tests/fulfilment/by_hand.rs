//! People who see to an order themselves while somebody fulfils it.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{Money, OrderCommand, OrderStatus},
    kernel::{Ending, Micros},
    simulation::{ServiceFault, Times},
};

use crate::{
    laws::{broken, by_hand, ending, heal, needs_attention},
    sample::{
        OrderInput, PRICE, arm, by_person, by_reactors, by_saga, create, held, order, order_state,
        played, saga_state, tape_of,
    },
};

type OrderRun = Run<MemoryStore>;

const SECOND: u64 = 1_000_000;
const STOCK: u64 = 100;

fn status(run: &OrderRun) -> OrderStatus {
    order_state(run, 1).expect("it was created").status
}

/// A run, for each way, in which one request takes so long that a person comes between.
fn slow_at(request: &str, command: &OrderCommand) -> [OrderRun; 2] {
    [by_saga(), by_reactors()].map(|way| {
        let slow = ServiceFault::Slow(Micros(SECOND));
        let inputs: [(u64, OrderInput); 3] = [
            (0, arm(request, slow, Times::Next(1))),
            (1_000, create(1)),
            (SECOND, by_person(1, command.clone())),
        ];
        played(&tape_of(way, inputs))
    })
}

fn cancel() -> OrderCommand {
    OrderCommand::CancelOrder { order: order(1), reason: "Changed my mind".to_owned() }
}

#[test]
fn an_order_that_a_person_cancels_on_its_way_is_undone_and_nobody_else_is_needed() {
    for run in slow_at("ReserveInventory", &cancel()) {
        assert_eq!(by_hand(&run, 1), ["OrderCancelled"]);
        assert!(!needs_attention(&run, 1), "it is cancelled: nothing is left to do");
        assert_eq!(ending(&run, 1), Some(Ending::Compensated));
        let order = order_state(&run, 1).expect("it was created");
        assert_eq!(order.cancel_reason.as_deref(), Some("Changed my mind"), "as the person said");
        assert_eq!(held(&run, "payment", "refunds"), 1);
        assert_eq!(broken(&run, &[1], STOCK), None);
    }
}

#[test]
fn an_order_whose_payment_a_person_takes_on_its_way_is_undone() {
    let (payment_id, amount) = ("cash".to_owned(), Money(6_400));
    let pay = OrderCommand::ConfirmPayment { order: order(1), payment_id, amount };
    for run in slow_at("ReserveInventory", &pay) {
        assert_eq!(by_hand(&run, 1), ["OrderPaymentConfirmed"]);
        assert_eq!(ending(&run, 1), Some(Ending::Compensated));
        assert_eq!((status(&run), held(&run, "payment", "held")), (OrderStatus::Cancelled, 0));
        assert_eq!(broken(&run, &[1], STOCK), None);
    }
}

#[test]
fn an_order_that_a_person_ships_on_its_way_needs_a_person() {
    let (tracking_number, carrier) = ("own".to_owned(), "on foot".to_owned());
    let ship = OrderCommand::ShipOrder { order: order(1), tracking_number, carrier };
    for mut run in slow_at("CreateShipment", &ship) {
        assert_eq!(by_hand(&run, 1), ["OrderShipped"]);
        assert!(needs_attention(&run, 1), "two parcels are on their way");
        heal(&mut run, &[1]);
        let is_conducted = saga_state(&run, 1).is_some();
        let end = if is_conducted { Ending::Settled } else { Ending::Completed };
        assert_eq!(ending(&run, 1), Some(end));
        assert_eq!((status(&run), held(&run, "payment", "held")), (OrderStatus::Shipped, PRICE));
        assert_eq!(broken(&run, &[1], STOCK), None);
    }
}

#[test]
fn nobody_is_told_that_an_order_is_on_its_way_that_a_person_has_cancelled() {
    for mut run in slow_at("CreateShipment", &cancel()) {
        assert_eq!(by_hand(&run, 1), ["OrderCancelled"]);
        heal(&mut run, &[1]);
        assert_eq!(held(&run, "notification", "letters"), 0);
        let status = saga_state(&run, 1).map(|saga| saga.ending);
        assert!(status.is_none_or(|ending| ending == Some(Ending::Settled)), "{status:?}");
        assert_eq!(broken(&run, &[1], STOCK), None);
    }
}
