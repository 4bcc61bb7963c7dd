//! Branches: runs that share a past and part at a moment. Acting in the past begins one, and all stay.

use std::rc::Rc;

use super::{run::Stores, scenario_file::ScenarioFile, wiring::Wiring};
use crate::ports::Environment;

/// In the place of a parent: it began empty. No branch has this number.
const NOTHING: u32 = 0;

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
    /// From which one it parted, and at which moment: from [`NOTHING`] where somebody wished an empty one.
    pub(super) parent: Option<(u32, usize)>,
    /// The scenario that it began with, or whose branch it parted from.
    pub(super) scenario: Option<OfScenario>,
    pub(super) wiring: Rc<Wiring<E>>,
}

/// A scenario as a branch has it.
#[derive(Clone)]
pub(super) struct OfScenario {
    pub(super) id: u16,
    /// Its words; none where they could not be fetched.
    pub(super) file: Option<Rc<ScenarioFile>>,
}

impl<E: Environment> Branch<E> {
    /// Whether it is kept: a scenario that nobody has touched or named can be had again.
    pub(super) fn is_kept(&self) -> bool
    where
        E::Store: Stores + 'static,
    {
        self.scenario.is_none()
            || self.parent.is_some()
            || !self.name.is_empty()
            || self.wiring.player.is_touched()
    }

    /// Whether it began empty: the first one, over an empty log, and those that somebody wished.
    pub(super) fn began_empty(&self) -> bool {
        self.number == 1 || self.parent.is_some_and(|(number, _)| number == NOTHING)
    }

    fn is_root_of(&self, scenario: u16) -> bool {
        self.parent.is_none() && self.scenario.as_ref().is_some_and(|of| of.id == scenario)
    }
}

impl<E: Environment> Branches<E>
where
    E::Store: Stores + Clone + 'static,
{
    pub(super) fn new(wiring: Rc<Wiring<E>>) -> Self {
        let first = Branch { number: 1, name: String::new(), parent: None, scenario: None, wiring };
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
        let Branch { number, ref scenario, .. } = self.all[self.current];
        self.add(wiring, Some((number, at)), scenario.clone());
    }

    /// A new branch for a scenario, with a past of its own; it is acted on from here. One that began
    /// with the same scenario makes room for it, unless it is kept or others parted from it.
    pub(super) fn open(&mut self, wiring: Rc<Wiring<E>>, scenario: Rc<ScenarioFile>) {
        let id = scenario.card.id;
        let is_spare = |branch: &&Branch<E>| branch.is_root_of(id) && !branch.is_kept();
        let roots = self.all.iter().filter(is_spare);
        let numbers: Vec<u32> = roots.map(|branch| branch.number).collect();
        self.add(wiring, None, Some(OfScenario { id, file: Some(scenario) }));
        for number in numbers {
            if !self.all.iter().any(|branch| branch.parent.is_some_and(|(of, _)| of == number)) {
                self.delete(number);
            }
        }
    }

    /// A new branch with an empty past; it is acted on from here.
    pub(super) fn begin_empty(&mut self, wiring: Rc<Wiring<E>>) {
        self.add(wiring, Some((NOTHING, 0)), None);
    }

    fn add(
        &mut self,
        wiring: Rc<Wiring<E>>,
        parent: Option<(u32, usize)>,
        scenario: Option<OfScenario>,
    ) {
        self.begun += 1;
        self.all.push(Branch { number: self.begun, name: String::new(), parent, scenario, wiring });
        self.current = self.all.len() - 1;
    }

    /// A branch that was kept is there again, and stays kept. It is not acted on.
    pub(super) fn put_back(&mut self, branch: Branch<E>) {
        branch.wiring.player.touch();
        self.begun = self.begun.max(branch.number);
        self.all.push(branch);
    }

    /// A branch with a past of its own that came from elsewhere. It is not acted on.
    pub(super) fn take_in(
        &mut self,
        wiring: Rc<Wiring<E>>,
        name: String,
        scenario: Option<OfScenario>,
    ) {
        let number = self.begun + 1;
        self.put_back(Branch { number, name, parent: None, scenario, wiring });
    }

    /// A number that no branch has or will have.
    pub(super) fn pass_number(&mut self) -> u32 {
        self.begun += 1;
        self.begun
    }

    /// How many began so far: no number up to this is used again.
    pub(super) fn begun(&self) -> u32 {
        self.begun
    }

    /// So many began before.
    pub(super) fn have_begun(&mut self, begun: u32) {
        self.begun = self.begun.max(begun);
    }

    /// The scenario that is played on the branch of now.
    pub(super) fn scenario(&self) -> Option<OfScenario> {
        self.all[self.current].scenario.clone()
    }

    /// Gives the words of a scenario to the branches that are without.
    pub(super) fn give_words(&mut self, file: &Rc<ScenarioFile>) {
        let of = self.all.iter_mut().filter_map(|branch| branch.scenario.as_mut());
        of.filter(|of| of.id == file.card.id).for_each(|of| of.file = Some(file.clone()));
    }

    /// The branch to go to from this one when it is taken away: the one that it parted from, else the one
    /// before it.
    pub(super) fn neighbour(&self, number: u32) -> Option<u32> {
        let index = self.all.iter().position(|branch| branch.number == number)?;
        let before = self.all[..index].last()?.number;
        let parent = self.all[index].parent.map(|(parent, _)| parent);
        let is_there = |parent: &u32| self.all.iter().any(|branch| branch.number == *parent);
        Some(parent.filter(is_there).unwrap_or(before))
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
