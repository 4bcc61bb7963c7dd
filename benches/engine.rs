//! What the engine costs on the host: folding, decoding, and whole commands over memory.
//!
//! Run by `scripts/bench`. The figures are of one machine and one run: compare within a run only.

#[path = "shared/sagas.rs"]
mod sagas;
#[path = "shared/trace.rs"]
mod trace;

use std::{hint::black_box, rc::Rc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use hindsight::{
    adapters::MemoryStore,
    app::Pictures,
    domain::orders::{CustomerId, Money, OrderDecider, OrderDetails, OrderEvent},
    engine::{Behaviour, CommandPipeline, Projector},
    kernel::{EncodedEvent, StoredForm, Timestamp, fold},
    ports::{Clock, Environment, Rng, Silent, Timers},
    simulation::{RecordedMoment, SeededRng},
};

use self::{
    sagas::Fulfilled,
    trace::{create, items, long_trace},
};

/// Events folded or decoded in one go.
const EVENTS: usize = 4_000;

/// The life of one order, as often as it takes to make [`EVENTS`] events.
fn lives() -> Vec<Vec<OrderEvent>> {
    let life = vec![
        OrderEvent::OrderCreated {
            customer: CustomerId("Ana".to_owned()),
            items: items(),
            total: Money(8_800),
        },
        OrderEvent::OrderPaymentConfirmed {
            payment_id: "PAY-10000".to_owned(),
            amount: Money(8_800),
        },
        OrderEvent::OrderShipped {
            tracking_number: "TRK-10000".to_owned(),
            carrier: "Nimbus".to_owned(),
        },
        OrderEvent::OrderDelivered,
    ];
    vec![life; EVENTS / 4]
}

fn folding(criterion: &mut Criterion) {
    let lives = lives();
    let mut group = criterion.benchmark_group("events");
    group.throughput(Throughput::Elements(EVENTS as u64));
    group.bench_function("fold decoded events", |bencher| {
        bencher.iter(|| {
            for life in &lives {
                black_box(fold::<OrderDecider>(black_box(life)));
            }
        });
    });
    let encoded: Vec<Vec<EncodedEvent>> =
        lives.iter().map(|life| life.iter().map(StoredForm::encode).collect()).collect();
    group.bench_function("decode and fold stored events", |bencher| {
        bencher.iter(|| {
            for life in &encoded {
                let events: Vec<OrderEvent> = life
                    .iter()
                    .map(|stored| OrderEvent::decode(black_box(stored)).expect("it was encoded"))
                    .collect();
                black_box(fold::<OrderDecider>(&events));
            }
        });
    });
    group.finish();
}

/// Memory, chance from a seed, a clock that stands still, and nobody behind the probe.
struct Still {
    store: MemoryStore,
    rng: SeededRng,
}

impl Clock for Still {
    fn now(&self) -> Timestamp {
        Timestamp(1_790_000_000_000_000)
    }
}

impl Timers for Still {
    async fn yield_now(&self) {}
}

impl Environment for Still {
    type Store = MemoryStore;
    type Clock = Self;
    type Rng = SeededRng;
    type Timers = Self;
    type Probe = Silent;

    fn store(&self) -> &MemoryStore {
        &self.store
    }

    fn clock(&self) -> &Self {
        self
    }

    fn rng(&self) -> &SeededRng {
        &self.rng
    }

    fn timers(&self) -> &Self {
        self
    }

    fn probe(&self) -> &Silent {
        &Silent
    }
}

fn commands(criterion: &mut Criterion) {
    let still = Rc::new(Still { store: MemoryStore::new(), rng: SeededRng::new(7) });
    let pipeline = CommandPipeline::<OrderDecider, _>::new(still.clone(), Behaviour::usual());
    let projector = Projector::new::<OrderDetails>(still.clone());
    let ids = SeededRng::new(11);
    let mut group = criterion.benchmark_group("commands");
    group.throughput(Throughput::Elements(1));
    group.bench_function("CreateOrder through the pipeline and one projector", |bencher| {
        bencher.iter(|| {
            pollster::block_on(async {
                let handled = pipeline.handle(&create(&ids)).await.expect("memory does not fail");
                projector.follow(&handled.events).await.expect("memory does not fail");
            });
        });
    });
    group.finish();
}

/// The picture of any of 100,000 moments, and beside it the same without keyframes.
fn scrubbing(criterion: &mut Criterion) {
    let (head, trace) = pollster::block_on(long_trace(100_000));
    let plain = Pictures::new(&head, 0);
    let mut keyframed = plain.clone();
    keyframed.take(&trace);
    let chance = SeededRng::new(17);
    let any = || usize::try_from(chance.next_u64() % 100_001).expect("it is small");
    let mut group = criterion.benchmark_group("the picture of any of 100,000 moments");
    for (name, pictures) in [("with keyframes", &keyframed), ("plainly refolded", &plain)] {
        let mut times: Vec<_> = (0..200).map(|_| time_of(pictures, &trace, any())).collect();
        times.sort_unstable();
        eprintln!("the picture of any moment, {name}: p95 {} µs", times[times.len() * 95 / 100]);
        group.bench_function(name, |bencher| bencher.iter(|| pictures.at(&trace, any())));
    }
    group.finish();
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
fn time_of(pictures: &Pictures, trace: &[RecordedMoment], count: usize) -> u128 {
    let before = std::time::Instant::now();
    black_box(pictures.at(trace, black_box(count)));
    before.elapsed().as_micros()
}

/// Complete sagas over a log that grows, and over one that has a million events already.
fn fulfilment(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sagas");
    group.throughput(Throughput::Elements(1));
    for (name, before) in [("from an empty log on", 0), ("behind a million events", 42_000)] {
        let still = Still { store: MemoryStore::new(), rng: SeededRng::new(7) };
        let fulfilled = Fulfilled::new(still);
        for _ in 0..before {
            pollster::block_on(fulfilled.one());
        }
        group.bench_function(name, |bencher| {
            bencher.iter(|| pollster::block_on(fulfilled.one()));
        });
    }
    group.finish();
}

criterion_group!(benches, folding, commands, scrubbing, fulfilment);
criterion_main!(benches);
