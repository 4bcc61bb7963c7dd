//! What a command's moments change in the picture.

use super::super::views::{
    Aggregate, CommandAt, Movement, Note, Outcome, Picture, Place, Rejection, Setback, Stage, Token,
};
use crate::{
    engine::Answer,
    kernel::{CommandId, StreamId, from_json},
    ports::Moment,
};

/// The most commands that are followed at once: those beyond are counted.
const COMMANDS_MAX: usize = 512;
/// The most killed commands that stay where they fell.
const DEAD_MAX: usize = 4;

impl Picture {
    /// Somebody gave a command; one that is under way already goes on as before.
    pub(super) fn given(&mut self, id: CommandId, name: &'static str, stream: &StreamId) {
        self.note = None;
        self.light(Place::Person);
        if !self.follow(id, name, stream) {
            self.commands_more += 1;
        }
        self.go(id, Place::Person, None);
    }

    /// The command begins, unless it is alive already. False when there are too many to follow.
    fn follow(&mut self, id: CommandId, name: &'static str, stream: &StreamId) -> bool {
        let dead = self.commands.iter().position(|known| known.id == id && known.is_dead());
        if let Some(index) = dead {
            self.commands.remove(index);
        }
        if self.commands.iter().any(|known| known.id == id) {
            return true;
        }
        if self.commands.len() >= COMMANDS_MAX {
            return false;
        }
        self.commands.push(CommandAt {
            id,
            name,
            stream: stream.to_string(),
            at: Place::Person,
            token: Token::Command,
            outcome: None,
            conflicts: 0,
            paused: false,
            slowed: false,
            decided: vec![],
            read: 0,
            lost: false,
        });
        true
    }

    fn command(&mut self, id: CommandId) -> Option<&mut CommandAt> {
        self.commands.iter_mut().find(|known| known.id == id)
    }

    /// What the handler of a command reached, or what was done to it.
    pub(super) fn take_of_command(&mut self, id: CommandId, moment: &Moment) {
        match moment {
            Moment::CommandReceived { name, stream, .. } => {
                self.received(id, name, stream);
            }
            Moment::BehaviourEntered { stage, .. } => {
                self.go(id, Place::Behaviour(*stage), None);
            }
            Moment::BehaviourLeft { stage, .. } => self.leave(id, *stage),
            Moment::StreamRead { stream, version, events } => {
                self.read(id, stream, version.0, *events);
            }
            Moment::Decided { events, .. } => self.decided(id, events),
            Moment::Rejected { rejection, .. } => self.rejected(id, rejection),
            Moment::Appended { stream, version, position, .. } => {
                self.appended(id, stream, version.0, position.0);
            }
            Moment::Conflict { expected, actual, .. } => {
                self.conflict(id, expected.0, actual.0);
            }
            Moment::CommandLogged { outcome, .. } => self.logged(id, *outcome),
            Moment::CommandAnswered { outcome, answer, .. } => {
                if let Some(name) = self.end(id, *outcome) {
                    self.note_answer(id, name, answer);
                }
            }
            Moment::CommandFailed { outcome, reason, .. } => {
                let setback = match outcome {
                    Outcome::Contended => Setback::Contended,
                    _ => Setback::Failed(reason.clone()),
                };
                if let Some(name) = self.end(id, *outcome) {
                    self.note = Some(Note { command: id, name, setback });
                }
            }
            _ => {}
        }
    }

    /// What was done to a handler from outside, and the faults that it met.
    pub(super) fn take_of_handler(&mut self, id: CommandId, moment: &Moment) {
        match moment {
            Moment::FaultMet { point, fault, times } => {
                self.fault_met(point, fault, times);
                self.light(Place::Store);
                if let Some(command) = self.command(id) {
                    command.lost = *fault == "lose_answer" && *point == "append";
                    if !matches!(*fault, "slow" | "conflict") {
                        command.outcome = Some(Outcome::Failed);
                    }
                }
            }
            Moment::Crashed => self.killed(id),
            Moment::Restarted => {
                self.note = None;
                self.revive(id);
                self.go(id, Place::Person, Some(Token::Command));
            }
            Moment::Paused | Moment::Resumed | Moment::Slowed { .. } => {
                let Some(command) = self.command(id) else { return };
                match moment {
                    Moment::Slowed { by } => command.slowed = by.0 > 0,
                    _ => command.paused = *moment == Moment::Paused,
                }
                let at = command.at;
                self.light(at);
            }
            _ => {}
        }
    }

    /// Moves a command, as the token that it is or as another one.
    fn go(&mut self, id: CommandId, to: Place, token: Option<Token>) {
        self.light(to);
        let Some(command) = self.command(id) else { return };
        let from = std::mem::replace(&mut command.at, to);
        command.token = token.unwrap_or(command.token);
        let (token, count) = (command.token, command.decided.len());
        self.moved.push(Movement { from, to, token, command: Some(id), count });
    }

    fn received(&mut self, id: CommandId, name: &'static str, stream: &StreamId) {
        let known = self.commands.len();
        if self.follow(id, name, stream) && self.commands.len() > known {
            self.commands_more = self.commands_more.saturating_sub(1);
        }
        self.go(id, Place::Pipeline, Some(Token::Command));
    }

