//! Actors: who does something in a world, and how the tape names them.

use crate::kernel::{CommandId, ModelName, SagaId, json_enum, json_newtype};

/// Who reached a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// Somebody outside.
    Person(Person),
    /// The task that handles a command.
    Handler(CommandId),
    /// The task that keeps a read model up to date.
    Projector(ModelName),
    /// The task that begins sagas.
    Runner,
    /// The task that runs one saga.
    Saga(SagaId),
    /// The task of a service, by its name.
    Service(&'static str),
    /// The task of a reactor, by its name.
    Reactor(&'static str),
}

/// One of the people outside, by their number: 1 for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Person(pub u8);

json_newtype!(Person);

impl Person {
    /// Who is meant where nobody is named.
    pub const FIRST: Self = Self(1);
    /// Somebody who acts beside the first.
    pub const SECOND: Self = Self(2);
}

/// A task as the tape names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The task that handles a command.
    Handler(CommandId),
    /// The task that keeps a read model up to date.
    Projector(String),
    /// Whoever runs sagas: the task that begins them, and those of all that are under way.
    Runner,
    /// The task that runs one saga.
    Saga(SagaId),
    /// The task of a service, by its name.
    Service(String),
    /// The task of a reactor, by its name.
    Reactor(String),
}

json_enum!(Target {
    Handler(command) = "handler",
    Projector(model) = "projector",
    Runner = "runner",
    Saga(saga) = "saga",
    Service(service) = "service",
    Reactor(reactor) = "reactor"
});

impl Target {
    /// Whether this is the task that is meant.
    #[must_use]
    pub fn is(&self, actor: Actor) -> bool {
        match (self, actor) {
            (Self::Handler(meant), Actor::Handler(command)) => *meant == command,
            (Self::Projector(meant), Actor::Projector(model)) => meant == model,
            (Self::Runner, Actor::Runner | Actor::Saga(_)) => true,
            (Self::Saga(meant), Actor::Saga(saga)) => *meant == saga,
            (Self::Service(meant), Actor::Service(service)) => meant == service,
            (Self::Reactor(meant), Actor::Reactor(reactor)) => meant == reactor,
            _ => false,
        }
    }
}
