//! The lab: one running engine that takes commands, answers queries and says when something changed.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{
    Changed,
    branches::Branches,
    convert::{order_list, sales, unanswered},
    drafts,
    gate::Gate,
    history::order_history,
    lab_kept::Kept,
    lab_past::Past,
    log_index::LogIndex,
    parse,
    player::Settled,
    run::Stores,
    views::{
        CommandDraft, CommandLog, CommandOffer, CommandReport, Ending, Failure, FieldProblem,
        ItemDraft, OrderDraft, OrderHistory, OrderList, ReadModelStatus, Rejection, Sales, Sender,
    },
    wiring::Wiring,
};
use crate::{
    domain::orders::{OrderDecider, OrderId, SalesDashboard, SalesRow},
    engine::{Answer, load, new_id},
    kernel::{Command, CommandId, FieldError, Version},
    ports::{Environment, EventStore, Moment, PageRequest},
    simulation::{GivenCommand, Input, RecordedMoment},
};

/// Somebody who wants to know of every change.
type Listener = Rc<dyn Fn(Changed)>;

/// A cheap handle on one running engine.
pub struct Lab<E: Environment> {
    pub(super) state: Rc<LabState<E>>,
}

pub(super) struct LabState<E: Environment> {
    /// What is shown: the branch that is acted on, or its past.
    pub(super) shown: RefCell<Rc<Wiring<E>>>,
    pub(super) branches: RefCell<Branches<E>>,
    pub(super) index: RefCell<LogIndex>,
    pub(super) head: Cell<u64>,
    pub(super) models: RefCell<Vec<ReadModelStatus>>,
    pub(super) catching_up: [Gate; 3],
    pub(super) scanning: Gate,
    /// Up to where the log was looked through for what others appended; none before the run began.
    pub(super) heard_to: Cell<Option<u64>>,
    /// What was looked at of the past of what is acted on.
    pub(super) past: RefCell<Option<Rc<Past<E>>>>,
    /// How many moments somebody wants to see, the last that did.
    pub(super) wanted: Cell<usize>,
    /// How much of the trace was taken in.
    pub(super) taken_in: Cell<usize>,
    /// Whether what is given is played to its end at once.
    pub(super) at_once: Cell<bool>,
    /// What of the branches is kept.
    pub(super) kept: RefCell<Kept>,
    listeners: RefCell<Vec<Listener>>,
}

impl<E: Environment> std::fmt::Debug for Lab<E> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lab").field("head", &self.state.head).finish_non_exhaustive()
    }
}

