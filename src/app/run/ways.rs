//! Ways: how orders are fulfilled, by where in the log they were created.

use std::{cell::RefCell, rc::Rc};

use crate::{kernel::GlobalPosition, simulation::FulfilmentMode};

/// Every switch of the way in which orders are fulfilled, with where the log ended then. Whoever goes on with
/// orders shares it.
#[derive(Clone, Debug, Default)]
pub(super) struct Ways(Rc<RefCell<Vec<(GlobalPosition, FulfilmentMode)>>>);

impl Ways {
    /// The same in another world.
    pub(super) fn copy(&self) -> Self {
        Self(Rc::new(RefCell::new(self.0.borrow().clone())))
    }

    /// The way of the orders that are created from now on.
    pub(super) fn now(&self) -> FulfilmentMode {
        self.0.borrow().last().map_or(FulfilmentMode::People, |(_, mode)| *mode)
    }

    /// The way of an order that was created at this position.
    pub(super) fn of(&self, created: GlobalPosition) -> FulfilmentMode {
        let ways = self.0.borrow();
        let switched = ways.iter().rev().find(|(head, _)| *head < created);
        switched.map_or(FulfilmentMode::People, |(_, mode)| *mode)
    }

    /// Whether those are at work who go this way. They go on with their orders when others are to go another
    /// way, and stop when people do it all.
    pub(super) fn runs(&self, mode: FulfilmentMode) -> bool {
        let ways = self.0.borrow();
        let at_work = ways.iter().rev().take_while(|(_, way)| *way != FulfilmentMode::People);
        at_work.into_iter().any(|(_, way)| *way == mode)
    }

    /// From here on it goes that way.
    pub(super) fn switch(&self, head: GlobalPosition, mode: FulfilmentMode) {
        self.0.borrow_mut().push((head, mode));
    }
}
