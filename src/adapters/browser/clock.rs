//! The browser's clock.

use web_sys::Performance;

use crate::{kernel::Timestamp, ports::Clock};

/// A clock that never goes back, as fine as the browser lets it be (5 to 100 microseconds).
///
/// It is the time at which the page began plus the monotonic time since then, so a person who sets
/// the computer's clock does not change it.
#[derive(Clone, Debug)]
pub struct BrowserClock {
    /// The page's own measure, with the time at which it began.
    performance: Option<(Performance, f64)>,
}

impl BrowserClock {
    /// The clock of this page.
    #[must_use]
    pub fn new() -> Self {
        let performance = web_sys::window().and_then(|window| window.performance());
        Self { performance: performance.map(|since| (since.clone(), since.time_origin())) }
    }
}

impl Default for BrowserClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for BrowserClock {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "microseconds since 1970 fit in an i64 for the next 290,000 years"
    )]
    fn now(&self) -> Timestamp {
        let millis = match &self.performance {
            Some((performance, began)) => began + performance.now(),
            None => js_sys::Date::now(),
        };
        Timestamp((millis * 1_000.0) as i64)
    }
}
