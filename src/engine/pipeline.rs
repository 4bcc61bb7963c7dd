//! The command pipeline: behaviours around loading, deciding and appending.
//!
//! A command goes inward through the behaviours, is decided in the middle, and its answer comes
//! back outward through the same behaviours. Their order is data, so that it can be seen and changed.

use std::{marker::PhantomData, rc::Rc};

use thiserror::Error;

use super::{
    Answer, Handled, LoadError, Loaded,
    answer::{entry, recorded},
    behaviours::{Behaviour, Next, Passage},
    load, new_id,
    repository::replay,
};
use crate::{
    kernel::{
        CausationId, CodecError, Command, CommandRequest, Decider, EventId, Json, NewEvent,
        StoredForm, Version, to_json,
    },
    ports::{
        Append, AppendError, Environment, EventStore, Moment, Outcome, Probe, Stage, StorageError,
    },
};

/// Why there is no answer. Nothing was stored, and the command may be sent again.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CommandError {
    /// Other writers were faster each time.
    #[error("contended: {attempts} attempts met a conflict")]
    Contended {
        /// How often it was decided.
        attempts: u32,
    },
    /// It was meant for one version only, and the stream is at another.
    #[error("conflict: it was meant for version {}, and the stream is at {}", expected.0, actual.0)]
    Conflict {
        /// The version that the person saw.
        expected: Version,
        /// What the stream is at.
        actual: Version,
    },
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored event or answer cannot be decoded.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

impl From<LoadError> for CommandError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Storage(error) => Self::Storage(error),
            LoadError::Codec(error) => Self::Codec(error),
        }
    }
}

/// How a decision in the middle ended, before the behaviours see it.
pub(super) type Ending<R> = Result<Handled<R>, Setback<R>>;

/// Why the middle has no answer of its own.
#[derive(Debug)]
pub(super) enum Setback<R> {
    /// The stream moved on while the command was decided, or before that.
    Conflict {
        /// The version that it was decided on.
        expected: Version,
        /// What the stream is at.
        actual: Version,
    },
    /// Somebody stored an answer to this very command meanwhile.
    Answered(Answer<R>),
    /// It is over.
    Error(CommandError),
}

impl<R, E: Into<CommandError>> From<E> for Setback<R> {
    fn from(error: E) -> Self {
        Self::Error(error.into())
    }
}

/// Takes the commands of one decider.
#[derive(Debug)]
pub struct CommandPipeline<D, E> {
    environment: Rc<E>,
    behaviours: Vec<Behaviour>,
    decider: PhantomData<D>,
}

