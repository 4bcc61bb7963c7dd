//! Values of the app as words and full sentences.

use super::{Texts, short_id};
use crate::{
    app::views::{
        CommandReport, Damage, Ending, FactName, Failure, FieldProblem, OrderStatus, Outcome,
        Problem, ReadModel, Rejection, Stage, Unplayable,
    },
    domain::orders::{CustomerOrders, OrderDetails},
    kernel::Projection,
    simulation::TapeError,
};

impl Texts {
    /// How far an order is.
    #[must_use]
    pub fn status(self, status: OrderStatus) -> &'static str {
        self.say(match status {
            OrderStatus::Pending => "status.pending",
            OrderStatus::Paid => "status.paid",
            OrderStatus::Shipped => "status.shipped",
            OrderStatus::Delivered => "status.delivered",
            OrderStatus::Cancelled => "status.cancelled",
        })
    }

    /// What a fact is about.
    #[must_use]
    pub fn fact_name(self, name: FactName) -> &'static str {
        self.say(match name {
            FactName::Status => "fact.status",
            FactName::Customer => "fact.customer",
            FactName::Items => "fact.items",
            FactName::Item => "fact.item",
            FactName::Total => "fact.total",
            FactName::PaymentId => "fact.payment_id",
            FactName::Amount => "fact.amount",
            FactName::TrackingNumber => "fact.tracking_number",
            FactName::Carrier => "fact.carrier",
            FactName::Reason => "fact.reason",
            FactName::Version => "orders.column.version",
            FactName::Revenue => "sales.revenue",
            FactName::OrdersAt(status) => return self.status(status),
        })
    }

    /// A station on a command's way.
    #[must_use]
    pub fn stage(self, stage: Stage) -> &'static str {
        self.say(match stage {
            Stage::Logging => "stage.logging",
            Stage::Validation => "stage.validation",
            Stage::Idempotency => "stage.idempotency",
            Stage::Retry => "stage.retry",
            Stage::Load => "stage.load",
            Stage::Decide => "stage.decide",
            Stage::Append => "stage.append",
        })
    }

    /// What a station does, in one sentence.
    #[must_use]
    pub fn stage_meaning(self, stage: Stage) -> &'static str {
        self.say(match stage {
            Stage::Logging => "stage.logging.meaning",
            Stage::Validation => "stage.validation.meaning",
            Stage::Idempotency => "stage.idempotency.meaning",
            Stage::Retry => "stage.retry.meaning",
            Stage::Load => "stage.load.meaning",
            Stage::Decide => "stage.decide.meaning",
            Stage::Append => "stage.append.meaning",
        })
    }

    /// The name of a read model.
    #[must_use]
    pub fn read_model(self, model: ReadModel) -> &'static str {
        self.say(match model {
            ReadModel::OrderDetails => "model.order_details",
            ReadModel::CustomerOrders => "model.customer_orders",
            ReadModel::SalesDashboard => "model.sales_dashboard",
        })
    }

    /// The name of a read model, by the name under which it is stored.
    #[must_use]
    pub fn model(self, model: &str) -> &'static str {
        self.read_model(match model {
            OrderDetails::MODEL => ReadModel::OrderDetails,
            CustomerOrders::MODEL => ReadModel::CustomerOrders,
            _ => ReadModel::SalesDashboard,
        })
    }

    /// How a command ended, in a word.
    #[must_use]
    pub fn outcome(self, outcome: Outcome) -> &'static str {
        self.say(match outcome {
            Outcome::Accepted => "outcome.accepted",
            Outcome::AlreadySo => "outcome.already_so",
            Outcome::Rejected => "outcome.rejected",
            Outcome::Invalid => "outcome.invalid",
            Outcome::Contended => "outcome.contended",
            Outcome::Conflict => "outcome.conflict",
            Outcome::Failed => "outcome.failed",
        })
    }

    /// Where a fault waits, by its name on the tape.
    #[must_use]
    pub fn fault_point(self, point: &str) -> &'static str {
        self.say(match point {
            "append" => "fault_point.append",
            "read_stream" => "fault_point.read_stream",
            "read_log" => "fault_point.read_log",
            _ => "fault_point.update_read_model",
        })
    }

    /// What goes wrong, by its name on the tape.
    #[must_use]
    pub fn fault(self, fault: &str) -> &'static str {
        self.say(match fault {
            "disk_full" => "fault.disk_full",
            "lose_answer" => "fault.lose_answer",
            "conflict" => "fault.conflict",
            "slow" => "fault.slow",
            "refuse" => "fault.refuse",
            "lose_request" => "fault.lose_request",
            "duplicate" => "fault.duplicate",
            _ => "fault.unavailable",
        })
    }

    /// What a service is called, or the desk.
    #[must_use]
    pub fn service(self, service: &str) -> &'static str {
        self.say(match service {
            "desk" => "service.desk",
            "inventory" => "service.inventory",
            "payment" => "service.payment",
            "shipping" => "service.shipping",
            _ => "service.notification",
        })
    }

    /// How often a fault happens, by its name on the tape.
    #[must_use]
    pub fn fault_times(self, times: &str) -> &'static str {
        self.say(match times {
            "next" => "fault_times.next",
            "next_few" => "fault_times.next_few",
            "chance" => "fault_times.chance",
            _ => "fault_times.always",
        })
    }

    /// The rule that was broken and a next step, as full sentences.
    #[must_use]
    pub fn rejection(self, rejection: &Rejection) -> String {
        match rejection {
            Rejection::TooManyItems { count, max } => {
                let (count, max) = (self.count(*count), self.count(*max));
                self.fill("rejection.too_many_items", &[("count", &count), ("max", &max)])
            }
            Rejection::TextTooLong { length, max } => {
                let (length, max) = (self.count(*length), self.count(*max));
                self.fill("rejection.text_too_long", &[("length", &length), ("max", &max)])
            }
            Rejection::QuantityOutOfRange { quantity, max } => {
                let (quantity, max) = (self.count(*quantity), self.count(*max));
                self.fill(
                    "rejection.quantity_out_of_range",
                    &[("quantity", &quantity), ("max", &max)],
                )
            }
            Rejection::PriceNegative { price } => {
                self.fill("rejection.price_negative", &[("price", &self.money(price.0))])
            }
            Rejection::TotalTooLarge { max } => {
                self.fill("rejection.total_too_large", &[("max", &self.money(max.0))])
            }
            Rejection::AmountDiffers { amount, total } => {
                let (amount, total) = (self.money(amount.0), self.money(total.0));
                self.fill("rejection.amount_differs", &[("amount", &amount), ("total", &total)])
            }
            Rejection::NotPending { status } => {
                self.fill("rejection.not_pending", &[("status", self.status(*status))])
            }
            Rejection::NotShipped { status } => {
                self.fill("rejection.not_shipped", &[("status", self.status(*status))])
            }
            plain => self.plain_rejection(plain).to_owned(),
        }
    }

    fn plain_rejection(self, rejection: &Rejection) -> &'static str {
        self.say(match rejection {
            Rejection::OrderMissing => "rejection.order_missing",
            Rejection::OrderExists => "rejection.order_exists",
            Rejection::NoItems => "rejection.no_items",
            Rejection::TextEmpty => "rejection.text_empty",
            Rejection::PaymentNotConfirmed => "rejection.payment_not_confirmed",
            Rejection::AlreadyShipped => "rejection.already_shipped",
            Rejection::AlreadyDelivered => "rejection.already_delivered",
            _ => "rejection.already_cancelled",
        })
    }

    /// What is wrong with a field, as full sentences.
    #[must_use]
    pub fn problem(self, problem: &Problem) -> String {
        match problem {
            Problem::NotAWholeNumber => self.say("problem.not_a_whole_number").to_owned(),
            Problem::NotAnAmount => self.say("problem.not_an_amount").to_owned(),
            Problem::NotAnOrderId => self.say("problem.not_an_order_id").to_owned(),
            Problem::Rule(rejection) => self.rejection(rejection),
        }
    }

    /// What broke, and a next step.
    #[must_use]
    pub fn failure(self, failure: &Failure) -> String {
        match failure {
            Failure::DiskFull => self.say("failure.disk_full").to_owned(),
            Failure::Closed => self.say("failure.closed").to_owned(),
            Failure::Damaged(damage) => self.damage(damage),
            Failure::Undecodable { reason } => {
                self.fill("failure.undecodable", &[("reason", reason)])
            }
            Failure::UnknownOrder { order } => {
                self.fill("failure.unknown_order", &[("order", order)])
            }
            Failure::TooLong { events, events_max } => {
                let (events, max) = (self.count(*events), self.count(*events_max));
                self.fill("failure.too_long", &[("events", &events), ("max", &max)])
            }
            Failure::Unavailable { cause } => self.fill("failure.unavailable", &[("cause", cause)]),
        }
    }

    /// Why a tape cannot be played.
    #[must_use]
    pub fn unplayable(self, why: &Unplayable) -> String {
        let line = match why {
            Unplayable::Failure(failure) => return self.failure(failure),
            Unplayable::Tape(TapeError::NewerForm { .. }) => {
                return self.say("tape.newer").to_owned();
            }
            Unplayable::Tape(TapeError::Empty) => 1,
            Unplayable::Tape(
                TapeError::Malformed { line, .. } | TapeError::OutOfOrder { line },
            ) => *line,
        };
        self.fill("tape.damaged", &[("line", &self.count(line as u64))])
    }

    /// Which record is damaged, and how.
    #[must_use]
    pub fn damage(self, damage: &Damage) -> String {
        let Damage { store, key, reason } = damage;
        self.fill("failure.damaged", &[("store", store), ("key", key), ("reason", reason)])
    }

    /// What became of a command, in one sentence with its reason.
    #[must_use]
    pub fn happened(self, report: &CommandReport) -> String {
        let command = &*self.command_of(report.command, report.person);
        let order = short_id(&report.order);
        match &report.ending {
            Ending::Accepted { events, version, position } => {
                self.accepted(command, order, events, *version, *position)
            }
            Ending::AlreadySo { version } => {
                let version = self.count(*version);
                let values = [("command", command), ("order", order), ("version", &version)];
                self.fill("happened.already_so", &values)
            }
            Ending::Rejected { rejection } => {
                let reason = self.rejection(rejection);
                self.fill("happened.rejected", &[("command", command), ("reason", &reason)])
            }
            Ending::Invalid { problems } => self.invalid(command, problems),
            Ending::Conflict { seen, actual } => {
                let reason = self.conflict(*seen, *actual);
                self.fill("happened.conflict", &[("command", command), ("reason", &reason)])
            }
            Ending::Contended { attempts } => {
                let values = [("command", command), ("order", order)];
                self.plural("happened.contended", u64::from(*attempts), &values)
            }
            Ending::Failed(failure) => {
                let reason = self.failure(failure);
                self.fill("happened.failed", &[("command", command), ("reason", &reason)])
            }
            Ending::Killed => self.fill("happened.killed", &[("command", command)]),
        }
    }

    /// That somebody acted on an older version than there is, and what to do.
    #[must_use]
    pub fn conflict(self, seen: u64, actual: u64) -> String {
        let (seen, actual) = (self.count(seen), self.count(actual));
        self.fill("refusal.conflict", &[("seen", &seen), ("actual", &actual)])
    }

    fn accepted(
        self,
        command: &str,
        order: &str,
        events: &[String],
        version: u64,
        position: u64,
    ) -> String {
        let (version, position) = (self.count(version), self.count(position));
        let event = events.join(", ");
        let values = [
            ("command", command),
            ("event", event.as_str()),
            ("position", position.as_str()),
            ("order", order),
            ("version", version.as_str()),
        ];
        self.fill("happened.accepted", &values)
    }

    fn invalid(self, command: &str, problems: &[FieldProblem]) -> String {
        if let [only] = problems {
            let reason = self.problem(&only.problem);
            let values = [("command", command), ("field", &only.field), ("reason", &reason)];
            return self.fill("happened.invalid_field", &values);
        }
        self.plural("happened.invalid", problems.len() as u64, &[("command", command)])
    }
}
