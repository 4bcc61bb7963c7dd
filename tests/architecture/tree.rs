//! The rules about all Rust files together: none was lost, and none lies about unused.

use std::collections::BTreeSet;

use super::{
    rooms::ROOMS,
    source::{Breach, Kind, Rule, Source},
};

/// Every breach that only shows when all files are looked at.
pub(crate) fn check(sources: &[Source]) -> Vec<Breach> {
    let mut breaches = enough(sources);
    breaches.extend(declared(sources));
    breaches
}

/// Each room has as many files as it should have, and there are no other rooms.
fn enough(sources: &[Source]) -> Vec<Breach> {
    let breach = |name: &str, what: String| Breach {
        rule: Rule::Enough,
        file: format!("src/{name}"),
        line: 1,
        what,
    };
    let files = |name: &str| sources.iter().filter(|source| source.room() == Some(name)).count();
    let too_few = ROOMS.iter().filter(|room| files(room.name) < room.files_min).map(|room| {
        let (read, min) = (files(room.name), room.files_min);
        breach(room.name, format!("{read} files were read, at least {min} should be there"))
    });
    let found: BTreeSet<&str> = sources.iter().filter_map(Source::room).collect();
    let unknown = found
        .into_iter()
        .filter(|name| ROOMS.iter().all(|room| room.name != *name))
        .map(|name| breach(name, "is not in the table of rooms".to_owned()));
    too_few.chain(unknown).collect()
}

/// Every declared module is a file that was read, and every file that was read is declared.
fn declared(sources: &[Source]) -> Vec<Breach> {
    let program: Vec<&Source> = sources.iter().filter(|source| source.is_program()).collect();
    let declared: BTreeSet<Vec<String>> =
        program.iter().flat_map(|source| declarations(source)).map(|(module, _)| module).collect();
    let read: BTreeSet<Vec<String>> = program.iter().map(|source| source.module()).collect();
    let orphans = program
        .iter()
        .filter(|source| !source.module().is_empty() && !declared.contains(&source.module()))
        .map(|source| source.breach(Rule::Declared, 1, "no `mod` declares this file"));
    let lost = program.iter().flat_map(|source| {
        let missing = declarations(source).into_iter().filter(|(module, _)| !read.contains(module));
        missing.map(|(module, line)| {
            let what = format!("mod {}: its file was not read", module.join("::"));
            source.breach(Rule::Declared, line, what)
        })
    });
    orphans.chain(lost).collect()
}

/// The modules that a file declares as files of their own, with the line of each.
fn declarations(source: &Source) -> Vec<(Vec<String>, usize)> {
    source
        .tokens
        .windows(3)
        .filter(|run| run[0].is_word("mod") && run[1].kind == Kind::Word && run[2].is_sign(";"))
        .map(|run| {
            let name = [run[1].text.clone()];
            ([&source.module()[..], &run[1].modules, &name].concat(), run[1].line)
        })
        .collect()
}
