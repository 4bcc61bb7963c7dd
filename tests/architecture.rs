//! Holds the architecture: reads every line of the sources and compares it with the table of rooms.
//!
//! `rooms` is the table, `rules` reads Rust, `colours` reads style sheets, `planted` shows that every
//! rule sees its breach, `exemptions` lists what may stay although a rule says no.

#![cfg(not(target_arch = "wasm32"))]

#[path = "architecture/colours.rs"]
mod colours;
#[path = "architecture/exemptions.rs"]
mod exemptions;
#[path = "architecture/paths.rs"]
mod paths;
#[path = "architecture/planted.rs"]
mod planted;
#[path = "architecture/rooms.rs"]
mod rooms;
#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;
#[path = "architecture/tree.rs"]
mod tree;

use std::path::Path;

use exemptions::{EXEMPTIONS, settle};
use source::{Source, files_under};

#[test]
fn every_line_of_the_sources_keeps_to_the_rooms() {
    let sources = sources();
    let mut breaches: Vec<_> = sources.iter().flat_map(rules::check).collect();
    breaches.extend(tree::check(&sources));
    breaches.extend(style_sheets().iter().flat_map(|(path, text)| colours::check(path, text)));

    let problems = settle(breaches, EXEMPTIONS);
    assert!(problems.is_empty(), "{} breaches:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn the_reader_sees_as_many_style_sheets_as_there_should_be() {
    let sheets = style_sheets();
    let read = sheets.len();
    assert!(read >= rooms::STYLE_SHEETS_MIN, "only {read} style sheets were read");
    assert!(
        sheets.iter().any(|(path, _)| path == rooms::COLOUR_TOKENS),
        "{} is where the colours are",
        rooms::COLOUR_TOKENS
    );
}

/// Every Rust file of the project, in the order of their paths.
fn sources() -> Vec<Source> {
    ["src", "tests", "benches"]
        .iter()
        .flat_map(|folder| files_under(root(), folder, "rs"))
        .map(|(path, text)| Source::read(&path, &text))
        .collect()
}

fn style_sheets() -> Vec<(String, String)> {
    files_under(root(), "style", "css")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
