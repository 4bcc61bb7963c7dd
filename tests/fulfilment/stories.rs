//! What becomes of one order.

use hindsight::{
    domain::orders::OrderStatus,
    kernel::{Ending, SagaStatus},
    simulation::{ArmedFault, Fault, FaultPoint, Input, ServiceFault, Times},
};

use crate::sample::{
    PRICE, arm, create, held, log, order_state, played, saga_events, set, status, tape,
};

fn order_status(run: &hindsight::app::Run<hindsight::adapters::MemoryStore>) -> OrderStatus {
    order_state(run, 1).expect("it was created").status
}

#[test]
fn an_order_is_reserved_charged_shipped_and_told_of() {
    let run = played(&tape([(1_000, create(1))]));

    assert_eq!(status(&run, 1), SagaStatus::Ended(Ending::Completed));
    assert_eq!(order_status(&run), OrderStatus::Shipped);
    assert_eq!(held(&run, "payment", "held"), PRICE);
    assert_eq!(held(&run, "inventory", "Moka"), 98);
    assert_eq!(held(&run, "shipping", "handed_over"), 1);
    assert_eq!(held(&run, "notification", "letters"), 1);
}

#[test]
fn a_declined_card_undoes_what_was_done_in_reverse_and_cancels_the_order() {
    let run = played(&tape([(0, set("payment", "Ana", 0)), (1_000, create(1))]));

    assert_eq!(status(&run, 1), SagaStatus::Ended(Ending::Compensated));
    let order = order_state(&run, 1).expect("it was created");
    assert_eq!(order.status, OrderStatus::Cancelled);
    assert_eq!(order.cancel_reason.as_deref(), Some("card_declined"));
    assert_eq!(held(&run, "payment", "charges"), 0);
    assert_eq!(held(&run, "inventory", "Moka"), 100);
    let types: Vec<_> = log(&run).into_iter().map(|e| e.event.encoded.event_type).collect();
    let at = |name: &str| types.iter().position(|known| known == name);
    assert!(at("SagaCompensationRequested") < at("OrderCancelled"));
    assert!(saga_events(&run, 1).len() > 8, "every step stays in the log");
}

#[test]
fn a_refund_that_fails_for_good_needs_a_person() {
    let run = played(&tape([
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
    ]));

    assert_eq!(status(&run, 1), SagaStatus::NeedsAttention);
    assert_eq!(held(&run, "inventory", "Moka"), 100, "the other steps are undone");
    assert_eq!(held(&run, "payment", "held"), PRICE, "the money is still there");
}

#[test]
fn a_saga_is_not_forgotten_when_nobody_hears_that_its_beginning_was_kept() {
    let (point, fault, times) = (FaultPoint::UpdateReadModel, Fault::LoseAnswer, Times::Always);
    let run = played(&tape([
        (1_000, Input::Arm(ArmedFault { point, fault, times })),
        (1_000, create(1)),
        (10_000_000, Input::Disarm(point)),
    ]));

    assert_eq!(status(&run, 1), SagaStatus::Ended(Ending::Completed));
    assert_eq!(order_status(&run), OrderStatus::Shipped);
}
