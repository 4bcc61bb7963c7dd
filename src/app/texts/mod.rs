//! The words of the page in every language: data files, one a language, and what fills them.
//!
//! Translators touch `en.json`, `es.json` and nothing else. Keys are flat; `{name}` is a place for a
//! value; a key that ends in `.one` or `.other` is a form of a plural.

mod moments;
mod numbers;
mod playback;
mod saga_words;
mod sequence_words;

mod fit;
mod part;
mod picture;
mod tables;
mod words;

use litemap::LiteMap;

pub use fit::{fit, width, wrap};
#[cfg(target_arch = "wasm32")]
pub use moments::install_saga_sentences;
pub use numbers::short_id;
pub use picture::{faults_at, stream_name};
#[cfg(target_arch = "wasm32")]
pub use tables::{load, load_later};

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// Its tag, as `lang` attributes and `Intl` want it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// Its own name for itself.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Es => "Español",
        }
    }

    /// The language of a tag such as `es` or `es-MX`; none when the page does not speak it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?;
        Self::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(primary))
    }

    /// The first of these tags that the page speaks, else English.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        tags.into_iter().find_map(Self::of_tag).unwrap_or_default()
    }
}

type Table = LiteMap<String, String>;

/// The texts of one language. Cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    language: Language,
    table: &'static Table,
}

impl PartialEq for Texts {
    fn eq(&self, other: &Self) -> bool {
        self.language == other.language
    }
}

impl Texts {
    /// The texts of a language. The page loads them before.
    ///
    /// # Panics
    /// In the page when they were not loaded; on the host never.
    #[must_use]
    pub fn of(language: Language) -> Self {
        Self { language, table: tables::of(language) }
    }

    /// Which language it is.
    #[must_use]
    pub fn language(self) -> Language {
        self.language
    }

    /// Every key with its text, in the order of keys.
    pub fn entries(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.table.iter().map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// The text of a key; the key itself, so that it is seen, when there is none.
    #[must_use]
    pub fn say(self, key: &'static str) -> &'static str {
        self.find(key).map_or(key, String::as_str)
    }

    fn find(self, key: &str) -> Option<&'static String> {
        self.table.get(key).or_else(|| tables::later(self.language, key))
    }

    /// The text of a key with its places filled.
    #[must_use]
    pub fn fill(self, key: &'static str, values: &[(&str, &str)]) -> String {
        filled(self.say(key), values)
    }

    /// The form of a text that fits a number, its places filled, `{count}` among them.
    #[must_use]
    pub fn plural(self, key: &'static str, count: u64, values: &[(&str, &str)]) -> String {
        let form = if count == 1 { "one" } else { "other" };
        let text = self.find(&format!("{key}.{form}")).map_or(key, String::as_str);
        let number = self.count(count);
        let mut all = vec![("count", number.as_str())];
        all.extend_from_slice(values);
        filled(text, &all)
    }
}

/// The text with each `{name}` replaced, in one pass, so that a value is never read as a place.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut rest = text;
    let mut said = String::with_capacity(text.len() + 32);
    while let Some((before, after)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, behind)) = after.split_once('}') else {
            said.push('{');
            rest = after;
            continue;
        };
        match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => push_isolated(&mut said, value),
            None => said.extend(["{", name, "}"]),
        }
        rest = behind;
    }
    said.push_str(rest);
    said
}

/// Adds a value; one that may have a direction of its own is isolated from the words around it.
fn push_isolated(said: &mut String, value: &str) {
    if value.chars().any(may_turn) {
        said.extend(["\u{2068}", value, "\u{2069}"]);
    } else {
        said.push_str(value);
    }
}

/// Whether a character is written from right to left, or says that others are (Unicode annex 9).
fn may_turn(character: char) -> bool {
    matches!(character,
        '\u{590}'..='\u{8ff}' | '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_never_read_as_a_place() {
        assert_eq!(filled("{a} and {b}", &[("a", "{b}"), ("b", "two")]), "{b} and two");
    }

    #[test]
    fn a_place_without_a_value_stays_to_be_seen() {
        assert_eq!(filled("{a}, {", &[]), "{a}, {");
    }

    #[test]
    fn text_with_a_direction_of_its_own_is_isolated() {
        assert_eq!(filled("<{a}>", &[("a", "שלום")]), "<\u{2068}שלום\u{2069}>");
        assert_eq!(filled("<{a}>", &[("a", "−1 ñ 😀")]), "<−1 ñ 😀>");
    }

    #[test]
    fn the_first_tag_that_the_page_speaks_is_chosen() {
        assert_eq!(Language::preferred(["fr", "es-MX", "en"]), Language::Es);
        assert_eq!(Language::preferred(["fr"]), Language::En);
    }

    #[test]
    fn a_plural_has_the_form_of_its_number() {
        let texts = Texts::of(Language::En);
        assert_eq!(texts.plural("count.events", 1, &[]), "1 event");
        assert_eq!(texts.plural("count.events", 1200, &[]), "1,200 events");
    }
}
