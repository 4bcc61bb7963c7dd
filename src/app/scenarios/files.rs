//! The scenarios' files, as the page fetches them.

use nojson::{DisplayJson, JsonFormatter};

use super::{SCENARIOS, Scenario};
use crate::{
    adapters::MemoryStore,
    app::{
        run::Run,
        scenario_file::{FileStep, ScenarioCard, ScenarioFile, Words},
        texts::{Language, Texts},
    },
    kernel::Micros,
    simulation::Tape,
};

/// How much virtual time a scenario may go on after its last entry.
const REST_MAX: Micros = Micros(60_000_000);

/// Every file that the page may fetch: its name, and what is in it.
///
/// # Panics
/// When a scenario never comes to one of its steps: a mistake of who wrote it.
pub async fn scenario_files() -> Vec<(String, String)> {
    let cards: Vec<_> = SCENARIOS.iter().map(card).collect();
    let mut files = vec![("index.json".to_owned(), json(&cards))];
    for scenario in &SCENARIOS {
        files.push((format!("{}.json", scenario.id), json(&file(scenario).await)));
    }
    files
}

fn json(value: &impl DisplayJson) -> String {
    let pretty = |json: &mut JsonFormatter<'_, '_>| {
        json.set_indent_size(2);
        json.set_spacing(true);
        value.fmt(json)
    };
    nojson::json(pretty).to_string() + "\n"
}

fn words(key: &'static str) -> Words {
    let [en, es] = [Language::En, Language::Es].map(|language| Texts::of(language).say(key));
    Words { en: en.to_owned(), es: es.to_owned() }
}

fn card(scenario: &Scenario) -> ScenarioCard {
    ScenarioCard { id: scenario.id, title: words(scenario.title), see: words(scenario.see) }
}

async fn file(scenario: &Scenario) -> ScenarioFile {
    let tape = scenario.tape();
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    run.run_until(end(&tape)).await;
    let places = scenario.places(&run.world().trace());
    let steps = scenario.steps.iter().zip(places).map(|(step, place)| {
        let index = place.expect("a scenario comes to all of its steps");
        FileStep { at: index as u32 + 1, pauses: step.pauses, words: words(step.words) }
    });
    ScenarioFile {
        card: card(scenario),
        lesson: words(scenario.lesson),
        steps: steps.collect(),
        tape: tape.to_text(),
    }
}

fn end<C>(tape: &Tape<C>) -> crate::kernel::Timestamp {
    let last = tape.entries.last().map_or(Micros(0), |last| last.at);
    tape.head.start.after(last).after(REST_MAX)
}
