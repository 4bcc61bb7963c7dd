//! A shape of a drawing, as data: who draws it decides how.

use super::Point;

/// An element: its tag, its attributes, each with a value, and the words in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shape {
    /// The tag.
    pub tag: &'static str,
    /// Names and values; one without a value is not there.
    pub attributes: Vec<(&'static str, String)>,
    /// What it says.
    pub words: String,
}

impl Shape {
    /// A path in a class.
    #[must_use]
    pub fn path(class: impl Into<String>, way: String) -> Self {
        let attributes = vec![("class", class.into()), ("d", way)];
        Self { tag: "path", attributes, words: String::new() }
    }

    /// Words in a class, at a place.
    #[must_use]
    pub fn words(class: impl Into<String>, Point(x, y): Point, words: String) -> Self {
        let attributes = vec![("class", class.into()), ("x", x.to_string()), ("y", y.to_string())];
        Self { tag: "text", attributes, words }
    }

    /// The same with one attribute more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }
}
