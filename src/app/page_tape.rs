//! The page's past and its tape: where scratch stores come from, and what lies in the database.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::{
    Changed, PageLab,
    browser_environment::BrowserEnvironment,
    choice::database_name,
    views::{Failure, Restored, ScenarioCard, ScenarioFile, Undone},
};
use crate::{
    adapters::{AnyStore, Asking, IndexedDbStore, MemoryStore, fetch_text},
    kernel::{Json, from_json},
    ports::{Environment, StorageError, Timers},
};

impl PageLab {
    /// An environment over memory with nothing in it.
    fn scratch() -> BrowserEnvironment {
        BrowserEnvironment::new(AnyStore::Memory(MemoryStore::new()))
    }

    /// Shows everything as it was after so many moments, as [`Lab::look_at`](super::Lab::look_at) does.
    ///
    /// # Errors
    /// See [`Lab::look_at`](super::Lab::look_at).
    pub async fn look_at(&self, moments: usize) -> Result<(), Failure> {
        self.lab.look_at(moments, Self::scratch).await
    }

    /// Lets the page have its turn.
    pub async fn yield_now(&self) {
        self.first().environment.timers().yield_now().await;
    }

    /// Begins a branch just before the last thing that a person gave, as [`Lab::undo`](super::Lab::undo) does.
    ///
    /// # Errors
    /// See [`Lab::look_at`](super::Lab::look_at).
    pub async fn undo(&self) -> Result<Option<Undone>, Failure> {
        self.lab.undo(Self::scratch).await
    }

    /// Begins a branch with a scenario, as [`Lab::open_scenario`](super::Lab::open_scenario) does.
    ///
    /// # Errors
    /// When there is no such scenario, or it cannot be fetched.
    pub async fn open_scenario(&self, id: u16) -> Result<(), Failure> {
        let file: ScenarioFile = fetched(&format!("scenarios/{id}.json")).await?;
        let opened = self.lab.open_scenario(file, Self::scratch()).await;
        opened.map_err(|error| Failure::Unavailable { cause: error.to_string() })
    }

    /// Fetches the words of the scenario of the branch of now, which could not be had before.
    ///
    /// # Errors
    /// When they still cannot be fetched.
    pub async fn fetch_words(&self) -> Result<(), Failure> {
        let Some(id) = self.scenario_number() else { return Ok(()) };
        self.give_words(fetched(&format!("scenarios/{id}.json")).await?);
        Ok(())
    }

    /// Acts on an empty branch, as [`Lab::open_empty`](super::Lab::open_empty) does.
    pub async fn open_empty(&self) {
        self.lab.open_empty(Self::scratch()).await;
    }

    /// Goes on from the tapes that were kept with the database, if there are any.
    pub(super) async fn restore_tapes(&self, watch: &dyn Fn(u64, u64) -> bool) -> Option<Restored> {
        let first = self.first();
        let AnyStore::IndexedDb(store) = first.environment.store() else { return None };
        self.shared.keeper.restore(self.play_tapes(store, watch)).await
    }

    async fn play_tapes(
        &self,
        store: &IndexedDbStore,
        watch: &dyn Fn(u64, u64) -> bool,
    ) -> Option<Restored> {
        match store.tapes().await {
            Ok((stamp, kept)) => {
                self.shared.keeper.found(stamp);
                self.lab.restore_all(&kept, Self::scratch, scenario_file, watch).await
            }
            Err(error) => Some(Restored::Unreadable { why: Failure::from(error).into() }),
        }
    }

    /// Whether another tab keeps the tapes of this database: what is done here is in the log, but its
    /// moments and branches are gone with this tab.
    pub fn is_kept_elsewhere(&self) -> bool {
        self.shared.keeper.is_elsewhere()
    }

