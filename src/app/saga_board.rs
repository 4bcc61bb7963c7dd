//! The board of sagas: a fold over the moments of sagas and services, by the same decider that runs them.

use std::cmp::Reverse;

use litemap::LiteMap;

use super::{
    moments::Moments,
    picture::armed_at_service,
    views::{FaultAt, SagaBoard, SagaRow, SagaState, SagaWish, ServiceRow, StepRole, StepRow},
};
use crate::{
    domain::orders::{OrderCommand, OrderFulfilment, OrderId, OrderRequest, OrderServices},
    kernel::{
        CommandId, Decider, Ending, Saga, SagaDecider, SagaId, SagaPlan, SagaStatus,
        ServiceRequest, Services, StepKind, StepState,
    },
    ports::{Moment, SagaMoment},
    simulation::{
        Actor, Attention, FulfilmentInput, FulfilmentMode, Input, Protection, RecordedMoment,
        ServiceSetting, Target,
    },
};

/// How many sagas are shown one by one.
const SHOWN_MAX: usize = 12;

type Fulfilment = SagaDecider<OrderFulfilment>;

/// A saga so far.
struct Known {
    /// The place of the moment at which it was begun.
    begun: usize,
    state: Option<Saga>,
    way: Vec<SagaState>,
}

/// What the fold keeps.
#[derive(Default)]
struct Fold {
    /// How many moments were taken in.
    taken: usize,
    by_saga: bool,
    sagas: LiteMap<SagaId, Known>,
    deadlines: LiteMap<SagaId, u64>,
    services: LiteMap<&'static str, ServiceRow>,
    faults: Vec<FaultAt>,
    runner_is_dead: bool,
    repeats_unknown: bool,
    unlocked: bool,
    impure: bool,
}

impl Moments {
    /// Sagas and services after a moment; nothing of either before the first. The chosen one is shown,
    /// however long ago it moved.
    #[must_use]
    pub fn sagas(&self, number: u32, chosen: Option<&str>) -> SagaBoard {
        let chosen = chosen.and_then(|id| id.parse().ok());
        let mut board = SagaBoard::default();
        self.look_at(&mut |trace, start| {
            let shown = trace.get(..number as usize).unwrap_or(trace);
            // While moments go by, only what is new is taken in.
            let kept = self.kept.take().and_then(|kept| kept.downcast::<Fold>().ok());
            let kept = kept.filter(|fold| fold.taken <= shown.len());
            let mut fold = kept.unwrap_or_default();
            for recorded in &shown[fold.taken..] {
                fold.take(recorded, recorded.at.since(start).0);
                fold.taken += 1;
            }
            board = fold.board(chosen);
            self.kept.replace(Some(fold));
        });
        board
    }
}

impl Known {
    /// Notes what it has come to.
    fn go_on(&mut self) {
        let Some(state) = self.state.as_ref().map(state_of) else { return };
        if self.way.is_empty() {
            self.way.push(SagaState::NotStarted);
        }
        if self.way.last() != Some(&state) {
            self.way.push(state);
        }
    }
}

impl Fold {
    fn take(&mut self, recorded: &RecordedMoment, at_us: u64) {
        match &recorded.moment {
            // A reactor is at an order that has no saga.
            Moment::Saga(_) if matches!(recorded.actor, Actor::Reactor(_)) => {}
            Moment::Saga(moment) => self.take_of_saga(moment, at_us),
            Moment::FaultArmed { point, fault, times, limit } if is_request(point) => {
                self.faults.push(FaultAt { point, fault, times, left: *limit });
            }
            Moment::FaultsDisarmed { point } => self.faults.retain(|known| known.point != *point),
            Moment::FaultMet { point, fault, times } if times.starts_with("next") => {
                self.spend(point, fault);
            }
            Moment::Crashed | Moment::Restarted => {
                let is_dead = matches!(recorded.moment, Moment::Crashed);
                match recorded.actor {
                    Actor::Service(service) => self.service(service).is_dead = is_dead,
                    Actor::Runner => self.runner_is_dead = is_dead,
                    _ => {}
                }
            }
            Moment::Reloaded => {
                self.runner_is_dead = false;
                self.services.iter_mut().for_each(|(_, service)| service.is_dead = false);
            }
            _ => {}
        }
    }

