//! The words of a saga's run as a sequence of messages, and of its states.

use super::Texts;
use crate::{
    app::views::{Fate, Happening, Message, Party, SagaState, SequenceLine},
    kernel::StepAnswer,
};

impl Texts {
    /// What somebody who takes part is called.
    #[must_use]
    pub fn party(self, party: Party) -> &'static str {
        self.say(match party {
            Party::Saga => "sequence.saga",
            Party::Order => "orders.column.order",
            Party::Service(0) => "service.inventory",
            Party::Service(1) => "service.payment",
            Party::Service(2) => "service.shipping",
            Party::Service(_) => "service.notification",
        })
    }

    /// What happened, as it stands in a diagram: on one line.
    #[must_use]
    pub fn happening(self, what: &Happening) -> String {
        let about = |key, step: &str| self.fill(key, &[("step", step)]);
        let because = |key, code: &str| self.fill(key, &[("reason", &self.step_reason(code))]);
        let who = |key, party| self.fill(key, &[("party", self.party(party))]);
        let said = match what {
            Happening::Message(message) => self.message(message),
            Happening::TimedOut(name, attempt) => {
                let attempt = self.count(u64::from(*attempt));
                self.fill("sequence.timed_out", &[("step", name), ("count", &attempt)])
            }
            Happening::Began => self.say("sequence.began").to_owned(),
            Happening::TurnedBack(reason) => because("sequence.turned_back", reason),
            Happening::NeedsPerson(step) => about("sequence.needs_person", step),
            Happening::AskedAgain(step) => about("sequence.asked_again", step),
            Happening::Settled(step) => about("sequence.settled", step),
            Happening::Stalled(reason) => self.fill("sequence.stalled", &[("reason", reason)]),
            Happening::Conflict => self.say("sequence.conflict").to_owned(),
            Happening::Ended(state) => self.saga_state(*state).to_owned(),
            Happening::Killed(party) => who("sequence.killed", *party),
            Happening::Restarted(party) => who("sequence.restarted", *party),
            Happening::Reloaded => self.say("sequence.reloaded").to_owned(),
        };
        said.replace(char::is_control, " ")
    }

    /// What happened, for who cannot see from where to where an arrow goes.
    #[must_use]
    pub fn sequence_sentence(self, line: &SequenceLine) -> String {
        let said = self.happening(&line.what);
        let (saga, time) = (self.party(Party::Saga), self.milliseconds(line.at_us));
        match &line.what {
            Happening::Message(message) => {
                let other = self.party(message.party);
                let (from, to) = match message.answer {
                    None => (saga, other),
                    Some(_) => (other, saga),
                };
                let values = [("time", &*time), ("from", from), ("to", to), ("what", &said)];
                self.fill("sequence.from_to", &values)
            }
            _ => format!("{time}, {said}"),
        }
    }

    fn message(self, message: &Message) -> String {
        let reason = |key, code: &str| self.fill(key, &[("reason", &self.step_reason(code))]);
        let mut said = match &message.answer {
            None => vec![message.name.to_owned()],
            Some(StepAnswer::Done) => {
                vec![self.fill("sequence.done", &[("step", message.name)])]
            }
            Some(StepAnswer::Refused { reason: code }) => vec![reason("sequence.refused", code)],
            Some(StepAnswer::Unavailable { reason: code }) => {
                vec![reason("sequence.unavailable", code)]
            }
        };
        if message.goes_back && message.answer.is_none() {
            said[0].insert_str(0, "↩ ");
        }
        if message.attempt > 1 && message.answer.is_none() {
            let attempt = self.count(u64::from(message.attempt));
            said.push(self.fill("sequence.attempt", &[("count", &attempt)]));
        }
        let fate = match message.fate {
            Fate::Arrives => None,
            Fate::Lost => Some("sequence.lost"),
            Fate::Slow => Some("sequence.slow"),
            Fate::Doubled => Some("sequence.doubled"),
            Fate::SentAgain => Some("sequence.sent_again"),
            Fate::Late => Some("sequence.late"),
            Fate::HeardBefore => Some("sequence.heard_before"),
            Fate::Recognised => Some("sequence.recognised"),
        };
        said.extend(fate.map(|key| self.say(key).to_owned()));
        said.join(" · ")
    }

    /// The way that a saga took through its states, in a sentence.
    #[must_use]
    pub fn saga_way(self, way: &[SagaState]) -> String {
        let Some((now, before)) = way.split_last() else { return String::new() };
        let name = |state: &SagaState| self.saga_state(*state);
        let came: Vec<_> = before.iter().map(name).collect();
        let goes: Vec<_> = now.next().map(|state| self.saga_state(state)).collect();
        let came = self.fill("machine.came", &[("states", &came.join(", "))]);
        let goes = match goes.is_empty() {
            true => self.say("machine.over").to_owned(),
            false => self.fill("machine.goes", &[("states", &goes.join(", "))]),
        };
        format!("{}. {came} {goes}", self.saga_state(*now))
    }
}
