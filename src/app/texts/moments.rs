//! Every moment of a run as one sentence, as a museum's label would say it to a newcomer.

use std::iter::successors;

use super::{Texts, short_id};
use crate::{
    app::views::{Outcome, Rejection},
    engine::Answer,
    kernel::{CommandId, FieldError},
    ports::{Moment, StageTime},
    simulation::{Actor, RecordedMoment},
};

impl Texts {
    /// What happened at a moment of a trace; empty past its end. `index` counts from 0.
    #[must_use]
    pub fn moment(self, trace: &[RecordedMoment], index: usize) -> String {
        trace.get(index).map_or_else(String::new, |recorded| {
            Label { texts: self, so_far: &trace[..=index], recorded }.sentence()
        })
    }
}

/// A moment that is being told, with all that came before it.
struct Label<'a> {
    texts: Texts,
    /// The trace up to this moment and with it.
    so_far: &'a [RecordedMoment],
    recorded: &'a RecordedMoment,
}

impl Label<'_> {
    fn sentence(&self) -> String {
        match &self.recorded.moment {
            Moment::CommandGiven { command, as_seen: None, .. } => {
                self.of_command("moment.command_given", *command, &[])
            }
            Moment::CommandGiven { command, as_seen: Some(version), .. } => {
                let version = self.texts.count(version.0);
                let values = [("version", version.as_str())];
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
                let values = [("command", command), ("order", order), ("version", &version)];
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
                let reason = match serde_json::from_str(rejection) {
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
                let answer = match serde_json::from_str(answer) {
                    Ok(answer) => self.answer(*command, &answer),
                    Err(_) => answer.clone(),
                };
                self.texts.fill("moment.command_answered", &[("answer", &answer)])
            }
            Moment::CommandFailed { command, outcome: Outcome::Contended, .. } => {
                self.of_command("moment.command_contended", *command, &[])
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

    fn projector(&self, moment: &Moment) -> String {
        match moment {
            Moment::LogRead { model, after, events } => {
                let position = self.texts.count(after.0);
                let values = [("model", self.texts.model(model)), ("position", &position)];
                self.texts.plural("moment.log_read", *events as u64, &values)
            }
            Moment::Projected { model, checkpoint, events } => {
                let position = self.texts.count(checkpoint.0);
                let values = [("model", self.texts.model(model)), ("position", &position)];
                self.texts.plural("moment.projected", *events as u64, &values)
            }
            Moment::ProjectorFailed { model, reason } => {
                let reason = self.fault_behind().unwrap_or(reason);
                let values = [("model", self.texts.model(model)), ("reason", reason)];
                self.texts.fill("moment.projector_failed", &values)
            }
            Moment::ModelCleared { model } => {
                self.texts.fill("moment.model_cleared", &[("model", self.texts.model(model))])
            }
            other => self.fault(other),
        }
    }

    fn fault(&self, moment: &Moment) -> String {
        let texts = self.texts;
        match moment {
            Moment::FaultArmed { point, fault, times } => {
                let (point, fault) = (texts.fault_point(point), texts.fault(fault));
                let values =
                    [("point", point), ("fault", fault), ("times", texts.fault_times(times))];
                texts.fill("moment.fault_armed", &values)
            }
            Moment::FaultsDisarmed { point } => {
                texts.fill("moment.faults_disarmed", &[("point", texts.fault_point(point))])
            }
            Moment::FaultMet { point, fault } => {
                let values = [("point", texts.fault_point(point)), ("fault", texts.fault(fault))];
                texts.fill("moment.fault_met", &values)
            }
            other => self.task(other),
        }
    }

    /// What was done to a task from outside.
    fn task(&self, moment: &Moment) -> String {
        let of_task = |key| self.texts.fill(key, &[("who", &self.who())]);
        match moment {
            Moment::Crashed => of_task("moment.crashed"),
            Moment::Restarted => of_task("moment.restarted"),
            Moment::Paused => of_task("moment.paused"),
            Moment::Resumed => of_task("moment.resumed"),
            Moment::Slowed { by } if by.0 == 0 => of_task("moment.slowed_none"),
            Moment::Slowed { by } => {
                let by = self.texts.milliseconds(by.0);
                self.texts.fill("moment.slowed", &[("who", &self.who()), ("by", &by)])
            }
            other => self.switch(other),
        }
    }

    /// What was done to the whole from outside.
    fn switch(&self, moment: &Moment) -> String {
        let texts = self.texts;
        match moment {
            Moment::VersionCheckSwitched { on: true } => {
                texts.say("moment.version_check_on").into()
            }
            Moment::VersionCheckSwitched { on: false } => {
                texts.say("moment.version_check_off").into()
            }
            Moment::BehavioursChanged { stages } if stages.is_empty() => {
                texts.say("moment.behaviours_none").into()
            }
            Moment::BehavioursChanged { stages } => {
                let names: Vec<_> = stages.iter().map(|stage| texts.stage(*stage)).collect();
                texts.fill("moment.behaviours_changed", &[("stages", &names.join(", "))])
            }
            Moment::Reloaded => texts.say("moment.reloaded").into(),
            Moment::ForeignAppended { stream, version, position } => {
                let counts = [version.0, position.0].map(|number| texts.count(number));
                let [version, position] = counts.each_ref().map(String::as_str);
                let order = short_id(stream.instance());
                let values = [("order", order), ("version", version), ("position", position)];
                texts.fill("moment.foreign_appended", &values)
            }
            Moment::Marked { name } => texts.fill("moment.marked", &[("name", name)]),
            engine => unreachable!("{engine:?} is told with those that the engine reaches"),
        }
    }

    /// The text of a key, its places filled with the command's name, its order and more.
    fn of_command(&self, key: &'static str, command: CommandId, more: &[(&str, &str)]) -> String {
        let (name, order) = self.given(command);
        let values = [&[("command", name), ("order", order)], more].concat();
        self.texts.fill(key, &values)
    }

    /// The name of the command that this task handles.
    fn own_command(&self) -> &str {
        match self.recorded.actor {
            Actor::Handler(command) => self.given(command).0,
            _ => "?",
        }
    }

    /// The name of a command and the short id of its order, as it was given last.
    fn given(&self, meant: CommandId) -> (&str, &str) {
        let given = self.so_far.iter().rev().find_map(|earlier| match &earlier.moment {
            Moment::CommandReceived { command, name, stream }
            | Moment::CommandGiven { command, name, stream, .. }
                if *command == meant =>
            {
                Some((*name, short_id(stream.instance())))
            }
            _ => None,
        });
        given.unwrap_or(("?", "?"))
    }

    /// Who is meant by what was done to a task.
    fn who(&self) -> String {
        match self.recorded.actor {
            Actor::Handler(command) => self.of_command("actor.handler", command, &[]),
            Actor::Projector(model) => {
                self.texts.fill("actor.projector", &[("model", self.texts.model(model))])
            }
            Actor::Person => self.texts.say("actor.person").to_owned(),
        }
    }

    /// This moment and those before it that led to it in the same task, the latest first.
    fn causes(&self) -> impl Iterator<Item = &RecordedMoment> {
        let before = |recorded: &&RecordedMoment| {
            let number = recorded.cause?.0;
            self.so_far.get(usize::try_from(number).ok()?.checked_sub(1)?)
        };
        let actor = self.recorded.actor;
        successors(Some(self.recorded), before).take_while(move |recorded| recorded.actor == actor)
    }

    /// The events that this task decided on last.
    fn events(&self) -> String {
        let decided = self.causes().find_map(|earlier| match &earlier.moment {
            Moment::Decided { events, .. } => Some(events.join(", ")),
            _ => None,
        });
        decided.unwrap_or_default()
    }

    /// The fault that made this task fail just now, in words; none when it was no fault.
    fn fault_behind(&self) -> Option<&'static str> {
        let earlier = self.causes().skip(1);
        let mut earlier = earlier.take_while(|recorded| {
            !matches!(
                recorded.moment,
                Moment::ProjectorFailed { .. } | Moment::CommandReceived { .. }
            )
        });
        earlier.find_map(|earlier| match &earlier.moment {
            Moment::FaultMet { fault, .. } if !matches!(*fault, "slow" | "conflict") => {
                Some(self.texts.fault(fault))
            }
            _ => None,
        })
    }
}
