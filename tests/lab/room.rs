//! The room in which the lab's stories play: memory, a clock that stands still, chance from a seed.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Lab,
        views::{CommandDraft, Ending, ItemDraft, OrderDraft},
    },
    kernel::Timestamp,
    ports::{Environment, Silent, Timers},
    simulation::{SeededRng, VirtualClock},
};
use pollster::block_on;

pub(crate) struct Room {
    store: MemoryStore,
    clock: VirtualClock,
    rng: SeededRng,
    timers: NobodyWaits,
    probe: Silent,
}

pub(crate) struct NobodyWaits;

impl Timers for NobodyWaits {
    async fn yield_now(&self) {}
}

impl Environment for Room {
    type Store = MemoryStore;
    type Clock = VirtualClock;
    type Rng = SeededRng;
    type Timers = NobodyWaits;
    type Probe = Silent;

    fn store(&self) -> &MemoryStore {
        &self.store
    }

    fn clock(&self) -> &VirtualClock {
        &self.clock
    }

    fn rng(&self) -> &SeededRng {
        &self.rng
    }

    fn timers(&self) -> &NobodyWaits {
        &self.timers
    }

    fn probe(&self) -> &Silent {
        &self.probe
    }
}

/// A lab over a connection to some memory; the seed keeps the ids of two labs apart.
pub(crate) fn lab_over(store: &MemoryStore, seed: u64) -> Lab<Room> {
    Lab::new(room_over(store, seed))
}

pub(crate) fn room_over(store: &MemoryStore, seed: u64) -> Room {
    Room {
        store: store.connect(),
        clock: VirtualClock::new(Timestamp(1_790_000_000_000_000)),
        rng: SeededRng::new(seed),
        timers: NobodyWaits,
        probe: Silent,
    }
}

pub(crate) fn lab() -> Lab<Room> {
    lab_over(&MemoryStore::new(), 7)
}

pub(crate) fn item(product: &str, quantity: &str, unit_price: &str) -> ItemDraft {
    ItemDraft {
        product: product.to_owned(),
        quantity: quantity.to_owned(),
        unit_price: unit_price.to_owned(),
    }
}

pub(crate) fn order_draft(lab: &Lab<Room>) -> OrderDraft {
    OrderDraft {
        customer: "Ana".to_owned(),
        items: vec![item("Moka", "2", "32.00")],
        ..lab.new_order_draft()
    }
}

pub(crate) fn create(lab: &Lab<Room>) -> String {
    let draft = order_draft(lab);
    let report = block_on(lab.send(&CommandDraft::CreateOrder(draft)));
    assert!(matches!(report.ending, Ending::Accepted { .. }), "{report:?}");
    report.order
}

pub(crate) fn pay(lab: &Lab<Room>, order: &str) -> Ending {
    let draft = CommandDraft::ConfirmPayment {
        order: order.to_owned(),
        payment_id: "PAY-1".to_owned(),
        amount: "64.00".to_owned(),
    };
    block_on(lab.send(&draft)).ending
}
