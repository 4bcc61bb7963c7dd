//! The lab's past: looking at any moment, and going on from there differently.
//!
//! Looking is a look into a mirror of the log, and changes nothing. Whoever acts there begins a branch: the
//! tape, cut at that moment and played again over memory.

use std::{cell::Cell, rc::Rc};

use super::{
    Changed, Lab,
    branches::Branch,
    lab_undo::LastGiven,
    mirror::Mirror,
    run::{PROJECTORS, Run, Stores, foreign_append},
    slices::Slices,
    views::{BranchView, Failure, Undone},
    wiring::Wiring,
};
use crate::{
    kernel::StoredEvent,
    ports::{AppendError, Environment, EventStore, LookBack, Reached, StorageError},
};

/// A tape that builds on more events than this cannot be played again: copying them would take long.
pub(super) const BASE_MAX: u64 = 200_000;

/// The past of what is acted on.
pub(super) struct Past<E: Environment> {
    /// Whose.
    of: Rc<Wiring<E>>,
    mirror: Mirror<E>,
    /// Through which the page looks into the mirror.
    view: Rc<Wiring<E>>,
    /// After how many moments.
    moments: Cell<usize>,
    scratch: Box<dyn Fn() -> E>,
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Whether the past is shown.
    pub fn is_past(&self) -> bool {
        !self.is_current(&self.live())
    }

    /// Shows log, orders and read models as they were after so many moments. `scratch` makes environments
    /// with an empty store. Gives up when something else is to be shown meanwhile.
    ///
    /// # Errors
    /// When the storage fails, or an event cannot be decoded.
    pub async fn look_at(
        &self,
        moments: usize,
        scratch: impl Fn() -> E + 'static,
    ) -> Result<(), Failure> {
        self.state.wanted.set(moments);
        if moments >= self.moment_count() {
            self.look_at_present().await;
            return Ok(());
        }
        let live = self.live();
        let past = self.past_of(&live, scratch).await;
        if self.is_current(&past.view) && past.moments.get() == moments {
            return Ok(());
        }
        let base = past.mirror.base();
        let reached = live.player.world().reached(moments, base, &PROJECTORS);
        let is_wanted = || self.state.wanted.get() == moments && Rc::ptr_eq(&live, &self.live());
        let store = live.environment.store();
        if past.mirror.grow(store, reached.head, &is_wanted).await? && is_wanted() {
            self.show_past(&past, moments, reached);
        }
        Ok(())
    }

    /// The past of what is acted on, made when somebody first looks at it.
    async fn past_of(
        &self,
        live: &Rc<Wiring<E>>,
        scratch: impl Fn() -> E + 'static,
    ) -> Rc<Past<E>> {
        let is_this = |past: &&Rc<Past<E>>| Rc::ptr_eq(&past.of, live);
        let known = self.state.past.borrow().as_ref().filter(is_this).cloned();
        if let Some(known) = known {
            return known;
        }
        let mirror = Mirror::new(scratch(), live.player.base().await);
        mirror.store().keep_history();
        let past = Rc::new(Past {
            of: live.clone(),
            mirror,
            view: Rc::new(Wiring::new(scratch())),
            moments: Cell::new(0),
            scratch: Box::new(scratch),
        });
        self.state.past.replace(Some(past.clone()));
        past
    }

    fn show_past(&self, past: &Past<E>, moments: usize, reached: Reached) {
        past.moments.set(moments);
        self.state.head.set(reached.head.0);
        self.note_reached(&reached);
        past.view.environment.store().look_back(past.mirror.store(), reached);
        *self.state.shown.borrow_mut() = past.view.clone();
        self.tell(Changed { log: true, models: true, trace: true, ..Changed::default() });
    }

    /// Shows the present again.
    pub async fn look_at_present(&self) {
        self.state.wanted.set(usize::MAX);
        if self.is_past() {
            let live = self.live();
            *self.state.shown.borrow_mut() = live.clone();
            self.take_in_whole(&live).await;
        }
    }