    /// An answer goes out. Which one is not always known before the logging says it.
    fn leave(&mut self, id: CommandId, stage: Stage) {
        let outcome = self.command(id).and_then(|command| command.outcome);
        self.go(id, Place::Behaviour(stage), Some(answer_token(outcome)));
    }

    fn read(&mut self, id: CommandId, stream: &StreamId, version: u64, events: usize) {
        self.see_stream(stream.as_str(), version);
        self.aggregate = Some(Aggregate { command: id, stream: stream.to_string(), version });
        self.go(id, Place::Aggregate, Some(Token::Command));
        if let Some(command) = self.command(id) {
            command.read = version;
        }
        if events > 0 {
            self.travel(Place::Store, Place::Aggregate, Token::Events, events as u64);
        }
    }

    fn decided(&mut self, id: CommandId, events: &[String]) {
        let token = if events.is_empty() { Token::Answer } else { Token::Events };
        if let Some(command) = self.command(id) {
            command.decided = events.to_vec();
            command.outcome = events.is_empty().then_some(Outcome::AlreadySo);
        }
        self.go(id, Place::Aggregate, Some(token));
    }

    fn rejected(&mut self, id: CommandId, rejection: &str) {
        if let Some(command) = self.command(id) {
            command.outcome = Some(Outcome::Rejected);
            let name = command.name;
            if let Ok(rejection) = from_json::<Rejection>(rejection) {
                self.note = Some(Note { command: id, name, setback: Setback::Refused(rejection) });
            }
        }
        self.go(id, Place::Aggregate, Some(Token::Refusal));
    }

    fn appended(&mut self, id: CommandId, stream: &StreamId, version: u64, position: u64) {
        self.go(id, Place::Store, Some(Token::Events));
        let types = self.accept(id);
        let count = (types.len() as u64).max(1);
        self.store_events(stream.as_str(), version, position, &types, count);
        if let Some(moved) = self.moved.last_mut() {
            moved.count = types.len();
        }
    }

    /// The command's events are stored. Gives their types.
    fn accept(&mut self, id: CommandId) -> Vec<String> {
        let Some(command) = self.command(id) else { return vec![] };
        command.outcome = Some(Outcome::Accepted);
        std::mem::take(&mut command.decided)
    }

    /// The command goes back to the retry, where the pipeline has one.
    fn conflict(&mut self, id: CommandId, expected: u64, actual: u64) {
        let setback = Setback::Conflict(expected, actual);
        if let Some(command) = self.command(id) {
            command.at = Place::Store;
            command.conflicts += 1;
            command.decided.clear();
            let name = command.name;
            self.note = Some(Note { command: id, name, setback });
        }
        let again = self.behaviours.contains(&Stage::Retry);
        let to = if again { Place::Behaviour(Stage::Retry) } else { Place::Aggregate };
        self.go(id, to, Some(Token::Conflict));
    }

    fn logged(&mut self, id: CommandId, outcome: Outcome) {
        if let Some(command) = self.command(id) {
            command.outcome = Some(outcome);
        }
        self.go(id, Place::Behaviour(Stage::Logging), Some(answer_token(Some(outcome))));
    }

    /// The command is over. Gives its name, when it was followed.
    fn end(&mut self, id: CommandId, outcome: Outcome) -> Option<&'static str> {
        self.forget_aggregate(id);
        self.go(id, Place::Person, Some(answer_token(Some(outcome))));
        let Some(index) = self.commands.iter().position(|known| known.id == id) else {
            self.commands_more = self.commands_more.saturating_sub(1);
            return None;
        };
        let name = self.commands.remove(index).name;
        let is_its_note = self.note.as_ref().is_some_and(|note| note.command == id);
        if is_its_note && matches!(outcome, Outcome::Accepted | Outcome::AlreadySo) {
            self.note = None;
        }
        Some(name)
    }

    fn note_answer(&mut self, id: CommandId, name: &'static str, answer: &str) {
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

    fn killed(&mut self, id: CommandId) {
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
    fn revive(&mut self, id: CommandId) {
        if let Some(command) = self.command(id) {
            command.outcome = None;
            command.conflicts = 0;
            command.decided.clear();
            command.lost = false;
        }
    }

    fn forget_aggregate(&mut self, id: CommandId) {
        self.aggregate.take_if(|aggregate| aggregate.command == id);
    }

    /// The append whose answer was lost: its events are in the store, at the end of stream and log.
    pub(super) fn settle_lost_append(&mut self, id: CommandId, is_done: bool) {
        let Some(command) = self.command(id) else { return };
        if !std::mem::take(&mut command.lost) || !is_done {
            return;
        }
        let (stream, read) = (command.stream.clone(), command.read);
        let types = std::mem::take(&mut command.decided);
        let count = types.len() as u64;
        let version = self.version_of(&stream).max(read) + count;
        self.store_events(&stream, version, self.store.events + count, &types, count);
    }
}

impl CommandAt {
    /// Whether its handler was killed and not begun again.
    #[must_use]
    pub fn is_dead(&self) -> bool {
        self.token == Token::Dead
    }
}

/// The token of an answer.
fn answer_token(outcome: Option<Outcome>) -> Token {
    match outcome {
        Some(Outcome::Rejected | Outcome::Invalid | Outcome::Contended | Outcome::Failed) => {
            Token::Refusal
        }
        Some(Outcome::Accepted | Outcome::AlreadySo) | None => Token::Answer,
    }
}
