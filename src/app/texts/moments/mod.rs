//! Every moment of a run as one sentence, as a museum's label would say it to a newcomer.

mod command;
mod outside;
mod projector;
mod reactor;
mod saga;

#[cfg(target_arch = "wasm32")]
pub use saga::install_saga_sentences;

use std::iter::successors;

use super::{Texts, short_id};
use crate::{
    kernel::CommandId,
    ports::{Moment, SagaMoment},
    simulation::{Actor, Person, RecordedMoment},
};

impl Texts {
    /// What happened at a moment of a trace; empty past its end. `index` counts from 0.
    #[must_use]
    pub fn moment(self, trace: &[RecordedMoment], index: usize) -> String {
        trace.get(index).map_or_else(String::new, |recorded| {
            let label = Label { texts: self, so_far: &trace[..=index], recorded };
            label.of_sagas().unwrap_or_else(|| label.sentence())
        })
    }
}

/// A moment that is being told, with all that came before it.
struct Label<'a> {
    texts: Texts,
    /// The trace up to this moment and with it.
    so_far: &'a [RecordedMoment],
    recorded: &'a RecordedMoment,
}

impl Label<'_> {
    /// The text of a key, its places filled with the command's name, its order and more.
    fn of_command(&self, key: &'static str, command: CommandId, more: &[(&str, &str)]) -> String {
        let (name, order) = self.given(command);
        let values = [&[("command", &*name), ("order", &*order)], more].concat();
        self.texts.fill(key, &values)
    }

    /// The name of the command that this task handles.
    fn own_command(&self) -> String {
        match self.recorded.actor {
            Actor::Handler(command) => self.given(command).0,
            _ => "?".to_owned(),
        }
    }

    /// What a command is called and the short id of its order, as it was given last.
    fn given(&self, meant: CommandId) -> (String, String) {
        let given = self.so_far.iter().rev().find_map(|earlier| match &earlier.moment {
            Moment::CommandReceived { command, name, stream }
            | Moment::CommandGiven { command, name, stream, .. }
                if *command == meant =>
            {
                Some((*name, short_id(stream.instance()).to_owned()))
            }
            Moment::Saga(SagaMoment::AttentionGiven { saga, command, retry, .. })
                if *command == meant =>
            {
                let name = if *retry { "RetryStep" } else { "SettleStep" };
                Some((name, short_id(&saga.to_string()).to_owned()))
            }
            _ => None,
        });
        let (name, order) = given.unwrap_or(("?", "?".to_owned()));
        (self.texts.command_of(name, self.giver(meant)), order)
    }

    /// Who gave a command. Where it is given just now, the sentence says so by itself.
    fn giver(&self, meant: CommandId) -> Person {
        let given =
            self.so_far.iter().rev().find_map(|earlier| match (earlier.actor, &earlier.moment) {
                (Actor::Person(person), Moment::CommandGiven { command, .. })
                    if *command == meant =>
                {
                    Some(person)
                }
                _ => None,
            });
        let is_given_now = matches!(self.recorded.moment, Moment::CommandGiven { .. });
        given.filter(|_| !is_given_now).unwrap_or(Person::FIRST)
    }

    /// Who is meant by what was done to a task.
    fn who(&self) -> String {
        match self.recorded.actor {
            Actor::Handler(command) => self.of_command("actor.handler", command, &[]),
            Actor::Projector(model) => {
                self.texts.fill("actor.projector", &[("model", self.texts.model(model))])
            }
            Actor::Person(person) => self.texts.person(person),
            Actor::Runner => self.texts.say("actor.runner").into(),
            Actor::Saga(saga) => {
                self.texts.fill("actor.saga", &[("order", short_id(&saga.to_string()))])
            }
            Actor::Service(name) | Actor::Reactor(name) => {
                let is_service = matches!(self.recorded.actor, Actor::Service(_));
                let key = if is_service { "actor.service" } else { "actor.reactor" };
                self.texts.fill(key, &[("service", self.texts.service(name))])
            }
        }
    }

    /// This moment and those before it that led to it in the same task, the latest first.
    fn causes(&self) -> impl Iterator<Item = &RecordedMoment> {
        let before = |recorded: &&RecordedMoment| {
            let number = recorded.cause?.0;
            self.so_far.get(usize::try_from(number).ok()?.checked_sub(1)?)
        };
        let actor = self.recorded.actor;
        successors(Some(self.recorded), before).take_while(move |recorded| recorded.actor == actor)
    }

    /// The events that this task decided on last.
    fn events(&self) -> String {
        let decided = self.causes().find_map(|earlier| match &earlier.moment {
            Moment::Decided { events, .. } => Some(events.join(", ")),
            _ => None,
        });
        decided.unwrap_or_default()
    }

    /// The fault that made this task fail just now, in words; none when it was no fault.
    fn fault_behind(&self) -> Option<&'static str> {
        let earlier = self.causes().skip(1);
        let mut earlier = earlier.take_while(|recorded| {
            !matches!(
                recorded.moment,
                Moment::ProjectorFailed { .. } | Moment::CommandReceived { .. }
            )
        });
        earlier.find_map(|earlier| match &earlier.moment {
            Moment::FaultMet { fault, .. } if !matches!(*fault, "slow" | "conflict") => {
                Some(self.texts.fault(fault))
            }
            _ => None,
        })
    }
}
