//! What surrounds moments, in words.

use super::Texts;
use crate::app::views::{Interest, Who};

impl Texts {
    /// Who reached a moment; the task of a command is called as that.
    #[must_use]
    pub fn who(self, who: Who) -> String {
        match who {
            Who::Person => self.say("who.person").to_owned(),
            Who::Handler(command) => command.to_owned(),
            Who::Projector(model) => self.read_model(model).to_owned(),
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
