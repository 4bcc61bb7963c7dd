//! The words of sagas and services.

use super::Texts;
use crate::app::views::{FaultAt, Picture, Progress, Room, SagaState, SagasAt, SettingProblem};

impl Texts {
    /// What a saga is at.
    #[must_use]
    pub fn saga_state(self, state: SagaState) -> &'static str {
        self.say(match state {
            SagaState::NotStarted => "saga_state.not_started",
            SagaState::InProgress => "saga_state.in_progress",
            SagaState::Compensating => "saga_state.compensating",
            SagaState::NeedsAttention => "saga_state.needs_attention",
            SagaState::Completed => "saga_state.completed",
            SagaState::Compensated => "saga_state.compensated",
            SagaState::FailedBeforeStart => "saga_state.failed_before_start",
            SagaState::Settled => "saga_state.settled",
        })
    }

    /// How far a step or a compensation is.
    #[must_use]
    pub fn leg_state(self, state: Progress) -> &'static str {
        self.say(match state {
            Progress::Open => "leg_state.open",
            Progress::Requested => "leg_state.requested",
            Progress::Done => "leg_state.done",
            Progress::Failed => "leg_state.failed",
            Progress::Unknown => "leg_state.unknown",
            Progress::Stuck => "leg_state.stuck",
            Progress::Settled => "leg_state.settled",
        })
    }

    /// What a service holds; the name of a product is that of the product.
    #[must_use]
    pub fn holding(self, name: &str) -> String {
        self.say(match name {
            "promised" => "holding.promised",
            "held" => "holding.held",
            "charges" => "holding.charges",
            "refunds" => "holding.refunds",
            "packed" => "holding.packed",
            "handed_over" => "holding.handed_over",
            "letters" => "holding.letters",
            "repeats" => "holding.repeats",
            product => return product.to_owned(),
        })
        .into()
    }

    /// What goes wrong with a request to a service, by its name on the tape.
    #[must_use]
    pub fn service_fault(self, fault: &str) -> &'static str {
        match fault {
            "unavailable" => self.say("fault.service_unavailable"),
            other => self.fault(other),
        }
    }

    /// What a service was told to go by: of what, and how much.
    #[must_use]
    pub fn setting(self, service: &str, name: &str, amount: u64) -> [String; 2] {
        let of = |key| self.fill(key, &[("name", name)]);
        match (service, amount) {
            ("payment", 0) => [of("setting.card"), self.say("setting.declined").to_owned()],
            ("payment", limit) => {
                let limit = self.money(i64::try_from(limit).unwrap_or(i64::MAX));
                [of("setting.card"), self.fill("setting.up_to", &[("amount", &limit)])]
            }
            ("shipping", 0) => [of("setting.address"), self.say("setting.missing").to_owned()],
            ("shipping", _) => [of("setting.address"), self.say("setting.known").to_owned()],
            _ => [name.to_owned(), self.count(amount)],
        }
    }

    /// The same as a sentence.
    #[must_use]
    pub fn service_set(self, service: &str, name: &str, amount: u64) -> String {
        let [name, amount] = self.setting(service, name, amount);
        let values = [("service", self.service(service)), ("name", &name), ("amount", &amount)];
        self.fill("moment.service_set", &values)
    }

    /// What is wrong with what a service shall go by, and a next step.
    #[must_use]
    pub fn setting_problem(self, problem: &SettingProblem) -> String {
        match problem {
            SettingProblem::Field(problem) => self.problem(problem),
            SettingProblem::TooMany(max) => {
                self.fill("setting.too_many", &[("max", &self.count(*max))])
            }
        }
    }

    /// A fault that waits for requests, and how often it will happen.
    #[must_use]
    pub fn service_fault_at(self, fault: FaultAt) -> String {
        format!("{}, {}", self.service_fault(fault.fault), self.fault_left(fault))
    }

    /// That a fault is set for requests, as a sentence.
    #[must_use]
    pub fn service_fault_armed(self, fault: FaultAt) -> String {
        let (times, what) = (self.fault_left(fault), self.service_fault(fault.fault));
        let values = [("point", fault.point), ("fault", what), ("times", &times)];
        self.fill("moment.service_fault_armed", &values)
    }

    /// How much a service holds of something, at a glance.
    #[must_use]
    pub fn held(self, what: &str, amount: u64) -> String {
        let amount = match what {
            "held" => self.money(i64::try_from(amount).unwrap_or(i64::MAX)),
            _ => self.count(amount),
        };
        format!("{} {amount}", self.holding(what))
    }

    /// What is to be seen of a room: what was done to it, and what is in it.
    #[must_use]
    pub(in crate::app) fn lines_of(self, picture: &Picture, room: Room) -> Vec<String> {
        let done = [
            (&picture.dead, "picture.killed"),
            (&picture.paused, "picture.paused"),
            (&picture.slowed, "picture.slowed"),
        ];
        let done = done.into_iter().filter(|(rooms, _)| rooms.contains(&room));
        let mut lines: Vec<_> = done.map(|(_, key)| self.say(key).to_owned()).collect();
        match room {
            Room::Saga => self.sagas_at(&picture.sagas, &mut lines),
            Room::Service(index) => {
                let waiting = picture.sagas.waiting_for(index);
                lines.extend((waiting > 1).then(|| self.plural("picture.waiting", waiting, &[])));
                let held = picture.held[usize::from(index)].as_ref();
                lines.extend(held.map(|(what, amount)| self.held(what, *amount)));
            }
            _ => {}
        }
        lines
    }

    /// How many sagas are at what, or what the only one is at.
    fn sagas_at(self, sagas: &SagasAt, lines: &mut Vec<String>) {
        if let Some(only) = sagas.only() {
            lines.push(self.saga_state(only.state()).to_owned());
            if let Some((name, attempt)) = only.at() {
                let attempt = (attempt > 1).then(|| format!(" ({})", self.count(attempt.into())));
                lines.push(format!("{name}{}", attempt.unwrap_or_default()));
            }
            return;
        }
        for (state, count) in sagas.counts() {
            if count > 0 {
                lines.push(format!("{} {}", self.saga_state(state), self.count(count)));
            }
        }
    }
}