    /// Where the past is shown, a branch begins there: the tape, cut at that moment and played again over
    /// memory.
    ///
    /// # Errors
    /// When the tape builds on too many events to be played again, or the storage fails.
    pub(super) async fn branch_off(&self) -> Result<(), Failure> {
        let past = self.state.past.borrow().clone();
        let Some(past) = past.filter(|past| self.is_current(&past.view)) else { return Ok(()) };
        let (live, at) = (self.live(), past.moments.get());
        let branch = Rc::new(replayed(&live, at, (past.scratch)()).await?);
        // Somebody else was faster with the same.
        if !self.is_current(&past.view) || past.moments.get() != at {
            return Ok(());
        }
        self.take_marks_along(&live, &branch);
        self.state.branches.borrow_mut().begin(branch.clone(), at);
        self.show(branch).await;
        Ok(())
    }

    /// Shows a wiring with all that is known of it.
    pub(super) async fn show(&self, wiring: Rc<Wiring<E>>) {
        self.show_wiring(wiring.clone());
        self.take_in_whole(&wiring).await;
    }

    /// Takes in everything that a wiring has come to, and tells the page.
    async fn take_in_whole(&self, wiring: &Rc<Wiring<E>>) {
        self.state.taken_in.set(wiring.player.trace().len());
        drop(self.refresh_head().await);
        self.note_checkpoints(wiring).await;
        self.tell(Changed::everything_shown());
        self.scan_log().await;
    }

    /// Begins a branch just before the last thing that a person gave; none when there was nothing.
    ///
    /// # Errors
    /// See [`Lab::look_at`].
    pub async fn undo(&self, scratch: impl Fn() -> E + 'static) -> Result<Option<Undone>, Failure> {
        let Some(LastGiven { moments, foreign }) = self.last_given() else { return Ok(None) };
        self.look_at(moments, scratch).await?;
        self.branch_off().await?;
        Ok(Some(Undone { foreign }))
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
                scenario: branch.scenario.as_ref().map(|of| of.id),
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

    /// Takes a branch away; who acts on it acts on the one that it parted from, or the one before it. False
    /// when it stays: the first one does, since its events are the log in the database.
    pub async fn delete(&self, number: u32) -> bool {
        let current = self.state.branches.borrow().current();
        let neighbour = self.state.branches.borrow().neighbour(number);
        if let Some(neighbour) = neighbour.filter(|_| number == current) {
            self.switch(neighbour).await;
        }
        let deleted = self.state.branches.borrow_mut().delete(number);
        self.tell(Changed { branches: true, ..Changed::default() });
        deleted
    }
}

/// The run as it was after so many moments, played again.
async fn replayed<E: Environment>(
    live: &Wiring<E>,
    moments: usize,
    scratch: E,
) -> Result<Wiring<E>, Failure>
where
    E::Store: Stores + Clone + 'static,
{
    let tape = live.player.tape().await;
    let store = live.environment.store();
    let Some(wiring) = prepared(store, tape.head.base, scratch, &|| true).await? else {
        unreachable!("it is always wanted")
    };
    let mut run = Run::begin(tape, wiring.environment.store().clone());
    let mut slices = Slices::new(&*live.environment);
    while run.world().trace().len() < moments {
        if run.step().await.is_none() {
            break;
        }
        slices.step().await;
    }
    run.cut();
    Ok(Wiring::sharing(&wiring, run))
}

/// A wiring over a copy of the events that a tape builds on, with read models that know them; none when
/// nobody wants it any more.
pub(super) async fn prepared<E: Environment>(
    store: &E::Store,
    base: u64,
    scratch: E,
    is_wanted: &dyn Fn() -> bool,
) -> Result<Option<Wiring<E>>, Failure>
where
    E::Store: Stores + Clone + 'static,
{
    if base > BASE_MAX {
        return Err(Failure::TooLong { events: base, events_max: BASE_MAX });
    }
    let copy = Mirror::new(scratch, base);
    let is_whole = copy.grow(store, copy.base(), is_wanted).await?;
    Ok(is_whole.then(|| Wiring::new(copy.into_environment())))
}

/// Appends an event as it stands somewhere else.
pub(super) async fn copy<S: EventStore>(
    store: &S,
    event: &StoredEvent,
) -> Result<(), StorageError> {
    let Some(append) = foreign_append(std::slice::from_ref(event)) else {
        return Err(StorageError::Unavailable { cause: "an event has version 0".to_owned() });
    };
    match store.append(&append).await {
        Ok(_) => Ok(()),
        Err(AppendError::Storage(error)) => Err(error),
        Err(other) => Err(StorageError::Unavailable { cause: other.to_string() }),
    }
}
