//! A gate: lets one run of a background job at a time, and remembers that another was wanted.

use std::cell::Cell;

/// Who is in.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Cell<State>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    Idle,
    Running,
    WantedAgain,
}

impl Gate {
    /// Runs rounds until none was wanted meanwhile; where a run is going on, that one does it.
    pub(super) async fn run(&self, round: impl AsyncFn()) {
        if self.enter() {
            round().await;
            while self.again() {
                round().await;
            }
        }
    }

    /// True when the caller shall run; otherwise the run that is going on will go round once more.
    fn enter(&self) -> bool {
        let before = self.state.get();
        self.state.set(if before == State::Idle { State::Running } else { State::WantedAgain });
        before == State::Idle
    }

    /// At the end of a round: true when another one was wanted meanwhile.
    fn again(&self) -> bool {
        let again = self.state.get() == State::WantedAgain;
        self.state.set(if again { State::Running } else { State::Idle });
        again
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_wanted_during_a_run_is_run_once_more() {
        let gate = Gate::default();
        assert!(gate.enter());
        assert!(!gate.enter());
        assert!(!gate.enter());
        assert!(gate.again());
        assert!(!gate.again());
        assert!(gate.enter());
    }
}
