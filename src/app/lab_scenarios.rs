//! The lab's scenarios: each is played on a branch of its own, over memory.

use std::rc::Rc;

use super::{
    Lab,
    run::{Run, Stores},
    scenario_file::ScenarioFile,
    tape_reader::read_tape,
    wiring::Wiring,
};
use crate::{ports::Environment, simulation::TapeError};

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

    /// The scenario of the branch of now, if it has one.
    pub fn scenario(&self) -> Option<Rc<ScenarioFile>> {
        self.state.branches.borrow().scenario()
    }
}
