//! The architecture test tests itself: every rule sees a planted breach, and only that.

use super::{
    colours,
    exemptions::{Exemption, settle},
    rooms::{FILE_LINES_MAX, NOWHERE, ROOMS, TESTS_ONLY},
    rules,
    source::{Breach, Rule, Source},
    tree,
};

/// File, its text after the opening, the rule that it breaks, and part of what is said about it.
type Planted = (&'static str, &'static str, Rule, &'static str);

const PLANTED: &[Planted] = &[
    ("src/kernel/a.rs", "fn f() { ( }", Rule::Readable, ""),
    ("src/kernel/a.rs", "use crate::ports::Clock;", Rule::Rooms, "kernel may not name ports"),
    ("src/domain/orders/a.rs", "use crate::{kernel::Version, ports::Clock};", Rule::Rooms, "ports"),
    ("src/domain/orders/a.rs", "use crate::domain::billing::Bill;", Rule::Rooms, "billing"),
    ("src/domain/orders/a.rs", "use super::super::billing::Bill;", Rule::Rooms, "billing"),
    ("src/ports/a.rs", "fn f() { crate::engine::run(); }", Rule::Rooms, "engine"),
    ("src/engine/a.rs", "use crate::adapters::MemoryStore;", Rule::Rooms, "adapters"),
    ("src/engine/a.rs", "use super::super::domain::orders::Order;", Rule::Rooms, "domain"),
    (
        "src/engine/a/b.rs",
        "mod c { use super::super::super::super::app::Lab; }",
        Rule::Rooms,
        "app",
    ),
    ("src/adapters/a.rs", "use crate::domain::orders::Order;", Rule::Rooms, "domain"),
    ("src/simulation/a.rs", "use crate::engine::Pipeline;", Rule::Rooms, "engine"),
    ("src/app/a.rs", "use crate::ui::Page;", Rule::Rooms, "app may not name ui"),
    (
        "src/ui/a.rs",
        "fn f() { view! { <p>{crate::kernel::Version(1)}</p> } }",
        Rule::Rooms,
        "kernel",
    ),
    ("src/ui/a.rs", "use crate::nowhere::Thing;", Rule::Rooms, "not a room"),
    (
        "src/main.rs",
        "use hindsight::engine::Pipeline;",
        Rule::Rooms,
        "the root may not name engine",
    ),
    ("src/app/a.rs", "use crate::engine::pipeline::Pipeline;", Rule::Facade, "deeper"),
    ("src/app/a.rs", "use crate::engine::{Engine, pipeline::{Pipeline}};", Rule::Facade, "deeper"),
    ("src/app/a.rs", "use crate::domain::orders::check::rules;", Rule::Facade, "deeper"),
    ("src/engine/a.rs", "use crate::kernel::position::*;", Rule::Facade, "deeper"),
    ("src/engine/mod.rs", "pub mod pipeline { }", Rule::Facade, "hides it"),
    ("src/kernel/a.rs", "use super::*;", Rule::Globs, "super::*"),
    ("src/ui/a.rs", "use web_sys::*;", Rule::Globs, "web_sys::*"),
    ("src/ui/a.rs", "use crate::app::{Lab, views::*};", Rule::Globs, "views::*"),
    ("src/kernel/a.rs", "use std::{fmt, fs::File};", Rule::Words, "std::fs"),
    ("src/kernel/a.rs", "// TODO: later", Rule::Words, "TODO"),
    ("src/ui/a.rs", "/// FIXME\nfn f() {}", Rule::Words, "FIXME"),
    (
        "src/kernel/a.rs",
        "#[cfg(any(test, unix))] mod a { fn f() { b.unwrap(); } }",
        Rule::Words,
        "unwrap",
    ),
    ("src/kernel/a.rs", "#[cfg(test)] use a::B; fn f() { b.unwrap() }", Rule::Words, "unwrap"),
    (
        "src/kernel/a.rs",
        "#[cfg(test)] mod a { #[test] #[ignore] fn b() {} }",
        Rule::Words,
        "ignore",
    ),
    ("src/ui/a.rs", "#[cfg_attr(test, allow(unused))] fn f() {}", Rule::Words, "allow"),
    ("tests/a.rs", "#[should_panic(expected = \"b\")] fn c() {}", Rule::Words, "should_panic"),
    ("src/ui/a.rs", "fn f() { view! { <p style=\"top: 0\"></p> } }", Rule::Colours, "style="),
    ("src/ui/a.rs", "fn f() { view! { <path fill=\"#0af\"/> } }", Rule::Colours, "literal colour"),
];

/// What looks like a breach and is none.
const INNOCENT: &[(&str, &str)] = &[
    ("src/kernel/a.rs", "// async, HashMap and web_sys::Window are only words here"),
    (
        "src/kernel/a.rs",
        "/// No `async`, no [`crate::ports::Clock`].\nconst A: &str = \"async \\\" rand\";",
    ),
    (
        "src/kernel/a.rs",
        "const A: &str = r#\"\" Instant::now() std::fs::read\"#; const B: char = '\"';",
    ),
    ("src/kernel/a.rs", "#[cfg(test)] mod tests { use super::*; fn f() { b.unwrap(); } }"),
    (
        "src/kernel/a.rs",
        "#[cfg(all(test, unix))] mod tests { use super::*; fn f() { b.unwrap(); } }",
    ),
    ("src/kernel/a/tests.rs", "use super::*; fn f() { b.unwrap(); }"),
    ("src/kernel/a.rs", "pub(crate) fn f<'a>(a: &'a str) -> &'a str { a.unwrap_or_default() }"),
    ("src/domain/orders/a.rs", "use super::{Money, check}; use crate::kernel::{Decider, fold};"),
    (
        "src/domain/orders/a.rs",
        "fn f() { crate::kernel::fold::<A>(crate::kernel::Version::NONE); }",
    ),
    ("src/domain/orders/a.rs", "mod v1 { use super::super::Money; }"),
    ("src/engine/a/b.rs", "use super::c::D; use crate::engine::a::c::E;"),
    ("src/app/a.rs", "use crate::{app::views::Fact, domain::orders::Money, kernel::Version};"),
    ("src/app/mod.rs", "pub mod views { } pub(crate) mod other { }"),
    ("src/ui/a.rs", "use leptos::prelude::*; use crate::app::{Lab, texts::Text, views::Fact};"),
    (
        "src/ui/a.rs",
        "fn f() { view! { <a href=\"#/lab\" style:top=\"0\" fill=\"none\">\"x\"</a> } }",
    ),
    ("src/main.rs", "fn main() { hindsight::ui::mount(); }"),
    ("tests/a.rs", "fn f() { a.unwrap(); std::fs::read(\"b\"); }"),
];

fn planted(path: &str, text: &str) -> Vec<Breach> {
    rules::check(&Source::read(path, &format!("//! A planted file.\n{text}\n")))
}

#[test]
fn every_planted_breach_is_seen_and_nothing_else() {
    for (path, text, rule, what) in PLANTED {
        let breaches = planted(path, text);
        let seen = breaches.iter().any(|breach| breach.rule == *rule && breach.what.contains(what));
        assert!(seen, "{rule:?} does not see `{what}` in {path}: {text}\nbut {breaches:#?}");
        let others: Vec<_> = breaches.iter().filter(|breach| breach.rule != *rule).collect();
        let both = [Rule::Facade, Rule::Globs];
        assert!(
            others.iter().all(|breach| both.contains(rule) && both.contains(&breach.rule)),
            "{path}: {text}\nbreaks {rule:?} only, not {others:#?}"
        );
    }
}

#[test]
fn what_only_looks_like_a_breach_is_let_pass() {
    for (path, text) in INNOCENT {
        let breaches = planted(path, text);
        assert!(breaches.is_empty(), "{path}: {text}\nbreaks nothing, not {breaches:#?}");
    }
}

#[test]
fn every_forbidden_word_is_seen_in_its_room() {
    for room in ROOMS {
        let bans = room.never.iter().chain(NOWHERE).chain(TESTS_ONLY);
        for word in bans.flat_map(|ban| ban.words) {
            let text = as_code(word);
            let breaches = planted(&format!("src/{}/a.rs", room.name), &text);
            let seen = |breach: &Breach| breach.rule == Rule::Words && breach.what.contains(word);
            assert!(breaches.iter().any(seen), "{} does not see `{word}` in {text}", room.name);
        }
    }
}

/// Code that says a forbidden word, with the brackets that it lacks.
fn as_code(word: &str) -> String {
    match word {
        "[allow(" => "#[allow(unused)] fn f() {}".to_owned(),
        ", allow(" => "#[cfg_attr(a, allow(unused))] fn f() {}".to_owned(),
        "[ignore" => "#[ignore] fn f() {}".to_owned(),
        "should_panic" => "#[should_panic] fn f() {}".to_owned(),
        _ if word.ends_with('!') => format!("fn f() {{ {word}(); }}"),
        _ if word.starts_with('.') => format!("fn f() {{ a{word}; }}"),
        _ => format!("fn f() {{ a({word}::b); }}"),
    }
}

#[test]
fn a_file_without_an_opening_sentence_is_seen() {
    for text in ["fn f() {}", "//! no sentence\n", "// A sentence.\n", "", "//!\n//! A sentence.\n"]
    {
        let rules: Vec<_> =
            rules::check(&Source::read("src/kernel/a.rs", text)).iter().map(|b| b.rule).collect();
        assert_eq!(rules, [Rule::Opening], "{text}");
    }
}

#[test]
fn what_is_too_long_is_seen_and_what_is_just_short_enough_is_not() {
    let function =
        |head: &str, lines: usize| format!("{head} {{\n{}}}", "a();\n".repeat(lines - 2));
    let file = |lines: usize| "const A: u8 = 1;\n".repeat(lines - 1);
    let cases = [
        (function("fn f()", 40), 0),
        (function("fn f()", 41), 1),
        (function("fn f() -> [u8; 2] where A: B", 41), 1),
        (function("impl A { async fn f()", 41) + "}", 1),
        (function("#[component] pub fn F()", 80), 0),
        (function("#[component] pub fn F()", 81), 1),
        (function("#[component] fn F() {}\nfn g()", 41), 1),
        ("trait A { fn f(&self); }\n".to_owned() + &"const A: u8 = 1;\n".repeat(50), 0),
        (file(FILE_LINES_MAX - 1), 0),
        (file(FILE_LINES_MAX + 1), 1),
    ];
    for (text, expected) in cases {
        let breaches = planted("src/ui/a.rs", &text);
        assert_eq!(breaches.len(), expected, "{text}\n{breaches:#?}");
        assert!(breaches.iter().all(|breach| breach.rule == Rule::Length), "{breaches:#?}");
    }
}

#[test]
fn lost_and_forgotten_files_are_seen() {
    let sources = [
        Source::read("src/lib.rs", "pub mod kernel; mod cellar { mod lost; }"),
        Source::read("src/kernel/mod.rs", "mod declared;"),
        Source::read("src/kernel/declared.rs", ""),
        Source::read("src/kernel/orphan.rs", ""),
        Source::read("src/attic/mod.rs", ""),
    ];
    let seen: Vec<_> =
        tree::check(&sources).into_iter().map(|breach| (breach.rule, breach.file)).collect();
    let declared = |file: &str| (Rule::Declared, file.to_owned());
    for expected in ["src/lib.rs", "src/kernel/orphan.rs", "src/attic/mod.rs"] {
        assert!(seen.contains(&declared(expected)), "{expected} in {seen:?}");
    }
    assert_eq!(seen.iter().filter(|(rule, _)| *rule == Rule::Declared).count(), 3, "{seen:?}");
    for room in ROOMS.iter().map(|room| room.name).chain(["attic"]) {
        assert!(seen.contains(&(Rule::Enough, format!("src/{room}"))), "{room} in {seen:?}");
    }
}

#[test]
fn literal_colours_are_seen_in_declarations_only() {
    let guilty = [
        "a { color: #fff; }",
        "a { color: red }",
        "a { border: 1px solid Black; }",
        "@media print { a { box-shadow: 0 0 2px rgb(0 0 0 / 0.5); } }",
        "a { --own: oklch(0.5 0.1 20); }",
        "a { background: color-mix(in oklab, var(--ink), white); }",
        "a { fill: hsl(1deg 2% 3%); b:hover { top: 0; } }",
    ];
    for text in guilty {
        let lines: Vec<_> = colours::check("style/a.css", text).iter().map(|b| b.line).collect();
        assert_eq!(lines, [1], "{text}");
        assert_eq!(colours::check("style/tokens.css", text), [], "{text}");
    }
    let innocent = [
        "#fade { color: var(--red); } .red:hover { top: 0; }",
        "/* color: red; */ a { color: currentColor; background: transparent; }",
        "a::before { content: \"color: #fff; }\"; mask: url(\"#abc\") url(x.svg#fff); }",
        "a { color: color-mix(in oklab, var(--a), var(--b)); border-color: CanvasText; }",
        "a { grid-area: tan; animation: snow 1s; }",
    ];
    for text in innocent {
        assert_eq!(colours::check("style/a.css", text), [], "{text}");
    }
    let lines: Vec<_> = colours::check("style/a.css", "a {\n  top: 0;\n  color: red;\n}\n")
        .iter()
        .map(|breach| breach.line)
        .collect();
    assert_eq!(lines, [3]);
}

#[test]
fn an_exemption_lets_its_breach_pass_and_fails_when_it_matches_nothing() {
    let breach = |what: &str| Breach {
        rule: Rule::Words,
        file: "src/kernel/a.rs".to_owned(),
        line: 7,
        what: what.to_owned(),
    };
    let exemption = |rule, what| Exemption { rule, file: "src/kernel/a.rs", what, reason: "why" };
    let one = || vec![breach("HashMap: no")];
    assert_eq!(settle(one(), &[]).len(), 1);
    assert_eq!(settle(one(), &[exemption(Rule::Words, "HashMap")]), [""; 0]);
    assert_eq!(settle(one(), &[exemption(Rule::Globs, "HashMap")]).len(), 2);
    assert_eq!(settle(vec![], &[exemption(Rule::Words, "HashMap")]).len(), 1);
}
