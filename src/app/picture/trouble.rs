//! Trouble that a part of the picture offers, and what it is on the tape.

use super::super::views::{
    CommandAt, FaultAt, Part, Picture, Place, ProjectorAt, ReadModel, Task, Token, Trouble,
};
use crate::{
    app::PROJECTORS,
    domain::orders::OrderCommand,
    kernel::Micros,
    simulation::{ArmedFault, Fault, FaultPoint, Input, Target, Times},
};

/// How much longer the turns of a slowed task take: some ten moments.
const TURN_SLOWED_BY: Micros = Micros(1_000);
/// How much later a slow store answers.
const STORE_SLOWED_BY: Micros = Micros(5_000);
/// The commands that the pipeline offers to kill: the last few.
const COMMANDS_OFFERED_MAX: usize = 3;

const APPEND_FAULTS: [(&str, &str, u32); 8] = [
    ("unavailable", "next", 1),
    ("unavailable", "next_few", 3),
    ("unavailable", "always", 0),
    ("unavailable", "chance", 0),
    ("disk_full", "next", 1),
    ("lose_answer", "next", 1),
    ("conflict", "next", 1),
    ("slow", "always", 0),
];

const UPDATE_FAULTS: [(&str, &str, u32); 3] =
    [("unavailable", "next", 1), ("disk_full", "always", 0), ("lose_answer", "next", 1)];

/// The trouble that a part of the picture offers now.
#[must_use]
pub fn troubles_of(picture: &Picture, part: &Part) -> Vec<Trouble> {
    let commands = picture.commands.iter();
    match part {
        Part::Place(Place::Person(_)) => vec![Trouble::Reload],
        Part::Place(Place::Pipeline) => {
            commands.rev().take(COMMANDS_OFFERED_MAX).flat_map(of_handler).collect()
        }
        Part::Place(Place::Store) => at_store(picture),
        Part::Place(Place::ReadModel(model)) => at_read_model(picture, *model),
        Part::Command(id) => {
            commands.filter(|known| known.id == *id).flat_map(of_handler).collect()
        }
        Part::Place(Place::Behaviour(_) | Place::Aggregate | Place::Room(_) | Place::Elsewhere)
        | Part::Event { .. } => vec![],
    }
}

fn of_handler(command: &CommandAt) -> Vec<Trouble> {
    let task = Task::Handler(command.id);
    of_task(task, command.token == Token::Dead, command.paused, command.slowed)
}

fn of_projector(projector: &ProjectorAt) -> Vec<Trouble> {
    let is_dead = projector.activity == super::super::views::Activity::Dead;
    of_task(Task::Projector(projector.model), is_dead, projector.paused, projector.slowed)
}

fn of_task(task: Task, is_dead: bool, paused: bool, slowed: bool) -> Vec<Trouble> {
    if is_dead {
        return vec![Trouble::Restart(task)];
    }
    vec![
        Trouble::Kill(task),
        if paused { Trouble::Resume(task) } else { Trouble::Pause(task) },
        if slowed { Trouble::Hasten(task) } else { Trouble::Slow(task) },
    ]
}

fn at_store(picture: &Picture) -> Vec<Trouble> {
    let mut troubles = armable("append", &APPEND_FAULTS);
    troubles.extend(armable("read_stream", &[("unavailable", "next", 1)]));
    if picture.faults.iter().any(|fault| !fault.is_at_read_models()) {
        troubles.push(Trouble::Calm(Place::Store));
    }
    troubles.push(Trouble::CheckVersions(!picture.checks_versions));
    troubles
}

fn at_read_model(picture: &Picture, model: ReadModel) -> Vec<Trouble> {
    let mine = picture.projectors.iter().filter(|projector| projector.model == model);
    let mut troubles: Vec<_> = mine.flat_map(of_projector).collect();
    troubles.push(Trouble::Rebuild(model));
    troubles.extend(armable("update_read_model", &UPDATE_FAULTS));
    if picture.faults.iter().any(FaultAt::is_at_read_models) {
        troubles.push(Trouble::Calm(Place::ReadModel(model)));
    }
    troubles
}

fn armable(point: &'static str, faults: &[(&'static str, &'static str, u32)]) -> Vec<Trouble> {
    let arm = |&(fault, times, left)| Trouble::Arm(FaultAt { point, fault, times, left });
    faults.iter().map(arm).collect()
}

/// What a trouble is on the tape, in order.
#[must_use]
pub fn trouble_inputs(trouble: Trouble) -> Vec<Input<OrderCommand>> {
    let input = match trouble {
        Trouble::Kill(task) => Input::Crash(target(task)),
        Trouble::Restart(task) => Input::Restart(target(task)),
        Trouble::Pause(task) => Input::Pause(target(task)),
        Trouble::Resume(task) => Input::Resume(target(task)),
        Trouble::Slow(task) => Input::Slow(target(task), TURN_SLOWED_BY),
        Trouble::Hasten(task) => Input::Slow(target(task), Micros(0)),
        Trouble::Arm(fault) => return armed(fault).map(Input::Arm).into_iter().collect(),
        Trouble::Calm(Place::ReadModel(_)) => Input::Disarm(FaultPoint::UpdateReadModel),
        Trouble::Calm(_) => {
            let at_store = |point: &FaultPoint| *point != FaultPoint::UpdateReadModel;
            return FaultPoint::ALL.into_iter().filter(at_store).map(Input::Disarm).collect();
        }
        Trouble::CheckVersions(on) => Input::CheckVersions(on),
        Trouble::Rebuild(model) => Input::Rebuild(target(Task::Projector(model))),
        Trouble::Reload => Input::Reload,
    };
    vec![input]
}

fn target(task: Task) -> Target {
    match task {
        Task::Handler(command) => Target::Handler(command),
        Task::Projector(model) => Target::Projector(PROJECTORS[model as usize].to_owned()),
    }
}

/// The fault that words of the tape name; none for words that name none.
fn armed(at: FaultAt) -> Option<ArmedFault> {
    let point = FaultPoint::ALL.into_iter().find(|point| point.name() == at.point)?;
    let faults = [
        Fault::DiskFull,
        Fault::Unavailable,
        Fault::LoseAnswer,
        Fault::Conflict,
        Fault::Slow(STORE_SLOWED_BY),
    ];
    let fault = faults.into_iter().find(|fault| fault.name() == at.fault)?;
    let often = [Times::Next(at.left), Times::Always, Times::Chance { hits: 1, of: 2 }];
    let times = often.into_iter().find(|times| times.name() == at.times)?;
    Some(ArmedFault { point, fault, times })
}
