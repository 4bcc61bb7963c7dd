//! What the page can show, as plain data: no signals, no browser, no words of any language.

pub use crate::{
    domain::orders::{OrderStatus, Rejection},
    ports::{Outcome, Stage},
};

/// One event of the log, ready to show.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its place in the log, from 1.
    pub position: u64,
    /// When it happened: milliseconds since 1970 (UTC).
    pub occurred_at_ms: i64,
    /// Its stream.
    pub stream: String,
    /// Its place in the stream, from 1.
    pub version: u64,
    /// Its stored type name, the same in every language.
    pub event_type: String,
    /// Which shape its data has.
    pub schema_version: u16,
    /// What it says, in order of importance. None when this program does not know the type.
    pub facts: Option<Vec<Fact>>,
    /// Its data as it is stored: JSON text.
    pub data: String,
    /// Its id.
    pub event_id: String,
    /// The request that began it.
    pub correlation_id: String,
    /// The command that caused it.
    pub causation_id: String,
}

/// A row of the log: an event, or the place of one that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub enum LogRow {
    /// An event.
    Event(Box<LogEntry>),
    /// The record that should hold this position is damaged.
    Damaged {
        /// The position.
        position: u64,
        /// What is wrong, naming the record.
        damage: Damage,
    },
}

/// A stored record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The object store that it lies in.
    pub store: String,
    /// Its key.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Which events of the log to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    /// Only streams whose name contains this text; empty for all.
    pub stream: String,
    /// Only events of this stored type.
    pub event_type: Option<String>,
}

/// How far the background reading of the log has come that filters and the damage check rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScanProgress {
    /// Up to which position.
    pub scanned: u64,
    /// The last position.
    pub head: u64,
}

/// Something that is so: a name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Of what.
    pub name: FactName,
    /// Its value.
    pub value: FactValue,
}

/// What a fact is about. The words for it are in the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say what they are")]
pub enum FactName {
    Status,
    Customer,
    Items,
    Item,
    Total,
    PaymentId,
    Amount,
    TrackingNumber,
    Carrier,
    Reason,
}

/// The value of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactValue {
    /// What a person typed: show it as text, isolated from the direction of the words around it.
    Text(String),
    /// Minor units.
    Money(i64),
    /// A number.
    Count(u64),
    /// A status of an order.
    Status(OrderStatus),
    /// A line of an order; the price in minor units.
    Item {
        /// What.
        product: String,
        /// How many.
        quantity: u64,
        /// What one costs.
        unit_price: i64,
    },
}

/// One order through all its versions.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderHistory {
    /// Which.
    pub order: String,
    /// Its stream's name.
    pub stream: String,
    /// The state at each version: index 0 before the first event, index n at version n.
    pub versions: Vec<OrderAt>,
}

impl OrderHistory {
    /// The version of its last event.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.versions.len() as u64 - 1
    }

    /// The state at its last version.
    ///
    /// # Panics
    /// Never: a history has at least the state before the first event.
    #[must_use]
    pub fn latest(&self) -> &OrderAt {
        self.versions.last().expect("a history begins with the empty state")
    }
}

/// An order as it was at one version.
#[derive(Clone, Debug, PartialEq)]
pub struct OrderAt {
    /// The version, 0 before the first event.
    pub version: u64,
    /// How far it was; none before it was created.
    pub status: Option<OrderStatus>,
    /// The event that led here; none at version 0.
    pub event: Option<LogEntry>,
    /// The folded state, each fact with what the event changed.
    pub state: Vec<StateFact>,
}

/// A fact of a folded state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateFact {
    /// The fact.
    pub fact: Fact,
    /// What the last event did to it.
    pub change: Change,
}

/// What an event did to a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Nothing.
    None,
    /// It was not there before.
    New,
    /// It was this before.
    Was(FactValue),
}

/// What a list shows of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderListRow {
    /// Which.
    pub order: String,
    /// Whose.
    pub customer: String,
    /// How far.
    pub status: OrderStatus,
    /// How many lines.
    pub item_count: u64,
    /// How much, in minor units.
    pub total: i64,
    /// The version of its last event.
    pub version: u64,
    /// When it last changed: milliseconds since 1970 (UTC).
    pub changed_at_ms: i64,
}

/// One page of orders, newest first, from a read model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderList {
    /// The rows.
    pub rows: Vec<OrderListRow>,
    /// Which page, from 1.
    pub page: u32,
    /// Rows on a full page.
    pub page_size: u32,
    /// Rows on all pages.
    pub total_count: u64,
    /// Pages; 0 for no rows.
    pub total_pages: u64,
    /// Up to which global position the read model knew the log.
    pub up_to: u64,
}

