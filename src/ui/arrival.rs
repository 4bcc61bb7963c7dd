//! Arriving at an address of the lab: a scenario begins on a fresh branch, unless this place in the history
//! of the tab has shown a branch before; then that one is shown again.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;

use super::{
    lean::effect,
    route::{go, go_instead},
    state::PageState,
};
use crate::app::{route::Route, views::Failure};

impl PageState {
    /// Follows the address, and notes beside that of a scenario which branch is shown there.
    pub(super) fn arrive(self) {
        let mut before = None;
        effect(move || {
            self.branch_changes.track();
            let route = self.shell.address.get().route;
            let is_new = before.as_ref() != Some(&route);
            match route {
                Route::Scenario { id, .. } if is_new => self.open_scenario(id),
                Route::EmptyLab if is_new => self.open_empty(),
                Route::Scenario { .. } => self.note_branch(),
                _ => {}
            }
            before = Some(route);
        });
    }
}

impl PageState {
    fn open_scenario(self, id: u16) {
        let lab = self.lab();
        let noted = noted_branch();
        let stands = lab.branches().into_iter().find(|branch| {
            Some(branch.number) == noted && (branch.is_current || branch.scenario == Some(id))
        });
        spawn_local(async move {
            match stands {
                Some(branch) if branch.is_current => {}
                Some(branch) => _ = lab.switch(branch.number).await,
                None => self.opened(lab.open_scenario(id).await),
            }
        });
    }

    fn opened(self, opened: Result<(), Failure>) {
        if let Err(failure) = opened {
            self.shell.announce(self.shell.texts.now().failure(&failure));
            go(self.shell, Route::Scenarios);
        }
    }

    /// Shows an empty lab. The address is that of the lab from then on: loaded again, it is this very branch.
    fn open_empty(self) {
        spawn_local(async move {
            self.lab().open_empty().await;
            go_instead(self.shell, Route::Lab { order: None });
        });
    }

    fn note_branch(self) {
        let current = self.lab().branches().into_iter().find(|branch| branch.is_current);
        if let (Some(branch), Ok(history)) = (current, window().history()) {
            // A browser that refuses notes nothing: then the scenario begins anew.
            let _ = history.replace_state(&JsValue::from(branch.number), "");
        }
    }
}

/// The branch that was shown at this place in the history of the tab.
fn noted_branch() -> Option<u32> {
    Some(window().history().ok()?.state().ok()?.as_f64()? as u32)
}
