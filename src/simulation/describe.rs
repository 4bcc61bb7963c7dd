//! Moments in words of the code: a name and facts, the same in every language, and the hash of a
//! trace that is made of them.

use super::{Actor, Person, RecordedMoment};
use crate::{
    kernel::{StoredEvent, to_json},
    ports::{Moment, Outcome, Stage},
};

/// A name and the facts of a moment, each a name and a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Which kind of moment it is.
    pub name: &'static str,
    /// What is known of it, in order.
    pub facts: Vec<(&'static str, String)>,
}

impl Description {
    /// The value of a fact; empty when there is no such fact.
    #[must_use]
    pub fn fact(&self, name: &str) -> &str {
        self.facts.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}

/// Makes a description: `described!(name, fact, fact = value, …)`; each value is written with `Display`.
macro_rules! described {
    ($name:literal $(, $fact:ident $(= $value:expr)?)* $(,)?) => {
        Description {
            name: $name,
            facts: vec![$((stringify!($fact), described!(@ $fact $(= $value)?).to_string())),*],
        }
    };
    (@ $fact:ident) => { $fact };
    (@ $fact:ident = $value:expr) => { $value };
}
pub(super) use described;

/// What a moment is, as names and values.
#[must_use]
pub fn describe(moment: &Moment) -> Description {
    match moment {
        Moment::CommandReceived { command, name, stream } => {
            described!("command_received", command, name, stream)
        }
        Moment::BehaviourEntered { command, stage } => {
            described!("behaviour_entered", command, stage = stage_name(*stage))
        }
        Moment::BehaviourLeft { command, stage } => {
            described!("behaviour_left", command, stage = stage_name(*stage))
        }
        Moment::StreamRead { stream, version, events } => {
            described!("stream_read", stream, version = version.0, events)
        }
        Moment::Decided { command, events } => {
            described!("decided", command, events = events.join(", "))
        }
        Moment::Rejected { command, rejection } => described!("rejected", command, rejection),
        Moment::Appended { command, stream, version, position } => {
            described!("appended", command, stream, version = version.0, position = position.0)
        }
        Moment::Conflict { command, expected, actual } => {
            described!("conflict", command, expected = expected.0, actual = actual.0)
        }
        Moment::CommandLogged { command, name, outcome, attempts, stages } => {
            let took = stages.iter().map(|time| time.elapsed.0).sum::<u64>();
            let outcome = outcome_name(*outcome);
            described!("command_logged", command, name, outcome, attempts, took)
        }
        Moment::CommandAnswered { command, outcome, answer } => {
            described!("command_answered", command, outcome = outcome_name(*outcome), answer)
        }
        Moment::CommandFailed { command, outcome, reason } => {
            described!("command_failed", command, outcome = outcome_name(*outcome), reason)
        }
        Moment::Saga(moment) => super::describe_saga::describe(moment),
        other => describe_projector(other),
    }
}

/// What a projector reached.
fn describe_projector(moment: &Moment) -> Description {
    match moment {
        Moment::LogRead { model, after, events } => {
            described!("log_read", model, after = after.0, events)
        }
        Moment::Projected { model, checkpoint, events } => {
            described!("projected", model, checkpoint = checkpoint.0, events)
        }
        Moment::CheckpointMoved { model, found } => {
            described!("checkpoint_moved", model, found = found.0)
        }
        Moment::ProjectorFailed { model, reason } => {
            described!("projector_failed", model, reason)
        }
        other => describe_outside(other),
    }
}

/// What came from outside, or was made to go wrong.
fn describe_outside(moment: &Moment) -> Description {
    match moment {
        Moment::CommandGiven { command, name, stream, as_seen } => {
            let as_seen = as_seen.map_or(String::new(), |version| version.0.to_string());
            described!("command_given", command, name, stream, as_seen)
        }
        Moment::FaultArmed { point, fault, times, .. } => {
            described!("fault_armed", point, fault, times)
        }
        Moment::FaultsDisarmed { point } => described!("faults_disarmed", point),
        Moment::FaultMet { point, fault, .. } => {
            described!("fault_met", point, fault)
        }
        Moment::Crashed => described!("crashed"),
        Moment::Restarted => described!("restarted"),
        Moment::Paused => described!("paused"),
        Moment::Resumed => described!("resumed"),
        Moment::Slowed { by } => described!("slowed", by = by.0),
        Moment::ModelCleared { model } => described!("model_cleared", model),
        Moment::VersionCheckSwitched { on } => described!("version_check_switched", on),
        Moment::BehavioursChanged { stages } => {
            let names: Vec<_> = stages.iter().map(|stage| stage_name(*stage)).collect();
            described!("behaviours_changed", stages = names.join(", "))
        }
        Moment::Reloaded => described!("reloaded"),
        Moment::ForeignAppended { stream, events, version, position } => {
            let (events, version, position) = (events.join(", "), version.0, position.0);
            described!("foreign_appended", stream, events, version, position)
        }
        Moment::NobodyFaster { stream } => described!("nobody_faster", stream),
        Moment::Marked { name } => described!("marked", name),
        Moment::PastMarked { moment, name } => described!("past_marked", moment, name),
        _ => unreachable!("what the engine reaches is described before"),
    }
}

/// The name of a station on a command's way.
#[must_use]
pub fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Logging => "logging",
        Stage::Validation => "validation",
        Stage::Idempotency => "idempotency",
        Stage::Retry => "retry",
        Stage::Load => "load",
        Stage::Decide => "decide",
        Stage::Append => "append",
    }
}