    fn take_of_saga(&mut self, moment: &SagaMoment, at_us: u64) {
        match moment {
            SagaMoment::Advanced { saga, events, .. } => {
                let known = self.saga(*saga);
                known.state = events.iter().fold(known.state.take(), Fulfilment::evolve);
                known.go_on();
            }
            SagaMoment::Called(call) => {
                self.saga(call.saga).go_on();
                let deadline = OrderFulfilment::PLAN.steps()[call.call.step].deadline;
                self.deadlines.insert(call.saga, at_us + deadline.0);
            }
            SagaMoment::ServiceServed { service, holdings, .. } => {
                let holdings = holdings.iter().map(|it| (it.name.clone(), it.amount)).collect();
                self.service(service).holdings = holdings;
            }
            SagaMoment::ServiceSet { service, name, amount } => self.set(service, name, *amount),
            SagaMoment::ModeSwitched { mode } => {
                self.by_saga = *mode == FulfilmentMode::Saga.name();
                self.know_services();
            }
            SagaMoment::ProtectionSwitched { protection, on } => {
                if *protection == Protection::Idempotency.name() {
                    self.repeats_unknown = !on;
                } else if *protection == Protection::SemanticLock.name() {
                    self.unlocked = !on;
                } else {
                    self.impure = !on;
                }
            }
            _ => {}
        }
    }

    /// A saga, begun now unless it was before. Where the answer of the store was lost, no moment says that
    /// it was.
    fn saga(&mut self, saga: SagaId) -> &mut Known {
        let new = || Saga::new(OrderId(saga.0).stream(), &OrderFulfilment::PLAN);
        let begun = self.taken;
        self.sagas.entry(saga).or_insert_with(|| Known { begun, state: Some(new()), way: vec![] })
    }

    fn service(&mut self, name: &'static str) -> &mut ServiceRow {
        let new = || {
            let place = OrderServices::NAMES.iter().position(|known| *known == name);
            let holdings = OrderServices::default().holdings(place.unwrap_or_default());
            let holdings = holdings.into_iter().map(|it| (it.name, it.amount)).collect();
            ServiceRow { name, holdings, settings: vec![], is_dead: false }
        };
        self.services.entry(name).or_insert_with(new)
    }

    /// Somebody has to do with services, so that they are to be seen.
    fn know_services(&mut self) {
        for name in OrderServices::NAMES {
            self.service(name);
        }
    }

    /// A service goes by another amount. What there is of a product is among what it holds.
    fn set(&mut self, service: &str, of: &str, amount: u64) {
        self.know_services();
        let Some(place) = OrderServices::NAMES.iter().position(|known| *known == service) else {
            return;
        };
        let row = self.service(OrderServices::NAMES[place]);
        let known = if place == 0 { &mut row.holdings } else { &mut row.settings };
        match known.iter_mut().find(|(name, _)| name == of) {
            Some((_, known)) => *known = amount,
            None => known.push((of.to_owned(), amount)),
        }
    }

    /// A fault that was armed for so many times happened once.
    fn spend(&mut self, point: &str, fault: &str) {
        let met = |known: &FaultAt| known.point == point && known.fault == fault && known.left > 0;
        if let Some(index) = self.faults.iter().position(met) {
            self.faults[index].left -= 1;
            if self.faults[index].left == 0 {
                self.faults.remove(index);
            }
        }
    }

    /// Where there are many, those that are not over are shown, and of these and of the others those that
    /// were begun last. Each keeps its place while it is there: nothing jumps when one moves.
    fn board(&self, chosen: Option<SagaId>) -> SagaBoard {
        let mut sagas: Vec<_> = self
            .sagas
            .iter()
            .filter_map(|(id, known)| Some((known, *id, known.state.as_ref()?)))
            .collect();
        sagas.sort_by_key(|(known, id, saga)| {
            let needs_person = state_of(saga) == SagaState::NeedsAttention;
            // Whoever looks at one goes on seeing it.
            let is_over = saga.ending.is_some();
            (Some(*id) != chosen, !needs_person, is_over, Reverse(known.begun))
        });
        let hidden = sagas.split_off(sagas.len().min(SHOWN_MAX));
        sagas.sort_by_key(|(known, ..)| Reverse(known.begun));
        let count = |state| hidden.iter().filter(|(.., saga)| state_of(saga) == state).count();
        let more = SagaState::ALL.map(|state| (state, count(state) as u64));
        let shown = sagas.iter();
        let services = OrderServices::NAMES.iter().filter_map(|name| self.services.get(name));
        SagaBoard {
            by_saga: self.by_saga,
            sagas: shown.map(|(known, id, saga)| self.row(*id, saga, &known.way)).collect(),
            more: more.into_iter().filter(|(_, count)| *count > 0).collect(),
            services: services.cloned().collect(),
            runner_is_dead: self.runner_is_dead,
            recognises_repeats: !self.repeats_unknown,
            locks: !self.unlocked,
            is_pure: !self.impure,
        }
    }

