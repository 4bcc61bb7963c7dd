//! The way to the code that reads tapes. In the page it comes later, when there is a tape to be read: a lab
//! that begins does without it.

#[cfg(target_arch = "wasm32")]
use std::cell::Cell;

use crate::{
    domain::orders::OrderCommand,
    simulation::{Tape, TapeError},
};

/// Reads the next line of a tape: see [`Tape::read_line`].
type ReadLine = fn(&mut Option<Tape<OrderCommand>>, usize, &str) -> Result<(), TapeError>;

/// The tape that a text is.
///
/// # Errors
/// See [`TapeError`].
pub(super) async fn read_tape(text: &str) -> Result<Tape<OrderCommand>, TapeError> {
    let (read_line, mut tape) = (line_reader().await, None);
    for (number, line) in (1..).zip(text.lines()) {
        read_line(&mut tape, number, line)?;
    }
    tape.ok_or(TapeError::Empty)
}

/// What reads a line of a tape.
#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn line_reader() -> ReadLine {
    Tape::read_line
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    static READER: Cell<Option<ReadLine>> = const { Cell::new(None) };
}

/// Lets tapes be read.
#[cfg(target_arch = "wasm32")]
pub(super) fn install_tape_reader() {
    READER.set(Some(Tape::read_line));
}

/// What reads a line of a tape, once its code is here.
#[cfg(target_arch = "wasm32")]
pub(super) async fn line_reader() -> ReadLine {
    loop {
        match READER.get() {
            Some(reader) => return reader,
            None => super::run::fetch_later().await,
        }
    }
}
