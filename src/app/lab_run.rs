//! The lab's run: playing it, and taking in what happened.

use std::rc::Rc;

use super::{
    Changed, Lab, Moments, Pictures,
    picture::trouble_inputs,
    run::Stores,
    saga_board::saga_input,
    views::{Amounts, SagaWish, Trouble},
    wiring::Wiring,
};
use crate::{
    domain::orders::OrderCommand,
    engine::new_id,
    kernel::{CommandId, Micros, StoredEvent, Timestamp},
    ports::{Clock, Environment, EventStore, Moment, SagaMoment, Timers},
    simulation::{Input, RecordedMoment},
};

/// Steps between two turns of the page: some milliseconds of work.
const STEPS: usize = 64;
/// After how much virtual time it is looked whether what still happens is more than failures: a task
/// that fails for ever would never end.
const AT_ONCE: Micros = Micros(60_000_000);

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Whether what is given is played to its end at once, or step by step as somebody asks.
    pub fn play_at_once(&self, at_once: bool) {
        self.state.at_once.set(at_once);
    }

    /// Gives something to the run: to a new branch, where the past is shown.
    pub(super) async fn give(&self, input: Input<OrderCommand>) -> Rc<Wiring<E>> {
        // Where the storage fails, what is given meets the same failure, and tells of it.
        drop(self.branch_off().await);
        let live = self.live();
        self.put_on_tape(&live, input).await;
        live
    }

    /// Puts something onto the tape of a branch, whatever of it is shown.
    pub(super) async fn put_on_tape(&self, live: &Rc<Wiring<E>>, input: Input<OrderCommand>) {
        // Only the first branch lives in the time of the person; others go on in their own.
        let is_first = Rc::ptr_eq(live, &self.first());
        let at = if is_first { live.environment.clock().now() } else { live.player.now() };
        live.player.give(at, input);
        self.tell(Changed { given: true, ..Changed::default() });
        if self.state.at_once.get() {
            self.play_to_end().await;
        }
    }

    /// Takes every step that begins until then, giving the page its turn in between.
    pub async fn play_until(&self, time: Timestamp) {
        let live = self.live();
        let mut steps = 0;
        while !live.player.is_over() && live.player.step(time).await {
            self.take_in().await;
            steps += 1;
            if steps % STEPS == 0 {
                live.environment.timers().yield_now().await;
            }
        }
    }

    /// Takes every step until nothing is left to do, or what is left only fails again and again.
    pub async fn play_to_end(&self) {
        loop {
            let (before, live) = (self.moment_count(), self.live());
            let Some(next) = live.player.next().await else { return };
            self.play_until(next.max(self.now()).after(AT_ONCE)).await;
            let is_stuck = |recorded: &RecordedMoment| {
                matches!(
                    recorded.moment,
                    Moment::LogRead { .. }
                        | Moment::FaultMet { .. }
                        | Moment::ProjectorFailed { .. }
                        | Moment::Saga(SagaMoment::Stalled { .. })
                )
            };
            if self.with_trace(|trace| trace[before..].iter().all(is_stuck)) {
                return;
            }
        }
    }

    /// Takes one step, whenever it begins. False when none was left to take.
    pub async fn step(&self) -> bool {
        let stepped = self.live().player.step(Timestamp::MAX).await;
        self.take_in().await;
        stepped
    }

    /// When the next step begins, in microseconds since the run began; none when nothing is left to do.
    pub async fn next_us(&self) -> Option<u64> {
        let live = self.live();
        Some(live.player.next().await?.since(live.player.head().start).0)
    }

    /// What is known of the moments of the branch of now.
    pub fn moments(&self) -> Moments {
        let live = self.live();
        let head = live.player.head();
        Moments::in_world(live.player.world().clone(), head.start, head.moment_us.0)
    }

    /// The pictures of the branch of now.
    pub async fn pictures(&self) -> Pictures {
        let head = self.live().player.tape().await.head;
        let mut pictures = Pictures::new(&head, self.state.index.borrow().stream_count());
        self.with_trace(|trace| pictures.take(trace));
        pictures
    }

    /// How many people act in the branch of now, as far as its tape says.
    pub async fn people(&self) -> u8 {
        let entries = self.live().player.tape().await.entries;
        let people = entries.iter().map(|entry| match &entry.input {
            Input::Command(given) => given.person.0,
            _ => 1,
        });
        people.max().unwrap_or(1)
    }

    /// Makes trouble, as the picture offers it.
    pub async fn make_trouble(&self, trouble: Trouble, amounts: Amounts) {
        for input in trouble_inputs(trouble, amounts) {
            self.give(input).await;
        }
    }

    /// Does to sagas and services what somebody wants; nothing, where it names a saga that cannot be.
    pub async fn fulfil(&self, wish: SagaWish) {
        let id = CommandId(new_id(&*self.wiring().environment));
        if let Some(input) = saga_input(wish, id) {
            self.give(input).await;
        }
    }

    /// The virtual time of the present.
    pub fn now(&self) -> Timestamp {
        self.live().player.now()
    }

    /// How many moments the trace has.
    pub fn moment_count(&self) -> usize {
        self.live().player.trace().len()
    }

    /// Looks at the trace.
    pub fn with_trace<T>(&self, look: impl FnOnce(&[RecordedMoment]) -> T) -> T {
        look(&self.live().player.trace())
    }

    /// The run begins on what the log holds now: what others append from here on is put onto the tape.
    pub async fn begin(&self) {
        let first = self.first();
        // A storage that fails shows in the read models' status and in every answer.
        drop(self.refresh_head().await);
        let head = first.environment.store().head().await.map_or(0, |head| head.0);
        first.player.begin_on(head).await;
        self.catch_up().await;
        if self.state.heard_to.get().is_none() {
            self.state.heard_to.set(Some(head));
        }
        if self.state.at_once.get() {
            self.play_to_end().await;
        }
    }

    /// Another writer made the log grow: what it appended is put onto the tape. While another branch
    /// or the past is shown, that waits.
    pub async fn hear(&self) {
        if !self.is_current(&self.first()) {
            return;
        }
        drop(self.refresh_head().await);
        self.scan_log().await;
        if self.state.at_once.get() {
            self.play_to_end().await;
        }
    }

    /// Puts those of the events onto the tape that somebody else appended since the run began.
    pub(super) fn give_foreign(&self, wiring: &Wiring<E>, events: &[StoredEvent]) {
        let Some(heard_to) = self.state.heard_to.get() else { return };
        if !std::ptr::eq(wiring, Rc::as_ptr(&self.first())) {
            return;
        }
        let world = wiring.player.world();
        let is_foreign = |event: &&StoredEvent| {
            event.position.0 > heard_to && !world.store().has_appended(event.event.id)
        };
        let mut given = false;
        for event in events.iter().filter(is_foreign) {
            let now = wiring.environment.clock().now();
            wiring.player.give(now, Input::Foreign(vec![event.clone()]));
            given = true;
        }
        if let Some(last) = events.last() {
            // The log is read again after every look at the past.
            self.state.heard_to.set(Some(heard_to.max(last.position.0)));
        }
        if given {
            self.tell(Changed { given, ..Changed::default() });
        }
    }

    /// Notes what moments say of the log and of read models. Says how many there are.
    fn note_moments(&self, fresh: &[RecordedMoment], changed: &mut Changed) -> usize {
        for RecordedMoment { moment, .. } in fresh {
            if let Moment::Appended { position, .. }
            | Moment::ForeignAppended { position, .. }
            | Moment::Saga(
                SagaMoment::Advanced { position, .. } | SagaMoment::Noted { position, .. },
            ) = moment
            {
                self.head_reaches(position.0);
                changed.log = true;
            } else {
                changed.models |= self.note_moment(moment);
            }
        }
        fresh.len()
    }

    /// Takes in what happened since the last time, and tells the page. While the past is shown, the
    /// present waits to be taken in.
    async fn take_in(&self) {
        let live = self.live();
        if !self.is_current(&live) {
            return self.tell(Changed { trace: true, ..Changed::default() });
        }
        let mut changed = Changed { trace: true, ..Changed::default() };
        let taken_in = self.state.taken_in.get();
        let fresh = self.note_moments(&live.player.trace()[taken_in..], &mut changed);
        self.state.taken_in.set(taken_in + fresh);
        if changed.log {
            self.scan_log().await;
        }
        if fresh > 0 {
            self.tell(changed);
        }
    }
}
