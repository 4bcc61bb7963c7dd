//! Trouble that a part of the picture offers, and what it is on the tape.

use super::super::views::{
    Amounts, CommandAt, FaultAt, Part, Picture, Place, ProjectorAt, ReadModel, Room, Stage, Task,
    Token, Trouble,
};
use crate::{
    app::PROJECTORS,
    domain::orders::{OrderCommand, OrderRequest, OrderServices},
    kernel::{CommandId, Micros, ServiceRequest, Services},
    simulation::{
        ArmedFault, ArmedServiceFault, Fault, FaultPoint, FulfilmentInput, Input, ServiceFault,
        Target, Times,
    },
};

/// The commands that the pipeline offers to kill: the last few.
const COMMANDS_OFFERED_MAX: usize = 3;

/// What can go wrong at a point, and how often: so many next times, always, or by chance.
type Faults = [(&'static str, &'static str)];

const APPEND_FAULTS: &Faults = &[
    ("unavailable", "next"),
    ("unavailable", "always"),
    ("unavailable", "chance"),
    ("disk_full", "next"),
    ("disk_full", "always"),
    ("lose_answer", "next"),
    ("lose_answer", "chance"),
    ("conflict", "next"),
    ("slow", "always"),
];

const READ_FAULTS: &Faults =
    &[("unavailable", "next"), ("unavailable", "always"), ("unavailable", "chance")];

const UPDATE_FAULTS: &Faults = &[
    ("unavailable", "next"),
    ("unavailable", "chance"),
    ("disk_full", "always"),
    ("lose_answer", "next"),
];

/// What the picture offers for each request to a service; the board offers the rest.
const REQUEST_FAULTS: &Faults = &[
    ("refuse", "next"),
    ("unavailable", "next"),
    ("unavailable", "always"),
    ("unavailable", "chance"),
    ("slow", "next"),
    ("lose_answer", "next"),
];

/// The trouble that a part of the picture offers now, with these amounts.
#[must_use]
pub fn troubles_of(picture: &Picture, part: &Part, amounts: Amounts) -> Vec<Trouble> {
    match part {
        Part::Place(Place::Person(_)) => vec![Trouble::Reload],
        Part::Place(Place::Pipeline) => {
            let mut troubles = of_last(picture);
            let stages = picture.stages();
            troubles.extend(stages.into_iter().map(|(stage, on)| switch(picture, stage, !on)));
            troubles
        }
        Part::Place(Place::Behaviour(stage)) => {
            let on = picture.behaviours.contains(stage);
            let mut troubles = vec![switch(picture, *stage, !on)];
            let here = |known: &&CommandAt| known.at == Place::Behaviour(*stage);
            troubles.extend(picture.commands.iter().filter(here).flat_map(of_handler));
            troubles
        }
        // Whoever decides here is whoever handles the command.
        Part::Place(Place::Aggregate) => match &picture.aggregate {
            Some(aggregate) => of_command(picture, aggregate.command),
            None => of_last(picture),
        },
        Part::Place(Place::Store) | Part::Event { .. } => at_store(picture, amounts),
        Part::Place(Place::ReadModel(model)) => at_read_model(picture, *model, amounts),
        Part::Command(id) => of_command(picture, *id),
        Part::Place(Place::Room(Room::Saga)) => of_room(picture, Room::Saga, Task::Runner),
        Part::Place(Place::Room(room @ Room::Service(index))) => {
            let mut troubles = of_room(picture, *room, Task::Service(*index));
            if !picture.dead.contains(room) {
                troubles.extend(of_requests(*index, amounts));
            }
            troubles
        }
        Part::Place(Place::Room(_) | Place::Elsewhere) => vec![],
    }
}

/// Of the handlers of the last few commands.
fn of_last(picture: &Picture) -> Vec<Trouble> {
    picture.commands.iter().rev().take(COMMANDS_OFFERED_MAX).flat_map(of_handler).collect()
}

fn of_command(picture: &Picture, id: CommandId) -> Vec<Trouble> {
    picture.commands.iter().filter(|known| known.id == id).flat_map(of_handler).collect()
}

/// The pipeline with a behaviour more, or less.
fn switch(picture: &Picture, stage: Stage, on: bool) -> Trouble {
    let is_on = |(other, was_on): (Stage, bool)| {
        let stays = if other == stage { on } else { was_on };
        stays.then_some(other)
    };
    Trouble::Behaviour {
        stage,
        on,
        stages: picture.stages().into_iter().filter_map(is_on).collect(),
    }
}

/// Of the runner of sagas or a service.
fn of_room(picture: &Picture, room: Room, task: Task) -> Vec<Trouble> {
    let [dead, paused, slowed] =
        [&picture.dead, &picture.paused, &picture.slowed].map(|rooms| rooms.contains(&room));
    of_task(task, dead, paused, slowed)
}

