//! What the engine costs in a browser, over IndexedDB: whole commands, rebuilding a read model, and
//! a database to open the page on. `benches/browser/measure.mjs` calls these functions in a page.

#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "wasm_bindgen exports public functions only")]
mod in_browser {
    use futures_util::future::join_all;
    use hindsight::{
        adapters::IndexedDbStore,
        app::{
            Opening, PageLab, open,
            views::{CommandDraft, Ending, ReadModel},
        },
        domain::orders::{CustomerId, Item, Money, OrderEvent, OrderId, ProductId, Quantity},
        kernel::{CausationId, CorrelationId, EventId, NewEvent, StoredForm, Timestamp, Version},
        ports::{Append, EventStore, Rng},
        simulation::SeededRng,
    };
    use uuid::Uuid;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Orders whose appends are under way at the same time while a database is filled.
    const AT_ONCE: u32 = 64;

    thread_local! {
        static LAB: std::cell::RefCell<Option<PageLab>> = const { std::cell::RefCell::new(None) };
    }

    async fn lab() -> PageLab {
        if let Some(lab) = LAB.with_borrow(Clone::clone) {
            return lab;
        }
        match open().await {
            Opening::Ready { lab, .. } => {
                LAB.set(Some(lab.clone()));
                lab
            }
            Opening::Refused(refusal) => panic!("not opened: {refusal:?}"),
        }
    }

    /// Sends so many `CreateOrder`, one after the other, read models included.
    #[wasm_bindgen]
    pub async fn commands(count: u32) {
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

    fn life(rng: &SeededRng) -> Append {
        let id = || Uuid::from_u64_pair(rng.next_u64(), rng.next_u64());
        let price = Money(3_200);
        let item =
            Item { product: ProductId("Moka".into()), quantity: Quantity(2), unit_price: price };
        let events = [
            OrderEvent::OrderCreated {
                customer: CustomerId("Ana".into()),
                items: vec![item],
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
