//! The lab's marks: moments that have a name, so that one finds them again.
//!
//! A mark is an input like any other: it stands on the tape when it was given. Whoever looks at the past
//! names a moment of it, and that changes nothing of what came since: no branch begins. A branch that
//! begins takes along the names of the moments that it shares.

use super::{
    Lab,
    run::Stores,
    views::{MarkRefusal, NamedMoment},
    wiring::Wiring,
};
use crate::{
    ports::{Environment, Moment},
    simulation::{Input, RecordedMoment},
};

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// The marks of the branch of now, in the order of their moments. A scenario may use a name twice, a
    /// person may not.
    pub fn marks(&self) -> Vec<NamedMoment> {
        self.with_trace(marks_of)
    }

    /// Gives a name to the moment after which so many had been reached; to the present one, where there
    /// are not so many. Returns the name as it was taken, without the space around it.
    ///
    /// # Errors
    /// When it is none, or another moment of this branch has it.
    pub async fn mark(&self, name: &str, moments: usize) -> Result<String, MarkRefusal> {
        let name = name.trim().to_owned();
        if name.is_empty() {
            return Err(MarkRefusal::NoName);
        }
        if let Some(taken) = self.marks().into_iter().find(|mark| mark.name == name) {
            return Err(MarkRefusal::Taken(taken));
        }
        let input = match u32::try_from(moments) {
            Ok(moment) if moments < self.moment_count() => Input::MarkPast(moment, name.clone()),
            _ => Input::Mark(name.clone()),
        };
        self.put_on_tape(&self.live(), input).await;
        Ok(name)
    }

    /// Gives a branch that began the marks of moments that it shares with the one it parted from.
    pub(super) fn take_marks_along(&self, from: &Wiring<E>, branch: &Wiring<E>) {
        let own = marks_of(&branch.player.trace());
        let shared = branch.player.trace().len();
        let marks = marks_of(&from.player.trace());
        // What is given before the next step comes before what was given already.
        for mark in marks.into_iter().rev() {
            if mark.number as usize <= shared && !own.contains(&mark) {
                let input = Input::MarkPast(mark.number, mark.name);
                branch.player.give(branch.player.now(), input);
            }
        }
    }
}

/// The marks of a trace, in the order of the moments that they name.
pub(super) fn marks_of(trace: &[RecordedMoment]) -> Vec<NamedMoment> {
    let mut marks = vec![];
    for (number, recorded) in (1..).zip(trace) {
        note_mark(&mut marks, number, &recorded.moment);
    }
    marks
}

/// Puts the mark that a moment is, if it is one, among others.
pub(super) fn note_mark(marks: &mut Vec<NamedMoment>, number: u32, moment: &Moment) {
    let (number, name) = match moment {
        Moment::Marked { name } => (number, name),
        Moment::PastMarked { moment, name } => (*moment, name),
        _ => return,
    };
    let place = marks.partition_point(|mark| mark.number <= number);
    marks.insert(place, NamedMoment { number, name: name.clone() });
}
