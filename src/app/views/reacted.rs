//! Orders without a conductor, as they were at some moment.

/// What reactors have said, and who of them lives.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reacted {
    /// Whether nobody conducts the orders that are created now.
    pub is_on: bool,
    /// The orders, the one that was spoken of last first; at most a few.
    pub orders: Vec<ReactedOrder>,
    /// How many more there are.
    pub more: u64,
    /// The reactors, each with whether it is dead.
    pub reactors: Vec<(&'static str, bool)>,
}

/// One order, put together from the streams of all reactors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReactedOrder {
    /// Its id.
    pub id: String,
    /// What was said of it, in order: by whom, and the stored name.
    pub facts: Vec<(&'static str, &'static str)>,
    /// The step that was given up, when a person is needed.
    pub stuck: Option<&'static str>,
}
