//! A projection: the pure function from events to the rows of a read model.

use litemap::LiteMap;

use super::{Json, Recorded, StoredForm};

/// The name of a read model; it is stored.
pub type ModelName = &'static str;

/// Names one row within its read model.
pub type RowKey = String;

/// Some rows of a read model by key: those that an event builds on.
pub type Rows<R> = LiteMap<RowKey, R>;

/// Where a row is found by a query: rows of one group are paged by their rank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPlace {
    /// What the rows of a page have in common, such as a customer; empty for "all of them".
    pub group: String,
    /// The order within the group, highest first on a page.
    pub rank: u64,
}

/// How events become the rows of one read model.
///
/// Incremental: it is given the rows that an event touches, never the whole history.
/// It has no effects, so it can be run again from the first event at any time.
pub trait Projection {
    /// The events that it understands; all others pass it by.
    type Event: StoredForm;
    /// One row.
    type Row: Clone + PartialEq + Json;

    /// The stored name of the read model.
    const MODEL: ModelName;

    /// The rows that the event builds on, found from the event alone; a row that cannot be there
    /// yet need not be among them.
    fn keys(event: &Recorded<Self::Event>) -> Vec<RowKey>;

    /// Changes the rows by the event, and makes new ones. `rows` holds those of
    /// [`Projection::keys`] that exist.
    fn project(rows: &mut Rows<Self::Row>, event: &Recorded<Self::Event>);

    /// Where queries find the row.
    fn place(key: &RowKey, row: &Self::Row) -> RowPlace;
}
