//! The lab's doors: a scenario is played on a branch of its own, over memory, and the empty lab is a branch in
//! which nothing has happened.

use std::rc::Rc;

use super::{
    Changed, Lab,
    run::{Run, Stores},
    scenario_file::ScenarioFile,
    tape_reader::read_tape,
    wiring::Wiring,
};
use crate::{
    kernel::GlobalPosition,
    ports::{Environment, EventStore},
    simulation::TapeError,
};

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Begins a branch with a scenario, over an environment with an empty store.
    ///
    /// # Errors
    /// When its tape is none.
    pub async fn open_scenario(&self, file: ScenarioFile, scratch: E) -> Result<(), TapeError> {
        let tape = read_tape(&file.tape).await?;
        let run = Run::begin(tape, scratch.store().clone());
        let wiring = Rc::new(Wiring::over(Rc::new(scratch), run));
        self.state.branches.borrow_mut().open(wiring.clone(), Rc::new(file));
        self.show(wiring).await;
        Ok(())
    }

    /// Acts on a branch in which nothing has happened: that of now where it is one, else another one that
    /// stands, else a new one, over an environment with an empty store.
    pub async fn open_empty(&self, scratch: E) {
        let branches: Vec<(u32, Rc<Wiring<E>>)> = {
            let branches = self.state.branches.borrow();
            let current = branches.current();
            let mut empty: Vec<_> = branches.all().iter().filter(|it| it.began_empty()).collect();
            empty.sort_by_key(|branch| branch.number != current);
            empty.into_iter().map(|branch| (branch.number, branch.wiring.clone())).collect()
        };
        for (number, wiring) in branches {
            if is_empty(&wiring).await {
                self.switch(number).await;
                return;
            }
        }
        let wiring = Rc::new(Wiring::new(scratch));
        self.state.branches.borrow_mut().begin_empty(wiring.clone());
        self.show(wiring).await;
    }

    /// The scenario of the branch of now, if it has one whose words are at hand.
    pub fn scenario(&self) -> Option<Rc<ScenarioFile>> {
        self.state.branches.borrow().scenario()?.file
    }

    /// The number of the scenario of the branch of now, if it has one.
    pub fn scenario_number(&self) -> Option<u16> {
        Some(self.state.branches.borrow().scenario()?.id)
    }

    /// The words of a scenario, for the branches that are without.
    pub fn give_words(&self, file: ScenarioFile) {
        self.state.branches.borrow_mut().give_words(&Rc::new(file));
        self.tell(Changed { branches: true, ..Changed::default() });
    }
}

/// Whether nothing has happened in a run, and nothing did before it.
async fn is_empty<E: Environment>(wiring: &Wiring<E>) -> bool
where
    E::Store: Stores + Clone + 'static,
{
    let head = wiring.environment.store().head().await;
    head.is_ok_and(|head| head == GlobalPosition::NONE)
        && wiring.player.tape().await.entries.is_empty()
}
