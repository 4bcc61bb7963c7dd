//! How long a saga waits before it tries again, and what of its calls has which name.

use std::collections::BTreeSet;

use hindsight::{
    kernel::{Call, Direction, Micros, SagaId},
    ports::{Moment, Rng, SagaMoment},
    simulation::{SeededRng, ServiceFault, Times},
};
use uuid::Uuid;

use crate::sample::{OrderTape, arm, create, held, played, saga, tape};

/// Two orders whose payments fail twice each, at about the same time.
fn failing(seed: u64) -> OrderTape {
    let mut tape = tape([
        (0, arm("ProcessPayment", ServiceFault::Unavailable, Times::Next(4))),
        (1_000, create(1)),
        (1_000, create(2)),
    ]);
    tape.head.seed = seed;
    tape
}

/// What every saga waited for before which attempt, and how long.
fn pauses(tape: &OrderTape) -> Vec<(SagaId, u32, Micros)> {
    let backed_off = |moment: &Moment| match moment {
        Moment::Saga(SagaMoment::BackedOff { call, time }) => {
            assert_eq!(call.name, "ProcessPayment");
            Some((call.saga, call.call.attempt, *time))
        }
        _ => None,
    };
    let run = played(tape);
    assert_eq!(held(&run, "notification", "letters"), 2, "in the end both are fulfilled");
    run.world().trace().iter().filter_map(|it| backed_off(&it.moment)).collect()
}

#[test]
fn before_each_further_attempt_it_waits_twice_as_long_and_by_chance_somewhat_longer() {
    for seed in 1..=50 {
        let pauses = pauses(&failing(seed));
        for number in [1, 2] {
            let of_saga = pauses.iter().filter(|(of, ..)| *of == saga(number));
            let [(_, 2, first), (_, 3, second)] = of_saga.collect::<Vec<_>>()[..] else {
                panic!("it waits before the second and the third attempt: {pauses:?}");
            };
            assert!((500_000..750_000).contains(&first.0), "seed {seed}: {pauses:?}");
            assert!((1_000_000..1_500_000).contains(&second.0), "seed {seed}: {pauses:?}");
        }
    }
}

#[test]
fn how_long_it_waits_follows_from_the_seed() {
    let all: Vec<_> = (1..=50).map(|seed| pauses(&failing(seed))).collect();
    assert_eq!(all[6], pauses(&failing(7)), "the same seed, the same pauses");
    let different: BTreeSet<_> = all.iter().flatten().map(|(_, _, time)| time.0).collect();
    assert!(different.len() > 190, "of 200 pauses {} are different", different.len());
}

#[test]
fn while_it_waits_nothing_is_asked_for() {
    let run = played(&failing(7));
    let trace = run.world().trace();
    let mut waited = 0;
    for (place, recorded) in trace.iter().enumerate() {
        let Moment::Saga(SagaMoment::BackedOff { call, time }) = &recorded.moment else { continue };
        let again = trace[place..].iter().find(
            |it| matches!(&it.moment, Moment::Saga(SagaMoment::Called(next)) if next.saga == call.saga),
        );
        let again = again.expect("it tries again");
        assert!(again.at >= recorded.at.after(*time), "{recorded:?}, then {again:?}");
        waited += 1;
    }
    assert_eq!(waited, 4);
}

/// Some calls of some sagas.
fn calls() -> impl Iterator<Item = (SagaId, Call)> {
    let rng = SeededRng::new(7);
    let random = move |_| SagaId(Uuid::from_u64_pair(rng.next_u64(), rng.next_u64()));
    let sagas: Vec<_> = (0..20).map(random).chain([1, 2].map(saga)).collect();
    let of_saga = |saga: SagaId| {
        [Direction::Forward, Direction::Back].into_iter().flat_map(move |direction| {
            (0..8).flat_map(move |step| {
                (1..=9).map(move |attempt| (saga, Call { direction, step, attempt }))
            })
        })
    };
    sagas.into_iter().flat_map(of_saga)
}

#[test]
fn a_command_is_named_after_saga_step_and_attempt_and_a_request_not_after_the_attempt() {
    let commands: BTreeSet<_> = calls().map(|(saga, call)| call.command_id(saga)).collect();
    assert_eq!(commands.len(), calls().count(), "each attempt has an id of its own");
    let keys: BTreeSet<_> = calls().map(|(saga, call)| call.request_key(saga)).collect();
    assert_eq!(keys.len() * 9, calls().count(), "all attempts of a call share its key");
    for (saga, call) in calls() {
        let first = Call { attempt: 1, ..call };
        assert_eq!(call.request_key(saga), first.request_key(saga), "{call:?}");
        assert!(!commands.iter().any(|id| id.0 == call.request_key(saga)), "{call:?}");
        let step = Call { direction: Direction::Forward, ..first };
        let undoes = (call.direction == Direction::Back).then(|| step.request_key(saga));
        assert_eq!(call.undone_key(saga), undoes, "{call:?}");
    }
}
