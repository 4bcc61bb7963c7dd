//! The lab's scenarios: each is played on a branch of its own, over memory.

use std::rc::Rc;

use super::{
    Lab,
    run::{Run, Stores},
    scenarios::{SCENARIOS, Scenario, scenario},
    views::{ScenarioCard, ScenarioView},
    wiring::Wiring,
};
use crate::ports::Environment;

/// All scenarios, in the order of their numbers.
#[must_use]
pub fn scenario_list() -> Vec<ScenarioCard> {
    SCENARIOS.iter().map(card).collect()
}

fn card(scenario: &Scenario) -> ScenarioCard {
    ScenarioCard { id: scenario.id, title: scenario.title, see: scenario.see }
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Begins a branch with a scenario, over an environment with an empty store. False when there is
    /// no such scenario.
    pub async fn open_scenario(&self, id: u16, scratch: E) -> bool {
        let Some(scenario) = scenario(id) else { return false };
        let tape = scenario.tape();
        let run = Run::begin(tape, scratch.store().clone());
        let wiring = Rc::new(Wiring::over(Rc::new(scratch), run));
        self.state.branches.borrow_mut().open(wiring.clone(), id);
        self.show(wiring).await;
        true
    }

    /// The scenario of the branch of now, if it has one.
    pub fn scenario(&self) -> Option<ScenarioView> {
        let id = self.state.branches.borrow().scenario()?;
        let scenario = scenario(id)?;
        let live = self.live();
        let trace = live.player.trace();
        let places = scenario.places(&trace);
        let counts = places.iter().map(|place| place.map(|place| place as u32 + 1));
        let said = scenario.steps.iter().zip(counts);
        Some(ScenarioView {
            card: card(scenario),
            lesson: scenario.lesson,
            steps: said.clone().map(|(step, count)| (step.words, count)).collect(),
            pauses: said.filter(|(step, _)| step.pauses).filter_map(|(_, count)| count).collect(),
            is_over: live.player.is_at_rest(),
        })
    }
}
