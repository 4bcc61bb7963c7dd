//! What a saga's events add up to.

use uuid::{Builder, Uuid};

use super::Plan;
use crate::kernel::{CommandId, SagaId, StreamId};

/// A saga that was started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saga {
    /// The aggregate that it is about.
    pub subject: StreamId,
    /// One for each step of its plan, in order.
    pub steps: Vec<StepState>,
    /// Why it turned back; none while it goes forward.
    pub failure: Option<String>,
    /// How it ended; none while it is under way.
    pub ending: Option<Ending>,
}

/// How far one step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StepState {
    /// The step itself.
    pub forward: Leg,
    /// Its compensation.
    pub back: Leg,
    /// How often it was begun again: for a person after it was given up, or because it was done after
    /// it had been undone.
    pub retries: u32,
}

/// How far a step, or a compensation, is, and how often it was tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Leg {
    /// How far it is.
    pub progress: Progress,
    /// How often it was tried, the attempt that is under way included.
    pub attempts: u32,
}

/// How far a step, or a compensation, is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// Nobody is at it.
    #[default]
    Open,
    /// An answer is waited for.
    Requested,
    /// It is done.
    Done,
    /// It was given up, and was not done.
    Failed,
    /// It was given up, and may have been done.
    Unknown,
    /// It was given up, and has to be done: a person is needed.
    Stuck,
    /// A person has seen to it.
    Settled,
}

impl Progress {
    /// Whether nothing is left to do.
    pub(super) fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Settled)
    }
}

/// How a saga ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Every step is done.
    Completed,
    /// Every step that was done, or may have been, is undone.
    Compensated,
    /// Its first step failed: there was nothing to undo.
    FailedBeforeStart,
    /// A person saw to a step or to a compensation that was given up.
    Settled,
}

/// What a saga is at, in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SagaStatus {
    /// No event yet.
    NotStarted,
    /// Going forward.
    InProgress,
    /// Going back.
    Compensating,
    /// Something was given up that has to be done. It is never called compensated.
    NeedsAttention,
    /// Over.
    Ended(Ending),
}

/// Forward or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The step.
    Forward,
    /// Its compensation.
    Back,
}

/// One attempt of a step or of a compensation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Call {
    /// Which of the two.
    pub direction: Direction,
    /// The step's place in the plan, from 0.
    pub step: usize,
    /// 1 for the first attempt.
    pub attempt: u32,
}

impl Call {
    /// The key under which a service recognises a repeat of this call. All attempts share it: a retry
    /// under another key would charge twice.
    #[must_use]
    pub fn request_key(self, saga: SagaId) -> Uuid {
        derived(saga, Self { attempt: 0, ..self })
    }

    /// The key of the call that this one undoes; none for a step.
    #[must_use]
    pub fn undone_key(self, saga: SagaId) -> Option<Uuid> {
        let step = Self { direction: Direction::Forward, ..self };
        (self.direction == Direction::Back).then(|| step.request_key(saga))
    }

    /// The id of the command that does this call. Each attempt has its own, since a refusal is recorded
    /// under it; a command that took effect before is "already so".
    #[must_use]
    pub fn command_id(self, saga: SagaId) -> CommandId {
        CommandId(derived(saga, self))
    }
}

/// An id that follows from a saga and a call: a UUID of version 8 (RFC 9562), whose last bytes are those
/// of the saga's, mixed with the call's.
fn derived(saga: SagaId, call: Call) -> Uuid {
    let mut bytes = *saga.0.as_bytes();
    let direction = match call.direction {
        Direction::Forward => 1,
        Direction::Back => 2,
    };
    let step = u16::try_from(call.step).unwrap_or(u16::MAX).to_be_bytes();
    let attempt = call.attempt.to_be_bytes();
    for (byte, mixed) in bytes[9..].iter_mut().zip([&[direction][..], &step, &attempt].concat()) {
        *byte ^= mixed;
    }
    Builder::from_custom_bytes(bytes).into_uuid()
}

impl StepState {
    /// Whether it, or its compensation, waits for a person.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.forward.progress == Progress::Stuck || self.back.progress == Progress::Stuck
    }
}

impl Saga {
    /// A saga at its start.
    #[must_use]
    pub fn new(subject: StreamId, plan: &Plan) -> Self {
        let steps = vec![StepState::default(); plan.steps().len()];
        Self { subject, steps, failure: None, ending: None }
    }

    /// What it is at.
    #[must_use]
    pub fn status(saga: Option<&Self>) -> SagaStatus {
        let Some(saga) = saga else { return SagaStatus::NotStarted };
        match saga.ending {
            Some(ending) => SagaStatus::Ended(ending),
            None if saga.steps.iter().any(StepState::is_stuck) => SagaStatus::NeedsAttention,
            None if saga.failure.is_some() => SagaStatus::Compensating,
            None => SagaStatus::InProgress,
        }
    }

    /// The call to make now; none while an answer is waited for, while a person is, and at the end.
    #[must_use]
    pub fn next(&self, plan: &Plan) -> Option<Call> {
        let (direction, step) = self.current(plan)?;
        let Leg { progress, attempts } = self.leg(direction, step);
        let is_open = self.ending.is_none() && progress == Progress::Open;
        is_open.then_some(Call { direction, step, attempt: attempts + 1 })
    }

    /// The call whose answer is waited for.
    #[must_use]
    pub fn waits_for(&self, plan: &Plan) -> Option<Call> {
        let (direction, step) = self.current(plan)?;
        let Leg { progress, attempts } = self.leg(direction, step);
        (progress == Progress::Requested).then_some(Call { direction, step, attempt: attempts })
    }

    /// The step or compensation that it is at.
    fn current(&self, plan: &Plan) -> Option<(Direction, usize)> {
        if self.failure.is_none() {
            let is_open = |state: &StepState| !state.forward.progress.is_over();
            return Some((Direction::Forward, self.steps.iter().position(is_open)?));
        }
        let is_open = |step: &usize| {
            let back = self.steps[*step].back.progress;
            self.is_to_undo(plan, *step) && !back.is_over() && back != Progress::Stuck
        };
        Some((Direction::Back, (0..self.steps.len()).rev().find(is_open)?))
    }

    /// How far a step or compensation is.
    #[must_use]
    pub fn leg(&self, direction: Direction, step: usize) -> Leg {
        match direction {
            Direction::Forward => self.steps[step].forward,
            Direction::Back => self.steps[step].back,
        }
    }

    /// Whether this step has to be undone when the saga turns back.
    #[must_use]
    pub fn is_to_undo(&self, plan: &Plan, step: usize) -> bool {
        let forward = self.steps[step].forward.progress;
        let may_be_done = forward.is_over() || forward == Progress::Unknown;
        may_be_done && plan.steps()[step].compensation().is_some()
    }

    /// How it ends, now that nothing is left to do; none while something is.
    pub(super) fn reached_end(&self, plan: &Plan) -> Option<Ending> {
        if self.steps.iter().any(StepState::is_stuck) || self.current(plan).is_some() {
            return None;
        }
        let any = |progress| self.steps.iter().any(|state| state.back.progress == progress);
        let is_settled = |state: &StepState| state.forward.progress == Progress::Settled;
        Some(match () {
            () if any(Progress::Settled) || self.steps.iter().any(is_settled) => Ending::Settled,
            () if self.failure.is_none() => Ending::Completed,
            () if self.steps[0].forward.progress != Progress::Done && !any(Progress::Done) => {
                Ending::FailedBeforeStart
            }
            () => Ending::Compensated,
        })
    }
}
