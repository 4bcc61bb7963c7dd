//! Paths in a source: every `a::b::c`, also those that a `use` tree writes as `a::{b::c, d}`.

use super::{
    rooms::CRATE,
    source::{Kind, Source, Token},
};

/// One path with where it stands.
#[derive(Debug)]
pub(crate) struct Path {
    /// As it is written; `*` is the last segment of a glob.
    pub(crate) segments: Vec<String>,
    /// From the crate's root; none when it leads out of the crate.
    pub(crate) in_crate: Option<Vec<String>>,
    /// From 1.
    pub(crate) line: usize,
    /// Whether it stands under `#[cfg(test)]`.
    pub(crate) in_test: bool,
}

/// All paths of a source with at least two segments.
pub(crate) fn paths(source: &Source) -> Vec<Path> {
    let mut reader = Reader { source, at: 0, found: vec![] };
    while reader.at < source.tokens.len() {
        if reader.token().is_some_and(|token| token.kind == Kind::Word) {
            reader.tree(&[]);
        } else {
            reader.at += 1;
        }
    }
    reader.found
}

struct Reader<'a> {
    source: &'a Source,
    at: usize,
    found: Vec<Path>,
}

impl<'a> Reader<'a> {
    fn token(&self) -> Option<&'a Token> {
        self.source.tokens.get(self.at)
    }

    fn next_is(&self, sign: &str) -> bool {
        self.token().is_some_and(|token| token.is_sign(sign))
    }

    /// Reads one path, or a whole `use` tree, that goes on from `prefix`.
    fn tree(&mut self, prefix: &[String]) {
        let mut segments = prefix.to_vec();
        loop {
            let Some(token) = self.token() else { return };
            if token.is_sign("{") {
                return self.branches(&segments);
            }
            if token.kind != Kind::Word && !token.is_sign("*") {
                return self.found(token, segments);
            }
            self.at += 1;
            if !token.is_word("self") || segments.is_empty() {
                segments.push(token.text.clone());
            }
            if !self.next_is("::") {
                return self.found(token, segments);
            }
            self.at += 1;
        }
    }

    /// Reads the branches of a `use` tree up to its closing brace.
    fn branches(&mut self, prefix: &[String]) {
        self.at += 1;
        while let Some(token) = self.token() {
            if token.is_sign("}") {
                self.at += 1;
                return;
            }
            if token.is_word("as") {
                self.at += 2;
            } else if token.kind == Kind::Word || token.is_sign("*") {
                self.tree(prefix);
            } else {
                self.at += 1;
            }
        }
    }

    fn found(&mut self, token: &Token, segments: Vec<String>) {
        if segments.len() < 2 {
            return;
        }
        let in_crate = in_crate(self.source, token, &segments);
        let (line, in_test) = (token.line, token.in_test);
        self.found.push(Path { segments, in_crate, line, in_test });
    }
}

/// The path from the crate's root.
fn in_crate(source: &Source, token: &Token, segments: &[String]) -> Option<Vec<String>> {
    let mut module = source.module();
    module.extend(token.modules.iter().cloned());
    match segments.first()?.as_str() {
        "crate" => Some(segments[1..].to_vec()),
        CRATE if source.path == "src/main.rs" => Some(segments[1..].to_vec()),
        "self" => Some([&module, &segments[1..]].concat()),
        "super" => {
            let ups = segments.iter().take_while(|segment| *segment == "super").count();
            module.truncate(module.len().saturating_sub(ups));
            Some([&module, &segments[ups..]].concat())
        }
        _ => None,
    }
}
