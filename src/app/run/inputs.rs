//! What each input does to a run.

use super::{PROJECTORS, Run, Stores, fulfilling};
use crate::{
    domain::orders::OrderCommand,
    kernel::{Command, CommandId, CorrelationId, Micros, StoredEvent, Version},
    ports::{Append, Environment, Moment},
    simulation::{Actor, FulfilmentInput, GivenCommand, Input, MomentNumber, Person, Target},
};

impl<S: Stores + 'static> Run<S> {
    // region: apply_next
    pub(super) async fn apply_next(&mut self) {
        let entry = self.tape.entries[self.applied].clone();
        self.applied += 1;
        self.world.advance_to(self.tape.head.start.after(entry.at));
        match entry.input {
            Input::Command(given) => self.give_command(given, entry.at),
            Input::Arm(armed) => {
                let (point, fault) = (armed.point.name(), armed.fault.name());
                let (times, limit) = (armed.times.name(), armed.times.limit());
                self.world.store().arm(armed);
                self.note(Moment::FaultArmed { point, fault, times, limit });
            }
            Input::Disarm(point) => {
                self.world.store().disarm(point);
                self.note(Moment::FaultsDisarmed { point: point.name() });
            }
            Input::CheckVersions(on) => {
                self.world.store().check_versions(on);
                self.note(Moment::VersionCheckSwitched { on });
            }
            Input::Behaviours(stages) => {
                self.behaviours.clone_from(&stages);
                self.note(Moment::BehavioursChanged { stages });
            }
            Input::Mark(name) => self.note(Moment::Marked { name }),
            Input::MarkPast(moment, name) => self.note(Moment::PastMarked { moment, name }),
            Input::Fulfilment(input) => self.fulfil(input).await,
            Input::Reload => self.reload(),
            Input::Rebuild(target) => self.rebuild(&target).await,
            Input::Foreign(events) => self.take_foreign(events).await,
            input => self.apply_to_task(&input),
        }
    }
    // endregion: apply_next

    // region: apply_to_task
    /// What is done to one task; nothing, when it is not there.
    fn apply_to_task(&mut self, input: &Input<OrderCommand>) {
        let (Input::Crash(target)
        | Input::Restart(target)
        | Input::Pause(target)
        | Input::Resume(target)
        | Input::Slow(target, _)) = input
        else {
            unreachable!("every other input is applied to the whole")
        };
        if let Input::Restart(target) = input {
            return self.restart(target);
        }
        // Whoever runs sagas is several tasks, the one that begins them first.
        let meant: Vec<_> = self.executor.actors().filter(|actor| target.is(*actor)).collect();
        let Some(first) = meant.iter().min().copied() else { return };
        let moment = match input {
            Input::Crash(_) => {
                meant.into_iter().for_each(|actor| self.kill(actor));
                Moment::Crashed
            }
            Input::Pause(_) => {
                meant.into_iter().for_each(|actor| _ = self.executor.pause(actor, true));
                Moment::Paused
            }
            Input::Slow(_, by) => {
                meant.into_iter().for_each(|actor| _ = self.executor.slow(actor, *by));
                Moment::Slowed { by: *by }
            }
            _ => {
                meant.into_iter().for_each(|actor| _ = self.executor.pause(actor, false));
                Moment::Resumed
            }
        };
        self.world.record(first, moment);
    }
    // endregion: apply_to_task

    /// Drops a task, with what was on its way to it.
    fn kill(&mut self, actor: Actor) {
        match actor {
            Actor::Runner | Actor::Saga(_) | Actor::Service(_) | Actor::Reactor(_) => {
                if let Some(fulfilling) = self.fulfilling {
                    (fulfilling.kill)(self, actor);
                }
            }
            actor => _ = self.executor.crash(actor),
        }
    }

    /// Does something to the fulfilment, which is made when it is first needed.
    async fn fulfil(&mut self, input: FulfilmentInput) {
        let fulfilling = fulfilling::<S>().await;
        if self.fulfilment.is_none() {
            let made = (fulfilling.make)(&self.world, self.tape.head.seed, None);
            self.fulfilment = Some(made);
            self.fulfilling = Some(fulfilling);
        }
        (fulfilling.apply)(self, input).await;
    }

    fn note(&self, moment: Moment) {
        self.world.record(Actor::Person(Person::FIRST), moment);
    }

    // region: give_command
    fn give_command(&mut self, given: GivenCommand<OrderCommand>, at: Micros) {
        let (name, stream) = (given.command.name(), given.command.stream());
        let moment =
            Moment::CommandGiven { command: given.id, name, stream, as_seen: given.as_seen };
        let request = CorrelationId(given.id.0);
        let cause = self.world.record_of(request, Actor::Person(given.person), moment);
        if !self.executor.is_alive(Actor::Handler(given.id)) {
            self.spawn_handler(given, at, cause);
        }
    }
    // endregion: give_command

    fn spawn_handler(
        &mut self,
        given: GivenCommand<OrderCommand>,
        at: Micros,
        cause: MomentNumber,
    ) {
        if self.fulfilling.is_some_and(|it| (it.handle)(self, &given, at, cause)) {
            return;
        }
        self.executor.spawn(Actor::Handler(given.id), Some(cause), self.handler(given, at));
    }

    // region: restart
    /// Builds a task again: a handler from its command on the tape, a projector from its checkpoint.
    fn restart(&mut self, target: &Target) {
        match target {
            Target::Handler(command) if !self.executor.is_alive(Actor::Handler(*command)) => {
                let Some((given, at)) = self.given(*command) else { return };
                let actor = Actor::Handler(*command);
                let cause = self.world.record(actor, Moment::Restarted);
                self.spawn_handler(given, at, cause);
            }
            Target::Handler(_) => {}
            Target::Runner | Target::Saga(_) | Target::Service(_) | Target::Reactor(_) => {
                if let Some(fulfilling) = self.fulfilling {
                    (fulfilling.restart)(self, target);
                }
            }
            Target::Projector(_) => {
                let dead = PROJECTORS.into_iter().filter(|model| {
                    let actor = Actor::Projector(model);
                    target.is(actor) && !self.executor.is_alive(actor)
                });
                for model in dead.collect::<Vec<_>>() {
                    let cause = self.world.record(Actor::Projector(model), Moment::Restarted);
                    self.spawn_projector(model, Some(cause));
                }
            }
        }
    }
    // endregion: restart

    /// A command that was given before now, with when that was.
    fn given(&self, command: CommandId) -> Option<(GivenCommand<OrderCommand>, Micros)> {
        self.tape.entries[..self.applied].iter().find_map(|entry| match &entry.input {
            Input::Command(given) if given.id == command => Some((given.clone(), entry.at)),
            _ => None,
        })
    }

    // region: rebuild
    /// Deletes a read model, whoever is at work on it, and lets a new task begin at the first event.
    /// Where the storage fails, it stays as it was.
    async fn rebuild(&mut self, target: &Target) {
        let Some(model) = PROJECTORS.into_iter().find(|model| target.is(Actor::Projector(model)))
        else {
            return;
        };
        let actor = Actor::Projector(model);
        if self.world.store_behind().clear(model).await.is_ok() {
            self.executor.crash(actor);
            self.world.model_cleared(model);
            let cause = self.world.record(actor, Moment::ModelCleared { model });
            self.spawn_projector(model, Some(cause));
        }
    }
    // endregion: rebuild

    // region: reload
    fn reload(&mut self) {
        for actor in self.actors() {
            self.executor.crash(actor);
        }
        self.note(Moment::Reloaded);
        self.spawn_projectors();
        if let Some(fulfilling) = self.fulfilling {
            (fulfilling.begin_anew)(self);
        }
    }
    // endregion: reload

    // region: take_foreign
    /// Appends what another writer appended; where it is in the store already, it is recognised.
    async fn take_foreign(&mut self, events: Vec<StoredEvent>) {
        let Some((append, last)) = foreign_append(&events).zip(events.last()) else { return };
        let (stream, version, position) = (last.stream.clone(), last.version, last.position);
        if self.world.store().inner().append(&append).await.is_ok() {
            self.world.log_grew(position);
            let types = append.events.into_iter().map(|event| event.encoded.event_type);
            let events = types.collect();
            let moment = Moment::ForeignAppended { stream, events, version, position };
            let request = last.event.correlation_id;
            self.world.record_of(request, Actor::Person(Person::FIRST), moment);
            self.executor.wake();
        }
    }
    // endregion: take_foreign
}

/// The append of events of one stream that have their places already; none for no events, and for
/// versions that there cannot be.
pub(in crate::app) fn foreign_append(events: &[StoredEvent]) -> Option<Append> {
    let first = events.first()?;
    Some(Append {
        stream: first.stream.clone(),
        expected: Version(first.version.0.checked_sub(1)?),
        events: events.iter().map(|stored| stored.event.clone()).collect(),
        outbox: vec![],
        inbox: None,
    })
}