/// What became of a command, as traces name it.
fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "Accepted",
        Outcome::AlreadySo => "AlreadySo",
        Outcome::Rejected => "Rejected",
        Outcome::Invalid => "Invalid",
        Outcome::Contended => "Contended",
        Outcome::Conflict => "Conflict",
        Outcome::Failed => "Failed",
    }
}

/// Who somebody is, in a word and what they are for.
#[must_use]
pub fn actor_name(actor: Actor) -> String {
    match actor {
        Actor::Person(Person::FIRST) => "person".to_owned(),
        Actor::Person(Person(number)) => format!("person {number}"),
        Actor::Handler(command) => format!("handler {command}"),
        Actor::Projector(model) => format!("projector {model}"),
        Actor::Runner => "runner".to_owned(),
        Actor::Saga(saga) => format!("saga {saga}"),
        Actor::Service(service) => format!("service {service}"),
        Actor::Reactor(reactor) => format!("reactor {reactor}"),
    }
}

/// A moment as one line: its time since the start, actor, cause, request, name and facts.
#[must_use]
pub fn trace_line(start: crate::kernel::Timestamp, recorded: &RecordedMoment) -> String {
    let RecordedMoment { at, actor, cause, correlation, moment } = recorded;
    let actor = actor_name(*actor);
    let cause = cause.map_or(0, |cause| cause.0);
    let request = correlation.map_or(String::new(), |request| format!(" of {request}"));
    let Description { name, facts } = describe(moment);
    let facts: String = facts.iter().map(|(name, value)| format!(" {name}={value}")).collect();
    format!("{} {actor} <{cause}{request} {name}{facts}", at.since(start).0)
}

/// The hash of a trace, over its lines. The same tape gives the same on every machine and over every
/// store.
#[must_use]
pub fn trace_hash(start: crate::kernel::Timestamp, trace: &[RecordedMoment]) -> u64 {
    hash(trace.iter().map(|recorded| trace_line(start, recorded)))
}

/// The hash of a log, over its events as JSON lines.
#[must_use]
pub fn log_hash(log: &[StoredEvent]) -> u64 {
    hash(log.iter().map(|stored| to_json(stored)))
}

/// FNV-1a, 64 bits, over lines (Fowler, Noll, Vo; RFC 9923).
fn hash(lines: impl Iterator<Item = String>) -> u64 {
    lines.fold(0xcbf2_9ce4_8422_2325, |hash, line| {
        line.bytes()
            .chain([b'\n'])
            .fold(hash, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
    })
}
