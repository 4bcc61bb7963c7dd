//! Scenarios: tapes with words. Each puts the engine into one situation, says what to see and where
//! to stop, and knows what must be true in the end.

mod behaviours;
mod calling;
mod choreography;
mod doors;
mod facts;
mod files;
mod parts;
mod saga_parts;
mod saga_trials;
mod sagas;
mod views;
mod writers;

pub use files::scenario_files;

use super::run::Expectation;
use crate::{
    domain::orders::OrderCommand,
    simulation::{RecordedMoment, Tape},
};

/// A tape with words. Every text in it is a key.
#[derive(Clone, Copy, Debug)]
pub struct Scenario {
    /// Its number: stable for ever, since links name it.
    pub id: u16,
    /// What it is called.
    pub title: &'static str,
    /// What one sees, and what is left out here.
    pub see: &'static str,
    /// What one takes home.
    pub lesson: &'static str,
    /// Where to stop and what to say there, in order.
    pub steps: &'static [ScenarioStep],
    /// What is true in the end.
    pub expectations: &'static [Expectation],
    tape: fn() -> Tape<OrderCommand>,
}

/// A place in a run where something is to be said.
#[derive(Clone, Copy, Debug)]
pub struct ScenarioStep {
    /// What is said.
    pub words: &'static str,
    /// Whether this is the moment: the first one behind the step before.
    pub is_at: fn(&RecordedMoment) -> bool,
    /// Whether the run pauses here.
    pub pauses: bool,
}

/// All scenarios, in the order of their numbers.
pub static SCENARIOS: [Scenario; 20] = [
    facts::THE_ROW_THAT_FORGOT,
    facts::FOLD_IT_YOURSELF,
    facts::COMMAND_REFUSED,
    facts::THE_WRONG_EVENT,
    writers::TWO_CLICKS,
    writers::LAST_WRITE_WINS,
    writers::HALF_AN_APPEND,
    views::WHERE_IS_MY_ORDER,
    views::DROP_THE_TABLE,
    sagas::CARD_DECLINED,
    sagas::CANNOT_SHIP,
    sagas::REFUND_FAILS,
    saga_trials::TIMEOUT_LIES,
    saga_trials::ORCHESTRATOR_DIES,
    saga_trials::NO_RETURN,
    saga_trials::LAST_ITEM,
    choreography::NO_CONDUCTOR,
    doors::THREE_DOORS,
    calling::CALLED_THE_NETWORK,
    behaviours::THE_ONION,
];

/// The scenario of a number.
#[must_use]
pub fn scenario(id: u16) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.id == id)
}

impl Scenario {
    /// Its tape: the same at every time.
    #[must_use]
    pub fn tape(&self) -> Tape<OrderCommand> {
        (self.tape)()
    }

    /// Where each step lies in a trace, from 0; none for those that it has not come to.
    #[must_use]
    pub fn places(&self, trace: &[RecordedMoment]) -> Vec<Option<usize>> {
        let mut from = Some(0);
        let mut place = |step: &ScenarioStep| {
            let start = from?;
            let found = trace[start..].iter().position(step.is_at).map(|offset| start + offset);
            from = found.map(|found| found + 1);
            found
        };
        self.steps.iter().map(&mut place).collect()
    }
}
