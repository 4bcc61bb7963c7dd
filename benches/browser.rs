//! What the engine costs in a browser, over IndexedDB: whole commands, rebuilding a read model, and
//! a database to open the page on. `benches/browser/measure.mjs` calls these functions in a page.

#[cfg(target_arch = "wasm32")]
#[path = "shared/trace.rs"]
mod trace;

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm_bindgen exports public functions only")]
mod in_browser {
    use std::{cell::RefCell, hint::black_box, rc::Rc};

    use futures_util::future::{join_all, join3};
    use hindsight::{
        adapters::{BrowserClock, BrowserRng, BrowserTimers, IndexedDbStore},
        app::{
            Opening, PageLab, Pictures, install_page_fulfilment, open,
            views::{CommandDraft, Ending, ReadModel},
        },
        domain::orders::{
            CustomerId, CustomerOrders, Item, Money, OrderCommand, OrderDecider, OrderDetails,
            OrderEvent, OrderId, ProductId, Quantity, SalesDashboard,
        },
        engine::{Behaviour, CommandPipeline, Projector, new_id},
        kernel::{
            CausationId, CommandId, CommandRequest, CorrelationId, EventId, NewEvent, StoredForm,
            Timestamp, Version,
        },
        ports::{Append, Clock, Environment, EventStore, Rng, Silent},
        simulation::SeededRng,
    };
    use uuid::Uuid;
    use wasm_bindgen::prelude::wasm_bindgen;

    use super::trace::long_trace;

    /// Orders whose appends are under way at the same time while a database is filled.
    const AT_ONCE: u32 = 64;

    thread_local! {
        static LAB: RefCell<Option<PageLab>> = const { RefCell::new(None) };
        static ENGINE: RefCell<Option<Rc<Engine>>> = const { RefCell::new(None) };
    }

    async fn lab() -> PageLab {
        if let Some(lab) = LAB.with_borrow(Clone::clone) {
            return lab;
        }
        // A kept tape waits for the code that reads it, which is here in one piece with the rest.
        install_page_fulfilment();
        match open(|_, _| true).await {
            Opening::Ready { lab, .. } => {
                LAB.set(Some(lab.clone()));
                lab
            }
            Opening::Refused(refusal) => panic!("not opened: {refusal:?}"),
        }
    }

    /// What the engine stands on where nobody watches it.
    struct Unwatched {
        store: IndexedDbStore,
        clock: BrowserClock,
        rng: BrowserRng,
        timers: BrowserTimers,
        probe: Silent,
    }

    impl Environment for Unwatched {
        type Store = IndexedDbStore;
        type Clock = BrowserClock;
        type Rng = BrowserRng;
        type Timers = BrowserTimers;
        type Probe = Silent;

        fn store(&self) -> &IndexedDbStore {
            &self.store
        }

        fn clock(&self) -> &BrowserClock {
            &self.clock
        }

        fn rng(&self) -> &BrowserRng {
            &self.rng
        }

        fn timers(&self) -> &BrowserTimers {
            &self.timers
        }

        fn probe(&self) -> &Silent {
            &self.probe
        }
    }

    /// The engine with its three read models.
    struct Engine {
        environment: Rc<Unwatched>,
        pipeline: CommandPipeline<OrderDecider, Unwatched>,
        details: Projector<Unwatched>,
        customers: Projector<Unwatched>,
        sales: Projector<Unwatched>,
    }

    impl Engine {
        async fn open() -> Self {
            let environment = Rc::new(Unwatched {
                store: IndexedDbStore::open("engine").await.expect("opened"),
                clock: BrowserClock::new(),
                rng: BrowserRng::default(),
                timers: BrowserTimers::new(),
                probe: Silent,
            });
            Self {
                pipeline: CommandPipeline::new(environment.clone(), Behaviour::usual()),
                details: Projector::new::<OrderDetails>(environment.clone()),
                customers: Projector::new::<CustomerOrders>(environment.clone()),
                sales: Projector::new::<SalesDashboard>(environment.clone()),
                environment,
            }
        }

        async fn create_order(&self) {
            let id = || new_id(&*self.environment);
            let items = vec![moka()];
            let customer = CustomerId("Ana".into());
            let command = OrderCommand::CreateOrder { order: OrderId(id()), customer, items };
            let (id, now) = (CommandId(id()), self.environment.clock.now());
            let request = CommandRequest::from_person(id, now, command);
            let events = self.pipeline.handle(&request).await.expect("handled").events;
            let followed = join3(
                self.details.follow(&events),
                self.customers.follow(&events),
                self.sales.follow(&events),
            );
            assert_eq!(followed.await, (Ok(true), Ok(true), Ok(true)));
        }
    }

