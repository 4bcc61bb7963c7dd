//! Ten thousand random tapes on which several sagas run at once, with faults of services and of the store
//! with crashes, and with people who see to orders themselves; then everything is healed, and the sums are right.

use std::{collections::BTreeMap, panic::catch_unwind, thread};

use hindsight::{
    adapters::MemoryStore,
    app::{Finished, LAWS, Run},
    domain::orders::{Money, OrderCommand, OrderFulfilment, OrderRequest, OrderServices},
    kernel::{Choreography, Micros, SagaStatus, ServiceRequest, Services},
    ports::{Moment, Rng, SagaMoment},
    simulation::{
        ArmedFault, Entry, Fault, FaultPoint, FulfilmentInput, Input, Protection, SeededRng,
        ServiceFault, Target, Times, trace_hash,
    },
};
use pollster::block_on;

use crate::{
    laws::{broken, by_hand, heal},
    sample::{
        OrderInput, OrderTape, PRICE, START, arm, by_person, by_reactors, by_saga, create, facts,
        order, played, saga, saga_state, set, status, tape,
    },
};

const TAPES: u64 = 10_000;
const BOTH_WAYS: u64 = 500;
const ORDERS: [u128; 4] = [1, 2, 3, 4];
/// Enough for two orders and a half.
const STOCK: u64 = 5;

/// Draws a whole tape from one seed.
struct Draw(SeededRng);

impl Draw {
    fn below(&self, limit: u64) -> u64 {
        self.0.next_u64() % limit
    }

    fn one_of<T: Copy>(&self, all: &[T]) -> T {
        all[self.below(all.len() as u64) as usize]
    }

    fn times(&self) -> Times {
        match self.below(4) {
            0 => Times::Always,
            1 => Times::Chance { hits: 1, of: 1 + self.below(4) as u32 },
            _ => Times::Next(1 + self.below(3) as u32),
        }
    }

    fn service_fault(&self) -> OrderInput {
        let fault = self.one_of(&[
            ServiceFault::Refuse,
            ServiceFault::Unavailable,
            ServiceFault::Slow(Micros(self.below(8_000_000))),
            ServiceFault::LoseRequest,
            ServiceFault::LoseAnswer,
            ServiceFault::Duplicate,
        ]);
        arm(self.one_of(OrderRequest::NAMES), fault, self.times())
    }

    fn store_fault(&self) -> OrderInput {
        let point = self.one_of(&FaultPoint::ALL);
        let fault = self.one_of(&[Fault::Unavailable, Fault::LoseAnswer]);
        let times = Times::Next(1 + self.below(3) as u32);
        Input::Arm(ArmedFault { point, fault, times })
    }

    fn target(&self) -> Target {
        match self.below(4) {
            0 => Target::Runner,
            1 => Target::Saga(saga(self.one_of(&ORDERS))),
            _ => Target::Service(self.one_of(OrderServices::NAMES).to_owned()),
        }
    }

    /// What a person does to an order by hand.
    fn by_hand(&self) -> OrderInput {
        let order = order(self.one_of(&ORDERS));
        let (payment_id, carrier) = ("cash".to_owned(), "on foot".to_owned());
        let amount = Money(PRICE.try_into().expect("it is small"));
        let command = match self.below(4) {
            0 => OrderCommand::CancelOrder { order, reason: "changed my mind".to_owned() },
            1 => OrderCommand::ConfirmPayment { order, payment_id, amount },
            _ => OrderCommand::ShipOrder { order, tracking_number: "own".to_owned(), carrier },
        };
        by_person(self.0.next_u64(), command)
    }

    fn input(&self) -> OrderInput {
        let disarm = |request: &str| FulfilmentInput::Disarm(request.to_owned());
        match self.below(19) {
            0 | 1 => Input::Crash(self.target()),
            2..=4 => Input::Restart(self.target()),
            5 => Input::Pause(self.target()),
            6 => Input::Resume(self.target()),
            7 => Input::Slow(self.target(), Micros(self.below(1_000_000))),
            8..=10 => self.service_fault(),
            11 => Input::Fulfilment(disarm(self.one_of(OrderRequest::NAMES))),
            12 => self.store_fault(),
            13 if self.below(4) == 0 => Input::Reload,
            14 if self.below(4) == 0 => {
                let lock = FulfilmentInput::Protect(Protection::SemanticLock, self.below(2) == 0);
                Input::Fulfilment(lock)
            }
            15..=17 => self.by_hand(),
            _ => create(self.one_of(&ORDERS)),
        }
    }
}

/// Trouble, and then none any more: no fault waits, everybody lives, and every order is given again.
pub(crate) fn healing(seed: u64) -> OrderTape {
    let draw = Draw(SeededRng::new(seed));
    let mut at = 0;
    let trouble = (0..24).map(|_| {
        at += draw.below(700_000);
        (at, draw.input())
    });
    let stock = (0, set("inventory", "Moka", STOCK));
    let mut tape = tape([stock].into_iter().chain(trouble.collect::<Vec<_>>()));
    let end = at + 3_000_000;
    let calm = FaultPoint::ALL.map(Input::Disarm);
    calm.into_iter().chain([Input::Reload]).for_each(|input| tape.push(Micros(end), input));
    for (index, order) in (1..).zip(ORDERS) {
        tape.push(Micros(end + index * 10_000), create(order));
    }
    tape
}

