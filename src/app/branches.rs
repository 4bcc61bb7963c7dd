//! Branches: runs that share a past and part at a moment. Acting in the past begins one, and all stay.

use std::rc::Rc;

use super::{run::Stores, wiring::Wiring};
use crate::ports::Environment;

/// All branches of a lab. There is at least one, and one of them is acted on.
pub(super) struct Branches<E: Environment> {
    all: Vec<Branch<E>>,
    current: usize,
    begun: u32,
}

/// One run among others.
pub(super) struct Branch<E: Environment> {
    /// 1 for the first of all; never used again.
    pub(super) number: u32,
    /// What somebody calls it; empty for its number.
    pub(super) name: String,
    /// From which one it parted, and at which moment.
    pub(super) parent: Option<(u32, usize)>,
    pub(super) wiring: Rc<Wiring<E>>,
}

impl<E: Environment> Branches<E>
where
    E::Store: Stores + Clone + 'static,
{
    pub(super) fn new(wiring: Rc<Wiring<E>>) -> Self {
        let first = Branch { number: 1, name: String::new(), parent: None, wiring };
        Self { all: vec![first], current: 0, begun: 1 }
    }

    /// The wiring of the first branch, the one that is kept.
    pub(super) fn first(&self) -> Rc<Wiring<E>> {
        self.all[0].wiring.clone()
    }

    /// The wiring of the branch that is acted on.
    pub(super) fn live(&self) -> Rc<Wiring<E>> {
        self.all[self.current].wiring.clone()
    }

    /// Puts another wiring under the first branch.
    pub(super) fn renew_first(&mut self, wiring: Rc<Wiring<E>>) {
        self.all[0].wiring = wiring;
    }

    /// A new branch that parted from the one of now; it is acted on from here.
    pub(super) fn begin(&mut self, wiring: Rc<Wiring<E>>, at: usize) {
        self.begun += 1;
        let parent = Some((self.all[self.current].number, at));
        self.all.push(Branch { number: self.begun, name: String::new(), parent, wiring });
        self.current = self.all.len() - 1;
    }

    pub(super) fn all(&self) -> &[Branch<E>] {
        &self.all
    }

    /// The number of the branch that is acted on.
    pub(super) fn current(&self) -> u32 {
        self.all[self.current].number
    }

    /// Acts on another branch; false when there is no such branch.
    pub(super) fn switch(&mut self, number: u32) -> bool {
        let found = self.all.iter().position(|branch| branch.number == number);
        found.map(|index| self.current = index).is_some()
    }

    pub(super) fn rename(&mut self, number: u32, name: String) {
        self.all.iter_mut().filter(|branch| branch.number == number).for_each(|branch| {
            branch.name.clone_from(&name);
        });
    }

    /// Takes a branch away, unless it is the first or the one that is acted on; those that parted
    /// from it stay.
    pub(super) fn delete(&mut self, number: u32) -> bool {
        let current = self.current();
        let Some(index) = self.all.iter().position(|branch| branch.number == number) else {
            return false;
        };
        if index == 0 || number == current {
            return false;
        }
        self.all.remove(index).wiring.player.end();
        self.switch(current)
    }

    /// Nobody will act on any of them again.
    pub(super) fn end(&self) {
        self.all.iter().for_each(|branch| branch.wiring.player.end());
    }
}