    /// Keeps the tapes of this tab from here on. What the other tab kept so far becomes branches.
    pub async fn take_over_tape(&self) {
        if self.hold_lock(Asking::TakeOver).await {
            self.keep_tapes().await;
            // Where a round was going on, that one writes; who asked hears now that the lock is theirs.
            if self.shared.keeper.is_holding() {
                self.is_kept_by(false);
            }
        }
    }

    /// Writes what is new on the tapes into the database, where this tab keeps them.
    pub(super) async fn keep_tapes(&self) {
        self.shared.keeper.writing.run(async || self.keep_round().await).await;
    }

    async fn keep_round(&self) {
        let first = self.first();
        let AnyStore::IndexedDb(store) = first.environment.store() else { return };
        let keeper = &self.shared.keeper;
        if keeper.is_restoring() {
            return;
        }
        if !self.hold_lock(Asking::IfFree).await {
            return self.is_kept_by(true);
        }
        match self.write_tapes(store).await {
            // Another tab may have taken the lock over while this one wrote.
            Ok(true) if keeper.is_holding() => self.is_kept_by(false),
            Ok(false) => {
                keeper.let_go();
                self.is_kept_by(true);
            }
            // A storage that fails shows where events are stored; the next time all of it is written.
            Ok(true) | Err(_) => {}
        }
    }

    /// False when another tab wrote meanwhile: it has taken over.
    async fn write_tapes(&self, store: &IndexedDbStore) -> Result<bool, StorageError> {
        let keeper = &self.shared.keeper;
        if !keeper.has_looked.get() {
            let (stamp, kept) = store.tapes().await?;
            keeper.has_looked.set(keeper.is_holding());
            if stamp != keeper.stamp() {
                // What another tab kept since this one looked becomes branches, so that it is not lost.
                self.lab.take_in_runs(&kept, Self::scratch, scenario_file).await;
                keeper.found(stamp);
            }
        }
        let parts = self.lab.take_unkept().await;
        if parts.is_empty() {
            return Ok(true);
        }
        let (found, next) = (keeper.stamp(), keeper.next_stamp());
        let written = store.write_tapes(&found, &next, &parts).await;
        if matches!(written, Ok(true)) {
            keeper.found(next);
        } else {
            let lying: Vec<u32> = parts.iter().map(|part| part.branch).collect();
            self.lab.keep_again(&lying).await;
        }
        written
    }

    async fn hold_lock(&self, asking: Asking) -> bool {
        let name = database_name(self.shared.choice.get().current);
        let (page, first) = (self.clone(), self.first());
        let lost = move || {
            // A tab that went on to another database has let go by itself.
            if Rc::ptr_eq(&page.first().environment, &first.environment) {
                page.shared.keeper.let_go();
                page.is_kept_by(true);
            }
        };
        self.shared.keeper.hold(&name, asking, lost).await
    }

    /// Notes whether another tab keeps the tapes, and tells the page when that is news. This tab goes on
    /// keeping its own once the other one is closed.
    fn is_kept_by(&self, another: bool) {
        if self.shared.keeper.note_elsewhere(another) {
            self.lab.tell(Changed { tabs: true, ..Changed::default() });
        }
        if another {
            let page = self.clone();
            spawn_local(async move {
                if page.hold_lock(Asking::OnceFree).await {
                    page.keep_tapes().await;
                }
            });
        }
    }
}

async fn scenario_file(id: u16) -> Option<ScenarioFile> {
    fetched(&format!("scenarios/{id}.json")).await.ok()
}

/// All scenarios, in the order of their numbers.
///
/// # Errors
/// When the list cannot be fetched.
pub async fn scenario_list() -> Result<Vec<ScenarioCard>, Failure> {
    fetched("scenarios/index.json").await
}

async fn fetched<T: Json>(address: &str) -> Result<T, Failure> {
    let text = fetch_text(address).await.map_err(|cause| Failure::Unavailable { cause })?;
    from_json(&text).map_err(|error| Failure::Unavailable { cause: format!("{address}: {error}") })
}
