//! Which order is shown, and at which version.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::views::{Failure, OrderAt, OrderHistory},
    ui::state::PageState,
};

/// What is known of the selected order.
#[derive(Clone, PartialEq)]
pub(super) enum Shown {
    NoOrder,
    History(Arc<OrderHistory>),
    Problem(Failure),
}

/// The version at which a person stands, as long as they look at this order.
#[derive(Clone, PartialEq)]
struct Pinned {
    order: String,
    version: u64,
}

/// The state of the order's pane. Cheap to copy; owned by its component.
#[derive(Clone, Copy)]
pub(super) struct OrderModel {
    pub(super) shown: Memo<Option<Shown>>,
    pinned: RwSignal<Option<Pinned>>,
    at: Memo<Option<OrderAt>>,
}

impl OrderModel {
    pub(super) fn new(page: PageState) -> Self {
        let shown = Memo::new(move |_| {
            let selected = page.desk.selected.read();
            selected.as_ref().map(|selected| match selected.as_ref().map(|order| &order.history) {
                None => Shown::NoOrder,
                Some(Ok(history)) => Shown::History(Arc::new(history.clone())),
                Some(Err(failure)) => Shown::Problem(failure.clone()),
            })
        });
        let pinned = RwSignal::new(None);
        let at = Memo::new(move |_| at_version(&shown.read(), &pinned.read()));
        Self { shown, pinned, at }
    }

    /// Something of the history, when one is shown.
    pub(super) fn with<T>(self, read: impl FnOnce(&OrderHistory) -> T) -> Option<T> {
        self.shown.with(|shown| match shown {
            Some(Shown::History(history)) => Some(read(history)),
            _ => None,
        })
    }

    /// The order as it is shown.
    pub(super) fn at(self) -> Option<OrderAt> {
        self.at.get()
    }

    /// The version that is shown, 0 before the first event.
    pub(super) fn version(self) -> u64 {
        self.at.with(|at| at.as_ref().map_or(0, |at| at.version))
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

/// The pinned version when it is one of this order, else the latest.
fn at_version(shown: &Option<Shown>, pinned: &Option<Pinned>) -> Option<OrderAt> {
    let Some(Shown::History(history)) = shown else { return None };
    let at = pinned
        .as_ref()
        .filter(|pinned| pinned.order == history.order)
        .and_then(|pinned| history.versions.get(usize::try_from(pinned.version).ok()?));
    Some(at.unwrap_or_else(|| history.latest()).clone())
}
