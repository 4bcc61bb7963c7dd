//! The browser's clock.

use web_sys::Performance;

use crate::{kernel::Timestamp, ports::Clock};

/// A clock that never goes back, as fine as the browser lets it be (5 to 100 microseconds).
///
/// It is the time at which the page began plus the monotonic time since then, so a person who sets
/// the computer's clock does not change it.
#[derive(Clone, Debug)]
pub struct BrowserClock {
    performance: Option<Performance>,
}

impl BrowserClock {
    /// The clock of this page.
    #[must_use]
    pub fn new() -> Self {
        Self { performance: web_sys::window().and_then(|window| window.performance()) }
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
            Some(performance) => performance.time_origin() + performance.now(),
            None => js_sys::Date::now(),
        };
        Timestamp((millis * 1_000.0) as i64)
    }
}
