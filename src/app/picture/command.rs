//! What a command's moments change in the picture.

use super::super::views::{
    Aggregate, CommandAt, Movement, Note, Outcome, Person, Picture, Place, Setback, Stage, Token,
};
use crate::{
    kernel::{CommandId, StreamId},
    ports::Moment,
};

/// The most commands that are followed at once: those beyond are counted.
const COMMANDS_MAX: usize = 512;

/// How a command was given.
#[derive(Clone, Copy)]
pub(super) struct Given {
    /// By whom.
    pub person: Person,
    /// Whether it is meant for the version that they saw.
    pub insists: bool,
}

impl Picture {
    /// Somebody gave a command; one that is under way already goes on as before.
    pub(super) fn given(
        &mut self,
        id: CommandId,
        name: &'static str,
        stream: &StreamId,
        given: Given,
    ) {
        self.note = None;
        self.people = self.people.max(given.person.0);
        self.light(Place::Person(given.person));
        if !self.follow(id, name, stream, given) {
            self.commands_more += 1;
        }
        self.go(id, Place::Person(given.person), None);
    }

    /// The command begins, unless it is alive already. False when there are too many to follow.
    fn follow(
        &mut self,
        id: CommandId,
        name: &'static str,
        stream: &StreamId,
        given: Given,
    ) -> bool {
        let Given { person, insists } = given;
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
            person,
            insists,
            at: Place::Person(person),
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

    /// Where a command comes from, and its answer goes to.
    fn home(&self, id: CommandId) -> Place {
        let known = self.commands.iter().find(|known| known.id == id);
        Place::Person(known.map_or(Person::FIRST, |known| known.person))
    }

    pub(super) fn command(&mut self, id: CommandId) -> Option<&mut CommandAt> {
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
                    Outcome::Conflict => None,
                    Outcome::Contended => Some(Setback::Contended),
                    _ => Some(Setback::Failed(reason.clone())),
                };
                if let Some((name, setback)) = self.end(id, *outcome).zip(setback) {
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
                self.go(id, self.home(id), Some(Token::Command));
            }
            Moment::Paused | Moment::Resumed | Moment::Slowed { .. } => {
                let Some(command) = self.command(id) else { return };
                match moment {
                    Moment::Slowed { by } => command.slowed = by.0 > 0,
                    _ => command.paused = matches!(moment, Moment::Paused),
                }
                let at = command.at;
                self.light(at);
            }
            _ => {}
        }
    }

    /// Moves a command, as the token that it is or as another one.
    pub(super) fn go(&mut self, id: CommandId, to: Place, token: Option<Token>) {
        self.light(to);
        let Some(command) = self.command(id) else { return };
        let from = std::mem::replace(&mut command.at, to);
        command.token = token.unwrap_or(command.token);
        let (token, count) = (command.token, command.decided.len());
        self.moved.push(Movement { from, to, token, command: Some(id), count });
    }

    fn received(&mut self, id: CommandId, name: &'static str, stream: &StreamId) {
        let known = self.commands.len();
        let unknown = Given { person: Person::FIRST, insists: false };
        if self.follow(id, name, stream, unknown) && self.commands.len() > known {
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

    fn logged(&mut self, id: CommandId, outcome: Outcome) {
        if let Some(command) = self.command(id) {
            command.outcome = Some(outcome);
        }
        self.go(id, Place::Behaviour(Stage::Logging), Some(answer_token(Some(outcome))));
    }

    /// The command is over. Gives its name, when it was followed.
    fn end(&mut self, id: CommandId, outcome: Outcome) -> Option<&'static str> {
        self.forget_aggregate(id);
        self.go(id, self.home(id), Some(answer_token(Some(outcome))));
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

    pub(super) fn forget_aggregate(&mut self, id: CommandId) {
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
        Some(
            Outcome::Rejected
            | Outcome::Invalid
            | Outcome::Contended
            | Outcome::Conflict
            | Outcome::Failed,
        ) => Token::Refusal,
        Some(Outcome::Accepted | Outcome::AlreadySo) | None => Token::Answer,
    }
}
