//! Choreography: a process that nobody conducts. Each reactor waits for facts of others, does one thing about
//! them, and says what became of it; whoever waits for that goes on.
//!
//! Source: the two ways to coordinate sagas in Chris Richardson, "Microservices Patterns" (2018), chapter 4.

use super::{
    Call, CausationId, CodecError, Direction, EncodedEvent, ModelName, Plan, SagaPlan, StoredEvent,
    from_json, json_object, to_json,
};

/// The same steps as those of a plan, without anybody who knows the plan: a table of who waits for what.
pub trait Choreography: SagaPlan {
    /// The category of the streams that it is about.
    const SUBJECT: &'static str;
    /// Everybody.
    const REACTORS: &'static [ReactorPlan];
}

/// What one reactor does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReactorPlan {
    /// Its name, and the category of its streams: one for each saga that would be.
    pub name: &'static str,
    /// The name under which it keeps how far it has read.
    pub model: ModelName,
    /// What it does about what.
    pub reactions: &'static [Reaction],
}

/// What is done about a fact, and what is said of it then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reaction {
    /// The types of the events that it is done about.
    pub on: &'static [&'static str],
    /// The name of a step of the plan, or of a compensation.
    pub asks: &'static str,
    /// What is said when it is done.
    pub done: &'static str,
    /// When a rule refuses it.
    pub refused: &'static str,
    /// When it was tried as often as it may be: whether it was done is not known.
    pub given_up: &'static str,
}

/// The type of the event by which a person wants something tried again that was given up.
pub const ASKED_AGAIN: &str = "AskedAgain";

/// What an event of a reactor's stream says besides its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What was asked for.
    pub asked: String,
    /// Why the process turned back; none while it goes forward.
    pub failure: Option<String>,
    /// Why this was not done, or what a person did about it.
    pub note: Option<String>,
}

json_object!(Fact { asked, failure, note });

const SCHEMA_VERSION: u16 = 1;

/// What became of something that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReactionOutcome {
    /// It is done.
    Done,
    /// A rule refuses it.
    Refused(String),
    /// Nobody knows. With what was heard last.
    GivenUp(String),
}

impl Fact {
    /// As it is stored, under the type of its event.
    #[must_use]
    pub fn encode(&self, event_type: &str) -> EncodedEvent {
        let (event_type, data) = (event_type.to_owned(), to_json(self));
        EncodedEvent { event_type, schema_version: SCHEMA_VERSION, data }
    }

    /// What an event of a reactor's stream says.
    ///
    /// # Errors
    /// When it is of another shape.
    pub fn decode(stored: &EncodedEvent) -> Result<Self, CodecError> {
        let event_type = stored.event_type.clone();
        if stored.schema_version != SCHEMA_VERSION {
            let schema_version = stored.schema_version;
            return Err(CodecError::UnknownSchema { event_type, schema_version });
        }
        from_json(&stored.data)
            .map_err(|error| CodecError::Malformed { event_type, reason: error.to_string() })
    }
}

impl ReactorPlan {
    /// What it does about an event, if it does anything.
    ///
    /// # Errors
    /// When a person's wish is of another shape.
    pub fn reaction_to(
        &self,
        stored: &StoredEvent,
    ) -> Result<Option<&'static Reaction>, CodecError> {
        let event_type = &*stored.event.encoded.event_type;
        if event_type != ASKED_AGAIN {
            let waits = |reaction: &&Reaction| reaction.on.contains(&event_type);
            return Ok(self.reactions.iter().find(waits));
        }
        if stored.stream.category() != self.name {
            return Ok(None);
        }
        let asked = Fact::decode(&stored.event.encoded)?.asked;
        Ok(self.reactions.iter().find(|reaction| reaction.asks == asked))
    }
}

impl Reaction {
    /// The name of an event that it is done about.
    #[must_use]
    pub fn heard(&self, event_type: &str) -> &'static str {
        self.on.iter().find(|known| **known == event_type).copied().unwrap_or(ASKED_AGAIN)
    }

    /// The first attempt of what it asks for.
    #[must_use]
    pub fn first_call(&self, plan: &Plan) -> Call {
        let forward = plan.find(self.asks).map(|step| (Direction::Forward, step));
        let back = || {
            let undoes = |step: &super::Step| step.compensation() == Some(self.asks);
            Some((Direction::Back, plan.steps().iter().position(undoes)?))
        };
        let (direction, step) =
            forward.or_else(back).expect("a reaction asks for what is in the plan");
        Call { direction, step, attempt: 1 }
    }

    /// What is said of an outcome: the type of the event, and the event. `failure` is why the process had
    /// turned back already.
    #[must_use]
    pub fn say(
        &self,
        outcome: ReactionOutcome,
        plan: &Plan,
        failure: Option<String>,
    ) -> (&'static str, Fact) {
        let goes_forward = self.first_call(plan).direction == Direction::Forward;
        let (event_type, reason) = match outcome {
            ReactionOutcome::Done => (self.done, None),
            ReactionOutcome::Refused(reason) => (self.refused, Some(reason)),
            ReactionOutcome::GivenUp(reason) => (self.given_up, Some(reason)),
        };
        let asked = self.asks.to_owned();
        let (failure, note) = if goes_forward { (reason, None) } else { (failure, reason) };
        (event_type, Fact { asked, failure, note })
    }
}

/// Whether a person has to see to what this event says: something was given up that has to be done, and
/// nobody waits for that.
#[must_use]
pub fn is_stuck<C: Choreography>(event_type: &str) -> bool {
    let mut all = C::REACTORS.iter().flat_map(|reactor| reactor.reactions);
    let is_waited_for = all.clone().any(|reaction| reaction.on.contains(&event_type));
    !is_waited_for && all.any(|reaction| reaction.given_up == event_type)
}

/// Whether a reactor whose stream this is has done something about an event already.
#[must_use]
pub fn has_reacted(own: &[StoredEvent], event: &StoredEvent) -> bool {
    own.iter().any(|known| known.event.causation_id == CausationId(event.event.id.0))
}
