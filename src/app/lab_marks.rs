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

    /// Gives a name to the moment after which so many had been reached, in the place of the one that it had; to
    /// the present one, where there are not so many. Returns the name as it was taken, without the space
    /// around it.
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
            Ok(moment) if moments <= self.moment_count() => Input::MarkPast(moment, name.clone()),
            _ => Input::Mark(name.clone()),
        };
        self.put_on_tape(&self.live(), input).await;
        Ok(name)
    }

    /// Takes the name of a moment away.
    pub async fn unmark(&self, moment: u32) {
        self.put_on_tape(&self.live(), Input::MarkPast(moment, String::new())).await;
    }

    /// Gives a branch that began the marks of moments that it shares with the one it parted from.
    pub(super) fn take_marks_along(&self, from: &Wiring<E>, branch: &Wiring<E>) {
        let own = marks_of(&branch.player.trace());
        let shared = branch.player.trace().len();
        let marks = marks_of(&from.player.trace());
        let is_gone = |mark: &&NamedMoment| !marks.iter().any(|it| it.number == mark.number);
        let gone = own.iter().filter(is_gone).map(|mark| (mark.number, String::new()));
        let missing =
            marks.iter().filter(|mark| mark.number as usize <= shared && !own.contains(mark));
        let missing = missing.map(|mark| (mark.number, mark.name.clone()));
        // What is given before the next step comes before what was given already.
        for (moment, name) in missing.rev().chain(gone) {
            branch.player.give(branch.player.now(), Input::MarkPast(moment, name));
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

/// Puts the mark that a moment is, if it is one, among others. A moment has one name: a later one takes the
/// place of the one before, and an empty one takes it away.
pub(super) fn note_mark(marks: &mut Vec<NamedMoment>, number: u32, moment: &Moment) {
    let (number, name) = match moment {
        Moment::Marked { name } => (number, name),
        Moment::PastMarked { moment, name } => (*moment, name),
        _ => return,
    };
    marks.retain(|mark| mark.number != number);
    if !name.is_empty() {
        let place = marks.partition_point(|mark| mark.number <= number);
        marks.insert(place, NamedMoment { number, name: name.clone() });
    }
}
