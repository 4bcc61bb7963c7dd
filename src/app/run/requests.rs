//! Whether every moment names the request that it belongs to, told from the log and the commands alone.

use std::collections::{BTreeMap, BTreeSet};

use super::Finished;
use crate::{
    domain::orders::OrderFulfilment,
    kernel::{
        Choreography, CommandId, CorrelationId, GlobalPosition, SagaPlan, StoredEvent, StreamId,
    },
    ports::{Moment, SagaMoment},
    simulation::{Actor, RecordedMoment},
};

/// What is known from outside of who began what.
struct Requests<'a> {
    log: &'a [StoredEvent],
    trace: &'a [RecordedMoment],
    given: BTreeSet<CommandId>,
    /// By the saga's id.
    sagas: BTreeMap<&'a str, CorrelationId>,
}

/// A moment belongs to the request that its cause, its command and its events belong to.
pub(super) fn belong_to_their_requests(run: &Finished) -> bool {
    let given = run.trace.iter().filter_map(|recorded| match recorded.moment {
        Moment::CommandGiven { command, .. } => Some(command),
        _ => None,
    });
    let mut sagas = BTreeMap::new();
    for stored in &run.log {
        if is_saga(&stored.stream) {
            sagas.entry(stored.stream.instance()).or_insert(stored.event.correlation_id);
        }
    }
    let requests = Requests { log: &run.log, trace: &run.trace, given: given.collect(), sagas };
    run.trace.iter().all(|recorded| requests.allow(recorded))
}

impl Requests<'_> {
    fn allow(&self, recorded: &RecordedMoment) -> bool {
        let found = recorded.correlation;
        let is_reactor = matches!(recorded.actor, Actor::Reactor(_));
        match &recorded.moment {
            Moment::CommandGiven { command, .. } => found == Some(CorrelationId(command.0)),
            Moment::Appended { position, .. }
            | Moment::ForeignAppended { position, .. }
            | Moment::Saga(
                SagaMoment::Advanced { position, .. } | SagaMoment::Noted { position, .. },
            ) => found == self.of_events(*position, 1),
            Moment::LogRead { after, events, .. } => {
                found == self.of_events(after.after(*events), *events)
            }
            Moment::Projected { checkpoint, events, .. }
            | Moment::Saga(SagaMoment::RunnerRead { checkpoint, events, .. }) => {
                found == self.of_events(*checkpoint, *events)
            }
            moment if is_reactor && heard_of(moment).is_some() => {
                found == heard_of(moment).and_then(|stream| self.of_stream(&stream))
            }
            // Whoever goes on with a saga serves whom it began for; after a reload without any cause.
            Moment::StreamRead { stream, events: 1.., .. } if is_saga(stream) => {
                found == self.sagas.get(stream.instance()).copied()
            }
            // Of who serves several, one after the other.
            Moment::FaultMet { .. } | Moment::Saga(SagaMoment::Stalled { .. })
                if is_reactor || recorded.actor == Actor::Runner =>
            {
                true
            }
            Moment::FaultMet { .. } => {
                found == self.of_actor(recorded) || serves_nobody_yet(recorded)
            }
            _ if recorded.cause.is_none() => found.is_none(),
            _ => found == self.of_actor(recorded) || serves_nobody_yet(recorded),
        }
    }

    /// The request that so many events up to a position come of; none when there are several.
    fn of_events(&self, last: GlobalPosition, events: usize) -> Option<CorrelationId> {
        let last = usize::try_from(last.0).ok()?;
        let events = self.log.get(last.checked_sub(events)?..last)?;
        let requests: BTreeSet<_> =
            events.iter().map(|stored| stored.event.correlation_id).collect();
        requests.first().filter(|_| requests.len() == 1).copied()
    }

    /// The request that a stream began with.
    fn of_stream(&self, stream: &StreamId) -> Option<CorrelationId> {
        let first = self.log.iter().find(|stored| stored.stream == *stream)?;
        Some(first.event.correlation_id)
    }

    /// Who is not known to serve somebody serves whom the cause served.
    fn of_actor(&self, recorded: &RecordedMoment) -> Option<CorrelationId> {
        match recorded.actor {
            Actor::Handler(command) if self.given.contains(&command) => {
                Some(CorrelationId(command.0))
            }
            Actor::Saga(saga) => self.sagas.get(saga.to_string().as_str()).copied(),
            _ => self.trace.get(recorded.cause?.0 as usize - 1)?.correlation,
        }
    }
}

fn is_saga(stream: &StreamId) -> bool {
    stream.category() == OrderFulfilment::CATEGORY
}

/// Of which order a reactor is at; it serves whom that was created for.
fn heard_of(moment: &Moment) -> Option<StreamId> {
    match moment {
        Moment::StreamRead { stream, .. } => Some(stream.clone()),
        Moment::Saga(SagaMoment::Heard { category, saga, .. }) => {
            Some(StreamId::new(category, saga))
        }
        Moment::Saga(
            SagaMoment::Called(call)
            | SagaMoment::Answered { call, .. }
            | SagaMoment::TimedOut(call)
            | SagaMoment::BackedOff { call, .. },
        ) => Some(StreamId::new(OrderFulfilment::SUBJECT, call.saga)),
        _ => None,
    }
}

/// Who meets a failure while it reads, or a saga that was not begun, serves nobody.
fn serves_nobody_yet(recorded: &RecordedMoment) -> bool {
    let may = match (recorded.actor, &recorded.moment) {
        (Actor::Saga(_), Moment::StreamRead { .. } | Moment::Saga(SagaMoment::Stalled { .. })) => {
            true
        }
        (Actor::Projector(_), Moment::ProjectorFailed { .. }) => true,
        (_, Moment::FaultMet { point, .. }) => point.starts_with("read"),
        _ => false,
    };
    recorded.correlation.is_none() && may
}
