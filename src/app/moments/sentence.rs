//! What a moment says, until every kind of moment has a sentence of its own among the texts.

use crate::{
    app::texts::{Texts, short_id},
    simulation::{RecordedMoment, describe},
};

/// The moment at this index of the trace, in one sentence.
pub(super) fn sentence(_texts: Texts, trace: &[RecordedMoment], index: usize) -> String {
    let Some(recorded) = trace.get(index) else { return String::new() };
    let description = describe(&recorded.moment);
    let facts = description.facts.iter().filter(|(_, value)| !value.is_empty());
    let facts = facts.map(|(name, value)| match *name {
        "command" | "stream" => format!("{name} {}", short_id(value)),
        name => format!("{name} {value}"),
    });
    let name = description.name.replace('_', " ");
    [name].into_iter().chain(facts).collect::<Vec<_>>().join(", ")
}
