//! The texts are whole: every language says the same things, everything said is there, and nothing is
//! there that nobody says.

#[path = "texts/moments.rs"]
mod moments;
#[path = "texts/sagas.rs"]
mod sagas;
#[path = "texts/sources.rs"]
mod sources;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use hindsight::app::texts::{Language, Texts};

type Table = BTreeMap<&'static str, &'static str>;

fn table(language: Language) -> Table {
    Texts::of(language).entries().collect()
}

/// The names of the places in a text, sorted.
fn places(text: &str) -> Vec<&str> {
    let mut names: Vec<_> =
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
    names.sort_unstable();
    names
}

/// The key as it is named in the code: a plural is named without its form.
fn base(key: &str) -> &str {
    key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder is there");
    for path in entries.map(|entry| entry.expect("an entry is readable").path()) {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every text between quotes that has the form of a key of a known section.
fn keys_in(source: &str, sections: &BTreeSet<&str>) -> BTreeSet<String> {
    let is_key = |text: &&str| {
        let mut parts = text.split('.');
        let known = parts.next().is_some_and(|section| sections.contains(section));
        let name = |part: &str| {
            let in_name = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
            !part.is_empty() && part.bytes().all(in_name)
        };
        let mut rest = parts.peekable();
        known && rest.peek().is_some() && rest.all(name)
    };
    source.split('"').filter(is_key).map(str::to_owned).collect()
}

/// Every key that the page and the app name.
fn keys_in_code() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let english = table(Language::En);
    let sections = english.keys().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    let mut files = vec![];
    rust_files(&root.join("src/ui"), &mut files);
    rust_files(&root.join("src/app"), &mut files);
    assert!(files.len() > 20, "only {} files were found", files.len());
    let source = |path: &PathBuf| fs::read_to_string(path).expect("a source file is readable");
    files.iter().flat_map(|path| keys_in(&source(path), &sections)).collect()
}

#[test]
fn every_language_has_the_same_keys() {
    let english: Vec<_> = table(Language::En).into_keys().collect();
    for language in Language::ALL {
        let keys: Vec<_> = table(language).into_keys().collect();
        assert_eq!(keys, english, "{}", language.name());
    }
}

#[test]
fn every_text_has_the_same_places_in_every_language() {
    let english = table(Language::En);
    for language in Language::ALL {
        for (key, text) in table(language) {
            assert_eq!(places(text), places(english[key]), "{key} in {}", language.name());
        }
    }
}

#[test]
fn no_text_is_empty() {
    for language in Language::ALL {
        for (key, text) in table(language) {
            assert!(!text.trim().is_empty(), "{key} in {}", language.name());
        }
    }
}

#[test]
fn a_plural_has_both_forms() {
    let english = table(Language::En);
    for key in english.keys().filter(|key| base(key) != **key) {
        for form in ["one", "other"] {
            let form = format!("{}.{form}", base(key));
            assert!(english.contains_key(form.as_str()), "{form} is missing");
        }
    }
}

#[test]
fn every_key_in_the_code_has_a_text() {
    let known: BTreeSet<_> = table(Language::En).into_keys().map(base).collect();
    let missing: Vec<_> =
        keys_in_code().into_iter().filter(|key| !known.contains(key.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_text_is_said_somewhere() {
    let said = keys_in_code();
    let unsaid: Vec<_> =
        table(Language::En).into_keys().filter(|key| !said.contains(base(key))).collect();
    assert_eq!(unsaid, Vec::<&str>::new());
}

#[test]
fn the_search_for_keys_finds_what_it_should() {
    let sections = BTreeSet::from(["page"]);
    let found =
        keys_in(r#"say("page.title"), "page", "page.", "other.title", "page.a b""#, &sections);
    assert_eq!(found, BTreeSet::from(["page.title".to_owned()]));
}
