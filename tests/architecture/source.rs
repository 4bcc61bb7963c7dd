//! Source files as flat runs of tokens: comments are gone, strings are one token each.

use std::{fs, path::Path};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One Rust file.
pub(crate) struct Source {
    /// From the root of the project, with `/`.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
    /// Its tokens; empty when it cannot be read.
    pub(crate) tokens: Vec<Token>,
    /// Why it cannot be read.
    pub(crate) unreadable: Option<String>,
}

/// One token with where it stands.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// As it is written; `::` is one token, a group is its opening, its content and its closing.
    pub(crate) text: String,
    /// From 1.
    pub(crate) line: usize,
    /// What it is.
    pub(crate) kind: Kind,
    /// Whether it stands under `#[cfg(test)]`.
    pub(crate) in_test: bool,
    /// The inline modules around it.
    pub(crate) modules: Vec<String>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name or a keyword.
    Word,
    /// Everything else.
    Sign,
    /// A string, a character or a number.
    Literal,
}

/// A breach of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Breach {
    /// Which rule.
    pub(crate) rule: Rule,
    /// In which file.
    pub(crate) file: String,
    /// On which line, from 1.
    pub(crate) line: usize,
    /// What stands there and what is wrong with it.
    pub(crate) what: String,
}

/// The rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rule {
    /// A file is Rust.
    Readable,
    /// A room names only the rooms that it may name.
    Rooms,
    /// A room is named from its façade, never deeper.
    Facade,
    /// No globs.
    Globs,
    /// A room never contains its forbidden words.
    Words,
    /// Files and functions are short.
    Length,
    /// A file opens with a sentence that says what it is for.
    Opening,
    /// Every file is a declared module, and every declared module was read.
    Declared,
    /// Enough files were read.
    Enough,
    /// Colours only by token.
    Colours,
}

impl Source {
    /// The file of that path and text.
    pub(crate) fn read(path: &str, text: &str) -> Self {
        let mut tokens = vec![];
        let unreadable = match text.parse::<TokenStream>() {
            Ok(stream) => {
                flatten(stream, false, &[], &mut tokens);
                None
            }
            Err(error) => Some(error.to_string()),
        };
        Self { path: path.to_owned(), text: text.to_owned(), tokens, unreadable }
    }

    /// A breach on a line of this file.
    pub(crate) fn breach(&self, rule: Rule, line: usize, what: impl Into<String>) -> Breach {
        Breach { rule, file: self.path.clone(), line, what: what.into() }
    }

    /// Whether it is part of the program.
    pub(crate) fn is_program(&self) -> bool {
        self.path.starts_with("src/")
    }

    /// Whether all of it is tests.
    pub(crate) fn is_test(&self) -> bool {
        !self.is_program() || self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// The room that it lies in; none for a file beside the rooms.
    pub(crate) fn room(&self) -> Option<&str> {
        let (room, _) = self.path.strip_prefix("src/")?.split_once('/')?;
        Some(room)
    }

    /// The path of its module from the crate's root.
    pub(crate) fn module(&self) -> Vec<String> {
        let path = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        let path = path.trim_end_matches("/mod");
        match path {
            "lib" | "main" => vec![],
            _ => path.split('/').map(str::to_owned).collect(),
        }
    }
}

impl Token {
    /// Whether it is that word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.kind == Kind::Word && self.text == word
    }

    /// Whether it is that sign.
    pub(crate) fn is_sign(&self, sign: &str) -> bool {
        self.kind == Kind::Sign && self.text == sign
    }
}

/// Every file under a folder whose name has that extension: its path and its text, by path.
pub(crate) fn files_under(root: &Path, folder: &str, extension: &str) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return vec![] };
    let mut names: Vec<_> = entries
        .map(|entry| entry.expect("a folder can be listed").file_name())
        .map(|name| name.into_string().expect("file names are UTF-8"))
        .collect();
    names.sort();
    let mut files = vec![];
    for name in names {
        let path = format!("{folder}/{name}");
        if root.join(&path).is_dir() {
            files.extend(files_under(root, &path, extension));
        } else if name.ends_with(&format!(".{extension}")) {
            let text = fs::read_to_string(root.join(&path)).expect("a source is UTF-8");
            files.push((path, text));
        }
    }
    files
}

/// Writes the tokens of a stream behind `tokens`.
fn flatten(stream: TokenStream, in_test: bool, modules: &[String], tokens: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut item_in_test = false;
    for (index, tree) in trees.iter().enumerate() {
        let in_test = in_test || item_in_test;
        let at = |text: String, line: usize, kind: Kind| Token {
            text,
            line,
            kind,
            in_test,
            modules: modules.to_vec(),
        };
        let line = tree.span().start().line;
        match tree {
            TokenTree::Ident(ident) => tokens.push(at(ident.to_string(), line, Kind::Word)),
            TokenTree::Literal(text) => tokens.push(at(text.to_string(), line, Kind::Literal)),
            TokenTree::Punct(sign) => {
                push_sign(tokens, at(sign.as_char().to_string(), line, Kind::Sign));
                item_in_test &= sign.as_char() != ';';
            }
            TokenTree::Group(group) => {
                let (open, close) = brackets(group.delimiter());
                tokens.push(at(open.to_owned(), group.span_open().start().line, Kind::Sign));
                let inside = modules_inside(modules, &trees[..index], group);
                flatten(group.stream(), in_test, &inside, tokens);
                tokens.push(at(close.to_owned(), group.span_close().start().line, Kind::Sign));
                item_in_test &= group.delimiter() != Delimiter::Brace;
                item_in_test |= is_cfg_test(&trees[..index], group);
            }
        }
    }
}

/// Two colons become one token.
fn push_sign(tokens: &mut Vec<Token>, sign: Token) {
    match tokens.last_mut() {
        Some(last) if last.is_sign(":") && sign.text == ":" => last.text = "::".to_owned(),
        _ => tokens.push(sign),
    }
}

fn brackets(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

/// The modules around a group's content: one more when the group is the body of `mod name`.
fn modules_inside(modules: &[String], before: &[TokenTree], group: &Group) -> Vec<String> {
    let mut inside = modules.to_vec();
    if let [.., TokenTree::Ident(keyword), TokenTree::Ident(name)] = before
        && keyword == "mod"
        && group.delimiter() == Delimiter::Brace
    {
        inside.push(name.to_string());
    }
    inside
}

/// Whether the group is the content of `#[cfg(test)]`, or of that and something else.
fn is_cfg_test(before: &[TokenTree], group: &Group) -> bool {
    let condition = group.stream().to_string().replace(' ', "");
    matches!(before, [.., TokenTree::Punct(hash)] if hash.as_char() == '#')
        && (condition == "cfg(test)" || condition.starts_with("cfg(all(test,"))
}
