//! What surrounds moments, in words.

use super::Texts;
use crate::app::views::{Interest, Person, Who};

impl Texts {
    /// Who reached a moment; the task of a command is called as that.
    #[must_use]
    pub fn who(self, who: Who) -> String {
        match who {
            Who::Person(person) => self.person(person),
            Who::Handler(command, person) => self.command_of(command, person),
            Who::Projector(model) => self.read_model(model).to_owned(),
            Who::Runner => self.say("who.runner").into(),
            Who::Saga => self.say("who.saga").into(),
            Who::Service(name) | Who::Reactor(name) => self.service(name).to_owned(),
        }
    }

    /// What one of the people outside is called.
    #[must_use]
    pub fn person(self, person: Person) -> String {
        self.fill("who.person", &[("number", &self.count(u64::from(person.0)))])
    }

    /// What a command is called: where it is not of the first person, with whose it is.
    #[must_use]
    pub fn command_of(self, command: &str, person: Person) -> String {
        match person {
            Person::FIRST => command.to_owned(),
            person => format!("{command} ({})", self.person(person)),
        }
    }

    /// Why somebody may want to stop at a moment.
    #[must_use]
    pub fn interest(self, interest: Interest) -> &'static str {
        self.say(match interest {
            Interest::Event => "interest.event",
            Interest::Refusal => "interest.refusal",
            Interest::Conflict => "interest.conflict",
            Interest::Fault => "interest.fault",
            Interest::Crash => "interest.crash",
        })
    }
}
