//! Twins: each expectation is seen to fail, on a tape that lacks what it is about.

use std::collections::BTreeSet;

use hindsight::{
    app::SCENARIOS,
    domain::orders::{OrderCommand, Quantity},
    kernel::Micros,
    ports::Stage,
    simulation::{Input, Tape},
};

use super::{OrderTape, broken, number};

fn tape(id: u16) -> OrderTape {
    number(id).tape()
}

/// A scenario's tape without some of its entries.
fn without(id: u16, gone: &[usize]) -> OrderTape {
    let mut twin = tape(id);
    let kept = twin.entries.into_iter().enumerate().filter(|(index, _)| !gone.contains(index));
    twin.entries = kept.map(|(_, entry)| entry).collect();
    twin
}

/// A scenario's tape under other behaviours, from the beginning to the end.
fn under(id: u16, behaviours: &[Stage]) -> OrderTape {
    let mut twin = tape(id);
    twin.entries.retain(|entry| !matches!(entry.input, Input::Behaviours(_)));
    twin.head.behaviours = behaviours.to_vec();
    twin
}

/// Scenario 42 with other quantities behind the last door.
fn other_quantity(quantity: u64) -> OrderTape {
    let mut twin = tape(42);
    if let Some(Input::Command(given)) = twin.entries.last_mut().map(|entry| &mut entry.input)
        && let OrderCommand::CreateOrder { items, .. } = &mut given.command
    {
        items.iter_mut().for_each(|item| item.quantity = Quantity(quantity));
    }
    twin
}

/// Scenario 21 with its first command once more, under another id, behind the deletion.
fn busy_while_rebuilt() -> OrderTape {
    let mut twin = without(21, &[4]);
    let late = tape(21).entries[4].input.clone();
    twin.push(Micros(60_000), late);
    twin
}

/// Each with the expectations that must be broken on it, by the end of their keys.
fn twins() -> Vec<(u16, OrderTape, &'static [&'static str])> {
    use Stage::{Idempotency, Logging, Retry, Validation};
    let usual = [Logging, Validation, Idempotency, Retry];
    vec![
        (1, without(1, &[3]), &["log", "row"]),
        (2, without(2, &[3]), &["each"]),
        (2, Tape::new(tape(2).head), &["any"]),
        (4, without(4, &[3]), &["reason", "none"]),
        (5, without(5, &[2]), &["refused", "both"]),
        (5, without(5, &[4]), &["state", "both"]),
        (12, tape(13), &["conflict", "refused"]),
        (13, tape(12), &["accepted", "broken"]),
        (15, without(15, &[2, 3]), &["none"]),
        (15, under(15, &[Logging, Validation, Retry]), &["both"]),
        (17, without(17, &[0]), &["stale"]),
        (17, without(17, &[3]), &["fresh"]),
        (21, without(21, &[7]), &["again", "untouched", "right"]),
        (21, busy_while_rebuilt(), &["untouched"]),
        (21, without(21, &[6]), &["right"]),
        (25, without(25, &[3]), &["first"]),
        (25, without(25, &[2]), &["undone", "facts"]),
        (26, without(26, &[2]), &["visible", "undone"]),
        (27, without(27, &[3]), &["third"]),
        (27, without(27, &[5]), &["person", "others"]),
        (28, without(28, &[1]), &["late", "refunded"]),
        (29, without(29, &[2, 3]), &["once", "on"]),
        (30, without(30, &[3]), &["forward", "settled"]),
        (31, without(31, &[1]), &["dirty"]),
        (31, without(31, &[5]), &["locked"]),
        (31, without(31, &[6]), &["stock"]),
        (32, without(32, &[2]), &["same"]),
        (32, without(32, &[4]), &["spread", "followed"]),
        (42, other_quantity(3), &["events"]),
        (42, other_quantity(0), &["path"]),
        (43, without(43, &[0]), &["twice", "differs", "pure"]),
        (43, without(43, &[7]), &["pure"]),
        (44, under(44, &usual), &["rules", "order"]),
        (44, under(44, &[Logging, Idempotency, Retry]), &["kept_out"]),
        (44, under(44, &[Logging, Validation, Retry]), &["twice"]),
    ]
}

#[test]
fn every_expectation_fails_on_a_tape_that_lacks_what_it_is_about() {
    let mut seen_to_fail = BTreeSet::new();
    for (id, twin, ends) in twins() {
        let found = broken(id, &twin);
        for end in ends {
            let key = format!("scenario.{id}.expect.{end}");
            assert!(found.contains(&key.as_str()), "{key} holds: {found:?}, {}", twin.to_text());
            seen_to_fail.insert(key);
        }
    }
    let all = SCENARIOS.iter().flat_map(|scenario| scenario.expectations);
    let own = all.map(|expected| expected.words).filter(|words| words.starts_with("scenario."));
    let own: BTreeSet<_> = own.map(str::to_owned).collect();
    assert!(own.len() > 20);
    assert_eq!(seen_to_fail, own);
}
