//! What the silent probe costs: the pipeline with its calls, and the same sources without them, in
//! turns in one process. Prints the median of the ratios of neighbouring rounds.

use std::time::Instant;

/// Commands in a round; a round of each side takes a few milliseconds.
const COMMANDS: usize = 1_000;
const ROUNDS: usize = 301;

/// The life of orders over memory, by one of the two libraries.
macro_rules! side {
    ($module:ident, $library:ident) => {
        mod $module {
            use std::{hint::black_box, rc::Rc};

            use uuid::Uuid;
            use $library::{
                adapters::MemoryStore,
                domain::orders::{
                    CustomerId, Item, Money, OrderCommand, OrderDecider, OrderId, ProductId,
                    Quantity,
                },
                engine::{Behaviour, CommandPipeline},
                kernel::{CommandId, CommandRequest, Timestamp},
                ports::{Clock, Environment, Rng, Silent, Timers},
                simulation::SeededRng,
            };

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

            fn order(id: Uuid) -> [OrderCommand; 2] {
                let order = OrderId(id);
                let items = vec![Item {
                    product: ProductId("Moka".to_owned()),
                    quantity: Quantity(2),
                    unit_price: Money(3_200),
                }];
                let customer = CustomerId("Ana".to_owned());
                let payment_id = "PAY-10000".to_owned();
                [
                    OrderCommand::CreateOrder { order, customer, items },
                    OrderCommand::ConfirmPayment { order, payment_id, amount: Money(6_400) },
                ]
            }

            /// Takes so many commands through a pipeline over an empty store.
            pub fn run(commands: usize) {
                let still = Rc::new(Still { store: MemoryStore::new(), rng: SeededRng::new(7) });
                let pipeline =
                    CommandPipeline::<OrderDecider, _>::new(still.clone(), Behaviour::usual());
                let id = || Uuid::from_u64_pair(still.rng.next_u64(), still.rng.next_u64());
                for _ in 0..commands / 2 {
                    for command in order(id()) {
                        let request =
                            CommandRequest::from_person(CommandId(id()), Timestamp(0), command);
                        black_box(pollster::block_on(pipeline.handle(&request)))
                            .expect("memory does not fail");
                    }
                }
            }
        }
    };
}

side!(probed, with);
side!(unprobed, without);

fn time(run: fn(usize)) -> f64 {
    let before = Instant::now();
    run(COMMANDS);
    before.elapsed().as_secs_f64()
}

/// The value below which such a share of them lies.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share) as usize]
}

fn main() {
    let (mut with, mut without, mut ratios) = (vec![], vec![], vec![]);
    for round in 0..ROUNDS {
        // Who goes first changes, so that what the round before leaves behind favours nobody.
        let (a, b) = if round % 2 == 0 {
            let first = time(probed::run);
            (first, time(unprobed::run))
        } else {
            let first = time(unprobed::run);
            (time(probed::run), first)
        };
        with.push(a);
        without.push(b);
        ratios.push(a / b);
    }
    let each = |seconds: f64| seconds / COMMANDS as f64 * 1e9;
    println!(
        "a command with the silent probe: {:.0} ns; the same sources without it: {:.0} ns (medians)",
        each(quantile(&mut with, 0.5)),
        each(quantile(&mut without, 0.5)),
    );
    println!(
        "ratio, median of {ROUNDS} pairs: {:.3} (quarters {:.3} to {:.3}); to reach: at most 1.02",
        quantile(&mut ratios, 0.5),
        quantile(&mut ratios, 0.25),
        quantile(&mut ratios, 0.75),
    );
}
