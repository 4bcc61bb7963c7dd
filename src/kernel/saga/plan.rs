//! Plans: which steps a saga takes, and which of them can be undone.

use thiserror::Error;

use super::{Call, Direction};
use crate::kernel::Micros;

/// The steps of a saga, in order: those that can be undone, at most one point of no return, then those
/// that succeed if they are only tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    steps: &'static [Step],
}

/// One step of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its name, unique in its plan; it is stored.
    pub name: &'static str,
    /// What becomes of it when a later step fails.
    pub kind: StepKind,
    /// How often it is tried at most, and its compensation too.
    pub attempts_max: u32,
    /// How long an answer is waited for.
    pub deadline: Micros,
}

/// What becomes of a step when a later one fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// It is undone, by the compensation of this name; none where there is nothing to undo.
    Compensatable {
        /// The compensation's name.
        compensation: Option<&'static str>,
    },
    /// The point of no return: once it is done, the saga only goes forward.
    Pivot,
    /// Nothing: it comes after the point of no return, and no rule can refuse it.
    Retriable,
}

/// A saga's plan, known when the program is compiled.
pub trait SagaPlan {
    /// The category of its sagas' streams.
    const CATEGORY: &'static str;
    /// The plan. [`Plan::checked`] refuses a wrong one before it can be compiled.
    const PLAN: Plan;
}

/// Why these steps are no plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PlanError {
    /// There is no step.
    #[error("a plan has at least one step")]
    NoSteps,
    /// Two steps have this name.
    #[error("two steps are called {0}")]
    NameTwice(&'static str),
    /// This step may not be tried even once.
    #[error("{0} is tried at least once")]
    NoAttempts(&'static str),
    /// This is a second point of no return.
    #[error("{0} is a second pivot")]
    SecondPivot(&'static str),
    /// This step can be undone, and stands where nothing is undone any more.
    #[error("{0} is compensatable, and stands after a pivot or a retriable step")]
    UndoneTooLate(&'static str),
    /// This point of no return stands where there is no way back already.
    #[error("{0} is a pivot, and stands after a retriable step")]
    PivotTooLate(&'static str),
}

impl Plan {
    /// A plan of these steps.
    ///
    /// # Errors
    /// See [`PlanError`].
    pub const fn new(steps: &'static [Step]) -> Result<Self, PlanError> {
        if steps.is_empty() {
            return Err(PlanError::NoSteps);
        }
        let (mut at, mut pivots, mut retriables) = (0, 0, 0);
        while at < steps.len() {
            let Step { name, kind, attempts_max, .. } = steps[at];
            if is_among(name, steps, at) {
                return Err(PlanError::NameTwice(name));
            }
            if attempts_max == 0 {
                return Err(PlanError::NoAttempts(name));
            }
            match kind {
                StepKind::Compensatable { .. } if pivots + retriables > 0 => {
                    return Err(PlanError::UndoneTooLate(name));
                }
                StepKind::Pivot if pivots > 0 => return Err(PlanError::SecondPivot(name)),
                StepKind::Pivot if retriables > 0 => return Err(PlanError::PivotTooLate(name)),
                StepKind::Compensatable { .. } => {}
                StepKind::Pivot => pivots += 1,
                StepKind::Retriable => retriables += 1,
            }
            at += 1;
        }
        Ok(Self { steps })
    }

    /// A plan of these steps, for a constant: wrong ones do not compile.
    #[must_use]
    pub const fn checked(steps: &'static [Step]) -> Self {
        match Self::new(steps) {
            Ok(plan) => plan,
            Err(_) => panic!("these steps are no plan"),
        }
    }

    /// Its steps, in order.
    #[must_use]
    pub const fn steps(&self) -> &'static [Step] {
        self.steps
    }

    /// What a call asks for: the name of its step or of the compensation.
    #[must_use]
    pub fn name_of(&self, call: Call) -> &'static str {
        let step = &self.steps[call.step];
        match call.direction {
            Direction::Forward => step.name,
            Direction::Back => step.compensation().unwrap_or(step.name),
        }
    }

    /// Which step has this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<usize> {
        self.steps.iter().position(|step| step.name == name)
    }
}

impl Step {
    /// The name of its compensation, if it has one.
    #[must_use]
    pub const fn compensation(&self) -> Option<&'static str> {
        match self.kind {
            StepKind::Compensatable { compensation } => compensation,
            StepKind::Pivot | StepKind::Retriable => None,
        }
    }
}

/// Whether one of the first `count` steps has this name.
const fn is_among(name: &str, steps: &[Step], count: usize) -> bool {
    let mut at = 0;
    while at < count {
        if is_same(steps[at].name.as_bytes(), name.as_bytes()) {
            return true;
        }
        at += 1;
    }
    false
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}
