//! The scenario about doors: the same command comes in by three of them.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, SECOND, THIRD, command, create, given, tape},
};
use crate::{
    app::{
        parse,
        run::{Expectation, Finished, NO_GAPS},
        views::{CommandDraft, ItemDraft, OrderDraft},
    },
    domain::orders::OrderCommand,
    kernel::from_json,
    ports::Moment,
    simulation::{RecordedMoment, describe},
};

/// A value as a test makes it, a line of text, and a form.
pub(super) const THREE_DOORS: Scenario = Scenario {
    id: 42,
    title: "scenario.42.title",
    see: "scenario.42.see",
    lesson: "scenario.42.lesson",
    steps: &[
        ScenarioStep { words: "scenario.42.step.1", is_at: is_given, pauses: true },
        ScenarioStep { words: "scenario.42.step.2", is_at: is_given, pauses: true },
        ScenarioStep { words: "scenario.42.step.3", is_at: is_given, pauses: true },
    ],
    expectations: &[
        Expectation { words: "scenario.42.expect.path", holds: |run| take_the_same_way(run) },
        Expectation { words: "scenario.42.expect.events", holds: |run| become_the_same(run) },
        NO_GAPS,
    ],
    tape: || {
        let doors = [Some(create(ORDER)), from_text(), from_form()];
        let times = (0..).map(|index| index * 5_000);
        let commands = (1..).zip(doors.into_iter().flatten());
        tape(times.zip(commands.map(|(number, command)| given(number, command))))
    },
};

/// The door of text: a line of a tape has the command in this form.
fn from_text() -> Option<OrderCommand> {
    let items = r#"[{"product":"Moka","quantity":2,"unit_price":3200}]"#;
    let text =
        format!(r#"{{"CreateOrder":{{"order":"{SECOND}","customer":"Ana","items":{items}}}}}"#);
    from_json(&text).ok()
}

/// The door of the page: a form, as somebody filled it in.
fn from_form() -> Option<OrderCommand> {
    let item = ItemDraft {
        product: "Moka".to_owned(),
        quantity: " 2".to_owned(),
        unit_price: "32.00".to_owned(),
    };
    let draft =
        OrderDraft { order: THIRD.to_string(), customer: "Ana ".to_owned(), items: vec![item] };
    parse::command(&CommandDraft::CreateOrder(draft)).ok()
}

fn is_given(recorded: &RecordedMoment) -> bool {
    matches!(recorded.moment, Moment::CommandGiven { .. })
}

/// The three commands pass the same moments, but for ids and places.
fn take_the_same_way(run: &Finished) -> bool {
    let way = |number| -> Vec<_> {
        let told = run.moments_of(command(number)).map(describe);
        let facts = ["name", "stage", "events", "version", "outcome"];
        told.map(|told| (told.name, facts.map(|fact| told.fact(fact).to_owned()))).collect()
    };
    let [first, second, third] = [way(1), way(2), way(3)];
    !first.is_empty() && first == second && second == third
}

/// Each became one event, and these say the same.
fn become_the_same(run: &Finished) -> bool {
    let encoded: Vec<_> = run.log.iter().map(|stored| &stored.event.encoded).collect();
    matches!(encoded[..], [first, second, third] if first == second && second == third)
}
