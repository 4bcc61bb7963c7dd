//! Which order is shown, and at which version.

use leptos::prelude::*;

use crate::ui::held::{Derived, Held};
use crate::{
    app::views::{Failure, OrderAt, OrderHistory},
    ui::state::PageState,
};

/// What the pane has to show.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Content {
    Waiting,
    NoOrder,
    History,
    Problem,
}

/// The version at which a person stands, as long as they look at this order.
#[derive(Clone)]
struct Pinned {
    order: String,
    version: u64,
}

/// The state of the order's pane. Cheap to copy; owned by its component.
#[derive(Clone, Copy)]
pub(in crate::ui) struct OrderModel {
    page: PageState,
    pinned: Held<Option<Pinned>>,
    /// What the pane has to show.
    pub(super) content: Derived<Content>,
}

impl OrderModel {
    pub(super) fn new(page: PageState) -> Self {
        let content = Derived::new(move || {
            page.desks[0].selected.with(|selected| match selected {
                None => Content::Waiting,
                Some(None) => Content::NoOrder,
                Some(Some(order)) if order.history.is_ok() => Content::History,
                Some(Some(_)) => Content::Problem,
            })
        });
        Self { page, pinned: Held::new(None), content }
    }

    /// Why there is no history.
    pub(super) fn failure(self) -> Option<Failure> {
        self.page.desks[0]
            .selected
            .with(|selected| selected.as_ref()?.as_ref()?.history.clone().err())
    }

    /// Something of the history, when one is shown.
    pub(super) fn with<T>(self, read: impl FnOnce(&OrderHistory) -> T) -> Option<T> {
        self.page.desks[0]
            .selected
            .with(|selected| selected.as_ref()?.as_ref()?.history.as_ref().ok().map(read))
    }

    /// Something of the order as it is shown: at the pinned version when that is one of this order,
    /// else at the latest.
    pub(super) fn with_at<T>(self, read: impl FnOnce(&OrderAt) -> T) -> Option<T> {
        self.with(|history| {
            let pinned = self.pinned.with(|pinned| {
                let pinned = pinned.as_ref().filter(|pinned| pinned.order == history.order)?;
                history.versions.get(usize::try_from(pinned.version).ok()?)
            });
            read(pinned.unwrap_or_else(|| history.latest()))
        })
    }

    /// The version that is shown, 0 before the first event.
    pub(super) fn version(self) -> u64 {
        self.with_at(|at| at.version).unwrap_or(0)
    }

    /// The version of the last event.
    pub(super) fn latest(self) -> u64 {
        self.with(OrderHistory::version).unwrap_or(0)
    }

    /// Whether an older version than the latest is shown.
    pub(super) fn is_past(self) -> bool {
        self.version() < self.latest()
    }

    /// Goes to a version. At the latest, new events are followed.
    pub(super) fn go(self, version: u64) {
        let latest = untrack(|| self.latest());
        let order = untrack(|| self.with(|history| history.order.clone()));
        self.pinned.set(order.filter(|_| version < latest).map(|order| Pinned { order, version }));
    }

    /// Goes one version back or on.
    pub(super) fn step(self, by: i64) {
        let version = untrack(|| self.version()).saturating_add_signed(by);
        self.go(version);
    }
}
