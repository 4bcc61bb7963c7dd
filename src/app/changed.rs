//! What changed in the lab.

/// What changed, so that the page asks only for what it shows of that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changed {
    /// The log grew.
    pub log: bool,
    /// A read model moved.
    pub models: bool,
    /// The background reading of the log advanced.
    pub scan: bool,
    /// The trace grew.
    pub trace: bool,
    /// The tape grew.
    pub given: bool,
    /// Another branch is acted on, or there are others.
    pub branches: bool,
    /// Another tab keeps the tapes now, or no other does.
    pub tabs: bool,
    /// Another database is behind the lab now: forget everything that was shown.
    pub replaced: bool,
}

impl Changed {
    /// Everything that is shown is another one.
    pub(super) fn everything_shown() -> Self {
        Self { log: true, models: true, scan: true, trace: true, branches: true, ..Self::default() }
    }

    /// Both changes at once.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            log: self.log || other.log,
            models: self.models || other.models,
            scan: self.scan || other.scan,
            trace: self.trace || other.trace,
            given: self.given || other.given,
            branches: self.branches || other.branches,
            tabs: self.tabs || other.tabs,
            replaced: self.replaced || other.replaced,
        }
    }
}