/// Of the requests to a service.
fn of_requests(service: u8, amounts: Amounts) -> impl Iterator<Item = Trouble> {
    let is_asked =
        move |name: &&&'static str| OrderRequest::service_of(name) == Some(usize::from(service));
    let names = OrderRequest::NAMES.iter().filter(is_asked);
    names.flat_map(move |name| armable(name, REQUEST_FAULTS, amounts))
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

fn at_store(picture: &Picture, amounts: Amounts) -> Vec<Trouble> {
    let mut troubles = armable("append", APPEND_FAULTS, amounts);
    troubles.extend(armable("read_stream", READ_FAULTS, amounts));
    if picture.faults.iter().any(|fault| !fault.is_at_read_models()) {
        troubles.push(Trouble::Calm(Place::Store));
    }
    troubles.push(Trouble::CheckVersions(!picture.checks_versions));
    troubles
}

fn at_read_model(picture: &Picture, model: ReadModel, amounts: Amounts) -> Vec<Trouble> {
    let mine = picture.projectors.iter().filter(|projector| projector.model == model);
    let mut troubles: Vec<_> = mine.flat_map(of_projector).collect();
    troubles.push(Trouble::Rebuild(model));
    troubles.extend(armable("update_read_model", UPDATE_FAULTS, amounts));
    if picture.faults.iter().any(FaultAt::is_at_read_models) {
        troubles.push(Trouble::Calm(Place::ReadModel(model)));
    }
    troubles
}

fn armable(point: &'static str, faults: &Faults, amounts: Amounts) -> Vec<Trouble> {
    let arm = |&(fault, times): &(&'static str, &'static str)| {
        Trouble::Arm(FaultAt::chosen((point, fault), times, amounts))
    };
    faults.iter().map(arm).collect()
}

/// What a trouble is on the tape, in order.
#[must_use]
pub fn trouble_inputs(trouble: Trouble, amounts: Amounts) -> Vec<Input<OrderCommand>> {
    let slow_by = Micros(u64::from(amounts.slow_ms) * 1_000);
    let input = match trouble {
        Trouble::Kill(task) => Input::Crash(target(task)),
        Trouble::Restart(task) => Input::Restart(target(task)),
        Trouble::Pause(task) => Input::Pause(target(task)),
        Trouble::Resume(task) => Input::Resume(target(task)),
        Trouble::Slow(task) => Input::Slow(target(task), slow_by),
        Trouble::Hasten(task) => Input::Slow(target(task), Micros(0)),
        Trouble::Arm(fault) if OrderRequest::NAMES.contains(&fault.point) => {
            let armed = armed_at_service(fault, amounts).map(FulfilmentInput::Arm);
            return armed.map(Input::Fulfilment).into_iter().collect();
        }
        Trouble::Arm(fault) => return armed(fault, amounts).map(Input::Arm).into_iter().collect(),
        Trouble::Calm(Place::ReadModel(_)) => Input::Disarm(FaultPoint::UpdateReadModel),
        Trouble::Calm(_) => return FaultPoint::AT_STORE.map(Input::Disarm).to_vec(),
        Trouble::CheckVersions(on) => Input::CheckVersions(on),
        Trouble::Behaviour { stages, .. } => Input::Behaviours(stages),
        Trouble::Rebuild(model) => Input::Rebuild(target(Task::Projector(model))),
        Trouble::Reload => Input::Reload,
    };
    vec![input]
}

fn target(task: Task) -> Target {
    match task {
        Task::Handler(command) => Target::Handler(command),
        Task::Runner => Target::Runner,
        Task::Service(index) => {
            let name = OrderServices::NAMES.get(usize::from(index)).copied().unwrap_or_default();
            Target::Service(name.to_owned())
        }
        Task::Projector(model) => Target::Projector(PROJECTORS[model as usize].to_owned()),
    }
}

/// The fault that words of the tape name; none for words that name none.
fn armed(at: FaultAt, amounts: Amounts) -> Option<ArmedFault> {
    let point = FaultPoint::ALL.into_iter().find(|point| point.name() == at.point)?;
    let faults = [
        Fault::DiskFull,
        Fault::Unavailable,
        Fault::LoseAnswer,
        Fault::Conflict,
        Fault::Slow(Micros(u64::from(amounts.slow_ms) * 1_000)),
    ];
    let fault = faults.into_iter().find(|fault| fault.name() == at.fault)?;
    Some(ArmedFault { point, fault, times: times(at, amounts)? })
}

/// The fault for requests to a service that words of the tape name; none for words that name none.
pub(in crate::app) fn armed_at_service(at: FaultAt, amounts: Amounts) -> Option<ArmedServiceFault> {
    let faults = [
        ServiceFault::Refuse,
        ServiceFault::Unavailable,
        ServiceFault::Slow(Micros(u64::from(amounts.slow_ms) * 1_000)),
        ServiceFault::LoseRequest,
        ServiceFault::LoseAnswer,
        ServiceFault::Duplicate,
    ];
    let fault = faults.into_iter().find(|fault| fault.name() == at.fault)?;
    let request = at.point.to_owned();
    Some(ArmedServiceFault { request, fault, times: times(at, amounts)? })
}

/// How often words of the tape say.
fn times(at: FaultAt, amounts: Amounts) -> Option<Times> {
    let often =
        [Times::Next(at.left), Times::Always, Times::Chance { hits: amounts.percent, of: 100 }];
    often.into_iter().find(|times| times.name() == at.times)
}
