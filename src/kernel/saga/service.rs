//! Services: systems outside that do steps for sagas.

use super::StepAnswer;

/// Some services together: what they hold, and their rules. Pure: time, chance and faults are not theirs.
pub trait Services {
    /// What can be asked of them.
    type Request: ServiceRequest;

    /// Their names, in order; a service is known by its place here.
    const NAMES: &'static [&'static str];

    /// Does what is asked, or says why a rule refuses it. Asked twice, it does it twice: whether a
    /// repeat is recognised is not the rules' concern.
    fn serve(&mut self, request: &Self::Request) -> StepAnswer;

    /// Sets an amount that a service goes by, such as a product's stock. Nothing, where it has no such.
    fn set(&mut self, service: &str, name: &str, amount: u64);

    /// Switches whether what is promised to one saga is kept from the others until it ends: a semantic
    /// lock (Garcia-Molina, Salem, 1987; Frank, Zahle, 1998).
    fn lock(&mut self, on: bool);

    /// What a service holds, at a glance.
    fn holdings(&self, service: usize) -> Vec<Holding>;
}

/// What can be asked of a service.
pub trait ServiceRequest: Clone {
    /// All there are, by name.
    const NAMES: &'static [&'static str];

    /// Whose it is: a place in [`Services::NAMES`].
    fn service(&self) -> usize;

    /// Its name.
    fn name(&self) -> &'static str;
}

/// Something that a service holds, and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// What.
    pub name: String,
    /// How much, in the unit of what it is.
    pub amount: u64,
}

impl Holding {
    /// So much of something.
    pub fn new(name: impl Into<String>, amount: u64) -> Self {
        Self { name: name.into(), amount }
    }
}