    /// Takes so many `CreateOrder` through the engine, one after the other, read models included.
    #[wasm_bindgen]
    pub async fn commands(count: u32) {
        let engine = match ENGINE.with_borrow(Clone::clone) {
            Some(engine) => engine,
            None => Rc::new(Engine::open().await),
        };
        for _ in 0..count {
            engine.create_order().await;
        }
        ENGINE.set(Some(engine));
    }

    /// Sends so many `CreateOrder` to the page's lab, which runs the engine on a world.
    #[wasm_bindgen]
    pub async fn lab_commands(count: u32) {
        let lab = lab().await;
        for _ in 0..count {
            let report = lab.send(&CommandDraft::CreateOrder(lab.new_order_draft())).await;
            assert!(matches!(report.ending, Ending::Accepted { .. }), "{report:?}");
        }
    }

    /// Makes the sales dashboard again from the whole log; says how many events that were.
    #[wasm_bindgen]
    pub async fn rebuild() -> f64 {
        let lab = lab().await;
        lab.rebuild(ReadModel::SalesDashboard).await;
        lab.sales().await.expect("readable").up_to as f64
    }

    /// Catches the read models up with the log.
    #[wasm_bindgen]
    pub async fn catch_up() {
        lab().await.catch_up().await;
    }

    /// Appends the whole life of so many orders, four events each, and seals the log.
    #[wasm_bindgen]
    pub async fn fill(orders: u32) {
        let store = IndexedDbStore::open("hindsight.1").await.expect("opened");
        let rng = SeededRng::new(7);
        for _ in 0..orders / AT_ONCE {
            let appends: Vec<_> = (0..AT_ONCE).map(|_| life(&rng)).collect();
            for result in join_all(appends.iter().map(|append| store.append(append))).await {
                result.expect("appended");
            }
        }
        while store.seal().await.expect("sealed") != hindsight::adapters::Sealed::Nothing {}
    }

    /// The picture of any moment of a long trace, with keyframes or without any: the time below which
    /// 95 of 100 are, in milliseconds.
    #[wasm_bindgen]
    pub async fn pictures(moments: usize, keyframed: bool) -> f64 {
        let (head, trace) = long_trace(moments).await;
        let mut pictures = Pictures::new(&head, 0);
        if keyframed {
            pictures.take(&trace);
        }
        let (clock, chance) = (BrowserClock::new(), SeededRng::new(17));
        let mut times = [0_u64; 400].map(|_| {
            let any = usize::try_from(chance.next_u64() % (moments as u64 + 1)).expect("small");
            let before = clock.now();
            black_box(pictures.at(&trace, black_box(any)));
            clock.now().since(before).0
        });
        times.sort_unstable();
        times[times.len() * 95 / 100] as f64 / 1_000.0
    }

    fn moka() -> Item {
        let unit_price = Money(3_200);
        Item { product: ProductId("Moka".into()), quantity: Quantity(2), unit_price }
    }

    fn life(rng: &SeededRng) -> Append {
        let id = || Uuid::from_u64_pair(rng.next_u64(), rng.next_u64());
        let events = [
            OrderEvent::OrderCreated {
                customer: CustomerId("Ana".into()),
                items: vec![moka()],
                total: Money(6_400),
            },
            OrderEvent::OrderPaymentConfirmed {
                payment_id: "PAY-10000".into(),
                amount: Money(6_400),
            },
            OrderEvent::OrderShipped {
                tracking_number: "TRK-10000".into(),
                carrier: "Nimbus".into(),
            },
            OrderEvent::OrderDelivered,
        ];
        let new_event = |event: &OrderEvent| NewEvent {
            id: EventId(id()),
            occurred_at: Timestamp(1_790_000_000_000_000),
            correlation_id: CorrelationId(id()),
            causation_id: CausationId(id()),
            encoded: event.encode(),
        };
        Append {
            stream: OrderId(id()).stream(),
            expected: Version::NONE,
            events: events.iter().map(new_event).collect(),
            outbox: vec![],
            inbox: None,
        }
    }
}

fn main() {}
