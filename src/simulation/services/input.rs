//! What can come from outside for sagas and services.

use super::ArmedServiceFault;
use crate::kernel::{CommandId, SagaCommand, SagaId, json_enum, json_object};

/// Something that somebody does to the fulfilment of orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FulfilmentInput {
    /// Who fulfils the orders that are created from now on.
    Mode(FulfilmentMode),
    /// A person sees to a step that was given up.
    Attend(Attention),
    /// A fault waits for requests to a service.
    Arm(ArmedServiceFault),
    /// No fault waits for requests of this name any more.
    Disarm(String),
    /// An amount that a service goes by is set.
    Set(ServiceSetting),
    /// A protection is switched.
    Protect(Protection, bool),
}

json_enum!(FulfilmentInput {
    Mode(mode) = "mode",
    Attend(attention) = "attend",
    Arm(fault) = "arm",
    Disarm(request) = "disarm",
    Set(setting) = "set",
    Protect(protection, on) = "protect"
});

/// Who fulfils orders.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FulfilmentMode {
    /// People, command by command.
    #[default]
    People,
    /// A saga for each order.
    Saga,
    /// Nobody for the whole: each service reacts on what others say.
    Choreography,
}

json_enum!(FulfilmentMode {
    People = "people",
    Saga = "saga",
    Choreography = "choreography"
});

impl FulfilmentMode {
    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Saga => "saga",
            Self::Choreography => "choreography",
        }
    }
}

/// What a person wants of a step that was given up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attention {
    /// Names it.
    pub id: CommandId,
    /// Which saga.
    pub saga: SagaId,
    /// Which step.
    pub step: String,
    /// What the person did about it; none when it shall be tried again.
    pub settled: Option<String>,
}

json_object!(Attention { id, saga, step, settled });

impl Attention {
    /// What the saga is told.
    #[must_use]
    pub fn told(&self) -> SagaCommand {
        let step = self.step.clone();
        match self.settled.clone() {
            Some(note) => SagaCommand::Settle { step, note },
            None => SagaCommand::Retry { step },
        }
    }
}

/// An amount that a service goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceSetting {
    /// Which service.
    pub service: String,
    /// Of what: a product, a customer.
    pub name: String,
    /// How much.
    pub amount: u64,
}

json_object!(ServiceSetting { service, name, amount });

/// What keeps services from going wrong, and can be switched off to see why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// A repeat of a request is recognised by its key.
    Idempotency,
    /// What is promised to one saga is kept from the others.
    SemanticLock,
    /// The domain decides and folds without calling anybody.
    PureDomain,
}

json_enum!(Protection {
    Idempotency = "idempotency",
    SemanticLock = "semantic_lock",
    PureDomain = "pure_domain"
});

impl Protection {
    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Idempotency => "idempotency",
            Self::SemanticLock => "semantic_lock",
            Self::PureDomain => "pure_domain",
        }
    }
}
