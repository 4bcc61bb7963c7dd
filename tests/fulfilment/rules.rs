//! The rules of the services, and the reason that each gives.

use hindsight::{
    domain::orders::{CustomerId, Item, Money, OrderRequest, OrderServices, ProductId, Quantity},
    kernel::{Micros, ServiceRequest, Services, StepAnswer},
    ports::{Moment, SagaMoment},
    simulation::{ServiceFault, Times},
};

use crate::{
    laws::broken,
    sample::{PRICE, arm, create, held, order, played, set, tape},
};

fn ana() -> CustomerId {
    CustomerId("Ana".to_owned())
}

fn reserve(number: u128) -> OrderRequest {
    let (product, quantity, unit_price) = (ProductId("Moka".to_owned()), Quantity(2), Money(3_200));
    let items = vec![Item { product, quantity, unit_price }];
    OrderRequest::ReserveInventory { order: order(number), items }
}

fn charge() -> OrderRequest {
    let amount = Money(PRICE.try_into().expect("it is small"));
    OrderRequest::ProcessPayment { order: order(1), customer: ana(), amount }
}

fn pack(number: u128) -> OrderRequest {
    OrderRequest::CreateShipment { order: order(number), customer: ana() }
}

fn unpack() -> OrderRequest {
    OrderRequest::CancelShipment { order: order(1) }
}

fn hand_over(number: u128) -> OrderRequest {
    OrderRequest::HandOver { order: order(number) }
}

/// What somebody sets before: service, name, amount.
type Setting = (&'static str, &'static str, u64);

/// Settings, what was asked before and done, what is asked now, and why it is refused, if it is.
type Rule = (&'static [Setting], Vec<OrderRequest>, OrderRequest, Option<&'static str>);

fn rules() -> [Rule; 18] {
    let release = || OrderRequest::ReleaseInventory { order: order(1) };
    let refund = || OrderRequest::RefundPayment { order: order(1) };
    [
        (&[("inventory", "Moka", 1)], vec![], reserve(1), Some("not_enough_stock")),
        (&[("inventory", "Moka", 2)], vec![], reserve(1), None),
        (&[("inventory", "Moka", 3)], vec![reserve(1)], reserve(2), Some("not_enough_stock")),
        (&[("inventory", "Moka", 3)], vec![reserve(1), release()], reserve(2), None),
        (&[("payment", "Ana", 0)], vec![], charge(), Some("card_declined")),
        (&[("payment", "Ana", PRICE - 1)], vec![], charge(), Some("over_limit")),
        (&[("payment", "Ana", PRICE)], vec![], charge(), None),
        (&[("payment", "Bo", 0)], vec![], charge(), None),
        (&[("shipping", "Ana", 0)], vec![], pack(1), Some("address_missing")),
        (&[("shipping", "Ana", 1)], vec![], pack(1), None),
        (&[], vec![], hand_over(1), Some("no_parcel")),
        (&[], vec![pack(1), unpack()], hand_over(1), Some("no_parcel")),
        (&[], vec![reserve(1), pack(1)], hand_over(1), None),
        (&[], vec![pack(1)], unpack(), None),
        (&[], vec![pack(1), hand_over(1)], unpack(), Some("handed_over")),
        // To undo what was not done harms nobody.
        (&[], vec![], release(), None),
        (&[], vec![], refund(), None),
        (&[], vec![], unpack(), None),
    ]
}

fn answer(reason: Option<&str>) -> StepAnswer {
    let refused = |reason: &str| StepAnswer::Refused { reason: reason.to_owned() };
    reason.map_or(StepAnswer::Done, refused)
}

#[test]
fn each_rule_says_why_it_refuses() {
    for (settings, before, request, reason) in rules() {
        let mut services = OrderServices::default();
        for (service, name, amount) in settings {
            services.set(service, name, *amount);
        }
        for asked in &before {
            assert_eq!(services.serve(asked), StepAnswer::Done, "{asked:?}");
        }
        let told = format!("{settings:?}, {before:?}, then {request:?}");
        let held = |services: &OrderServices| services.holdings(request.service());
        let untouched = held(&services);
        assert_eq!(services.serve(&request), answer(reason), "{told}");
        assert!(
            reason.is_none() || held(&services) == untouched,
            "what is refused changes nothing"
        );
    }
}

#[test]
fn what_is_promised_to_two_without_a_lock_is_handed_over_to_one() {
    let mut services = OrderServices::default();
    services.set("inventory", "Moka", 3);
    services.lock(false);
    for request in [reserve(1), reserve(2), pack(1), pack(2), hand_over(2)] {
        assert_eq!(services.serve(&request), StepAnswer::Done, "{request:?}");
    }
    assert_eq!(services.serve(&hand_over(1)), answer(Some("not_enough_stock")));
}

#[test]
fn what_was_undone_before_it_was_done_is_not_done_any_more() {
    // Longer than all three attempts and the refund take.
    let late = ServiceFault::Slow(Micros(60_000_000));
    let run = played(&tape([
        (0, arm("ProcessPayment", late, Times::Always)),
        (0, set("inventory", "Moka", 10)),
        (1_000, create(1)),
    ]));
    let served = |moment: &Moment| match moment {
        Moment::Saga(SagaMoment::ServiceServed { call, answer, is_repeat, .. })
            if call.name == "ProcessPayment" =>
        {
            Some((call.call.attempt, answer.clone(), *is_repeat))
        }
        _ => None,
    };
    let served: Vec<_> = run.world().trace().iter().filter_map(|it| served(&it.moment)).collect();
    let undone = answer(Some("undone_before"));
    assert_eq!(served, [1, 2, 3].map(|attempt| (attempt, undone.clone(), true)));
    assert_eq!(held(&run, "payment", "charges"), 0);
    assert_eq!(broken(&run, &[1], 10), None);
}
