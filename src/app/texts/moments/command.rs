//! What is said of a command on its way, from its giving to its answer.

use super::Label;
use crate::{
    app::{
        texts::short_id,
        views::{Outcome, Rejection},
    },
    engine::Answer,
    kernel::{CommandId, FieldError, from_json},
    ports::{Moment, StageTime},
};

impl Label<'_> {
    pub(super) fn sentence(&self) -> String {
        match &self.recorded.moment {
            Moment::CommandGiven { command, as_seen: None, .. } => {
                self.of_command("moment.command_given", *command, &[("person", &self.who())])
            }
            Moment::CommandGiven { command, as_seen: Some(version), .. } => {
                let (version, person) = (self.texts.count(version.0), self.who());
                let values = [("version", &*version), ("person", &*person)];
                self.of_command("moment.command_given_seen", *command, &values)
            }
            Moment::CommandReceived { command, .. } => {
                self.of_command("moment.command_received", *command, &[])
            }
            Moment::BehaviourEntered { command, stage } => {
                let (stage, meaning) = (self.texts.stage(*stage), self.texts.stage_meaning(*stage));
                let values = [("stage", stage), ("meaning", meaning)];
                self.of_command("moment.behaviour_entered", *command, &values)
            }
            Moment::BehaviourLeft { command, stage } => {
                let values = [("stage", self.texts.stage(*stage))];
                self.of_command("moment.behaviour_left", *command, &values)
            }
            Moment::StreamRead { stream, version, events } => {
                let (version, command) = (self.texts.count(version.0), self.own_command());
                let order = short_id(stream.instance());
                let values = [("command", &*command), ("order", order), ("version", &version)];
                self.texts.plural("moment.stream_read", *events as u64, &values)
            }
            other => self.decision(other),
        }
    }

    /// What the decider and the store said.
    fn decision(&self, moment: &Moment) -> String {
        match moment {
            Moment::Decided { command, events } if events.is_empty() => {
                self.of_command("moment.decided_none", *command, &[])
            }
            Moment::Decided { command, events } => {
                let values = [("events", &*events.join(", "))];
                self.of_command("moment.decided", *command, &values)
            }
            Moment::Rejected { command, rejection } => {
                let reason = match from_json(rejection) {
                    Ok(rejection) => self.texts.rejection(&rejection),
                    Err(_) => rejection.clone(),
                };
                self.of_command("moment.rejected", *command, &[("reason", &reason)])
            }
            Moment::Appended { command, version, position, .. } => {
                let counts = [version.0, position.0].map(|number| self.texts.count(number));
                let [version, position] = counts.each_ref().map(String::as_str);
                let events = self.events();
                let values = [("events", &*events), ("version", version), ("position", position)];
                self.of_command("moment.appended", *command, &values)
            }
            Moment::Conflict { command, expected, actual } => {
                let counts = [expected.0, actual.0].map(|number| self.texts.count(number));
                let [expected, actual] = counts.each_ref().map(String::as_str);
                let values = [("expected", expected), ("actual", actual)];
                self.of_command("moment.conflict", *command, &values)
            }
            other => self.ending(other),
        }
    }

    /// How a command ended.
    fn ending(&self, moment: &Moment) -> String {
        match moment {
            Moment::CommandLogged { command, outcome, attempts, stages, .. } => {
                self.logged(*command, *outcome, *attempts, stages)
            }
            Moment::CommandAnswered { command, answer, .. } => {
                let answer = match from_json(answer) {
                    Ok(answer) => self.answer(*command, &answer),
                    Err(_) => answer.clone(),
                };
                self.texts.fill("moment.command_answered", &[("answer", &answer)])
            }
            Moment::CommandFailed { command, outcome: Outcome::Contended, .. } => {
                self.of_command("moment.command_contended", *command, &[])
            }
            Moment::CommandFailed { command, outcome: Outcome::Conflict, .. } => {
                self.of_command("moment.command_conflict", *command, &[])
            }
            Moment::CommandFailed { command, reason, .. } => {
                let reason = self.fault_behind().unwrap_or(reason);
                self.of_command("moment.command_failed", *command, &[("reason", reason)])
            }
            other => self.projector(other),
        }
    }

    fn logged(
        &self,
        command: CommandId,
        outcome: Outcome,
        attempts: u32,
        stages: &[StageTime],
    ) -> String {
        let took = self.texts.milliseconds(stages.iter().map(|time| time.elapsed.0).sum());
        let attempts = self.texts.plural("now.attempts", u64::from(attempts), &[]);
        let outcome = self.texts.outcome(outcome);
        let values = [("outcome", outcome), ("took", &took), ("attempts", &attempts)];
        self.of_command("moment.command_logged", command, &values)
    }

    fn answer(&self, command: CommandId, answer: &Answer<Rejection>) -> String {
        match answer {
            Answer::Accepted { version, .. } => self.accepted(command, version.0),
            Answer::AlreadySo { version } => {
                let version = self.texts.count(version.0);
                self.of_command("happened.already_so", command, &[("version", &version)])
            }
            Answer::Rejected { rejection } => {
                let reason = self.texts.rejection(rejection);
                self.of_command("happened.rejected", command, &[("reason", &reason)])
            }
            Answer::Invalid { errors } => {
                let problem = |error: &FieldError<Rejection>| {
                    format!("{}: {}", error.field, self.texts.rejection(&error.rejection))
                };
                let problems = errors.iter().map(problem).collect::<Vec<_>>().join(" ");
                self.of_command("moment.invalid", command, &[("problems", &problems)])
            }
        }
    }

    /// Just now when this very task stored the events; else the answer is one that was recorded.
    fn accepted(&self, command: CommandId, version: u64) -> String {
        let version = self.texts.count(version);
        let position = self.causes().find_map(|earlier| match &earlier.moment {
            Moment::Appended { position, .. } => Some(self.texts.count(position.0)),
            _ => None,
        });
        let Some(position) = position else {
            return self.of_command("moment.answered_again", command, &[("version", &version)]);
        };
        let event = self.events();
        let values = [("event", &*event), ("position", &position), ("version", &version)];
        self.of_command("happened.accepted", command, &values)
    }
}
