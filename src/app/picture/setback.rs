//! What a command's setbacks change in the picture.

use super::super::views::{
    CommandAt, Note, Outcome, Picture, Place, Rejection, Setback, Stage, Token,
};
use crate::{
    engine::Answer,
    kernel::{CommandId, from_json},
};

/// The most killed commands that stay where they fell.
const DEAD_MAX: usize = 4;

impl Picture {
    pub(super) fn rejected(&mut self, id: CommandId, rejection: &str) {
        if let Some(command) = self.command(id) {
            command.outcome = Some(Outcome::Rejected);
            let name = command.name;
            if let Ok(rejection) = from_json::<Rejection>(rejection) {
                self.note = Some(Note { command: id, name, setback: Setback::Refused(rejection) });
            }
        }
        self.go(id, Place::Aggregate, Some(Token::Refusal));
    }

    /// The command goes back to the retry, where the pipeline has one and the command may be decided
    /// again.
    pub(super) fn conflict(&mut self, id: CommandId, expected: u64, actual: u64) {
        let mut insists = false;
        if let Some(command) = self.command(id) {
            command.at = Place::Store;
            command.conflicts += 1;
            command.decided.clear();
            insists = command.insists;
            command.outcome = insists.then_some(Outcome::Conflict);
            let name = command.name;
            let setback = if insists { Setback::Stale } else { Setback::Conflict };
            let setback = setback(expected, actual);
            self.note = Some(Note { command: id, name, setback });
        }
        let again = !insists && self.behaviours.contains(&Stage::Retry);
        let to = if again { Place::Behaviour(Stage::Retry) } else { Place::Aggregate };
        self.go(id, to, Some(Token::Conflict));
    }

    pub(super) fn note_answer(&mut self, id: CommandId, name: &'static str, answer: &str) {
        let setback = match from_json::<Answer<Rejection>>(answer) {
            Ok(Answer::Rejected { rejection }) => Setback::Refused(rejection),
            Ok(Answer::Invalid { errors }) => match errors.into_iter().next() {
                Some(first) => Setback::Invalid(first.field, first.rejection),
                None => return,
            },
            _ => return,
        };
        self.note = Some(Note { command: id, name, setback });
    }

    pub(super) fn killed(&mut self, id: CommandId) {
        self.forget_aggregate(id);
        let Some(command) = self.command(id) else {
            self.commands_more = self.commands_more.saturating_sub(1);
            return;
        };
        command.token = Token::Dead;
        command.paused = false;
        command.slowed = false;
        let (name, at) = (command.name, command.at);
        self.note = Some(Note { command: id, name, setback: Setback::Killed });
        self.go(id, at, None);
        let dead = |command: &CommandAt| command.is_dead();
        if self.commands.iter().filter(|known| dead(known)).count() > DEAD_MAX
            && let Some(oldest) = self.commands.iter().position(dead)
        {
            self.commands.remove(oldest);
        }
    }

    /// The handler begins from the command again: what it knew is gone.
    pub(super) fn revive(&mut self, id: CommandId) {
        if let Some(command) = self.command(id) {
            command.outcome = None;
            command.conflicts = 0;
            command.decided.clear();
            command.lost = false;
        }
    }
}