fn try_seed(seed: u64) {
    try_tape(&healing(seed));
}

/// Plays a tape and heals it: the laws hold, and it runs the same way twice.
fn try_tape(tape: &OrderTape) {
    let mut run = played(tape);
    heal(&mut run, &ORDERS);
    assert_eq!(broken(&run, &ORDERS, STOCK), None);
    let finished = block_on(Finished::of(&run)).expect("memory does not fail");
    let law = LAWS.iter().find(|law| law.words == "law.correlated").expect("it is a law");
    assert!((law.holds)(&finished), "each moment belongs to its request");
    let again = played(run.tape());
    let hash = |run: &Run<MemoryStore>| trace_hash(START, &run.world().trace());
    assert_eq!(hash(&run), hash(&again), "it runs the same way twice");
}

fn try_seeds(seeds: impl Iterator<Item = u64>) {
    for seed in seeds {
        let outcome = catch_unwind(|| try_seed(seed));
        assert!(outcome.is_ok(), "with seed {seed}: {}", healing(seed).to_text());
    }
}

/// A tape with as much trouble on which some orders have a conductor and others have none.
fn both_ways(seed: u64) -> OrderTape {
    let draw = Draw(SeededRng::new(!seed));
    let mut tape = healing(seed);
    let end = tape.entries.last().map_or(0, |last| last.at.0) - 3_000_000;
    let mut inputs = vec![(0, by_reactors())];
    for _ in 0..8 {
        let reactor = Target::Reactor(draw.one_of(OrderFulfilment::REACTORS).name.to_owned());
        let input = match draw.below(6) {
            0 => by_saga(),
            1 => by_reactors(),
            2 => Input::Crash(reactor),
            3 => Input::Restart(reactor),
            4 => Input::Pause(reactor),
            _ => Input::Resume(reactor),
        };
        inputs.push((draw.below(end), input));
    }
    for (at, input) in inputs {
        let place = tape.entries.partition_point(|entry| entry.at.0 <= at).max(1);
        tape.entries.insert(place, Entry { at: Micros(at), input });
    }
    tape
}

#[test]
fn with_and_without_a_conductor_on_one_tape_every_order_ends_and_the_sums_are_right() {
    println!("seeds 1 to {BOTH_WAYS}");
    let mut ways = [0; 2];
    for seed in 1..=BOTH_WAYS {
        let tape = both_ways(seed);
        let outcome = catch_unwind(|| try_tape(&tape));
        assert!(outcome.is_ok(), "with seed {seed}: {}", tape.to_text());
        let run = played(&tape);
        for order in ORDERS {
            ways[0] += u32::from(saga_state(&run, order).is_some());
            ways[1] += u32::from(!facts(&run, order).is_empty());
        }
    }
    assert!(ways.iter().all(|orders| *orders > 300), "orders by way: {ways:?}");
}

#[test]
fn whatever_happens_to_several_sagas_they_end_and_the_sums_are_right() {
    println!("seeds 1 to {TAPES}");
    thread::scope(|scope| {
        let odd = scope.spawn(|| try_seeds((1..=TAPES).step_by(2)));
        try_seeds((2..=TAPES).step_by(2));
        odd.join().expect("with odd seeds it holds too");
    });
}

#[test]
fn the_trouble_is_real() {
    let mut met = BTreeMap::<String, u32>::new();
    for seed in 1..=300 {
        let mut run = Run::begin(healing(seed), MemoryStore::new());
        block_on(run.run_to_end());
        for recorded in run.world().trace().iter() {
            let name = match &recorded.moment {
                Moment::FaultMet { fault, .. } => (*fault).to_owned(),
                Moment::Crashed => "crashed".to_owned(),
                Moment::Saga(SagaMoment::TimedOut(_)) => "timed out".to_owned(),
                Moment::Saga(SagaMoment::Stalled { .. }) => "stalled".to_owned(),
                Moment::Saga(SagaMoment::ServiceServed { is_repeat: true, .. }) => {
                    "repeat".to_owned()
                }
                _ => continue,
            };
            *met.entry(name).or_default() += 1;
        }
        for order in ORDERS {
            let ended = match status(&run, order) {
                SagaStatus::Ended(ending) => format!("{ending:?}"),
                other => format!("{other:?}"),
            };
            *met.entry(ended).or_default() += 1;
            for event in by_hand(&run, order) {
                *met.entry(format!("{event} by hand")).or_default() += 1;
            }
        }
    }
    for name in [
        "refuse",
        "unavailable",
        "slow",
        "lose_request",
        "lose_answer",
        "duplicate",
        "crashed",
        "timed out",
        "stalled",
        "repeat",
        "Completed",
        "Compensated",
        "NeedsAttention",
        "OrderCancelled by hand",
        "OrderPaymentConfirmed by hand",
    ] {
        assert!(met.get(name).is_some_and(|count| *count > 20), "{name}: {met:?}");
    }
    // Only what is paid can be shipped.
    assert!(met.get("OrderShipped by hand").is_some_and(|count| *count > 10), "{met:?}");
}
