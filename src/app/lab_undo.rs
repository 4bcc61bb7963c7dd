//! The lab's way back by one input: what a person gave last, and what goes with it.

use super::{Lab, run::Stores};
use crate::{
    ports::{Environment, Moment},
    simulation::{Actor, FaultPoint, RecordedMoment},
};

/// What is taken back.
pub(super) struct LastGiven {
    /// How many moments there were before it.
    pub(super) moments: usize,
    /// How many events others appended since.
    pub(super) foreign: u64,
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// What a person gave last on the branch of now; none where that is nothing.
    ///
    /// What the page itself put onto the tape goes with what it came after. A reload is such a thing,
    /// but for one that is part of a scenario.
    pub(super) fn last_given(&self) -> Option<LastGiven> {
        let reloads_count = self.scenario().is_some();
        self.with_trace(|trace| {
            let mut moments = trace.iter().rposition(|it| is_given(it, reloads_count))?;
            // The faults of several points are ended with one press.
            while moments > 0 && end_faults_at_once(&trace[moments - 1], &trace[moments]) {
                moments -= 1;
            }
            let is_foreign =
                |it: &&RecordedMoment| matches!(it.moment, Moment::ForeignAppended { .. });
            let foreign = trace[moments..].iter().filter(is_foreign).count() as u64;
            Some(LastGiven { moments, foreign })
        })
    }
}

/// Whether a moment is something that a person gave, other than a name, which changes nothing that could be
/// undone.
fn is_given(recorded: &RecordedMoment, reloads_count: bool) -> bool {
    recorded.cause.is_none()
        && match recorded.moment {
            Moment::Marked { .. } | Moment::PastMarked { .. } | Moment::ForeignAppended { .. } => {
                false
            }
            Moment::Reloaded => reloads_count,
            // What is done to a task is told as something of that task.
            Moment::Crashed
            | Moment::Restarted
            | Moment::Paused
            | Moment::Resumed
            | Moment::Slowed { .. }
            | Moment::ModelCleared { .. } => true,
            _ => matches!(recorded.actor, Actor::Person(_)),
        }
}

/// Whether two moments end the faults at two points of the store.
fn end_faults_at_once(one: &RecordedMoment, next: &RecordedMoment) -> bool {
    [one, next].iter().all(|it| match it.moment {
        Moment::FaultsDisarmed { point } => {
            FaultPoint::AT_STORE.iter().any(|at| at.name() == point)
        }
        _ => false,
    })
}
