//! The source of what ran: which lines of which compiled file stand behind a moment.
//!
//! The files lie beside the page as they were compiled. Region marks in them say which lines belong
//! together, and what is fetched is held against what was compiled: nothing else is ever shown.

#[cfg(target_arch = "wasm32")]
mod fetched;
mod places;
mod saga_places;

#[cfg(target_arch = "wasm32")]
pub use fetched::fetch_sources;
pub(super) use places::places;

use super::views::Excerpt;

/// A region of a compiled file, and what stands in the line that a moment is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourcePlace {
    file: &'static Compiled,
    region: &'static str,
    line: Option<String>,
}

/// A file as it was compiled.
#[derive(Debug, PartialEq, Eq)]
struct Compiled {
    path: &'static str,
    hash: u64,
}

/// The file at a path under `src`.
macro_rules! compiled {
    ($path:literal) => {
        $crate::app::sources::Compiled {
            path: concat!("src/", $path),
            hash: $crate::app::sources::hash(include_bytes!(concat!("../../", $path))),
        }
    };
}
use compiled;

impl SourcePlace {
    /// The file, from the folder of the whole project.
    #[must_use]
    pub fn path(&self) -> &'static str {
        self.file.path
    }

    /// What stands in the line that is meant, and in no other of its region; none where no line is.
    #[must_use]
    pub fn line(&self) -> Option<&str> {
        self.line.as_deref()
    }

    /// Where the page finds the file; no cache gives out an older one.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}?{}", self.file.path, self.file.hash)
    }

    /// The lines, cut out of the file's text; none when this is not the text that was compiled.
    #[must_use]
    pub fn cut(&self, text: &str) -> Option<Excerpt> {
        if hash(text.as_bytes()) != self.file.hash {
            return None;
        }
        let is_mark = |line: &str, sign: &str| {
            line.trim_ascii_start().strip_prefix(sign) == Some(self.region)
        };
        let opening = text.lines().position(|line| is_mark(line, "// region: "))?;
        let mut lines = text.lines().skip(opening);
        let indent = lines.next()?.find('/')?;
        let inside = lines.take_while(|line| !is_mark(line, "// endregion: "));
        let lines: Vec<_> =
            inside.map(|line| line.get(indent..).unwrap_or_default().to_owned()).collect();
        let wanted = self.line.as_deref();
        let marked = wanted.and_then(|wanted| lines.iter().position(|line| line.contains(wanted)));
        Some(Excerpt { path: self.file.path, first_line: opening as u64 + 2, lines, marked })
    }
}

/// FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923).
const fn hash(bytes: &[u8]) -> u64 {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325, 0);
    while at < bytes.len() {
        hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01b3);
        at += 1;
    }
    hash
}
