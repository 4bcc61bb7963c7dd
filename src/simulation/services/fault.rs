//! What can be made to go wrong with the requests to a service.

use crate::{
    kernel::{Micros, json_enum, json_object},
    ports::Rng,
    simulation::Times,
};

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceFault {
    /// The service refuses it, as if a rule said so.
    Refuse,
    /// The service cannot do it, and does not.
    Unavailable,
    /// It arrives so much later.
    Slow(Micros),
    /// It never arrives.
    LoseRequest,
    /// It is done, and the answer never arrives.
    LoseAnswer,
    /// It arrives twice.
    Duplicate,
}

json_enum!(ServiceFault {
    Refuse = "refuse",
    Unavailable = "unavailable",
    Slow(by) = "slow",
    LoseRequest = "lose_request",
    LoseAnswer = "lose_answer",
    Duplicate = "duplicate"
});

impl ServiceFault {
    /// Its name on the tape.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Refuse => "refuse",
            Self::Unavailable => "unavailable",
            Self::Slow(_) => "slow",
            Self::LoseRequest => "lose_request",
            Self::LoseAnswer => "lose_answer",
            Self::Duplicate => "duplicate",
        }
    }

    pub(super) fn place(self) -> Place {
        match self {
            Self::Slow(_) | Self::LoseRequest | Self::Duplicate => Place::OnTheWay,
            Self::Unavailable | Self::LoseAnswer => Place::AtWork,
            Self::Refuse => Place::Deciding,
        }
    }
}

/// Where a fault happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    OnTheWay,
    AtWork,
    /// When it is no repeat, and the rules are asked.
    Deciding,
}

/// A fault that waits for requests of one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmedServiceFault {
    /// The request's name.
    pub request: String,
    /// What.
    pub fault: ServiceFault,
    /// How often.
    pub times: Times,
}

json_object!(ArmedServiceFault { request, fault, times });

/// The faults that wait, in the order in which they were armed.
#[derive(Clone, Debug, Default)]
pub(super) struct ServiceFaults(Vec<ArmedServiceFault>);

impl ServiceFaults {
    pub(super) fn arm(&mut self, fault: ArmedServiceFault) {
        self.0.push(fault);
    }

    pub(super) fn disarm(&mut self, request: &str) {
        self.0.retain(|armed| armed.request != request);
    }

    /// The fault that happens to this request here, if one does. The first that is armed comes first.
    pub(super) fn next(
        &mut self,
        request: &str,
        place: Place,
        rng: &impl Rng,
    ) -> Option<(ServiceFault, Times)> {
        let happens = |armed: &ArmedServiceFault| {
            armed.request == request && armed.fault.place() == place && armed.times.happens(rng)
        };
        let index = self.0.iter().position(happens)?;
        let (fault, times) = (self.0[index].fault, self.0[index].times);
        if self.0[index].times.spend() {
            self.0.remove(index);
        }
        Some((fault, times))
    }
}
