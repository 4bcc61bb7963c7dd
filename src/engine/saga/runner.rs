//! The runner: sends the calls that a saga waits for, and tells it the answers.
//!
//! It keeps nothing of its own: killed anywhere, it goes on from the saga's stream.

use std::{marker::PhantomData, rc::Rc};

use thiserror::Error;

use crate::{
    engine::{LoadError, Loaded, new_id, repository::replay},
    kernel::{
        Call, CausationId, CodecError, CommandId, CorrelationId, Decider, EventId, Micros,
        NewEvent, Saga, SagaCommand, SagaDecider, SagaEvent, SagaId, SagaPlan, SagaRejection,
        StepAnswer, StoredForm, StreamId, Timestamp, Version, evolve_all,
    },
    ports::{
        Append, AppendError, Clock, Environment, EventStore, Moment, Probe, Rng, SagaCall,
        SagaMoment, StepCall, StepWorker, StorageError,
    },
};

/// How long before the second attempt; before each further one twice as long.
pub(super) const BACK_OFF: Micros = Micros(500_000);
/// How long after a failure of the store before the saga is read again.
const STALL: Micros = Micros(1_000_000);

/// Runs sagas of one plan.
#[derive(Debug)]
pub struct SagaRunner<P, W, E> {
    environment: Rc<E>,
    worker: Rc<W>,
    plan: PhantomData<P>,
}

/// Why a saga was not told something. Nothing was stored.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SagaError {
    /// Somebody else told it something meanwhile.
    #[error("conflict: expected version {}, found {}", expected.0, actual.0)]
    Conflict {
        /// The version that it was decided on.
        expected: Version,
        /// What the stream is at.
        actual: Version,
    },
    /// The saga refuses it.
    #[error("refused: {0:?}")]
    Refused(SagaRejection),
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored event cannot be decoded.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

impl From<LoadError> for SagaError {
    fn from(error: LoadError) -> Self {
        match error {
            LoadError::Storage(error) => Self::Storage(error),
            LoadError::Codec(error) => Self::Codec(error),
        }
    }
}

/// A saga under way, as far as the runner knows.
struct UnderWay {
    id: SagaId,
    stream: StreamId,
    version: Version,
    state: Option<Saga>,
    correlation_id: CorrelationId,
}

impl<P: SagaPlan, W: StepWorker, E: Environment> SagaRunner<P, W, E> {
    /// A runner whose calls this worker takes.
    pub fn new(environment: Rc<E>, worker: Rc<W>) -> Self {
        Self { environment, worker, plan: PhantomData }
    }

    // region: run
    /// Takes a saga as far as it goes: to its end, or to where it waits for a person.
    pub async fn run(&self, saga: SagaId) {
        while let Err(error) = self.go_on(saga).await {
            if let SagaError::Conflict { expected, actual } = error {
                self.reach(|| SagaMoment::Conflict { saga, expected, actual }).await;
                continue;
            }
            self.reach(|| SagaMoment::Stalled { saga: Some(saga), reason: error.to_string() })
                .await;
            // An answer that comes meanwhile is lost here, and asked for again.
            let until = self.environment.clock().now().after(STALL);
            while self.worker.receive(saga, until).await.is_some() {}
        }
    }
    // endregion: run

    async fn go_on(&self, id: SagaId) -> Result<(), SagaError> {
        let mut saga = self.load(id).await?;
        loop {
            let Some(state) = &saga.state else { return Ok(()) };
            if let Some(call) = state.waits_for(&P::PLAN) {
                self.call(&saga, call).await;
                self.wait_for(&mut saga, call).await?;
            } else if let Some(call) = state.next(&P::PLAN) {
                self.back_off(&mut saga, call).await?;
                if saga.state.as_ref().and_then(|state| state.next(&P::PLAN)) == Some(call) {
                    self.tell_of(&mut saga, call, &SagaCommand::Request(call)).await?;
                }
            } else if !self.worker.expects(id) {
                return Ok(());
            } else if let Some((call, answer)) = self.worker.receive(id, Timestamp::MAX).await {
                self.take(&mut saga, call, answer).await?;
            }
        }
    }

