//! Commands: drafts as somebody typed them, and what became of them.

use super::{Failure, Outcome, Person, Rejection, Stage};

/// Who gives a command, and what they insist on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sender {
    /// Who.
    pub person: Person,
    /// The version that they saw, when the command is meant for that one only.
    pub as_seen: Option<u64>,
}

impl Default for Sender {
    /// The first person, who insists on nothing.
    fn default() -> Self {
        Self { person: Person::FIRST, as_seen: None }
    }
}

/// What a person has seen of the order in front of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen(Option<(String, u64)>);

impl Seen {
    /// The version that a person sees of an order which is at `latest`. Who insists on what they saw
    /// keeps seeing it until they look again, or look at another order; in the past, where there is
    /// less, they see that.
    pub fn look(&mut self, order: &str, latest: u64, insists: bool) -> u64 {
        match &self.0 {
            Some((known, version)) if insists && known == order => latest.min(*version),
            _ => {
                self.reached(order, latest);
                latest
            }
        }
    }

    /// The person was told that the order is at this version.
    pub fn reached(&mut self, order: &str, version: u64) {
        self.0 = Some((order.to_owned(), version));
    }

    /// The next look shows what is there.
    pub fn again(&mut self) {
        self.0 = None;
    }
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
    /// Who gave it.
    pub person: Person,
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
    /// It was meant for the version that somebody saw, and the order is at another.
    Conflict {
        /// The version that they saw.
        seen: u64,
        /// What the order is at.
        actual: u64,
    },
    /// It conflicted too often.
    Contended {
        /// How often it was tried.
        attempts: u32,
    },
    /// Something broke; nothing was stored.
    Failed(Failure),
    /// Who was at work on it was killed before it was answered: perhaps it took effect, perhaps not.
    Killed,
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
