//! Source: lines of the program that runs.

/// Lines of a compiled file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// The file, from the folder of the whole project.
    pub path: &'static str,
    /// The number of the first of the lines in it.
    pub first_line: u64,
    /// The lines, without the indentation that they share.
    pub lines: Vec<String>,
    /// The index of the line that is meant, if one is.
    pub marked: Option<usize>,
}

/// Why source cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoSource {
    /// It could not be fetched.
    Unreachable {
        /// In the words of the browser.
        cause: String,
    },
    /// What lies there is not what was compiled.
    Other {
        /// The file.
        path: &'static str,
    },
}
