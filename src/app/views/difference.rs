//! What something was before, and what it was after.

use super::{Fact, FactName, FactValue, LogEntry, ReadModel};

/// Facts before and after something happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Of what.
    pub of: DifferenceOf,
    /// Each fact that was there before or after.
    pub lines: Vec<DifferenceLine>,
    /// The event that made the difference, where it was one.
    pub event: Option<LogEntry>,
}

/// What has facts before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DifferenceOf {
    /// The state folded from a stream, up to this version.
    Stream(u64),
    /// A row of a read model, by its key.
    Row(ReadModel, String),
}

/// A fact before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceLine {
    /// Of what.
    pub name: FactName,
    /// Its value before; none where it was not there.
    pub before: Option<FactValue>,
    /// Its value after; none where it is no more.
    pub after: Option<FactValue>,
}

impl DifferenceLine {
    /// Whether it is another than before.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.before != self.after
    }

    /// Each fact that is there before or after: facts are the same fact when they have the same name and,
    /// among those of one name, the same place.
    #[must_use]
    pub fn between(before: &[Fact], after: &[Fact]) -> Vec<Self> {
        let value = |facts: &[Fact], name, place| {
            facts.iter().filter(|fact| fact.name == name).nth(place).map(|fact| fact.value.clone())
        };
        let mut lines: Vec<Self> = vec![];
        for fact in after.iter().chain(before) {
            let place = lines.iter().filter(|line| line.name == fact.name).count();
            let (before, after) = (value(before, fact.name, place), value(after, fact.name, place));
            if before.is_some() || after.is_some() {
                lines.push(Self { name: fact.name, before, after });
            }
        }
        lines
    }
}
