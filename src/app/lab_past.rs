//! The lab's past: looking at any moment, and going on from there differently.
//!
//! The past is the tape, cut at a moment and played again over memory. Looking changes nothing;
//! whoever acts there begins a branch.

use std::rc::Rc;

use super::{
    Changed, Lab,
    branches::Branch,
    run::{Run, Stores, foreign_append},
    views::{BranchView, Failure},
    wiring::Wiring,
};
use crate::{
    kernel::{GlobalPosition, StoredEvent},
    ports::{AppendError, Environment, EventStore, Moment, StorageError, Timers},
    simulation::RecordedMoment,
};

/// A tape that builds on more events than this cannot be played again: copying them would take long.
pub(super) const BASE_MAX: u64 = 20_000;
/// Steps between two turns of the page: some milliseconds of work.
const STEPS: usize = 512;
/// Events copied between two turns of the page.
const BATCH: usize = 512;

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Whether the past is shown.
    pub fn is_past(&self) -> bool {
        !self.is_current(&self.live())
    }

    /// Shows log, orders and read models as they were after so many moments, over an environment
    /// with an empty store. Gives up when something else is to be shown meanwhile.
    ///
    /// # Errors
    /// When the tape builds on too many events to be played again, or the storage fails.
    pub async fn look_at(&self, moments: usize, scratch: E) -> Result<(), Failure> {
        if moments >= self.moment_count() {
            self.look_at_present().await;
            return Ok(());
        }
        let (live, shown) = (self.live(), self.wiring());
        if self.is_past() && shown.player.trace().len() == moments {
            return Ok(());
        }
        let past = replayed(&live, moments, scratch, || self.is_current(&shown)).await?;
        if let Some(past) = past
            && self.is_current(&shown)
        {
            self.show(Rc::new(past)).await;
        }
        Ok(())
    }

    /// Shows the present again.
    pub async fn look_at_present(&self) {
        if self.is_past() {
            self.show(self.live()).await;
        }
    }

    /// Where the past is shown, a branch begins there.
    pub(super) fn branch_off(&self) {
        let shown = self.wiring();
        if self.is_past() {
            let at = shown.player.trace().len();
            self.take_marks_along(&self.live(), &shown);
            self.state.branches.borrow_mut().begin(shown, at);
            self.tell(Changed { branches: true, ..Changed::default() });
        }
    }

    /// Shows a wiring with all that is known of it.
    pub(super) async fn show(&self, wiring: Rc<Wiring<E>>) {
        let moments = wiring.player.trace().len();
        self.show_wiring(wiring.clone());
        self.state.taken_in.set(moments);
        drop(self.refresh_head().await);
        self.note_checkpoints(&wiring).await;
        self.tell(Changed::everything_shown());
        self.scan_log().await;
    }

    /// Begins a branch just before the last thing that a person gave. False when there was nothing.
    ///
    /// # Errors
    /// See [`Lab::look_at`].
    pub async fn undo(&self, scratch: E) -> Result<bool, Failure> {
        // A name changes nothing that could be undone.
        let is_mark =
            |moment: &Moment| matches!(moment, Moment::Marked { .. } | Moment::PastMarked { .. });
        let given =
            |recorded: &RecordedMoment| recorded.cause.is_none() && !is_mark(&recorded.moment);
        let last = self.live().player.trace().iter().rposition(given);
        let Some(last) = last else { return Ok(false) };
        self.look_at(last, scratch).await?;
        self.branch_off();
        Ok(true)
    }

    /// All branches, in the order in which they began.
    pub fn branches(&self) -> Vec<BranchView> {
        let branches = self.state.branches.borrow();
        let current = branches.current();
        let view = |branch: &Branch<E>| {
            let trace = branch.wiring.player.trace();
            BranchView {
                number: branch.number,
                name: branch.name.clone(),
                parent: branch.parent.map(|(number, at)| (number, at as u64)),
                scenario: branch.scenario.as_ref().map(|file| file.card.id),
                moments: trace.len() as u64,
                is_current: branch.number == current,
            }
        };
        branches.all().iter().map(view).collect()
    }

    /// Acts on another branch from now on, at its end. False when there is no such branch.
    pub async fn switch(&self, number: u32) -> bool {
        let switched = self.state.branches.borrow_mut().switch(number);
        if switched {
            self.show(self.live()).await;
        }
        switched
    }

    /// Calls a branch something.
    pub fn rename(&self, number: u32, name: &str) {
        self.state.branches.borrow_mut().rename(number, name.trim().to_owned());
        self.tell(Changed { branches: true, ..Changed::default() });
    }

    /// Takes a branch away; the first and the one that is acted on stay. False when it stays.
    pub fn delete(&self, number: u32) -> bool {
        let deleted = self.state.branches.borrow_mut().delete(number);
        self.tell(Changed { branches: true, ..Changed::default() });
        deleted
    }
}

/// The run as it was after so many moments, played again; none when nobody wants it any more.
async fn replayed<E: Environment>(
    live: &Wiring<E>,
    moments: usize,
    scratch: E,
    is_wanted: impl Fn() -> bool,
) -> Result<Option<Wiring<E>>, Failure>
where
    E::Store: Stores + Clone + 'static,
{
    let tape = live.player.tape().await;
    let wiring = prepared(live.environment.store(), tape.head.base, scratch).await?;
    let mut run = Run::begin(tape, wiring.environment.store().clone());
    let mut steps = 0;
    while run.world().trace().len() < moments {
        if run.step().await.is_none() {
            break;
        }
        steps += 1;
        if steps % STEPS == 0 {
            live.environment.timers().yield_now().await;
            if !is_wanted() {
                return Ok(None);
            }
        }
    }
    run.cut();
    Ok(Some(Wiring::sharing(&wiring, run)))
}

/// A wiring over a copy of the events that a tape builds on, with read models that know them.
pub(super) async fn prepared<E: Environment>(
    store: &E::Store,
    base: u64,
    scratch: E,
) -> Result<Wiring<E>, Failure>
where
    E::Store: Stores + Clone + 'static,
{
    if base > BASE_MAX {
        return Err(Failure::TooLong { events: base, events_max: BASE_MAX });
    }
    let mut copied = 0;
    while copied < base {
        let events = store.read_log(GlobalPosition(copied), BATCH).await?;
        let Some(last) = events.last().map(|last| last.position.0) else { break };
        for event in events.iter().filter(|event| event.position.0 <= base) {
            copy(scratch.store(), event).await?;
        }
        copied = last;
        scratch.timers().yield_now().await;
    }
    let wiring = Wiring::new(scratch);
    wiring.catch_up_all().await?;
    Ok(wiring)
}

/// Appends an event as it stands somewhere else.
async fn copy<S: EventStore>(store: &S, event: &StoredEvent) -> Result<(), StorageError> {
    let Some(append) = foreign_append(std::slice::from_ref(event)) else {
        return Err(StorageError::Unavailable { cause: "an event has version 0".to_owned() });
    };
    match store.append(&append).await {
        Ok(_) => Ok(()),
        Err(AppendError::Storage(error)) => Err(error),
        Err(other) => Err(StorageError::Unavailable { cause: other.to_string() }),
    }
}