impl<E: Environment> Clone for Lab<E> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone() }
    }
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// A lab over an environment. Call [`Lab::catch_up`] and [`Lab::scan_log`] next.
    pub fn new(environment: E) -> Self {
        let wiring = Rc::new(Wiring::new(environment));
        Self {
            state: Rc::new(LabState {
                shown: RefCell::new(wiring.clone()),
                branches: RefCell::new(Branches::new(wiring)),
                index: RefCell::default(),
                head: Cell::new(0),
                models: RefCell::new(Self::models_at_start()),
                catching_up: Default::default(),
                scanning: Gate::default(),
                heard_to: Cell::new(None),
                past: RefCell::default(),
                wanted: Cell::new(usize::MAX),
                taken_in: Cell::new(0),
                at_once: Cell::new(true),
                kept: RefCell::default(),
                listeners: RefCell::default(),
            }),
        }
    }

    /// Puts another environment behind the lab; what runs over the old one comes to an end.
    pub fn replace(&self, environment: E) {
        self.put_behind(environment);
        self.tell(Changed { replaced: true, ..Changed::everything_shown() });
    }

    /// The same, with nobody told yet.
    pub(super) fn put_behind(&self, environment: E) {
        let wiring = Rc::new(Wiring::new(environment));
        self.state.branches.replace(Branches::new(wiring.clone())).end();
        self.state.heard_to.set(None);
        self.state.kept.take();
        self.show_wiring(wiring);
    }

    /// Shows what runs over a wiring: nothing of it is known yet.
    pub(super) fn show_wiring(&self, wiring: Rc<Wiring<E>>) {
        self.state.taken_in.set(0);
        *self.state.shown.borrow_mut() = wiring;
        *self.state.index.borrow_mut() = LogIndex::default();
        *self.state.models.borrow_mut() = Self::models_at_start();
        self.state.head.set(0);
    }

    /// Calls back after every change.
    pub fn on_change(&self, callback: impl Fn(Changed) + 'static) {
        self.state.listeners.borrow_mut().push(Rc::new(callback));
    }

    pub(super) fn tell(&self, changed: Changed) {
        let listeners = self.state.listeners.borrow().clone();
        for listener in listeners {
            listener(changed);
        }
    }

    pub(super) fn wiring(&self) -> Rc<Wiring<E>> {
        self.state.shown.borrow().clone()
    }

    /// What runs over the database: the first branch.
    pub(super) fn first(&self) -> Rc<Wiring<E>> {
        self.state.branches.borrow().first()
    }

    /// What is acted on: the present of the branch of now.
    pub(super) fn live(&self) -> Rc<Wiring<E>> {
        self.state.branches.borrow().live()
    }

    /// Whether this wiring is still the one behind the lab.
    pub(super) fn is_current(&self, wiring: &Rc<Wiring<E>>) -> bool {
        Rc::ptr_eq(&self.state.shown.borrow(), wiring)
    }

    /// A new order with ready values.
    pub fn new_order_draft(&self) -> OrderDraft {
        drafts::new_order(&*self.wiring().environment)
    }

    /// One more item with ready values.
    pub fn another_item(&self) -> ItemDraft {
        drafts::new_item(&*self.wiring().environment)
    }

    /// What the order can be told, with ready values: pay, ship, deliver, cancel. Said for a version
    /// that somebody saw, or for what is there.
    ///
    /// # Errors
    /// When the order's stream cannot be read, or there is no such order.
    pub async fn offers(
        &self,
        order: &str,
        as_seen: Option<u64>,
        cancel_reason: &str,
    ) -> Result<Vec<CommandOffer>, Failure> {
        let id = order_id(order)?;
        let world = self.wiring().aside();
        let as_seen = as_seen.map(Version);
        let loaded = load::<OrderDecider, _>(&world, &id.stream(), as_seen).await?;
        if loaded.version == Version::NONE {
            return Err(unknown(order));
        }
        Ok(drafts::offers(id, &loaded.state, cancel_reason))
    }

    /// Everything that is wrong with a draft by itself.
    pub fn check(&self, draft: &CommandDraft) -> Vec<FieldProblem> {
        match parse::command(draft) {
            Ok(command) => problems(command.field_errors()),
            Err(problems) => problems,
        }
    }

    /// Gives a command to the run as the first person does who sees what is there, and waits until it
    /// was answered.
    pub async fn send(&self, draft: &CommandDraft) -> CommandReport {
        self.send_from(Sender::default(), draft).await
    }

    /// Gives a command to the run, and waits until it was answered.
    pub async fn send_from(&self, sender: Sender, draft: &CommandDraft) -> CommandReport {
        let command = match parse::command(draft) {
            Ok(command) => command,
            Err(problems) => return unreadable(sender, draft, problems),
        };
        let id = CommandId(new_id(&*self.wiring().environment));
        let (name, order) = (command.name(), command.order().to_string());
        let as_seen = sender.as_seen.map(Version);
        let given = GivenCommand { id, as_seen, command, person: sender.person };
        let wiring = self.give(Input::Command(given)).await;
        let settled = wiring.player.settled(id).await;
        let log = log_line(&wiring.player.trace(), id);
        CommandReport { person: sender.person, command: name, order, ending: ending(settled), log }
    }

    /// One order through all its versions.
    ///
    /// # Errors
    /// When the id is not one, there is no such order, or its stream cannot be read.
    pub async fn order(&self, order: &str) -> Result<OrderHistory, Failure> {
        let id = order_id(order)?;
        let wiring = self.wiring();
        let stream = wiring.environment.store().read_stream(&id.stream(), Version::NONE).await?;
        if stream.is_empty() {
            return Err(unknown(order));
        }
        Ok(order_history(id, &stream)?)
    }

    /// The query ListOrders: one page of all orders, newest first.
    ///
    /// # Errors
    /// When the read model cannot be read.
    pub async fn orders(&self, page: u32, size: u32) -> Result<OrderList, Failure> {
        let known = self.wiring().details.page("", PageRequest { page, size }).await?;
        Ok(order_list(known, |details| details.row))
    }

    /// The query GetOrdersByCustomer: one page of a customer's orders, newest first.
    ///
    /// # Errors
    /// When the read model cannot be read.
    pub async fn orders_of(
        &self,
        customer: &str,
        page: u32,
        size: u32,
    ) -> Result<OrderList, Failure> {
        let request = PageRequest { page, size };
        let known = self.wiring().customers.page(customer.trim(), request).await?;
        Ok(order_list(known, |row| row))
    }

    /// The sales dashboard.
    ///
    /// # Errors
    /// When the read model cannot be read.
    pub async fn sales(&self) -> Result<Sales, Failure> {
        let known = self.wiring().sales.row(&SalesDashboard::TOTALS.to_owned()).await?;
        let totals = known.map(|row| match row {
            Some(SalesRow::Totals(totals)) => totals,
            _ => Default::default(),
        });
        Ok(sales(&totals))
    }

    /// The log is at least this long: what is known of its end only grows.
    pub(super) fn head_reaches(&self, position: u64) {
        self.state.head.set(self.state.head.get().max(position));
    }
}

