//! The fold: which lines a trace becomes for one saga.

use super::{asked, saga_of, service};
use crate::{
    app::views::{Fate, Happening, Message, Party, SagaState, SequenceLine},
    kernel::{Call, Direction, SagaEvent, SagaId, StepAnswer, Timestamp},
    ports::{Moment, SagaCall, SagaMoment},
    simulation::{Actor, RecordedMoment},
};

/// What is known of a saga so far.
struct Fold {
    id: SagaId,
    /// The moment that is taken in, and when it was.
    now: (u32, u64),
    lines: Vec<SequenceLine>,
    dead: [bool; Party::ALL.len()],
    has_begun: bool,
    has_ended: bool,
    made: Vec<Call>,
    timed_out: Vec<Call>,
    heard: Vec<Call>,
    /// Answers of services that have not arrived, and whether they repeat an earlier one.
    on_their_way: Vec<(SagaCall, StepAnswer, bool)>,
    /// The services whose next answer is lost.
    losing: Vec<&'static str>,
}

/// The lines of one saga. `start` is when the run began.
pub(super) fn lines(id: SagaId, trace: &[RecordedMoment], start: Timestamp) -> Vec<SequenceLine> {
    let mut fold = Fold {
        id,
        now: (0, 0),
        lines: vec![],
        dead: Default::default(),
        has_begun: false,
        has_ended: false,
        made: vec![],
        timed_out: vec![],
        heard: vec![],
        on_their_way: vec![],
        losing: vec![],
    };
    for (number, recorded) in (1..).zip(trace) {
        fold.now = (number, recorded.at.since(start).0);
        fold.take(recorded);
    }
    fold.lines
}

impl Fold {
    fn take(&mut self, RecordedMoment { actor, moment, .. }: &RecordedMoment) {
        match moment {
            Moment::Saga(SagaMoment::ServiceAsked { service, .. }) => {
                self.losing.retain(|losing| losing != service);
            }
            Moment::Saga(about) if saga_of(*actor, moment) == Some(self.id) => self.hear(about),
            Moment::FaultMet { point, fault, .. } => match actor {
                Actor::Saga(saga) if *saga == self.id => self.meet(point, fault),
                Actor::Service(service) if *fault == "lose_answer" => self.losing.push(service),
                _ => {}
            },
            Moment::Crashed | Moment::Restarted => {
                self.dies(*actor, *moment == Moment::Crashed);
            }
            Moment::Reloaded => {
                self.lose_answers();
                self.dead = Default::default();
                self.say_while_under_way(Happening::Reloaded);
            }
            _ => {}
        }
    }

    /// A moment of this saga.
    fn hear(&mut self, moment: &SagaMoment) {
        match moment {
            SagaMoment::Called(call) => {
                self.has_begun = true;
                let is_known = self.made.contains(&call.call);
                self.made.push(call.call);
                let fate = if is_known { Fate::SentAgain } else { Fate::Arrives };
                self.send(call, None, fate);
            }
            SagaMoment::ServiceServed { service, call, answer, is_repeat, .. } => {
                if self.losing.contains(service) {
                    self.send(call, Some(answer.clone()), Fate::Lost);
                } else {
                    self.on_their_way.push((*call, answer.clone(), *is_repeat));
                }
            }
            SagaMoment::Answered { call, answer } => self.answered(call, answer),
            SagaMoment::TimedOut(call) => {
                self.timed_out.push(call.call);
                self.say(Happening::TimedOut(call.name, call.call.attempt));
            }
            SagaMoment::Stalled { reason, .. } => self.say(Happening::Stalled(reason.clone())),
            SagaMoment::Conflict { .. } => self.say(Happening::Conflict),
            SagaMoment::Advanced { events, .. } => {
                events.iter().for_each(|event| self.advance(event));
            }
            _ => {}
        }
    }

    fn answered(&mut self, call: &SagaCall, answer: &StepAnswer) {
        let sent = self.on_their_way.iter().position(|(sent, ..)| sent == call);
        let is_repeat = sent.is_some_and(|index| self.on_their_way.remove(index).2);
        let fate = match () {
            () if self.timed_out.contains(&call.call) => Fate::Late,
            () if self.heard.contains(&call.call) => Fate::HeardBefore,
            () if is_repeat => Fate::Recognised,
            () => Fate::Arrives,
        };
        self.heard.push(call.call);
        self.send(call, Some(answer.clone()), fate);
    }

    /// What the saga noted, as far as it is not to be seen from a message.
    fn advance(&mut self, event: &SagaEvent) {
        let happening = match event {
            SagaEvent::Started { .. } => {
                self.has_begun = true;
                Happening::Began
            }
            SagaEvent::StepGivenUp { reason, .. } => Happening::TurnedBack(reason.clone()),
            SagaEvent::NeedsAttention { step } => Happening::NeedsPerson(step.clone()),
            SagaEvent::RetryAsked { step } => Happening::AskedAgain(step.clone()),
            SagaEvent::StepSettled { step, .. } => Happening::Settled(step.clone()),
            SagaEvent::Completed => Happening::Ended(SagaState::Completed),
            SagaEvent::Compensated => Happening::Ended(SagaState::Compensated),
            SagaEvent::FailedBeforeStart => Happening::Ended(SagaState::FailedBeforeStart),
            SagaEvent::Settled => Happening::Ended(SagaState::Settled),
            _ => return,
        };
        self.has_ended = matches!(happening, Happening::Ended(_));
        self.say(happening);
    }

    /// A fault happened to the request that was just sent.
    fn meet(&mut self, request: &str, fault: &str) {
        let is_it = |line: &&mut SequenceLine| matches!(&line.what, Happening::Message(sent) if sent.name == request && sent.answer.is_none());
        let Some(line) = self.lines.iter_mut().rev().find(is_it) else { return };
        let Happening::Message(sent) = &mut line.what else { return };
        match fault {
            "lose_request" => sent.fate = Fate::Lost,
            "slow" => sent.fate = Fate::Slow,
            "duplicate" => {
                let doubled = Message { fate: Fate::Doubled, ..sent.clone() };
                self.say(Happening::Message(doubled));
            }
            _ => {}
        }
    }

    /// Somebody is killed, or built again.
    fn dies(&mut self, actor: Actor, is_dead: bool) {
        let party = match actor {
            Actor::Runner => Some(Party::Saga),
            Actor::Saga(saga) if saga == self.id => Some(Party::Saga),
            Actor::Service(name) => service(name),
            _ => None,
        };
        let Some(party) = party else { return };
        if is_dead && party == Party::Saga {
            self.lose_answers();
        }
        self.dead[party.place()] = is_dead;
        let happening =
            if is_dead { Happening::Killed(party) } else { Happening::Restarted(party) };
        self.say_while_under_way(happening);
    }

    /// Whoever waited for them is gone.
    fn lose_answers(&mut self) {
        for (call, answer, _) in std::mem::take(&mut self.on_their_way) {
            self.send(&call, Some(answer), Fate::Lost);
        }
    }

    fn send(&mut self, call: &SagaCall, answer: Option<StepAnswer>, fate: Fate) {
        self.say(Happening::Message(Message {
            party: asked(call.name),
            name: call.name,
            attempt: call.call.attempt,
            goes_back: call.call.direction == Direction::Back,
            answer,
            fate,
        }));
    }

    fn say_while_under_way(&mut self, what: Happening) {
        if self.has_begun && !self.has_ended {
            self.say(what);
        }
    }

    fn say(&mut self, what: Happening) {
        let ((moment, at_us), dead) = (self.now, self.dead);
        self.lines.push(SequenceLine { moment, at_us, what, dead });
    }
}
