//! The decider: three pure functions that are all there is to an aggregate.

/// What a command does to a state, and what an event does to it.
///
/// Pure, synchronous and total: ids, times and chance come in with the command.
/// Source: Jérémie Chassaing, "Functional Event Sourcing Decider" (2021).
pub trait Decider {
    /// What somebody wants.
    type Command;
    /// What happened.
    type Event;
    /// Why a rule said no.
    type Rejection;
    /// What the events add up to.
    type State;

    /// The state before the first event.
    fn initial() -> Self::State;

    /// The events that the command causes in this state.
    ///
    /// An empty list means "already so": a repeat is harmless.
    ///
    /// # Errors
    /// The rejection, when a rule of the domain says no.
    fn decide(
        state: &Self::State,
        command: &Self::Command,
    ) -> Result<Vec<Self::Event>, Self::Rejection>;

    /// The state after the event. Never fails and never judges: what happened, happened.
    fn evolve(state: Self::State, event: &Self::Event) -> Self::State;
}

/// The state that a whole history adds up to.
pub fn fold<'a, D: Decider>(history: impl IntoIterator<Item = &'a D::Event>) -> D::State
where
    D::Event: 'a,
{
    evolve_all::<D>(D::initial(), history)
}

/// The state after further events.
pub fn evolve_all<'a, D: Decider>(
    state: D::State,
    events: impl IntoIterator<Item = &'a D::Event>,
) -> D::State
where
    D::Event: 'a,
{
    events.into_iter().fold(state, D::evolve)
}
