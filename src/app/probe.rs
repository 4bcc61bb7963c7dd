//! The page's probe: keeps what the logging behaviour writes until the report asks for it.

use std::cell::RefCell;

use super::views::CommandLog;
use crate::{
    kernel::CommandId,
    ports::{Moment, Probe},
};

/// At most this many lines wait; older ones, that nobody asked for, go first.
const LINES_MAX: usize = 64;

/// Listens for the lines of the logging behaviour.
#[derive(Debug, Default)]
pub struct PageProbe {
    lines: RefCell<Vec<(CommandId, CommandLog)>>,
}

impl PageProbe {
    /// The line about a command; it is given away once.
    pub fn take_line(&self, command: CommandId) -> Option<CommandLog> {
        let mut lines = self.lines.borrow_mut();
        let index = lines.iter().position(|(id, _)| *id == command)?;
        Some(lines.remove(index).1)
    }
}

impl Probe for PageProbe {
    async fn reach(&self, moment: impl FnOnce() -> Moment) {
        let Moment::CommandLogged { command, outcome, attempts, stages, .. } = moment() else {
            return;
        };
        let stages = stages.iter().map(|time| (time.stage, time.elapsed.0)).collect();
        let mut lines = self.lines.borrow_mut();
        if lines.len() == LINES_MAX {
            lines.remove(0);
        }
        lines.push((command, CommandLog { outcome, attempts, stages }));
    }
}
