//! A long trace, for the benchmarks of the host and of the browser.

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::{CustomerId, Item, Money, OrderCommand, OrderId, ProductId, Quantity},
    kernel::{CommandId, CommandRequest, Micros, Timestamp},
    ports::Rng,
    simulation::{GivenCommand, Head, Input, Person, RecordedMoment, SeededRng, Tape},
};
use uuid::Uuid;

/// Two items, 88.00 in all.
pub(crate) fn items() -> Vec<Item> {
    let item = |product: &str, unit_price| Item {
        product: ProductId(product.to_owned()),
        quantity: Quantity(2),
        unit_price: Money(unit_price),
    };
    vec![item("Moka", 3_200), item("Sencha", 1_200)]
}

/// A command that creates an order which nobody created before.
pub(crate) fn create(rng: &SeededRng) -> CommandRequest<OrderCommand> {
    let id = Uuid::from_u64_pair(rng.next_u64(), rng.next_u64());
    let command = OrderCommand::CreateOrder {
        order: OrderId(id),
        customer: CustomerId("Ana".to_owned()),
        items: items(),
    };
    CommandRequest::from_person(CommandId(id), Timestamp(0), command)
}

/// A trace of so many moments: orders are created, some at the same time, and read models follow.
pub(crate) async fn long_trace(moments: usize) -> (Head, Vec<RecordedMoment>) {
    let ids = SeededRng::new(13);
    let mut tape = Tape::new(Head::new(7, Timestamp(1_790_000_000_000_000)));
    for number in 0..moments as u64 / 16 {
        let CommandRequest { id, command, .. } = create(&ids);
        let given = GivenCommand { id, as_seen: None, command, person: Person::FIRST };
        tape.push(Micros(number / 4 * 5_000), Input::Command(given));
    }
    let head = tape.head.clone();
    let mut run = Run::begin(tape, MemoryStore::new());
    run.run_to_end().await;
    let trace = run.world().trace()[..moments].to_vec();
    (head, trace)
}
