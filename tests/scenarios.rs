//! Scenarios: each tape shows what it promises, and no expectation holds whatever happens.
#![cfg(not(target_arch = "wasm32"))]

#[path = "scenarios/files.rs"]
mod files;
#[path = "scenarios/laws.rs"]
mod laws;
#[path = "scenarios/promises.rs"]
mod promises;
#[path = "scenarios/twins.rs"]
mod twins;

use hindsight::{
    adapters::MemoryStore,
    app::{
        Finished, Run, SCENARIOS, Scenario, scenario,
        texts::{Language, Texts},
    },
    domain::orders::OrderCommand,
    simulation::{Tape, trace_hash},
};
use pollster::block_on;

type OrderTape = Tape<OrderCommand>;

/// What a tape leaves behind. Every tape in here comes to rest.
fn finished(tape: &OrderTape) -> Finished {
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    block_on(run.run_to_end());
    block_on(Finished::of(&run)).expect("memory does not fail")
}

fn number(id: u16) -> &'static Scenario {
    scenario(id).expect("there is a scenario of this number")
}

/// The keys of the expectations of a scenario that do not hold after a tape.
fn broken(id: u16, tape: &OrderTape) -> Vec<&'static str> {
    let run = finished(tape);
    let expectations = number(id).expectations.iter();
    expectations.filter(|expected| !(expected.holds)(&run)).map(|expected| expected.words).collect()
}

#[test]
fn every_scenario_keeps_its_promises() {
    for scenario in &SCENARIOS {
        assert_eq!(broken(scenario.id, &scenario.tape()), Vec::<&str>::new(), "{}", scenario.id);
    }
}

#[test]
fn every_step_has_its_moment_and_comes_behind_the_one_before() {
    for scenario in &SCENARIOS {
        let run = finished(&scenario.tape());
        let places = scenario.places(&run.trace);
        assert!(
            !places.is_empty() && places.iter().all(Option::is_some),
            "{}: {places:?}",
            scenario.id
        );
        assert!(places.is_sorted_by(|one, next| one < next), "{}: {places:?}", scenario.id);
        assert!(scenario.steps.iter().any(|step| step.pauses), "{} never pauses", scenario.id);
        let early = scenario.places(&run.trace[..1]);
        assert!(early.last().is_some_and(Option::is_none), "{}: nothing has come yet", scenario.id);
    }
}

#[test]
fn numbers_rise_and_keys_have_the_number_of_their_scenario() {
    assert!(SCENARIOS.is_sorted_by(|one, next| one.id < next.id));
    assert!(scenario(3).is_none());
    let known: Vec<_> = Texts::of(Language::En).entries().map(|(key, _)| key).collect();
    for Scenario { id, title, see, lesson, steps, expectations, .. } in &SCENARIOS {
        assert_eq!(*title, format!("scenario.{id}.title"));
        assert_eq!(*see, format!("scenario.{id}.see"));
        assert_eq!(*lesson, format!("scenario.{id}.lesson"));
        for (number, step) in (1..).zip(*steps) {
            assert_eq!(step.words, format!("scenario.{id}.step.{number}"));
        }
        for expected in *expectations {
            let own = expected.words.starts_with(&format!("scenario.{id}.expect."));
            assert!(own || expected.words.starts_with("law."), "{}", expected.words);
            assert!(known.contains(&expected.words), "{} has no words", expected.words);
        }
    }
}

#[test]
fn a_scenario_is_a_tape_like_any_other_and_runs_the_same_way_twice() {
    for scenario in &SCENARIOS {
        let tape = scenario.tape();
        assert_eq!(Tape::from_text(&tape.to_text()).as_ref(), Ok(&tape), "{}", scenario.id);
        let hash = || trace_hash(tape.head.start, &finished(&scenario.tape()).trace);
        assert_eq!(hash(), hash(), "{}", scenario.id);
    }
}
