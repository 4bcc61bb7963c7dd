//! Two faults on the way of one order: every kind at every request, with every kind at every other.

use crate::{
    every_fault::{Case, cases, inputs, judge_all, killed, try_all},
    sample::{played, tape},
};

/// The runner is killed at every so manieth moment; from pair to pair it begins at another one.
const BETWEEN_CRASHES: usize = 9;

/// Each at the first attempt of its request, and which pair it is.
fn pairs() -> Vec<(usize, [Case; 2])> {
    let first: Vec<Case> = cases().into_iter().filter(|case| case.attempt == 1).collect();
    let with_later = |(place, one): (usize, &Case)| {
        let one = *one;
        let others = first[place + 1..].iter().filter(move |other| other.request != one.request);
        others.map(move |other| [one, *other]).collect::<Vec<_>>()
    };
    first.iter().enumerate().flat_map(with_later).enumerate().collect()
}

/// A pair without a crash, then with the runner killed at some of its moments. Says how many runs.
fn try_pair((number, pair): (usize, [Case; 2])) -> usize {
    let tape = tape(inputs(&pair));
    let whole = played(&tape);
    let moments = whole.world().trace().len();
    judge_all(&pair, whole, "nobody killed");
    let mut runs = 1;
    for moment in (1 + number % BETWEEN_CRASHES..=moments).step_by(BETWEEN_CRASHES) {
        judge_all(&pair, killed(&tape, moment), &format!("the runner killed at moment {moment}"));
        runs += 1;
    }
    runs
}

#[test]
fn whatever_two_things_go_wrong_on_one_way_the_saga_ends_and_the_sums_are_right() {
    let pairs = pairs();
    assert_eq!(pairs.len(), 8 * 7 / 2 * 6 * 6);
    let runs = try_all(&pairs, try_pair);
    println!("{runs} runs");
    assert!(runs > 25_000, "{runs} runs");
}