/// The line that the logging behaviour wrote about a command; none where there is no such behaviour.
fn log_line(trace: &[RecordedMoment], id: CommandId) -> Option<CommandLog> {
    trace.iter().rev().find_map(|recorded| match &recorded.moment {
        Moment::CommandLogged { command, outcome, attempts, stages, .. } if *command == id => {
            let stages = stages.iter().map(|time| (time.stage, time.elapsed.0)).collect();
            Some(CommandLog { outcome: *outcome, attempts: *attempts, stages })
        }
        _ => None,
    })
}

fn order_id(order: &str) -> Result<OrderId, Failure> {
    order.trim().parse().map_err(|_| unknown(order))
}

fn unknown(order: &str) -> Failure {
    Failure::UnknownOrder { order: order.to_owned() }
}

fn problems(errors: Vec<FieldError<Rejection>>) -> Vec<FieldProblem> {
    errors.into_iter().map(FieldProblem::from).collect()
}

/// The report about a draft that is no command.
fn unreadable(sender: Sender, draft: &CommandDraft, problems: Vec<FieldProblem>) -> CommandReport {
    let (command, order) = match draft {
        CommandDraft::CreateOrder(draft) => ("CreateOrder", &draft.order),
        CommandDraft::ConfirmPayment { order, .. } => ("ConfirmPayment", order),
        CommandDraft::ShipOrder { order, .. } => ("ShipOrder", order),
        CommandDraft::DeliverOrder { order } => ("DeliverOrder", order),
        CommandDraft::CancelOrder { order, .. } => ("CancelOrder", order),
    };
    let (person, ending) = (sender.person, Ending::Invalid { problems });
    CommandReport { person, command, order: order.clone(), ending, log: None }
}

fn ending(settled: Option<Settled>) -> Ending {
    let Some(settled) = settled else { return Ending::Killed };
    let handled = match settled {
        Ok(handled) => handled,
        Err(error) => return unanswered(error),
    };
    match handled.answer {
        Answer::Accepted { version, .. } => Ending::Accepted {
            events: handled
                .events
                .iter()
                .map(|event| event.event.encoded.event_type.clone())
                .collect(),
            version: version.0,
            position: handled.events.last().map_or(0, |event| event.position.0),
        },
        Answer::AlreadySo { version } => Ending::AlreadySo { version: version.0 },
        Answer::Rejected { rejection } => Ending::Rejected { rejection },
        Answer::Invalid { errors } => Ending::Invalid { problems: problems(errors) },
    }
}
