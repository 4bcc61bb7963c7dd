//! The page's past and its tape: where scratch stores come from, and what lies in the database.

use super::{
    PageLab,
    browser_environment::BrowserEnvironment,
    choice::database_name,
    views::{Failure, Restored, ScenarioCard, ScenarioFile},
};
use crate::{
    adapters::{AnyStore, MemoryStore, fetch_text},
    kernel::{Json, from_json},
    ports::{Environment, Timers},
};

/// Which branch's tape is kept: the one whose events lie in the database.
pub(super) const FIRST_BRANCH: u32 = 1;

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
        self.lab.look_at(moments, Self::scratch()).await
    }

    /// Lets the page have its turn.
    pub async fn yield_now(&self) {
        self.first().environment.timers().yield_now().await;
    }

    /// Begins a branch just before the last thing that was given, as [`Lab::undo`](super::Lab::undo) does.
    ///
    /// # Errors
    /// See [`Lab::look_at`](super::Lab::look_at).
    pub async fn undo(&self) -> Result<bool, Failure> {
        self.lab.undo(Self::scratch()).await
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

    /// Goes on from the tape that was kept with the database, if there is one.
    pub(super) async fn restore_tape(&self) -> Option<Restored> {
        let first = self.first();
        let AnyStore::IndexedDb(store) = first.environment.store() else { return None };
        let lines = match store.tape(FIRST_BRANCH).await {
            Ok(lines) if lines.is_empty() => return None,
            Ok(lines) => lines,
            Err(error) => return Some(Restored::Unreadable { reason: error.to_string() }),
        };
        let restored = self.lab.restore(&lines.join("\n"), Self::scratch).await;
        if matches!(restored, Restored::Whole { .. }) {
            self.shared.keeper.kept(lines);
        }
        Some(restored)
    }

    /// Writes what is new on the first branch's tape into the database, where this tab keeps it.
    pub(super) async fn keep_tape(&self) {
        let first = self.first();
        let AnyStore::IndexedDb(store) = first.environment.store() else { return };
        let name = database_name(self.shared.choice.get().current);
        self.shared.keeper.keep(&name, store, async || self.lab.tape_lines().await).await;
    }
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
