//! What may break, with cause, so that the page can name a next step.

/// Something broke, with its cause, so that the page can say it and name a next step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// There is no room left on the disk.
    DiskFull,
    /// The connection was closed, by a newer program in another tab or by the browser.
    Closed,
    /// A record is damaged.
    Damaged(Damage),
    /// An event cannot be decoded.
    Undecodable {
        /// What the codec says.
        reason: String,
    },
    /// There is no such order.
    UnknownOrder {
        /// What was asked for.
        order: String,
    },
    /// The tape builds on more events than can be played again.
    TooLong {
        /// How many there are.
        events: u64,
        /// How many there may be.
        events_max: u64,
    },
    /// Anything else.
    Unavailable {
        /// In the words of the browser.
        cause: String,
    },
}

/// A stored record that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// The object store that it lies in.
    pub store: String,
    /// Its key.
    pub key: String,
    /// What is wrong with it.
    pub reason: String,
}
