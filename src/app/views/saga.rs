//! Sagas and services, as they were at some moment.

use super::{Amounts, FaultAt, Leg, Problem};

/// Who fulfils orders, how far each saga is, and what services hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SagaBoard {
    /// Whether a saga is begun for each new order.
    pub by_saga: bool,
    /// The sagas, the one that was begun last first; at most a few.
    pub sagas: Vec<SagaRow>,
    /// How many more there are, by what they are at.
    pub more: Vec<(SagaState, u64)>,
    /// The services, once somebody had to do with them.
    pub services: Vec<ServiceRow>,
    /// Whether whoever runs sagas is dead.
    pub runner_is_dead: bool,
    /// Whether services recognise repeats.
    pub recognises_repeats: bool,
    /// Whether what is promised to one saga is kept from the others.
    pub locks: bool,
    /// Whether the domain calls nobody while it decides and folds.
    pub is_pure: bool,
}

/// One saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SagaRow {
    /// Its id, which is that of its order.
    pub id: String,
    /// What it is at.
    pub state: SagaState,
    /// What it was at before, one after the other, and what it is at.
    pub way: Vec<SagaState>,
    /// Why it turned back, by its code.
    pub failure: Option<String>,
    /// Its steps, in order.
    pub steps: Vec<StepRow>,
    /// What it waits for: the place of the step, and until when at most, in virtual time since the
    /// beginning of the run in microseconds.
    pub waits: Option<(usize, u64)>,
}

/// What a saga is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SagaState {
    /// Nobody began it.
    NotStarted,
    /// Going forward.
    InProgress,
    /// Going back.
    Compensating,
    /// A person is needed.
    NeedsAttention,
    /// Every step is done.
    Completed,
    /// What was done is undone.
    Compensated,
    /// Nothing was done.
    FailedBeforeStart,
    /// What was done is undone, some of it by a person.
    Settled,
}

impl SagaState {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::NotStarted,
        Self::InProgress,
        Self::Compensating,
        Self::NeedsAttention,
        Self::Completed,
        Self::Compensated,
        Self::FailedBeforeStart,
        Self::Settled,
    ];

    /// From what it can come to what, as its decider makes it: a late answer opens what was over.
    pub const WAYS: [(Self, Self); 19] = [
        (Self::NotStarted, Self::InProgress),
        (Self::InProgress, Self::Completed),
        (Self::InProgress, Self::NeedsAttention),
        (Self::InProgress, Self::Compensating),
        (Self::InProgress, Self::FailedBeforeStart),
        (Self::InProgress, Self::Settled),
        (Self::NeedsAttention, Self::InProgress),
        (Self::NeedsAttention, Self::Completed),
        (Self::NeedsAttention, Self::Compensating),
        (Self::NeedsAttention, Self::Compensated),
        (Self::NeedsAttention, Self::Settled),
        (Self::Compensating, Self::NeedsAttention),
        (Self::Compensating, Self::Compensated),
        (Self::Compensating, Self::Settled),
        (Self::FailedBeforeStart, Self::Compensating),
        (Self::Compensated, Self::Compensating),
        (Self::Compensated, Self::NeedsAttention),
        (Self::Settled, Self::Compensating),
        (Self::Settled, Self::NeedsAttention),
    ];

    /// What it can come to from here.
    pub fn next(self) -> impl Iterator<Item = Self> {
        Self::WAYS.into_iter().filter(move |(from, _)| *from == self).map(|(_, to)| to)
    }
}

/// One step of a saga.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// Its name.
    pub name: &'static str,
    /// The name of its compensation; none where nothing is undone.
    pub compensation: Option<&'static str>,
    /// What becomes of it when a later one fails.
    pub kind: StepRole,
    /// The step itself.
    pub forward: Leg,
    /// Its compensation.
    pub back: Leg,
    /// The fault that waits for it, and the one that waits for its compensation.
    pub faults: [Option<FaultAt>; 2],
    /// Whether a service does it: then something can be made to go wrong with it.
    pub is_request: bool,
}

/// What becomes of a step when a later one fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepRole {
    /// It is undone.
    Compensatable,
    /// The point of no return.
    Pivot,
    /// It is only tried again.
    Retriable,
}

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRow {
    /// Its name.
    pub name: &'static str,
    /// What it holds: names as in the code, or of products.
    pub holdings: Vec<(String, u64)>,
    /// What it was told to go by that it does not hold: of which customer, how much.
    pub settings: Vec<(String, u64)>,
    /// Whether it is dead.
    pub is_dead: bool,
}

/// What is wrong with an amount that a service shall go by, or with the name of what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SettingProblem {
    /// What can be wrong with any field.
    Field(Problem),
    /// There is room for so many at most.
    TooMany(u64),
}

/// What somebody wants of sagas and services.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SagaWish {
    /// That a saga is begun for each new order, or not.
    BySaga(bool),
    /// That new orders are fulfilled without a conductor, or not.
    ByReactors(bool),
    /// That a reactor is killed, or built again.
    Reactor(&'static str, bool),
    /// That this happens to requests of a name.
    Arm(FaultAt, Amounts),
    /// That nothing happens to them any more.
    Disarm(&'static str),
    /// That a service goes by this amount: of a product the stock, of a customer what the card allows at most
    /// (0 when it is declined) or whether there is an address.
    Set(&'static str, String, u64),
    /// That a step of a saga is tried again.
    Retry(String, &'static str),
    /// That a step of a saga counts as seen to, with what was done.
    Settle(String, &'static str, String),
    /// That whoever runs sagas is killed, or built again.
    Runner(bool),
    /// That a service is killed, or built again.
    Service(&'static str, bool),
    /// That services recognise repeats, or not.
    Idempotency(bool),
    /// That what is promised is locked, or not.
    SemanticLock(bool),
    /// That the domain calls nobody while it decides and folds, or does.
    PureDomain(bool),
}

/// What can go wrong with a request, in words of the tape: it is refused, it cannot be done, it comes later,
/// it or its answer never arrives, it arrives twice.
pub const SERVICE_FAULTS: [&str; 6] =
    ["refuse", "unavailable", "slow", "lose_request", "lose_answer", "duplicate"];
