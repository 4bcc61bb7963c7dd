//! Scenarios as the page fetches them: one file each, and one with the list.
//!
//! They are made from the scenarios of the host; `tests/scenarios/files.rs` holds that they are those,
//! and writes them. So they cost the page nothing until somebody opens one.

use super::texts::Language;
use crate::kernel::json_object;

/// A text in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

json_object!(Words { en, es });

/// A scenario in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioCard {
    /// Its number: stable for ever, since links name it.
    pub id: u16,
    /// What it is called.
    pub title: Words,
    /// What one sees.
    pub see: Words,
}

json_object!(ScenarioCard { id, title, see });

/// A scenario: a tape with words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioFile {
    /// What the list shows of it.
    pub card: ScenarioCard,
    /// What one takes home.
    pub lesson: Words,
    /// Where to stop and what to say there, in order.
    pub steps: Vec<FileStep>,
    /// The tape as text.
    pub tape: String,
}

json_object!(ScenarioFile { card, lesson, steps, tape });

impl ScenarioFile {
    /// After how many moments the run pauses.
    #[must_use]
    pub fn pauses(&self) -> Vec<u32> {
        self.steps.iter().filter(|step| step.pauses).map(|step| step.at).collect()
    }
}

/// A place in a run where something is to be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStep {
    /// After how many moments.
    pub at: u32,
    /// Whether the run pauses here.
    pub pauses: bool,
    /// What is said.
    pub words: Words,
}

json_object!(FileStep { at, pauses, words });

impl Words {
    /// The text in a language.
    #[must_use]
    pub fn of(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Es => &self.es,
        }
    }
}