/// The sales dashboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sales {
    /// How many orders stand at each status, all five in order.
    pub orders_by_status: Vec<(OrderStatus, u64)>,
    /// How many orders there are.
    pub order_count: u64,
    /// How many of them were cancelled.
    pub cancelled_count: u64,
    /// Money taken and kept, in minor units.
    pub revenue_taken: i64,
    /// Up to which global position the read model knew the log.
    pub up_to: u64,
}

/// The three read models.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReadModel {
    /// Everything about one order, and the list of all.
    OrderDetails,
    /// The orders of one customer.
    CustomerOrders,
    /// Figures.
    SalesDashboard,
}

impl ReadModel {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::OrderDetails, Self::CustomerOrders, Self::SalesDashboard];
}

/// How a read model is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadModelStatus {
    /// Which.
    pub model: ReadModel,
    /// The last position it has read.
    pub checkpoint: u64,
    /// How many events it is behind the log.
    pub behind: u64,
    /// Why it stands still, if it does.
    pub stopped: Option<Failure>,
}

/// What a person wants of an order, as they typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are those of the command")]
pub enum CommandDraft {
    CreateOrder(OrderDraft),
    ConfirmPayment { order: String, payment_id: String, amount: String },
    ShipOrder { order: String, tracking_number: String, carrier: String },
    DeliverOrder { order: String },
    CancelOrder { order: String, reason: String },
}

/// A new order, as somebody typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDraft {
    /// Its id, made with the draft, so that sending it twice makes one order.
    pub order: String,
    /// Whose.
    pub customer: String,
    /// What.
    pub items: Vec<ItemDraft>,
}

/// A line of a new order, as somebody typed it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ItemDraft {
    /// What.
    pub product: String,
    /// How many: a whole number.
    pub quantity: String,
    /// What one costs: an amount with at most two decimals, after a point or a comma.
    pub unit_price: String,
}

/// The commands that an order can be given, with whether they would be refused now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandOffer {
    /// The command with ready values, so that one click sends it.
    pub draft: CommandDraft,
    /// What the decider would say now: none when it would accept.
    pub refusal: Option<Rejection>,
}

/// What became of a command.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandReport {
    /// The command's name, as it is in the code.
    pub command: &'static str,
    /// The order that it was for.
    pub order: String,
    /// How it ended.
    pub ending: Ending,
    /// The line that the logging behaviour wrote; none when the command never got there.
    pub log: Option<CommandLog>,
}

/// How a command ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    /// Events were stored.
    Accepted {
        /// Their stored type names.
        events: Vec<String>,
        /// The version of the last.
        version: u64,
        /// The global position of the last.
        position: u64,
    },
    /// It had taken effect before: nothing was stored.
    AlreadySo {
        /// What the order is at.
        version: u64,
    },
    /// A rule said no.
    Rejected {
        /// Which.
        rejection: Rejection,
    },
    /// Fields break rules; nothing reached the order.
    Invalid {
        /// All of them.
        problems: Vec<FieldProblem>,
    },
    /// It conflicted too often.
    Contended {
        /// How often it was tried.
        attempts: u32,
    },
    /// Something broke; nothing was stored.
    Failed(Failure),
}

/// A rule that one field breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field's path, such as `items[2].quantity`.
    pub field: String,
    /// The rule.
    pub problem: Problem,
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// It is not a whole number.
    NotAWholeNumber,
    /// It is not an amount of money.
    NotAnAmount,
    /// It is not the id of an order.
    NotAnOrderId,
    /// A rule of the domain.
    Rule(Rejection),
}

/// The line that the logging behaviour wrote for a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandLog {
    /// How it ended.
    pub outcome: Outcome,
    /// How often it was decided.
    pub attempts: u32,
    /// What each stage took by itself, in microseconds, in the order of the pipeline.
    pub stages: Vec<(Stage, u64)>,
}

/// Something broke, with its cause, so that the page can say it and name a next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no room left on the disk.
    DiskFull,
    /// The connection was closed, by a newer program in another tab or by the browser.
    Closed,
    /// A record is damaged.
    Damaged(Damage),
    /// An event cannot be decoded.
    Undecodable {
        /// What the codec says.
        reason: String,
    },
    /// There is no such order.
    UnknownOrder {
        /// What was asked for.
        order: String,
    },
    /// Anything else.
    Unavailable {
        /// In the words of the browser.
        cause: String,
    },
}