    fn row(&self, id: SagaId, saga: &Saga, way: &[SagaState]) -> SagaRow {
        let plan = &OrderFulfilment::PLAN;
        let waits = saga
            .waits_for(plan)
            .map(|call| (call.step, self.deadlines.get(&id).copied().unwrap_or_default()));
        let steps = (0..plan.steps().len()).map(|at| self.step(at, &saga.steps[at]));
        SagaRow {
            id: id.to_string(),
            state: state_of(saga),
            way: way.to_vec(),
            failure: saga.failure.clone(),
            steps: steps.collect(),
            waits,
        }
    }

    fn step(&self, at: usize, state: &StepState) -> StepRow {
        let step = &OrderFulfilment::PLAN.steps()[at];
        let fault = |name: Option<&str>| {
            self.faults.iter().find(|fault| Some(fault.point) == name).copied()
        };
        StepRow {
            name: step.name,
            compensation: step.compensation(),
            kind: match step.kind {
                StepKind::Compensatable { .. } => StepRole::Compensatable,
                StepKind::Pivot => StepRole::Pivot,
                StepKind::Retriable => StepRole::Retriable,
            },
            forward: state.forward,
            back: state.back,
            faults: [fault(Some(step.name)), fault(step.compensation())],
            is_request: is_request(step.name),
        }
    }
}

fn is_request(name: &str) -> bool {
    OrderRequest::NAMES.contains(&name)
}

fn state_of(saga: &Saga) -> SagaState {
    match Saga::status(Some(saga)) {
        SagaStatus::NotStarted => SagaState::NotStarted,
        SagaStatus::InProgress => SagaState::InProgress,
        SagaStatus::Compensating => SagaState::Compensating,
        SagaStatus::NeedsAttention => SagaState::NeedsAttention,
        SagaStatus::Ended(Ending::Completed) => SagaState::Completed,
        SagaStatus::Ended(Ending::Compensated) => SagaState::Compensated,
        SagaStatus::Ended(Ending::FailedBeforeStart) => SagaState::FailedBeforeStart,
        SagaStatus::Ended(Ending::Settled) => SagaState::Settled,
    }
}

/// What a wish is on the tape; none when it names a saga that cannot be. `id` names what a person gives.
#[must_use]
pub(super) fn saga_input(wish: SagaWish, id: CommandId) -> Option<Input<OrderCommand>> {
    let attend = |saga: String, step: &str, settled| {
        let (saga, step) = (saga.parse().ok()?, step.to_owned());
        Some(FulfilmentInput::Attend(Attention { id, saga, step, settled }))
    };
    let task = |target, lives: bool| {
        Some(if lives { Input::Restart(target) } else { Input::Crash(target) })
    };
    Some(Input::Fulfilment(match wish {
        SagaWish::BySaga(true) => FulfilmentInput::Mode(FulfilmentMode::Saga),
        SagaWish::ByReactors(true) => FulfilmentInput::Mode(FulfilmentMode::Choreography),
        SagaWish::BySaga(false) | SagaWish::ByReactors(false) => {
            FulfilmentInput::Mode(FulfilmentMode::People)
        }
        SagaWish::Reactor(name, lives) => return task(Target::Reactor(name.to_owned()), lives),
        SagaWish::Arm(at, amounts) => FulfilmentInput::Arm(armed_at_service(at, amounts)?),
        SagaWish::Set(service, name, amount) => {
            FulfilmentInput::Set(ServiceSetting { service: service.to_owned(), name, amount })
        }
        SagaWish::Disarm(request) => FulfilmentInput::Disarm(request.to_owned()),
        SagaWish::Retry(saga, step) => attend(saga, step, None)?,
        SagaWish::Settle(saga, step, note) => attend(saga, step, Some(note))?,
        SagaWish::Runner(lives) => return task(Target::Runner, lives),
        SagaWish::Service(name, lives) => return task(Target::Service(name.to_owned()), lives),
        SagaWish::Idempotency(on) => FulfilmentInput::Protect(Protection::Idempotency, on),
        SagaWish::SemanticLock(on) => FulfilmentInput::Protect(Protection::SemanticLock, on),
        SagaWish::PureDomain(on) => FulfilmentInput::Protect(Protection::PureDomain, on),
    }))
}
