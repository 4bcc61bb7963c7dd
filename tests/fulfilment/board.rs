//! The board of sagas: at every moment it says what the log said by then.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Moments, Run,
        views::{FaultAt, SagaBoard, SagaState},
    },
    domain::orders::OrderFulfilment,
    kernel::{Decider, Progress, Saga, SagaDecider, SagaEvent, SagaPlan, SagaStatus, StoredForm},
    ports::{Moment, SagaMoment},
    simulation::{FulfilmentInput, Input, Protection, ServiceFault, Target, Times},
};

use crate::sample::{
    OrderTape, arm, by_reactors, by_saga, create, log, played, saga, set, tape, tape_of,
};

/// One refund that comes in the end, one that never does, and trouble around them.
fn troubled() -> OrderTape {
    let second = 1_000_000;
    tape([
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Next(2))),
        (1_000, create(1)),
        (9 * second, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (9 * second, create(2)),
        (9 * second, Input::Fulfilment(FulfilmentInput::Protect(Protection::SemanticLock, false))),
        (10 * second, Input::Crash(Target::Service("notification".to_owned()))),
        (30 * second, Input::Crash(Target::Runner)),
    ])
}

fn boards(run: &Run<MemoryStore>) -> impl Iterator<Item = (u32, SagaBoard)> {
    let moments = Moments::of(run);
    (0..=moments.count()).map(move |number| (number, moments.sagas(number, None)))
}

fn board_at_end(run: &Run<MemoryStore>) -> SagaBoard {
    boards(run).last().expect("there is one before the first moment").1
}

/// The saga of an order as the first events of its stream make it.
fn folded(run: &Run<MemoryStore>, number: u128, up_to: u64) -> Option<Saga> {
    type Fulfilment = SagaDecider<OrderFulfilment>;
    let own = log(run).into_iter().filter(|stored| {
        stored.position.0 <= up_to
            && stored.stream.category() == OrderFulfilment::CATEGORY
            && stored.stream.instance() == saga(number).to_string()
    });
    own.map(|stored| SagaEvent::decode(&stored.event.encoded).expect("ours"))
        .fold(Fulfilment::initial(), |state, event| Fulfilment::evolve(state, &event))
}

#[test]
fn each_saga_is_at_every_moment_where_its_events_had_brought_it() {
    let run = played(&troubled());
    let trace = run.world().trace();
    for (number, board) in boards(&run) {
        let told = trace[..number as usize].iter().rev().find_map(|it| match &it.moment {
            Moment::Saga(SagaMoment::Advanced { position, .. }) => Some(position.0),
            _ => None,
        });
        for order in [1, 2] {
            let expected = folded(&run, order, told.unwrap_or(0));
            let shown = board.sagas.iter().find(|row| row.id == saga(order).to_string());
            assert_eq!(shown.is_some(), expected.is_some(), "moment {number}");
            let Some((shown, expected)) = shown.zip(expected) else { continue };
            let done = |state| state == Progress::Done;
            for (step, state) in shown.steps.iter().zip(&expected.steps) {
                assert_eq!(done(step.forward.progress), state.forward.progress == Progress::Done);
                assert_eq!(done(step.back.progress), state.back.progress == Progress::Done);
                assert_eq!(step.back.attempts, state.back.attempts);
            }
            let needs = Saga::status(Some(&expected)) == SagaStatus::NeedsAttention;
            assert_eq!(shown.state == SagaState::NeedsAttention, needs, "moment {number}");
        }
    }
}

#[test]
fn in_the_end_it_says_who_needs_attention_what_is_held_and_who_is_dead() {
    let run = played(&troubled());
    let board = board_at_end(&run);
    let states: Vec<_> = board.sagas.iter().map(|row| row.state).collect();
    assert_eq!(states, [SagaState::NeedsAttention, SagaState::Compensated]);
    assert!(board.by_saga && board.runner_is_dead && board.recognises_repeats && !board.locks);
    let payment = board.services.iter().find(|row| row.name == "payment").expect("it served");
    assert!(payment.holdings.contains(&("refunds".to_owned(), 1)), "{payment:?}");
    let dead: Vec<_> =
        board.services.iter().filter(|row| row.is_dead).map(|row| row.name).collect();
    assert_eq!(dead, ["notification"]);
}

