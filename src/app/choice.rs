//! Which database the page uses, remembered from visit to visit.

use super::{remember, remembered};
use crate::kernel::json_object;

/// Where the choice of the database is remembered.
const CHOICE_KEY: &str = "hindsight.databases";

/// Which databases there are: the one in use, and the one before the last "start over".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) current: u32,
    pub(super) other: Option<u32>,
}

json_object!(Choice { current, other });

impl Choice {
    pub(super) fn remembered() -> Self {
        remembered(CHOICE_KEY).unwrap_or(Self { current: 1, other: None })
    }

    pub(super) fn remember(self) {
        // Without room for it the next visit opens the older database, which is kept.
        remember(CHOICE_KEY, &self);
    }

    pub(super) fn swapped(self) -> Option<Self> {
        self.other.map(|other| Self { current: other, other: Some(self.current) })
    }

    pub(super) fn fresh(self) -> Self {
        let newest = self.current.max(self.other.unwrap_or(0));
        Self { current: newest + 1, other: Some(self.current) }
    }
}

/// The name of a database by its number.
pub(super) fn database_name(number: u32) -> String {
    format!("hindsight.{number}")
}