    async fn load(&self, id: SagaId) -> Result<UnderWay, SagaError> {
        let stream = stream::<P>(id);
        let history = self.environment.store().read_stream(&stream, Version::NONE).await?;
        let begun_by = history.first().map(|first| first.event.correlation_id);
        let loaded =
            replay::<SagaDecider<P>, E>(&self.environment, &stream, &history, None).await?;
        let Loaded { state, version } = loaded;
        let correlation_id = begun_by.unwrap_or(CorrelationId(id.0));
        Ok(UnderWay { id, stream, version, state, correlation_id })
    }

    /// Begins the saga of an aggregate, unless it was begun before.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn start(
        &self,
        saga: SagaId,
        subject: StreamId,
        because_of: &NewEvent,
    ) -> Result<(), SagaError> {
        let correlation_id = because_of.correlation_id;
        let mut saga = UnderWay {
            id: saga,
            stream: stream::<P>(saga),
            version: Version::NONE,
            state: None,
            correlation_id,
        };
        let told = SagaCommand::Start { subject };
        match self.tell(&mut saga, CausationId(because_of.id.0), &told).await {
            Err(SagaError::Conflict { .. }) => Ok(()),
            result => result,
        }
    }

    /// Tells a saga what a person wants of a step that was given up.
    ///
    /// # Errors
    /// See [`SagaError`]; a conflict is none, since the saga is read again.
    pub async fn attend(
        &self,
        saga: SagaId,
        command: CommandId,
        told: &SagaCommand,
    ) -> Result<(), SagaError> {
        loop {
            let mut under_way = self.load(saga).await?;
            match self.tell(&mut under_way, CausationId(command.0), told).await {
                Err(SagaError::Conflict { expected, actual }) => {
                    self.reach(|| SagaMoment::Conflict { saga, expected, actual }).await;
                }
                result => return result,
            }
        }
    }

    // region: call
    /// Sends a call on its way. After a crash it may be sent once more: the key is the same.
    async fn call(&self, saga: &UnderWay, call: Call) {
        let Some(state) = &saga.state else { return };
        self.reach(|| SagaMoment::Called(named::<P>(saga.id, call))).await;
        let sent = StepCall {
            saga: saga.id,
            subject: state.subject.clone(),
            call,
            round: state.steps[call.step].retries,
            correlation_id: saga.correlation_id,
            failure: state.failure.clone(),
        };
        self.worker.send(sent).await;
    }
    // endregion: call

    // region: wait_for
    /// Waits for the answer to a call, at most until its deadline.
    async fn wait_for(&self, saga: &mut UnderWay, call: Call) -> Result<(), SagaError> {
        let deadline = P::PLAN.steps()[call.step].deadline;
        let until = self.environment.clock().now().after(deadline);
        while saga.state.as_ref().and_then(|state| state.waits_for(&P::PLAN)) == Some(call) {
            match self.worker.receive(saga.id, until).await {
                Some((answered, answer)) => self.take(saga, answered, answer).await?,
                None => {
                    self.reach(|| SagaMoment::TimedOut(named::<P>(saga.id, call))).await;
                    self.tell_of(saga, call, &SagaCommand::TimeOut(call)).await?;
                }
            }
        }
        Ok(())
    }
    // endregion: wait_for

    // region: back_off
    /// Waits before a further attempt of the same round: each time twice as long, and up to half as long
    /// again by chance, so that those who failed together do not come back together.
    async fn back_off(&self, saga: &mut UnderWay, call: Call) -> Result<(), SagaError> {
        let failed = (call.attempt - 1) % P::PLAN.steps()[call.step].attempts_max;
        if failed == 0 {
            return Ok(());
        }
        let time = BACK_OFF.0 << (failed - 1).min(6);
        let time = Micros(time + self.environment.rng().next_u64() % (time / 2));
        self.reach(|| SagaMoment::BackedOff { call: named::<P>(saga.id, call), time }).await;
        let until = self.environment.clock().now().after(time);
        while let Some((answered, answer)) = self.worker.receive(saga.id, until).await {
            self.take(saga, answered, answer).await?;
        }
        Ok(())
    }
    // endregion: back_off

    // region: take
    /// Tells the saga an answer that has arrived.
    async fn take(
        &self,
        saga: &mut UnderWay,
        call: Call,
        answer: StepAnswer,
    ) -> Result<(), SagaError> {
        let named = named::<P>(saga.id, call);
        self.reach(|| SagaMoment::Answered { call: named, answer: answer.clone() }).await;
        self.tell_of(saga, call, &SagaCommand::Answer { call, answer }).await
    }
    // endregion: take

    /// Tells a saga what became of a call.
    async fn tell_of(
        &self,
        saga: &mut UnderWay,
        call: Call,
        told: &SagaCommand,
    ) -> Result<(), SagaError> {
        self.tell(saga, CausationId(call.request_key(saga.id)), told).await
    }

    // region: tell
    /// Decides what the saga makes of something, and stores it.
    async fn tell(
        &self,
        saga: &mut UnderWay,
        causation_id: CausationId,
        told: &SagaCommand,
    ) -> Result<(), SagaError> {
        let events = SagaDecider::<P>::decide(&saga.state, told).map_err(SagaError::Refused)?;
        if events.is_empty() {
            return Ok(());
        }
        let append = self.append_of(saga, causation_id, &events);
        match self.environment.store().append(&append).await {
            Ok(appended) => {
                saga.version = appended.version;
                saga.state = evolve_all::<SagaDecider<P>>(saga.state.take(), &events);
                self.reach(|| SagaMoment::Advanced {
                    saga: saga.id,
                    events,
                    step: step_of::<P>(told),
                    version: appended.version,
                    position: appended.position,
                })
                .await;
                Ok(())
            }
            Err(AppendError::Conflict { expected, actual }) => {
                Err(SagaError::Conflict { expected, actual })
            }
            Err(AppendError::Storage(error)) => Err(error.into()),
            Err(AppendError::AlreadyAnswered { .. }) => unreachable!("no inbox entry was given"),
        }
    }
    // endregion: tell

    fn append_of(
        &self,
        saga: &UnderWay,
        causation_id: CausationId,
        events: &[SagaEvent],
    ) -> Append {
        let new_event = |event: &SagaEvent| NewEvent {
            id: EventId(new_id(&*self.environment)),
            occurred_at: self.environment.clock().now(),
            correlation_id: saga.correlation_id,
            causation_id,
            encoded: event.encode(),
        };
        Append {
            stream: saga.stream.clone(),
            expected: saga.version,
            events: events.iter().map(new_event).collect(),
            outbox: vec![],
            inbox: None,
        }
    }

    async fn reach(&self, moment: impl FnOnce() -> SagaMoment) {
        self.environment.probe().reach(|| Moment::Saga(moment())).await;
    }
}

fn stream<P: SagaPlan>(saga: SagaId) -> StreamId {
    StreamId::new(P::CATEGORY, saga)
}

fn named<P: SagaPlan>(saga: SagaId, call: Call) -> SagaCall {
    SagaCall { saga, name: P::PLAN.name_of(call), call }
}

/// The step that something told is about; empty for the whole saga.
fn step_of<P: SagaPlan>(told: &SagaCommand) -> &'static str {
    match told {
        SagaCommand::Start { .. } => "",
        SagaCommand::Request(call)
        | SagaCommand::Answer { call, .. }
        | SagaCommand::TimeOut(call) => P::PLAN.name_of(*call),
        SagaCommand::Retry { step } | SagaCommand::Settle { step, .. } => {
            P::PLAN.find(step).map_or("", |at| P::PLAN.steps()[at].name)
        }
    }
}