#[test]
fn a_fault_waits_at_its_step_until_it_has_happened_so_often() {
    let run = played(&tape([
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Next(1))),
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Next(1))),
        (1_000, create(1)),
    ]));
    let waiting: Vec<_> = boards(&run)
        .filter_map(|(_, board)| {
            let step = board.sagas.first()?.steps.iter().find(|it| it.name == "ProcessPayment")?;
            Some(step.faults[1])
        })
        .collect();
    let fault = FaultAt { point: "RefundPayment", fault: "unavailable", times: "next", left: 1 };
    assert_eq!(waiting.first(), Some(&Some(fault)));
    assert_eq!(waiting.last(), Some(&None));
}

#[test]
fn where_there_are_many_each_keeps_its_place_and_who_needs_a_person_is_shown() {
    let second = 1_000_000;
    let stuck = [
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
    ];
    let calm = ["CreateShipment", "RefundPayment"].map(|request| {
        (20 * second, Input::Fulfilment(FulfilmentInput::Disarm(request.to_owned())))
    });
    let many = (2..=30).map(|order| (21 * second, create(order)));
    let run = played(&tape(stuck.into_iter().chain(calm).chain(many)));
    let mut order: Vec<String> = vec![];
    for (number, board) in boards(&run) {
        let shown: Vec<_> = board.sagas.iter().map(|saga| saga.id.clone()).collect();
        let stayed: Vec<_> = order.iter().filter(|id| shown.contains(id)).collect();
        let were: Vec<_> = shown.iter().filter(|id| order.contains(id)).collect();
        assert_eq!(stayed, were, "moment {number}: one jumped over another");
        order = shown;
    }
    let board = board_at_end(&run);
    let needs = |state| state == SagaState::NeedsAttention;
    assert_eq!(board.sagas.len(), 12);
    assert!(board.sagas.iter().any(|saga| needs(saga.state)), "the oldest of thirty is there");
    assert_eq!(board.more, [(SagaState::Completed, 18)]);
    // One that somebody looks into is there, though it was over long ago.
    let moments = Moments::of(&run);
    let chosen = saga(2).to_string();
    let board = moments.sagas(moments.count(), Some(&chosen));
    assert!(board.sagas.iter().any(|saga| saga.id == chosen));
}

#[test]
fn the_board_of_a_moment_is_the_same_whatever_was_asked_before() {
    let run = played(&troubled());
    let asked = Moments::of(&run);
    for number in (0..=asked.count()).step_by(7).chain([3, asked.count(), 40, 41, 0]) {
        let fresh = Moments::of(&run).sagas(number, None);
        assert_eq!(asked.sagas(number, None), fresh, "moment {number}");
    }
}

#[test]
fn an_order_without_a_conductor_is_no_saga_whatever_services_do_for_it() {
    let second = 1_000_000;
    let inputs = [(1_000, create(1)), (9 * second, by_saga()), (9 * second, create(2))];
    let run = played(&tape_of(by_reactors(), inputs));
    let moments = Moments::of(&run);
    let only = saga(2).to_string();
    for (number, board) in boards(&run) {
        assert!(board.sagas.iter().all(|row| row.id == only), "moment {number}");
        let named = [moments.saga_of(number), moments.last_saga(number)];
        assert!(named.iter().flatten().all(|id| *id == only), "moment {number}: {named:?}");
    }
    assert_eq!(moments.last_saga(moments.count()), Some(only));
}

#[test]
fn what_is_set_at_a_service_is_to_be_seen_at_once() {
    let run = played(&tape([
        (0, set("inventory", "Moka", 1)),
        (0, set("payment", "Ana", 0)),
        (1_000, set("inventory", "Moka", 2)),
    ]));
    let board = board_at_end(&run);
    let [inventory, payment, ..] = &board.services[..] else { panic!("{:?}", board.services) };
    let held = |name: &str, amount| (name.to_owned(), amount);
    assert_eq!(inventory.holdings, [held("promised", 0), held("Moka", 2)]);
    assert_eq!(
        (inventory.settings.clone(), payment.settings.clone()),
        (vec![], vec![held("Ana", 0)])
    );
}
