//! Every command in every status: the whole table, with the exact answer in each cell.

use hindsight::domain::orders::{
    Money, OrderCommand, OrderDecider, OrderEvent, OrderStatus, Rejection,
};

use super::{
    samples::{
        TOTAL, cancel, cancel_with, cancelled, create, create_with, created, deliver, delivered,
        item, items, paid, pay, pay_with, ship, ship_with, shipped,
    },
    story::given,
};

/// What a cell says.
#[derive(Clone)]
enum Answer {
    /// Accepted: the event that the command asks for.
    Yes,
    /// Already so.
    So,
    /// Refused by exactly this rule.
    No(Rejection),
}
use Answer::{No, So, Yes};

const MISSING: Answer = No(Rejection::OrderMissing);
const EXISTS: Answer = No(Rejection::OrderExists);
const UNPAID: Answer = No(Rejection::PaymentNotConfirmed);
const SHIPPED: Answer = No(Rejection::AlreadyShipped);
const DELIVERED: Answer = No(Rejection::AlreadyDelivered);
const CANCELLED: Answer = No(Rejection::AlreadyCancelled);

const fn not_pending(status: OrderStatus) -> Answer {
    No(Rejection::NotPending { status })
}

const fn not_shipped(status: OrderStatus) -> Answer {
    No(Rejection::NotShipped { status })
}

const DIFFERS: Answer = No(Rejection::AmountDiffers { amount: Money(1), total: TOTAL });
const BEYOND: Money = Money(TOTAL.0 + 1);
const TOO_MUCH: Answer = No(Rejection::AmountDiffers { amount: BEYOND, total: TOTAL });
const PAID_1: Answer = not_pending(OrderStatus::Paid);
const PAID_2: Answer = not_pending(OrderStatus::Shipped);
const PAID_3: Answer = not_pending(OrderStatus::Delivered);
const HERE_0: Answer = not_shipped(OrderStatus::Pending);
const HERE_1: Answer = not_shipped(OrderStatus::Paid);

/// The histories at the head of the columns: missing, the four statuses of an order that goes well,
/// and cancelled from each of the three from which it may be.
fn columns() -> [Vec<OrderEvent>; 8] {
    [
        vec![],
        vec![created()],
        vec![created(), paid()],
        vec![created(), paid(), shipped()],
        vec![created(), paid(), shipped(), delivered()],
        vec![created(), cancelled()],
        vec![created(), paid(), cancelled()],
        vec![created(), paid(), shipped(), cancelled()],
    ]
}

#[rustfmt::skip]
fn rows() -> Vec<(OrderCommand, [Answer; 8])> {
    vec![
    //                                    missing  pending  paid     shipped  delivered  | cancelled when pending, paid, shipped
    (create(),                            [Yes,     So,      So,      So,      So,         So,        So,        So]),
    (create_with("bob", items()),         [Yes,     EXISTS,  EXISTS,  EXISTS,  EXISTS,     EXISTS,    EXISTS,    EXISTS]),
    (create_with("ada", other_items()),   [Yes,     EXISTS,  EXISTS,  EXISTS,  EXISTS,     EXISTS,    EXISTS,    EXISTS]),
    (pay(),                               [MISSING, Yes,     So,      So,      So,         CANCELLED, So,        So]),
    (pay_with("payment-2", TOTAL),        [MISSING, Yes,     PAID_1,  PAID_2,  PAID_3,     CANCELLED, CANCELLED, CANCELLED]),
    (pay_with("payment-1", BEYOND),       [MISSING, TOO_MUCH, PAID_1, PAID_2,  PAID_3,     CANCELLED, CANCELLED, CANCELLED]),
    (pay_with("payment-1", Money(1)),     [MISSING, DIFFERS, PAID_1,  PAID_2,  PAID_3,     CANCELLED, CANCELLED, CANCELLED]),
    (ship(),                              [MISSING, UNPAID,  Yes,     So,      So,         CANCELLED, CANCELLED, So]),
    (ship_with("track-2", "post"),        [MISSING, UNPAID,  Yes,     SHIPPED, SHIPPED,    CANCELLED, CANCELLED, CANCELLED]),
    (ship_with("track-1", "courier"),     [MISSING, UNPAID,  Yes,     SHIPPED, SHIPPED,    CANCELLED, CANCELLED, CANCELLED]),
    (deliver(),                           [MISSING, HERE_0,  HERE_1,  Yes,     So,         CANCELLED, CANCELLED, CANCELLED]),
    (cancel(),                            [MISSING, Yes,     Yes,     Yes,     DELIVERED,  So,        So,        So]),
    (cancel_with("too late"),             [MISSING, Yes,     Yes,     Yes,     DELIVERED,  CANCELLED, CANCELLED, CANCELLED]),
    ]
}

fn other_items() -> Vec<hindsight::domain::orders::Item> {
    vec![item("teapot", 2, 2_500), item("spoon", 2, 250)]
}

#[test]
fn every_command_gets_its_answer_in_every_status() {
    for (command, answers) in rows() {
        for (history, answer) in columns().into_iter().zip(answers) {
            let story = given::<OrderDecider>(history).when(command.clone());
            match answer {
                Yes => story.then([event_of(&command)]),
                So => story.then_already_so(),
                No(rejection) => story.then_rejected(rejection),
            }
        }
    }
}

/// The event that a command asks for. Every sample order costs the same.
fn event_of(command: &OrderCommand) -> OrderEvent {
    match command.clone() {
        OrderCommand::CreateOrder { customer, items, .. } => {
            OrderEvent::OrderCreated { customer, items, total: TOTAL }
        }
        OrderCommand::ConfirmPayment { payment_id, amount, .. } => {
            OrderEvent::OrderPaymentConfirmed { payment_id, amount }
        }
        OrderCommand::ShipOrder { tracking_number, carrier, .. } => {
            OrderEvent::OrderShipped { tracking_number, carrier }
        }
        OrderCommand::DeliverOrder { .. } => OrderEvent::OrderDelivered,
        OrderCommand::CancelOrder { reason, .. } => OrderEvent::OrderCancelled { reason },
    }
}

#[test]
fn an_order_that_goes_well_is_created_paid_shipped_and_delivered() {
    given::<OrderDecider>([]).when(create()).then([created()]);
    given::<OrderDecider>([created()]).when(pay()).then([paid()]);
    given::<OrderDecider>([created(), paid()]).when(ship()).then([shipped()]);
    given::<OrderDecider>([created(), paid(), shipped()]).when(deliver()).then([delivered()]);
}

#[test]
fn an_order_for_nothing_is_paid_with_nothing() {
    let free = vec![item("sample", 3, 0)];
    let history = [super::samples::created_with("ada", free, Money(0))];
    let event =
        OrderEvent::OrderPaymentConfirmed { payment_id: "voucher".to_owned(), amount: Money(0) };
    given::<OrderDecider>(history).when(pay_with("voucher", Money(0))).then([event]);
}
