//! Which database the page uses, remembered from visit to visit.

use gloo_storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};

/// Where the choice of the database is remembered.
const CHOICE_KEY: &str = "hindsight.databases";

/// Which databases there are: the one in use, and the one before the last "start over".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Choice {
    pub(super) current: u32,
    pub(super) other: Option<u32>,
}

impl Choice {
    pub(super) fn remembered() -> Self {
        let remembered =
            if has_local_storage() { LocalStorage::get(CHOICE_KEY).ok() } else { None };
        remembered.unwrap_or(Self { current: 1, other: None })
    }

    pub(super) fn remember(self) {
        if has_local_storage() {
            // Without room for it the next visit opens the older database, which is kept.
            let _ = LocalStorage::set(CHOICE_KEY, self);
        }
    }

    pub(super) fn swapped(self) -> Option<Self> {
        self.other.map(|other| Self { current: other, other: Some(self.current) })
    }

    pub(super) fn fresh(self) -> Self {
        let newest = self.current.max(self.other.unwrap_or(0));
        Self { current: newest + 1, other: Some(self.current) }
    }
}

fn has_local_storage() -> bool {
    web_sys::window().is_some_and(|window| matches!(window.local_storage(), Ok(Some(_))))
}

/// The name of a database by its number.
pub(super) fn database_name(number: u32) -> String {
    format!("hindsight.{number}")
}
