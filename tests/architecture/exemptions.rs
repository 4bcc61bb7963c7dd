//! What may stay although a rule says no: all of it here, each with a reason.

use super::source::{Breach, Rule};

/// One breach that may stay.
pub(crate) struct Exemption {
    /// Which rule it breaks.
    pub(crate) rule: Rule,
    /// In which file.
    pub(crate) file: &'static str,
    /// Part of what the breach says, enough to mean this one only.
    pub(crate) what: &'static str,
    /// Why.
    pub(crate) reason: &'static str,
}

/// All of them.
pub(crate) const EXEMPTIONS: &[Exemption] = &[Exemption {
    rule: Rule::Words,
    file: "src/simulation/executor.rs",
    what: "LocalBoxFuture",
    reason: "tasks of many kinds lie in one list, and nowhere else",
}];

/// What is left to mend: breaches without an exemption, and exemptions without a breach.
pub(crate) fn settle(breaches: Vec<Breach>, exemptions: &[Exemption]) -> Vec<String> {
    let exempt = |breach: &Breach, exemption: &Exemption| {
        exemption.rule == breach.rule
            && exemption.file == breach.file
            && breach.what.contains(exemption.what)
    };
    let unused = exemptions
        .iter()
        .filter(|exemption| !breaches.iter().any(|breach| exempt(breach, exemption)))
        .map(|exemption| {
            let Exemption { rule, file, what, reason } = exemption;
            format!("{file}: the exemption from {rule:?} for `{what}` ({reason}) matches nothing")
        });
    let unmended = breaches
        .iter()
        .filter(|breach| !exemptions.iter().any(|exemption| exempt(breach, exemption)))
        .map(|breach| {
            let Breach { rule, file, line, what } = breach;
            format!("{file}:{line}: {rule:?}: {what}")
        });
    unused.chain(unmended).collect()
}
