//! The stage on which the stories play: a world over a faulty store, and commands to send.

use std::rc::Rc;

use hindsight::{
    adapters::MemoryStore,
    domain::orders::{
        CustomerId, Item, Money, OrderCommand, OrderDecider, OrderEvent, OrderId, ProductId,
        Quantity, Rejection,
    },
    engine::{Behaviour, CommandError, CommandPipeline, Handled},
    kernel::{
        CommandId, CommandRequest, EncodedEvent, GlobalPosition, StoredEvent, StoredForm, StreamId,
        Timestamp, Version,
    },
    ports::{Environment, EventStore, Moment},
    simulation::World,
};
use uuid::Uuid;

pub(crate) type TestWorld = World<MemoryStore>;

const START: Timestamp = Timestamp(1_790_000_000_000_000);

/// A pipeline for orders over a fresh world.
pub(crate) struct Stage {
    pub(crate) world: Rc<TestWorld>,
    pub(crate) pipeline: CommandPipeline<OrderDecider, TestWorld>,
}

impl Stage {
    pub(crate) fn new() -> Self {
        Self::with(Behaviour::usual())
    }

    pub(crate) fn with(behaviours: Vec<Behaviour>) -> Self {
        let world = Rc::new(World::new(MemoryStore::new(), START, 7));
        world.store().set_rival(pays_whatever_is_so);
        let pipeline = CommandPipeline::new(world.clone(), behaviours);
        Self { world, pipeline }
    }

    /// Sends a command under a number of its own.
    pub(crate) fn send(
        &self,
        number: u128,
        command: OrderCommand,
    ) -> Result<Handled<Rejection>, CommandError> {
        pollster::block_on(self.pipeline.handle(&request(number, command)))
    }

    /// The same, meant for one version only.
    pub(crate) fn send_as_seen(
        &self,
        number: u128,
        version: u64,
        command: OrderCommand,
    ) -> Result<Handled<Rejection>, CommandError> {
        let as_seen = Some(Version(version));
        let request = CommandRequest { as_seen, ..request(number, command) };
        pollster::block_on(self.pipeline.handle(&request))
    }

    pub(crate) fn log(&self) -> Vec<StoredEvent> {
        let store = self.world.store();
        pollster::block_on(store.read_log(GlobalPosition::NONE, 1_000))
            .expect("memory does not fail")
    }

    pub(crate) fn log_types(&self) -> Vec<String> {
        self.log().into_iter().map(|event| event.event.encoded.event_type).collect()
    }

    pub(crate) fn moments(&self) -> Vec<Moment> {
        self.world.trace().iter().map(|recorded| recorded.moment.clone()).collect()
    }
}

/// Somebody who pays for whatever there is, as often as they are let, and knows no rules.
fn pays_whatever_is_so(_: &StreamId, history: &[StoredEvent], _: u64) -> Option<Vec<EncodedEvent>> {
    let payment_id = "PAY-2".to_owned();
    let paid = OrderEvent::OrderPaymentConfirmed { payment_id, amount: Money(6_400) };
    (!history.is_empty()).then(|| vec![paid.encode()])
}

/// A command under a number of its own, as a person gives it.
pub(crate) fn request(number: u128, command: OrderCommand) -> CommandRequest<OrderCommand> {
    CommandRequest::from_person(CommandId(Uuid::from_u128(number)), START, command)
}

pub(crate) fn order(number: u128) -> OrderId {
    OrderId(Uuid::from_u128(number))
}

pub(crate) fn create(number: u128) -> OrderCommand {
    create_for(number, "Ana", 3_200)
}

pub(crate) fn create_for(number: u128, customer: &str, price: i64) -> OrderCommand {
    let item = Item {
        product: ProductId("Moka".to_owned()),
        quantity: Quantity(2),
        unit_price: Money(price),
    };
    OrderCommand::CreateOrder {
        order: order(number),
        customer: CustomerId(customer.to_owned()),
        items: vec![item],
    }
}

pub(crate) fn pay(number: u128) -> OrderCommand {
    OrderCommand::ConfirmPayment {
        order: order(number),
        payment_id: "PAY-1".to_owned(),
        amount: Money(6_400),
    }
}

pub(crate) fn ship(number: u128) -> OrderCommand {
    OrderCommand::ShipOrder {
        order: order(number),
        tracking_number: "TRK-1".to_owned(),
        carrier: "Nimbus".to_owned(),
    }
}

pub(crate) fn cancel(number: u128) -> OrderCommand {
    OrderCommand::CancelOrder { order: order(number), reason: "changed my mind".to_owned() }
}