impl<D, E> CommandPipeline<D, E>
where
    D: Decider,
    D::Command: Command<Rejection = D::Rejection>,
    D::Event: StoredForm,
    D::Rejection: Clone + Json,
    E: Environment,
{
    /// A pipeline with these behaviours, outermost first.
    pub fn new(environment: Rc<E>, behaviours: Vec<Behaviour>) -> Self {
        Self { environment, behaviours, decider: PhantomData }
    }

    // region: handle
    /// Takes one command to its answer.
    ///
    /// # Errors
    /// See [`CommandError`]; in each case nothing was stored.
    pub async fn handle(
        &self,
        request: &CommandRequest<D::Command>,
    ) -> Result<Handled<D::Rejection>, CommandError> {
        let mut passage = Passage::new(&*self.environment, request);
        self.environment
            .probe()
            .reach(|| Moment::CommandReceived {
                command: request.id,
                name: request.command.name(),
                stream: request.command.stream(),
            })
            .await;
        let mut depth = 0;
        loop {
            let mut ending = self.inward(&mut passage, &mut depth).await;
            if self.outward(&mut passage, &mut depth, &mut ending).await {
                let settled = settle(ending, &passage);
                self.tell(request, &settled).await;
                return settled;
            }
        }
    }
    // endregion: handle

    // region: inward
    /// Through the behaviours from `depth` on, and the decision unless one of them answers.
    async fn inward(
        &self,
        passage: &mut Passage<'_, D, E>,
        depth: &mut usize,
    ) -> Ending<D::Rejection> {
        while let Some(behaviour) = self.behaviours.get(*depth) {
            *depth += 1;
            passage.enter(behaviour.stage()).await;
            if let Some(ending) = behaviour.inward(passage).await {
                return ending;
            }
        }
        self.decide(passage).await
    }
    // endregion: inward

    // region: outward
    /// Back through the behaviours; false when one of them wants the command to go in again.
    async fn outward(
        &self,
        passage: &mut Passage<'_, D, E>,
        depth: &mut usize,
        ending: &mut Ending<D::Rejection>,
    ) -> bool {
        while *depth > 0 {
            let behaviour = self.behaviours[*depth - 1];
            passage.lap(behaviour.stage());
            if behaviour.outward(passage, ending).await == Next::Again {
                return false;
            }
            passage.leave(behaviour.stage()).await;
            *depth -= 1;
        }
        true
    }
    // endregion: outward

    // region: decide
    /// The middle: load, decide, append.
    async fn decide(&self, passage: &mut Passage<'_, D, E>) -> Ending<D::Rejection> {
        let request = passage.request;
        passage.attempts += 1;
        passage.lap(Stage::Load);
        let loaded = self.load(passage).await?;
        passage.lap(Stage::Decide);
        let events = match D::decide(&loaded.state, &request.command) {
            Ok(events) => events,
            Err(rejection) => {
                self.reach(|| Moment::Rejected {
                    command: request.id,
                    rejection: to_json(&rejection),
                })
                .await;
                return Ok(Handled { answer: Answer::Rejected { rejection }, events: vec![] });
            }
        };
        let encoded: Vec<_> = events.iter().map(StoredForm::encode).collect();
        self.reach(|| Moment::Decided {
            command: request.id,
            events: encoded.iter().map(|event| event.event_type.clone()).collect(),
        })
        .await;
        if encoded.is_empty() {
            let answer = Answer::AlreadySo { version: loaded.version };
            return Ok(Handled { answer, events: vec![] });
        }
        passage.lap(Stage::Append);
        let new_event = |encoded| NewEvent {
            id: EventId(new_id(&*self.environment)),
            occurred_at: request.given_at,
            correlation_id: request.correlation_id,
            causation_id: CausationId(request.id.0),
            encoded,
        };
        let events = encoded.into_iter().map(new_event).collect();
        self.append(passage, loaded.version, events).await
    }
    // endregion: decide

    /// The state to decide on, from the stream as a behaviour has read it or as it is now.
    async fn load(&self, passage: &mut Passage<'_, D, E>) -> Result<Loaded<D::State>, LoadError> {
        let request = passage.request;
        let stream = request.command.stream();
        let up_to = request.as_seen;
        match passage.history.take() {
            Some(history) => replay::<D, E>(&self.environment, &stream, &history?, up_to).await,
            None => load::<D, E>(&self.environment, &stream, up_to).await,
        }
    }

    // region: append
    async fn append(
        &self,
        passage: &Passage<'_, D, E>,
        expected: Version,
        events: Vec<NewEvent>,
    ) -> Ending<D::Rejection> {
        let request = passage.request;
        let stream = request.command.stream();
        let answer =
            Answer::Accepted { version: expected.after(events.len()), events: events.len() };
        let inbox = passage.idempotent.then(|| entry::<D>(request, &answer));
        let append = Append { stream: stream.clone(), expected, events, outbox: vec![], inbox };
        match self.environment.store().append(&append).await {
            Ok(appended) => {
                self.reach(|| Moment::Appended {
                    command: request.id,
                    stream,
                    version: appended.version,
                    position: appended.position,
                })
                .await;
                Ok(Handled { answer, events: append.stored(appended) })
            }
            Err(AppendError::Conflict { expected, actual }) => {
                self.reach(|| Moment::Conflict { command: request.id, expected, actual }).await;
                Err(Setback::Conflict { expected, actual })
            }
            Err(AppendError::AlreadyAnswered { answer }) => {
                Err(Setback::Answered(recorded(&answer)?))
            }
            Err(AppendError::Storage(error)) => Err(error.into()),
        }
    }
    // endregion: append

    // region: tell
    /// The last moment of a command: its answer, or that there is none.
    async fn tell(
        &self,
        request: &CommandRequest<D::Command>,
        settled: &Result<Handled<D::Rejection>, CommandError>,
    ) {
        let command = request.id;
        self.reach(|| match settled {
            Ok(Handled { answer, .. }) => Moment::CommandAnswered {
                command,
                outcome: answer.outcome(),
                answer: to_json(answer),
            },
            Err(error) => {
                let outcome = match error {
                    CommandError::Contended { .. } => Outcome::Contended,
                    CommandError::Conflict { .. } => Outcome::Conflict,
                    CommandError::Storage(_) | CommandError::Codec(_) => Outcome::Failed,
                };
                Moment::CommandFailed { command, outcome, reason: error.to_string() }
            }
        })
        .await;
    }
    // endregion: tell

    async fn reach(&self, moment: impl FnOnce() -> Moment) {
        self.environment.probe().reach(moment).await;
    }
}

fn settle<D: Decider, E>(
    ending: Ending<D::Rejection>,
    passage: &Passage<'_, D, E>,
) -> Result<Handled<D::Rejection>, CommandError> {
    match ending {
        Ok(handled) => Ok(handled),
        Err(Setback::Answered(answer)) => Ok(Handled { answer, events: vec![] }),
        Err(Setback::Conflict { expected, actual }) if passage.insists() => {
            Err(CommandError::Conflict { expected, actual })
        }
        Err(Setback::Conflict { .. }) => {
            Err(CommandError::Contended { attempts: passage.attempts })
        }
        Err(Setback::Error(error)) => Err(error),
    }
}
