//! The states of a saga as the page draws them: every way that its decider makes, and no other.

use std::collections::BTreeSet;

use hindsight::{
    app::views::SagaState,
    kernel::{Ending, Saga, SagaStatus},
};

use crate::every_state::explore;

fn drawn(status: SagaStatus) -> SagaState {
    match status {
        SagaStatus::NotStarted => SagaState::NotStarted,
        SagaStatus::InProgress => SagaState::InProgress,
        SagaStatus::Compensating => SagaState::Compensating,
        SagaStatus::NeedsAttention => SagaState::NeedsAttention,
        SagaStatus::Ended(Ending::Completed) => SagaState::Completed,
        SagaStatus::Ended(Ending::Compensated) => SagaState::Compensated,
        SagaStatus::Ended(Ending::FailedBeforeStart) => SagaState::FailedBeforeStart,
        SagaStatus::Ended(Ending::Settled) => SagaState::Settled,
    }
}

#[test]
fn the_ways_that_are_drawn_are_those_that_the_decider_makes() {
    let mut made = BTreeSet::new();
    explore(|before, _, _, after| {
        let [from, to] = [before, after].map(|state| drawn(Saga::status(state.as_ref())));
        if from != to {
            made.insert((from, to));
        }
    });
    assert_eq!(made, BTreeSet::from(SagaState::WAYS));
    assert_eq!(SagaState::WAYS.len(), made.len(), "one is drawn twice");
}
