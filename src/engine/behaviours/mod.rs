//! The behaviours of the command pipeline: each a small unit that sees a command on its way in and
//! its answer on the way out.

mod idempotency;
mod logging;
mod passage;
mod retry;
mod validation;

pub(super) use passage::Passage;

use super::pipeline::Ending;
use crate::{
    kernel::{Command, Decider, Json},
    ports::{Environment, Stage},
};

/// One behaviour of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behaviour {
    /// Says what came, how it ended and what each stage took.
    Logging,
    /// Refuses what no state would accept, all fields at once.
    Validation,
    /// Gives the recorded answer to a command that was seen before.
    Idempotency,
    /// Loads and decides again after a conflict, unless the command is meant for one version only.
    Retry {
        /// How often a command may be decided in all.
        attempts_max: u32,
    },
}

/// What the pipeline does after a behaviour has seen the ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// On, outward.
    Outward,
    /// Inward again from this behaviour.
    Again,
}

impl Behaviour {
    /// The usual order, outermost first.
    #[must_use]
    pub fn usual() -> Vec<Self> {
        vec![Self::Logging, Self::Validation, Self::Idempotency, Self::Retry { attempts_max: 5 }]
    }

    /// Its station on a command's way.
    #[must_use]
    pub fn stage(self) -> Stage {
        match self {
            Self::Logging => Stage::Logging,
            Self::Validation => Stage::Validation,
            Self::Idempotency => Stage::Idempotency,
            Self::Retry { .. } => Stage::Retry,
        }
    }

    /// On the way in; an ending when the command goes no further.
    pub(super) async fn inward<D, E>(
        self,
        passage: &mut Passage<'_, D, E>,
    ) -> Option<Ending<D::Rejection>>
    where
        D: Decider,
        D::Command: Command<Rejection = D::Rejection>,
        D::Rejection: Json,
        E: Environment,
    {
        match self {
            Self::Logging | Self::Retry { .. } => None,
            Self::Validation => validation::inward(passage),
            Self::Idempotency => idempotency::inward(passage).await,
        }
    }

    /// On the way out.
    pub(super) async fn outward<D, E>(
        self,
        passage: &mut Passage<'_, D, E>,
        ending: &mut Ending<D::Rejection>,
    ) -> Next
    where
        D: Decider,
        D::Command: Command,
        D::Rejection: Json,
        E: Environment,
    {
        match self {
            Self::Logging => logging::outward(passage, ending).await,
            Self::Validation => {}
            Self::Idempotency => idempotency::outward(passage, ending).await,
            Self::Retry { attempts_max } => return retry::outward(passage, ending, attempts_max),
        }
        Next::Outward
    }
}
