//! What holds for every order, whatever is wanted of it in whatever order.

use hindsight::{
    domain::orders::{OrderCommand, OrderDecider, OrderEvent, OrderId, OrderStatus},
    kernel::{Command, Decider, StreamId, evolve_all, fold},
};
use proptest::{
    collection::vec,
    prelude::{any, prop_assert, prop_assert_eq},
    proptest,
};

use super::{
    random::{config, customer, history, intents, items, run, wild_command, wild_event},
    samples::order,
};

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn nothing_happens_after_delivery(intents in intents()) {
        let history = history(&run(1, &intents));
        let delivered = history.iter().position(|event| *event == OrderEvent::OrderDelivered);
        prop_assert!(delivered.is_none_or(|at| at + 1 == history.len()), "{history:?}");
    }

    #[test]
    fn nothing_happens_after_a_cancellation(intents in intents()) {
        let history = history(&run(1, &intents));
        let is_end = |event: &OrderEvent| matches!(event, OrderEvent::OrderCancelled { .. });
        let cancelled = history.iter().position(is_end);
        prop_assert!(cancelled.is_none_or(|at| at + 1 == history.len()), "{history:?}");
    }

    #[test]
    fn the_total_is_the_sum_of_the_items_at_every_version(intents in intents()) {
        let history = history(&run(1, &intents));
        for version in 1..=history.len() {
            let order = fold::<OrderDecider>(&history[..version]).expect("it was created");
            let sum: i128 = order
                .items
                .iter()
                .map(|item| i128::from(item.quantity.0) * i128::from(item.unit_price.0))
                .sum();
            prop_assert_eq!(i128::from(order.total.0), sum);
            prop_assert!((0..1_i128 << 53).contains(&sum));
            let paid = order.payment.map(|payment| payment.amount);
            prop_assert!(paid.is_none_or(|amount| amount == order.total));
        }
    }

    #[test]
    fn each_thing_happens_at_most_once_and_in_its_turn(intents in intents()) {
        let history = history(&run(1, &intents));
        let turn = |event: &OrderEvent| match event {
            OrderEvent::OrderCreated { .. } => 0,
            OrderEvent::OrderPaymentConfirmed { .. } => 1,
            OrderEvent::OrderShipped { .. } => 2,
            OrderEvent::OrderDelivered => 3,
            OrderEvent::OrderCancelled { .. } => 4,
        };
        let turns: Vec<_> = history.iter().map(turn).filter(|turn| *turn != 4).collect();
        let expected: Vec<_> = (0..turns.len()).collect();
        prop_assert_eq!(turns, expected);
    }

    #[test]
    fn a_refused_command_changes_nothing(intents in intents()) {
        let steps = run(1, &intents);
        let mut state = OrderDecider::initial();
        for step in steps.iter().filter(|step| step.answer.is_ok()) {
            let answer = OrderDecider::decide(&state, &step.command);
            prop_assert_eq!(&answer, &step.answer, "as if nothing had been refused before");
            state = evolve_all::<OrderDecider>(state, answer.iter().flatten());
        }
        prop_assert_eq!(state, fold::<OrderDecider>(&history(&steps)));
        for pair in steps.windows(2).filter(|pair| pair[0].answer.is_err()) {
            prop_assert_eq!(&pair[0].before, &pair[1].before);
        }
    }

    #[test]
    fn a_command_that_took_effect_is_already_so_ever_after(intents in intents()) {
        let steps = run(1, &intents);
        for (at, step) in steps.iter().enumerate().filter(|(_, step)| step.answer.is_ok()) {
            for later in &steps[at + 1..] {
                let again = OrderDecider::decide(&later.before, &step.command);
                prop_assert_eq!(again, Ok(vec![]), "at {:?}", later.before);
            }
        }
    }

    #[test]
    fn whatever_is_wanted_in_whatever_history_is_answered_and_folded(
        mut history in vec(wild_event(), 0..12),
        command in wild_command(),
    ) {
        let answer = OrderDecider::decide(&fold::<OrderDecider>(&history), &command);
        history.extend(answer.unwrap_or_default());
        let after = fold::<OrderDecider>(&history);
        let created = history.iter().any(|event| matches!(event, OrderEvent::OrderCreated { .. }));
        prop_assert_eq!(after.is_some(), created);
    }

    #[test]
    fn the_same_command_in_the_same_state_gets_the_same_answer(
        history in vec(wild_event(), 0..12),
        command in wild_command(),
    ) {
        let decide = || OrderDecider::decide(&fold::<OrderDecider>(&history), &command);
        prop_assert_eq!(decide(), decide());
    }

    #[test]
    fn validation_finds_nothing_exactly_when_the_order_can_be_created(
        customer in customer(),
        items in items(),
    ) {
        let command = OrderCommand::CreateOrder { order: order(), customer, items };
        let answer = OrderDecider::decide(&None, &command);
        let first = command.field_errors().into_iter().next().map(|error| error.rejection);
        prop_assert_eq!(answer.err(), first);
    }

    #[test]
    fn what_validation_refuses_no_state_accepts(
        history in vec(wild_event(), 0..12),
        command in wild_command(),
    ) {
        if !command.field_errors().is_empty() {
            let answer = OrderDecider::decide(&fold::<OrderDecider>(&history), &command);
            prop_assert!(answer.is_err() || answer == Ok(vec![]), "{answer:?}");
        }
    }

    #[test]
    fn the_stream_of_an_order_leads_back_to_it(id in any::<u128>(), name in any::<String>()) {
        let order = super::samples::order_number(id);
        prop_assert_eq!(OrderId::of_stream(&order.stream()), Some(order));
        prop_assert_eq!(OrderId::of_stream(&StreamId::new("invoice", order)), None);
        for other in [order.0.simple().to_string(), order.0.braced().to_string(), name] {
            let stream = StreamId::new("order", other);
            prop_assert_eq!(OrderId::of_stream(&stream), None, "{} is no order's", stream);
        }
    }
}

#[test]
fn a_command_says_its_name_and_its_stream() {
    use super::samples::{cancel, create, deliver, pay, ship};
    let names = [create(), pay(), ship(), deliver(), cancel()].map(|command| {
        assert_eq!(command.order(), order());
        assert_eq!(command.stream().as_str(), "order-00000000-0000-0000-0000-000000000001");
        command.name()
    });
    let expected = ["CreateOrder", "ConfirmPayment", "ShipOrder", "DeliverOrder", "CancelOrder"];
    assert_eq!(names, expected);
    assert_eq!(OrderStatus::ALL.len(), 5);
}
