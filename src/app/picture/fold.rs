//! The fold: what each moment changes in the picture.

use super::{
    super::views::{FaultAt, Movement, Picture, Place, Token},
    command::Given,
};
use crate::{
    ports::Moment,
    simulation::{Actor, FaultPoint, Person, RecordedMoment},
};

impl Picture {
    /// Takes in the next moment.
    pub(super) fn take(&mut self, recorded: &RecordedMoment) {
        self.begin_moment();
        let RecordedMoment { actor, moment, .. } = recorded;
        self.settle_lost(*actor, moment);
        match moment {
            Moment::CommandGiven { .. }
            | Moment::FaultArmed { .. }
            | Moment::FaultsDisarmed { .. }
            | Moment::VersionCheckSwitched { .. }
            | Moment::BehavioursChanged { .. }
            | Moment::Reloaded
            | Moment::ForeignAppended { .. }
            | Moment::Marked { .. }
            | Moment::PastMarked { .. } => self.take_from_outside(*actor, moment),
            Moment::Saga(_) => self.take_late(*actor, moment),
            Moment::NobodyFaster { .. } => {}
            Moment::CommandReceived { .. }
            | Moment::BehaviourEntered { .. }
            | Moment::BehaviourLeft { .. }
            | Moment::StreamRead { .. }
            | Moment::Decided { .. }
            | Moment::Rejected { .. }
            | Moment::Appended { .. }
            | Moment::Conflict { .. }
            | Moment::CommandLogged { .. }
            | Moment::CommandAnswered { .. }
            | Moment::CommandFailed { .. }
            | Moment::LogRead { .. }
            | Moment::Projected { .. }
            | Moment::ProjectorFailed { .. }
            | Moment::CheckpointMoved { .. }
            | Moment::ModelCleared { .. }
            | Moment::Crashed
            | Moment::Restarted
            | Moment::Paused
            | Moment::Resumed
            | Moment::Slowed { .. }
            | Moment::FaultMet { .. } => self.take_of_task(*actor, moment),
        }
    }

    /// What was of the last moment only is over.
    fn begin_moment(&mut self) {
        self.moment += 1;
        self.lit = None;
        self.moved.clear();
        self.fault_met = None;
        self.store.fresh = 0;
    }

    /// What a task reached, or what was done to it.
    fn take_of_task(&mut self, actor: Actor, moment: &Moment) {
        match actor {
            Actor::Handler(command) => {
                self.take_of_command(command, moment);
                self.take_of_handler(command, moment);
            }
            Actor::Projector(model) => self.take_of_projector(model, moment),
            Actor::Runner | Actor::Service(_) | Actor::Reactor(_) => self.take_late(actor, moment),
            Actor::Person(_) | Actor::Saga(_) => {}
        }
    }

    /// What somebody outside did.
    fn take_from_outside(&mut self, actor: Actor, moment: &Moment) {
        match moment {
            Moment::CommandGiven { command, name, stream, as_seen } => {
                let Actor::Person(person) = actor else { return };
                let given = Given { person, insists: as_seen.is_some() };
                self.given(*command, name, stream, given);
            }
            // What waits at a service is shown there.
            Moment::FaultArmed { point, .. } | Moment::FaultsDisarmed { point }
                if FaultPoint::ALL.iter().all(|known| known.name() != *point) => {}
            Moment::FaultArmed { point, fault, times, limit } => {
                let fault = FaultAt { point, fault, times, left: *limit };
                self.light_point(fault);
                self.faults.push(fault);
            }
            Moment::FaultsDisarmed { point } => {
                self.faults.retain(|armed| armed.point != *point);
                self.light_point(FaultAt { point, fault: "", times: "", left: 0 });
            }
            Moment::VersionCheckSwitched { on } => {
                self.checks_versions = *on;
                self.light(Place::Store);
            }
            Moment::BehavioursChanged { stages } => {
                self.behaviours.clone_from(stages);
                self.light(Place::Pipeline);
            }
            Moment::Reloaded => self.reloaded(),
            Moment::ForeignAppended { stream, events, version, position } => {
                let count = position.0.saturating_sub(self.store.events);
                self.store_events(stream.as_str(), version.0, position.0, events, count);
                self.travel(Place::Elsewhere, Place::Store, Token::Events, count);
            }
            _ => {}
        }
    }

    /// An answer was lost, and this is the next moment of who waited for it: unless it was killed or met
    /// a conflict, the work was done before it.
    fn settle_lost(&mut self, actor: Actor, moment: &Moment) {
        if matches!(moment, Moment::Paused | Moment::Resumed | Moment::Slowed { .. }) {
            return;
        }
        let is_done = !matches!(moment, Moment::Crashed | Moment::Conflict { .. });
        match actor {
            Actor::Handler(command) => self.settle_lost_append(command, is_done),
            Actor::Projector(model) => self.settle_lost_update(model, moment),
            Actor::Person(_)
            | Actor::Runner
            | Actor::Saga(_)
            | Actor::Service(_)
            | Actor::Reactor(_) => {}
        }
    }

    /// A fault happened: one that was armed for so many times has one less.
    pub(super) fn fault_met(&mut self, point: &'static str, fault: &'static str, times: &str) {
        let is_limited = times.starts_with("next");
        let met = self.faults.iter().position(|armed| {
            armed.point == point && armed.fault == fault && (armed.left > 0) == is_limited
        });
        if let Some(index) = met.filter(|_| is_limited) {
            self.faults[index].left -= 1;
            if self.faults[index].left == 0 {
                self.faults.remove(index);
            }
        }
        self.fault_met = Some(fault);
    }

    /// Every task was killed; projectors began anew, commands did not.
    fn reloaded(&mut self) {
        self.commands.clear();
        self.commands_more = 0;
        self.aggregate = None;
        self.note = None;
        for projector in &mut self.projectors {
            projector.begin_anew();
        }
        self.dead.clear();
        self.paused.clear();
        self.slowed.clear();
        self.light(Place::Person(Person::FIRST));
    }

    fn light_point(&mut self, fault: FaultAt) {
        match self.projectors.first() {
            Some(first) if fault.is_at_read_models() => self.light(Place::ReadModel(first.model)),
            _ => self.light(Place::Store),
        }
    }

    /// Something happened here.
    pub(super) fn light(&mut self, place: Place) {
        self.lit = Some(place);
    }

    /// Something that is no command moved.
    pub(super) fn travel(&mut self, from: Place, to: Place, token: Token, count: u64) {
        let count = usize::try_from(count).unwrap_or(usize::MAX);
        self.moved.push(Movement { from, to, token, command: None, count });
        self.light(to);
    }
}
