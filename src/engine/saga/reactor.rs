//! A reactor: waits in the log for events that it does something about, and says what became of it.
//!
//! It knows neither the whole process nor who goes on with it. It keeps how far it has read; killed anywhere,
//! it hears an event again, finds in its own stream whether it has done something about it, and asks under
//! the same key as before.

use std::{cell::Cell, marker::PhantomData, rc::Rc};

use super::{SagaError, runner::BACK_OFF};
use crate::{
    engine::new_id,
    kernel::{
        ASKED_AGAIN, Call, CausationId, Choreography, CommandId, EncodedEvent, EventId, Fact,
        GlobalPosition, Micros, NewEvent, Reaction, ReactionOutcome, ReactorPlan, SagaId,
        StepAnswer, StoredEvent, StreamId, Version, has_reacted, is_stuck,
    },
    ports::{
        Append, AppendError, Clock, Environment, EventStore, Moment, Probe, ReadModelStore, Rng,
        SagaCall, SagaMoment, StepCall, StepWorker, UpdateError,
    },
};

/// Whether an event of the aggregate itself is one that this process is to begin with.
pub trait Begins: Fn(&StoredEvent) -> bool {}

impl<F: Fn(&StoredEvent) -> bool> Begins for F {}

/// One reactor of a choreography. It does one thing after the other.
#[derive(Debug)]
pub struct Reactor<C, W, E, F> {
    environment: Rc<E>,
    worker: Rc<W>,
    plan: &'static ReactorPlan,
    begins: F,
    checkpoint: Cell<Option<GlobalPosition>>,
    choreography: PhantomData<C>,
}

/// What became of something that was never answered.
const NO_ANSWER: &str = "no answer in time";
/// What a person gets who wants something of a reactor that they cannot have.
const NOT_GIVEN_UP: &str = "not_given_up";

impl<C: Choreography, W: StepWorker, E: Environment, F: Begins> Reactor<C, W, E, F> {
    /// The reactor of this plan, whose calls this worker takes.
    pub fn new(environment: Rc<E>, worker: Rc<W>, plan: &'static ReactorPlan, begins: F) -> Self {
        let checkpoint = Cell::new(None);
        Self { environment, worker, plan, begins, checkpoint, choreography: PhantomData }
    }

    /// Reads on by at most `limit` events, and does what is to be done about them. Says whether it met the end
    /// of the log.
    ///
    /// # Errors
    /// When the storage fails; what was not kept is heard again.
    pub async fn read_on(&self, limit: usize) -> Result<bool, SagaError> {
        let store = self.environment.store();
        let from = match self.checkpoint.get() {
            Some(checkpoint) => checkpoint,
            None => store.checkpoint(self.plan.model).await?,
        };
        let events = store.read_log(from, limit).await?;
        for stored in &events {
            if let Some(reaction) = self.reaction_to(stored)? {
                // Read by itself, it says whose request this serves.
                store.read_log(GlobalPosition(stored.position.0 - 1), 1).await?;
                self.react(reaction, stored).await?;
                self.keep(stored.position).await?;
            }
            // Where nothing was done, nothing has to be kept: after a crash it is read again.
            self.checkpoint.set(Some(stored.position));
        }
        Ok(events.len() < limit)
    }

