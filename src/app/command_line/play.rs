//! Plays a tape over memory, to its end or to where it is stopped.

use futures_util::FutureExt;

use crate::{
    adapters::MemoryStore,
    app::run::{Finished, Run},
    domain::orders::OrderCommand,
    kernel::Micros,
    simulation::{Tape, trace_hash},
};

/// How long a run may go on after the tape's last entry, in virtual time.
pub(super) const AFTER_LAST: Micros = Micros(60_000_000);
/// How many moments a run may have.
pub(super) const MOMENTS_MAX: usize = 200_000;

/// A run that was played.
pub(super) struct Played {
    pub(super) run: Finished,
    pub(super) trace_hash: u64,
    pub(super) stopped: Option<Stopped>,
    /// Whether a second run of the same tape had the same moments.
    pub(super) repeats: bool,
}

/// Why a run was stopped before it came to rest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stopped {
    Time,
    Moments,
}

/// Plays a tape twice, to see that it is the same each time.
pub(super) fn play(tape: &Tape<OrderCommand>) -> Result<Played, String> {
    let (run, stopped) = play_once(tape);
    let finished = at_once(Finished::of(&run)).map_err(|error| error.to_string())?;
    let hash = trace_hash(tape.head.start, &finished.trace);
    let (again, _) = play_once(tape);
    let repeats = hash == trace_hash(tape.head.start, &again.world().trace());
    Ok(Played { run: finished, trace_hash: hash, stopped, repeats })
}

fn play_once(tape: &Tape<OrderCommand>) -> (Run<MemoryStore>, Option<Stopped>) {
    let last = tape.entries.last().map_or(Micros(0), |entry| entry.at);
    let latest = tape.head.start.after(last).after(AFTER_LAST);
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    while let Some(next) = run.next() {
        if next > latest {
            return (run, Some(Stopped::Time));
        }
        if run.world().trace().len() >= MOMENTS_MAX {
            return (run, Some(Stopped::Moments));
        }
        at_once(run.step());
    }
    (run, None)
}

/// What a future gives that never waits: memory answers at once.
fn at_once<T>(future: impl Future<Output = T>) -> T {
    future.now_or_never().expect("memory answers at once")
}
