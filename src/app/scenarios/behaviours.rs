//! The scenario about the pipeline's behaviours: which there are, and in which order.

use super::{
    Scenario, ScenarioStep,
    parts::{ORDER, command, create, given, tape},
};
use crate::{
    app::run::{Expectation, Finished, ONCE},
    domain::orders::{CustomerId, OrderCommand, Rejection},
    engine::Answer,
    ports::{Moment, Stage},
    simulation::{Input, RecordedMoment},
};

/// A bad command under three orders of the behaviours, and a good one that is sent twice.
pub(super) const THE_ONION: Scenario = Scenario {
    id: 44,
    title: "scenario.44.title",
    see: "scenario.44.see",
    lesson: "scenario.44.lesson",
    steps: &[
        ScenarioStep { words: "scenario.44.step.1", is_at: is_answered, pauses: true },
        ScenarioStep {
            words: "scenario.44.step.2",
            is_at: |recorded| matches!(recorded.moment, Moment::Rejected { .. }),
            pauses: true,
        },
        ScenarioStep { words: "scenario.44.step.3", is_at: is_changed, pauses: false },
        ScenarioStep { words: "scenario.44.step.4", is_at: is_answered, pauses: true },
        ScenarioStep { words: "scenario.44.step.5", is_at: is_given_again, pauses: true },
    ],
    expectations: &[
        Expectation { words: "scenario.44.expect.kept_out", holds: |run| is_kept_out(run) },
        Expectation { words: "scenario.44.expect.rules", holds: |run| aggregate_refuses(run) },
        Expectation {
            words: "scenario.44.expect.order",
            holds: |run| logs(run, 1) && run.answer(command(3)).is_some() && !logs(run, 3),
        },
        Expectation { words: "scenario.44.expect.twice", holds: |run| is_decided_once(run) },
        ONCE,
    ],
    tape: || {
        use Stage::{Idempotency, Logging, Retry, Validation};
        tape([
            (0, given(1, nothing())),
            (5_000, Input::Behaviours(vec![Logging, Idempotency, Retry])),
            (5_000, given(2, nothing())),
            (10_000, Input::Behaviours(vec![Validation, Logging, Idempotency, Retry])),
            (10_000, given(3, nothing())),
            (15_000, given(4, create(ORDER))),
            (20_000, given(4, create(ORDER))),
        ])
    },
};

/// An order of nothing: no state would accept it.
fn nothing() -> OrderCommand {
    let customer = CustomerId("Ana".to_owned());
    OrderCommand::CreateOrder { order: ORDER, customer, items: vec![] }
}

fn is_answered(recorded: &RecordedMoment) -> bool {
    matches!(recorded.moment, Moment::CommandAnswered { .. })
}

fn is_changed(recorded: &RecordedMoment) -> bool {
    matches!(recorded.moment, Moment::BehavioursChanged { .. })
}

/// The command that is given last, and was given before.
fn is_given_again(recorded: &RecordedMoment) -> bool {
    matches!(recorded.moment, Moment::CommandGiven { command: given, .. } if given == command(4))
}

/// How often the moments of a command's handler are of a kind.
fn count(run: &Finished, number: u128, is_kind: fn(&Moment) -> bool) -> usize {
    run.moments_of(command(number)).filter(|moment| is_kind(moment)).count()
}

fn reads(run: &Finished, number: u128) -> bool {
    count(run, number, |moment| matches!(moment, Moment::StreamRead { .. })) > 0
}

fn logs(run: &Finished, number: u128) -> bool {
    count(run, number, |moment| matches!(moment, Moment::CommandLogged { .. })) > 0
}

/// With the validation: refused before anything is read.
fn is_kept_out(run: &Finished) -> bool {
    matches!(run.answer(command(1)), Some(Answer::Invalid { .. })) && !reads(run, 1)
}

/// Without it: the command reaches the aggregate, which refuses it too.
fn aggregate_refuses(run: &Finished) -> bool {
    let refused = Answer::Rejected { rejection: Rejection::NoItems };
    reads(run, 2) && run.answer(command(2)) == Some(&refused)
}

/// Sent twice, answered twice, decided once.
fn is_decided_once(run: &Finished) -> bool {
    let answered = count(run, 4, |moment| matches!(moment, Moment::CommandAnswered { .. }));
    let decided = count(run, 4, |moment| matches!(moment, Moment::Decided { .. }));
    (answered, decided, run.caused_by(command(4))) == (2, 1, 1)
}