    fn reaction_to(&self, stored: &StoredEvent) -> Result<Option<&'static Reaction>, SagaError> {
        let category = stored.stream.category();
        let is_ours = match category == C::SUBJECT {
            true => (self.begins)(stored),
            false => C::REACTORS.iter().any(|reactor| reactor.name == category),
        };
        if is_ours { Ok(self.plan.reaction_to(stored)?) } else { Ok(None) }
    }

    // region: keep
    /// Keeps how far it has read.
    async fn keep(&self, to: GlobalPosition) -> Result<(), SagaError> {
        let (store, model) = (self.environment.store(), self.plan.model);
        let kept = store.checkpoint(model).await?;
        match store.update(model, kept, to, &[], |_| Ok(vec![])).await {
            Ok(()) | Err(UpdateError::CheckpointMoved { .. }) => {}
            Err(UpdateError::Codec(error)) => return Err(error.into()),
            Err(UpdateError::Storage(error)) => return Err(error.into()),
        }
        self.reach(|| SagaMoment::RunnerRead { model, checkpoint: to, events: 1 }).await;
        Ok(())
    }
    // endregion: keep

    // region: react
    /// Does what is to be done about an event, unless it was done before, and says what became of it.
    async fn react(&self, reaction: &Reaction, stored: &StoredEvent) -> Result<(), SagaError> {
        let Ok(saga) = stored.stream.instance().parse() else { return Ok(()) };
        let mut known = self.known(saga).await?;
        let (category, event) =
            (category_of::<C>(stored), reaction.heard(&stored.event.encoded.event_type));
        let is_repeat = has_reacted(&known, stored);
        self.reach(|| SagaMoment::Heard { category, saga, event, is_repeat }).await;
        if is_repeat {
            return Ok(());
        }
        let failure = match stored.stream.category() == C::SUBJECT {
            true => None,
            false => Fact::decode(&stored.event.encoded)?.failure,
        };
        let outcome =
            self.ask(reaction, (saga, stored), rounds(&known, reaction)?, failure.clone()).await;
        let (event, fact) = reaction.say(outcome, &C::PLAN, failure);
        while !has_reacted(&known, stored) {
            let because = CausationId(stored.event.id.0);
            if self.note(&known, saga, because, stored, event, &fact).await? {
                break;
            }
            known = self.known(saga).await?;
        }
        Ok(())
    }
    // endregion: react

    // region: ask
    /// Asks for it until there is an answer, as often as it may be asked.
    async fn ask(
        &self,
        reaction: &Reaction,
        (saga, stored): (SagaId, &StoredEvent),
        round: u32,
        failure: Option<String>,
    ) -> ReactionOutcome {
        let first = reaction.first_call(&C::PLAN);
        let step = C::PLAN.steps()[first.step];
        let mut last = NO_ANSWER.to_owned();
        for number in 1..=step.attempts_max {
            let call = Call { attempt: round * step.attempts_max + number, ..first };
            let named = SagaCall { saga, name: reaction.asks, call };
            let late = self.back_off(named, number).await;
            let answer = match late {
                Some(answer) => Some(answer),
                None => {
                    self.reach(|| SagaMoment::Called(named)).await;
                    let subject = StreamId::new(C::SUBJECT, saga);
                    let correlation_id = stored.event.correlation_id;
                    let failure = failure.clone();
                    let sent = StepCall { saga, subject, call, round, correlation_id, failure };
                    self.worker.send(sent).await;
                    self.wait_for(named, step.deadline).await
                }
            };
            match answer {
                Some(StepAnswer::Done) => return ReactionOutcome::Done,
                Some(StepAnswer::Refused { reason }) => return ReactionOutcome::Refused(reason),
                Some(StepAnswer::Unavailable { reason }) => last = reason,
                None => self.reach(|| SagaMoment::TimedOut(named)).await,
            }
        }
        ReactionOutcome::GivenUp(last)
    }
    // endregion: ask

    // region: back_off
    /// Waits before a further attempt, each time twice as long, and takes an answer that comes meanwhile.
    async fn back_off(&self, call: SagaCall, number: u32) -> Option<StepAnswer> {
        let failed = number.checked_sub(2)?;
        let time = BACK_OFF.0 << failed.min(6);
        let time = Micros(time + self.environment.rng().next_u64() % (time / 2));
        self.reach(|| SagaMoment::BackedOff { call, time }).await;
        self.wait_for(call, time).await
    }
    // endregion: back_off

    // region: wait_for
    /// Waits for an answer, at most so long. One to an earlier attempt counts, if it is an answer for good; of
    /// what was asked for before, nobody wants to hear any more.
    async fn wait_for(&self, call: SagaCall, time: Micros) -> Option<StepAnswer> {
        let until = self.environment.clock().now().after(time);
        let most = C::PLAN.steps()[call.call.step].attempts_max;
        let first = (call.call.attempt - 1) / most * most + 1;
        while let Some((answered, answer)) = self.worker.receive(call.saga, until).await {
            let is_same =
                (answered.direction, answered.step) == (call.call.direction, call.call.step);
            let is_due = match answer {
                StepAnswer::Done => true,
                StepAnswer::Refused { .. } => answered.attempt >= first,
                StepAnswer::Unavailable { .. } => answered.attempt == call.call.attempt,
            };
            if is_same && is_due {
                self.reach(|| SagaMoment::Answered { call, answer: answer.clone() }).await;
                return Some(answer);
            }
        }
        None
    }
    // endregion: wait_for

    // region: note
    /// Stores a fact behind those that are known. Says no, when there are others meanwhile.
    async fn note(
        &self,
        known: &[StoredEvent],
        saga: SagaId,
        causation_id: CausationId,
        because_of: &StoredEvent,
        event: &'static str,
        fact: &Fact,
    ) -> Result<bool, SagaError> {
        let expected = known.last().map_or(Version::NONE, |last| last.version);
        let events = vec![self.new_event(because_of, causation_id, fact.encode(event))];
        let (stream, outbox) = (self.own(saga), vec![]);
        let append = Append { stream, expected, events, outbox, inbox: None };
        match self.environment.store().append(&append).await {
            Ok(appended) => {
                let (reactor, version, position) =
                    (self.plan.name, appended.version, appended.position);
                self.reach(|| SagaMoment::Noted { reactor, saga, event, version, position }).await;
                Ok(true)
            }
            Err(AppendError::Conflict { .. }) => Ok(false),
            Err(AppendError::Storage(error)) => Err(error.into()),
            Err(AppendError::AlreadyAnswered { .. }) => unreachable!("no inbox entry was given"),
        }
    }
    // endregion: note

    /// What it has said so far.
    async fn known(&self, saga: SagaId) -> Result<Vec<StoredEvent>, SagaError> {
        let own = self.own(saga);
        Ok(self.environment.store().read_stream(&own, Version::NONE).await?)
    }

    fn own(&self, saga: SagaId) -> StreamId {
        StreamId::new(self.plan.name, saga)
    }

    fn new_event(
        &self,
        because_of: &StoredEvent,
        causation_id: CausationId,
        encoded: EncodedEvent,
    ) -> NewEvent {
        NewEvent {
            id: EventId(new_id(&*self.environment)),
            occurred_at: self.environment.clock().now(),
            correlation_id: because_of.event.correlation_id,
            causation_id,
            encoded,
        }
    }

    /// A person sees to a step that this reactor gave up: it is tried again, or they did it by hand. None
    /// when it is not this reactor's; else why they cannot, or nothing.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn attend(
        &self,
        saga: SagaId,
        command: CommandId,
        step: &str,
        settled: Option<&str>,
    ) -> Result<Option<Result<(), &'static str>>, SagaError> {
        loop {
            let known = self.known(saga).await?;
            let Some(reaction) = self.last_about(&known, step)? else { return Ok(None) };
            let last = known.last().expect("one of them is about the step");
            if !is_stuck::<C>(&last.event.encoded.event_type) {
                return Ok(Some(Err(NOT_GIVEN_UP)));
            }
            let note = settled.map(str::to_owned);
            let event = if note.is_some() { reaction.done } else { ASKED_AGAIN };
            let fact = Fact { note, ..Fact::decode(&last.event.encoded)? };
            if self.note(&known, saga, CausationId(command.0), last, event, &fact).await? {
                return Ok(Some(Ok(())));
            }
        }
    }

    /// What was asked for last, if it is this step or its compensation.
    fn last_about(
        &self,
        known: &[StoredEvent],
        step: &str,
    ) -> Result<Option<&'static Reaction>, SagaError> {
        let Some(last) = known.last() else { return Ok(None) };
        let asked = Fact::decode(&last.event.encoded)?.asked;
        let reaction = self.plan.reactions.iter().find(|reaction| reaction.asks == asked);
        let is_of_step =
            |reaction: &&Reaction| C::PLAN.steps()[reaction.first_call(&C::PLAN).step].name == step;
        Ok(reaction.filter(is_of_step))
    }

    async fn reach(&self, moment: impl FnOnce() -> SagaMoment) {
        self.environment.probe().reach(|| Moment::Saga(moment())).await;
    }
}

/// The category of an event's stream, as the choreography names it.
fn category_of<C: Choreography>(stored: &StoredEvent) -> &'static str {
    let category = stored.stream.category();
    C::REACTORS.iter().map(|it| it.name).find(|name| *name == category).unwrap_or(C::SUBJECT)
}

/// How often a person has asked for it again.
fn rounds(known: &[StoredEvent], reaction: &Reaction) -> Result<u32, SagaError> {
    let mut rounds = 0;
    for stored in known.iter().filter(|it| it.event.encoded.event_type == ASKED_AGAIN) {
        rounds += u32::from(Fact::decode(&stored.event.encoded)?.asked == reaction.asks);
    }
    Ok(rounds)
}
