//! Every moment shows the source that ran: the regions are whole, and the line that is meant is in them.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use hindsight::{
    app::{Moments, SourcePlace, views::Excerpt},
    domain::orders::OrderCommand,
    ports::Moment,
    simulation::{Input, describe},
};

use crate::{
    moments::{
        Inputs, cancel, create, everything_that_can_happen, given, kinds, order, pay, run_of,
    },
    rust_files,
    sagas::everything_about_sagas,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(path: impl AsRef<Path>) -> String {
    fs::read_to_string(root().join(path)).expect("a source file is readable")
}

/// The lines of a place, which must be there.
fn shown(place: &SourcePlace) -> Excerpt {
    place.cut(&text_of(place.path())).unwrap_or_else(|| panic!("{place:?} is not in its file"))
}

/// The moments of a run, each with the sources behind it.
fn sources(inputs: Inputs) -> Vec<(Moment, Vec<SourcePlace>)> {
    let run = run_of(inputs);
    let (moments, trace) = (Moments::of(&run), run.world().trace());
    let numbered = (1..).zip(trace.iter());
    numbered.map(|(number, at)| (at.moment.clone(), moments.sources(number))).collect()
}

/// An order from its creation to a refused cancellation, and every way to be refused before that.
fn every_decision() -> Inputs {
    let ship = OrderCommand::ShipOrder {
        order: order(),
        tracking_number: "TRK-1".to_owned(),
        carrier: "Nimbus".to_owned(),
    };
    let commands = [
        pay(246_800),
        create(0),
        create(2),
        ship.clone(),
        pay(1),
        create(3),
        pay(246_800),
        pay(246_800),
        ship,
        OrderCommand::DeliverOrder { order: order() },
        cancel("late"),
    ];
    // Without the validation, the decider itself meets what is broken.
    let mut inputs = vec![(0, Input::Behaviours(vec![]))];
    let commands = (1..).zip(commands);
    inputs.extend(commands.map(|(number, it)| (number as u64 * 3_000, given(number, None, it))));
    inputs
}

#[test]
fn every_kind_of_moment_shows_the_line_that_reached_it() {
    let mut reached = BTreeSet::new();
    let all = [sources(everything_that_can_happen()), sources(everything_about_sagas())];
    for (moment, places) in all.concat() {
        let place = places.last().unwrap_or_else(|| panic!("{moment:?} has no source"));
        let (excerpt, line) = (shown(place), place.line().expect("it is in some line"));
        let lines = excerpt.lines.iter().filter(|text| text.contains(line));
        assert_eq!(lines.count(), 1, "{line} in {place:?}");
        assert!(excerpt.marked.is_some_and(|marked| excerpt.lines[marked].contains(line)));
        reached.insert(describe(&moment).name.to_owned());
    }
    assert_eq!(reached, kinds());
}

#[test]
fn a_decision_shows_the_rule_that_was_met() {
    let rules = sources(every_decision()).into_iter().filter_map(|(moment, places)| {
        let is_decision = matches!(moment, Moment::Decided { .. } | Moment::Rejected { .. });
        let excerpt = shown(places.first().filter(|_| is_decision)?);
        assert_eq!(excerpt.path, "src/domain/orders/decider.rs");
        Some(excerpt.lines[excerpt.marked.expect("a rule is a line")].trim().to_owned())
    });
    assert_eq!(
        rules.collect::<Vec<_>>(),
        [
            "(None, _) => Err(Rejection::OrderMissing),",
            "Some(error) => Err(error.rejection),",
            "Ok(vec![OrderEvent::OrderCreated { customer, items, total }])",
            "(OrderCommand::ShipOrder { .. }, Pending) => Err(Rejection::PaymentNotConfirmed),",
            "return Err(Rejection::AmountDiffers { amount: *amount, total: order.total });",
            "(OrderCommand::CreateOrder { .. }, _) => Err(Rejection::OrderExists),",
            "OrderEvent::OrderPaymentConfirmed { payment_id, amount: *amount }",
            "OrderCommand::ConfirmPayment { payment_id, amount, .. } => order",
            "OrderCommand::ShipOrder { tracking_number, carrier, .. } => OrderEvent::OrderShipped {",
            "OrderCommand::DeliverOrder { .. } => OrderEvent::OrderDelivered,",
            "(OrderCommand::CancelOrder { .. }, Delivered) => Err(Rejection::AlreadyDelivered),",
        ]
    );
}

#[test]
fn an_excerpt_has_the_numbers_of_its_lines_and_no_indentation_of_all() {
    let (_, places) = sources(everything_that_can_happen())
        .into_iter()
        .find(|(moment, _)| matches!(moment, Moment::StreamRead { .. }))
        .expect("it happened");
    let [evolve, replay] = &places[..] else { panic!("{places:?}") };
    let excerpt = shown(evolve);
    assert!(excerpt.lines[0].starts_with("fn evolve("), "{:?}", excerpt.lines[0]);
    assert_eq!(excerpt.marked, None);
    let excerpt = shown(replay);
    let marked = excerpt.marked.expect("a line");
    let text = text_of(excerpt.path);
    let line = text.lines().nth(excerpt.first_line as usize - 1 + marked);
    assert_eq!(line.map(str::trim), Some(excerpt.lines[marked].trim()));
}

#[test]
fn only_what_was_compiled_is_shown() {
    for (_, places) in sources(every_decision()) {
        for place in places {
            assert_eq!(place.cut(&format!("{} ", text_of(place.path()))), None);
        }
    }
}

/// A file that the page fetches lies beside it under the path that it has here.
#[test]
fn the_page_finds_every_file_beside_it() {
    let page = text_of("index.html");
    let all = [everything_that_can_happen(), everything_about_sagas(), every_decision()]
        .map(sources)
        .concat();
    let paths: BTreeSet<_> =
        all.iter().flat_map(|(_, places)| places).map(SourcePlace::path).collect();
    for path in &paths {
        let (folder, _) = path.rsplit_once('/').expect("a path has folders");
        let link = format!(
            r#"<link data-trunk rel="copy-file" href="{path}" data-target-path="{folder}">"#
        );
        assert!(page.contains(&link), "index.html lacks {link}");
    }
    let copied = page.lines().filter(|line| line.contains(r#"rel="copy-file" href="src/"#));
    let copied = copied.filter(|line| line.contains(".rs\""));
    assert_eq!(copied.count(), paths.len(), "index.html copies a file that no moment shows");
}

/// The regions of a file, each with the number of its first line.
fn regions(text: &str) -> Result<Vec<(&str, usize)>, String> {
    let (mut found, mut open) = (vec![], None);
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(name) = line.trim_start().strip_prefix("// region: ") {
            if open.is_some() || found.iter().any(|(known, _)| *known == name) {
                return Err(format!("line {number}: {name} begins in another, or twice"));
            }
            found.push((name, number + 1));
            open = Some(name);
        } else if let Some(name) = line.trim_start().strip_prefix("// endregion: ")
            && open.take() != Some(name)
        {
            return Err(format!("line {number}: {name} is not open"));
        }
    }
    open.map_or(Ok(found), |name| Err(format!("{name} is not closed")))
}

#[test]
fn every_region_is_whole_and_is_shown() {
    let all = [everything_that_can_happen(), everything_about_sagas(), every_decision()]
        .map(sources)
        .concat();
    let shown: BTreeSet<_> = all
        .iter()
        .flat_map(|(_, places)| places)
        .map(|place| (PathBuf::from(place.path()), shown(place).first_line as usize))
        .collect();
    let mut files = vec![];
    rust_files(&root().join("src"), &mut files);
    let mut marked = BTreeSet::new();
    for file in files {
        let path = file.strip_prefix(root()).expect("it lies in here").to_owned();
        let text = text_of(&path);
        let found = regions(&text).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
        marked.extend(found.into_iter().map(|(_, first)| (path.clone(), first)));
    }
    assert!(marked.len() > 25, "{marked:?}");
    assert_eq!(marked, shown, "marked on the left, shown on the right");
}

#[test]
fn regions_that_are_not_whole_are_noticed() {
    let whole = "// region: a\n// endregion: a\n    // region: b\n    // endregion: b\n";
    assert_eq!(regions(whole), Ok(vec![("a", 2), ("b", 4)]));
    for broken in [
        "// region: a\n",
        "// endregion: a\n",
        "// region: a\n// endregion: b\n",
        "// region: a\n// region: b\n// endregion: b\n// endregion: a\n",
        "// region: a\n// endregion: a\n// region: a\n// endregion: a\n",
    ] {
        assert!(regions(broken).is_err(), "{broken}");
    }
}
