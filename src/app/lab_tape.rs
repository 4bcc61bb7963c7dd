//! The lab's tape: what is kept of it, and how a run goes on from it after a reload.

use std::rc::Rc;

use super::{
    Lab,
    lab_past::prepared,
    run::{Run, Stores},
    slices::Slices,
    tape_reader::line_reader,
    views::{Failure, Restored, Unplayable},
    wiring::Wiring,
};
use crate::{
    domain::orders::OrderCommand,
    kernel::{GlobalPosition, Micros, StoredEvent},
    ports::{Clock, Environment, EventStore, Timers},
    simulation::{Input, Tape, TapeError},
};

/// How much virtual time the run may go on after the last entry of its tape, while it is made again.
const REST_MAX: Micros = Micros(60_000_000);
/// Lines that are read, or events that are compared, between two turns of the page.
const BATCH: usize = 256;

/// How a tape that was kept fits to the log.
enum Fit<E: Environment> {
    /// The run leads to the log, or to its beginning; the rest was appended by others.
    Fits { run: Box<Run<E::Store>>, rest: Vec<StoredEvent>, head: u64 },
    /// It leads somewhere else, first at this position.
    Differs { position: u64 },
    /// It cannot be told.
    Unknown(Failure),
    /// Nobody wants to know any more.
    Unwanted,
}

/// Is told how many of so many lines have been played, and says whether to play on.
pub(super) type Watch<'a> = &'a dyn Fn(u64, u64) -> bool;

/// A tape played again: over what, how far, and how that ended.
type Playing<E> = (Wiring<E>, Run<<E as Environment>::Store>, Played);

/// How playing a tape again ended.
enum Played {
    /// The run is at rest.
    Whole,
    /// It would append beyond the log with its next moment: it may have so many.
    TooFar(usize),
    /// Nobody wants it any more.
    Unwanted,
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// The tape of the branch of now, as text: what somebody else needs to make the run again.
    pub async fn tape_text(&self) -> String {
        self.live().player.tape().await.to_text()
    }

    /// Goes on from a tape that was kept, as after a reload: the trace is made again over memory, and
    /// the run goes on over the store. The log wins: where the tape leads elsewhere, it is given up.
    ///
    /// `scratch` makes environments with an empty store; `watch` hears how far it is, and says whether to
    /// go on. Call it before [`Lab::begin`].
    pub async fn restore(
        &self,
        lines: &[String],
        scratch: impl Fn() -> E,
        watch: &dyn Fn(u64, u64) -> bool,
    ) -> Restored {
        let tape = match self.read(lines).await {
            Ok(tape) => tape,
            Err(error) => return Restored::Unreadable { why: error.into() },
        };
        match self.fit(&tape, scratch, watch).await {
            Fit::Fits { run, rest, head } => {
                self.state.heard_to.set(Some(head));
                let foreign = rest.len() as u64;
                self.go_on_from(&run, rest);
                Restored::Whole { foreign }
            }
            Fit::Differs { position } => Restored::Differs { position },
            Fit::Unknown(failure) => Restored::Unreadable { why: failure.into() },
            Fit::Unwanted => Restored::Skipped,
        }
    }

    /// Plays the tape again, as far as the log goes, and compares.
    async fn fit(
        &self,
        tape: &Tape<OrderCommand>,
        scratch: impl Fn() -> E,
        watch: Watch<'_>,
    ) -> Fit<E> {
        let first = self.first();
        let store = first.environment.store();
        let mut moments_max = usize::MAX;
        loop {
            let head = match store.head().await {
                Ok(head) => head,
                Err(error) => return Fit::Unknown(error.into()),
            };
            match self.played(tape, scratch(), (head, moments_max), watch).await {
                Err(failure) => return Fit::Unknown(failure),
                Ok(None) => return Fit::Unwanted,
                Ok(Some((_, run, Played::Whole))) => {
                    return compared(run, store, tape.head.base, first.environment.timers()).await;
                }
                Ok(Some((_, _, Played::TooFar(moments)))) => moments_max = moments,
                Ok(Some((_, _, Played::Unwanted))) => return Fit::Unwanted,
            }
        }
    }

    /// A run over memory until it is at rest; none when nobody wants it any more.
    ///
    /// # Errors
    /// Why the lines are no tape, or cannot be played.
    pub(super) async fn rerun(
        &self,
        lines: &[String],
        scratch: E,
        watch: Watch<'_>,
    ) -> Result<Option<Rc<Wiring<E>>>, Unplayable> {
        let tape = self.read(lines).await?;
        let no_end = (GlobalPosition(u64::MAX), usize::MAX);
        let played = self.played(&tape, scratch, no_end, watch).await?;
        let wanted = played.filter(|(_, _, played)| !matches!(played, Played::Unwanted));
        Ok(wanted.map(|(copy, run, _)| Rc::new(Wiring::sharing(&copy, run))))
    }

    /// The tape that lines are, read with turns for the page in between.
    async fn read(&self, lines: &[String]) -> Result<Tape<OrderCommand>, TapeError> {
        let (first, mut tape) = (self.first(), None);
        let read_line = line_reader().await;
        for (number, line) in (1..).zip(lines) {
            read_line(&mut tape, number, line)?;
            if number.is_multiple_of(BATCH) {
                first.environment.timers().yield_now().await;
            }
        }
        tape.ok_or(TapeError::Empty)
    }

    /// Plays a tape again over a copy of the events that it builds on, up to a length of the log and a
    /// number of moments; none when nobody wants it any more before it begins.
    async fn played(
        &self,
        tape: &Tape<OrderCommand>,
        scratch: E,
        (head, moments_max): (GlobalPosition, usize),
        watch: Watch<'_>,
    ) -> Result<Option<Playing<E>>, Failure> {
        let first = self.first();
        let (store, lines) = (first.environment.store(), tape.entries.len() as u64);
        let is_wanted = || watch(0, lines);
        // Where nothing was given, nothing happened, whatever it builds on.
        let base = if tape.entries.is_empty() { 0 } else { tape.head.base };
        let Some(copy) = prepared(store, base, scratch, &is_wanted).await? else {
            return Ok(None);
        };
        let mut run = Run::begin(tape.clone(), copy.environment.store().clone());
        let played = play_up_to(&mut run, head, moments_max, &*copy.environment, watch).await;
        Ok(Some((copy, run, played)))
    }

    /// Puts the run over the store, as it is after a reload; where nothing was on its tape, there is nothing
    /// that a reload could have ended.
    fn go_on_from(&self, run: &Run<E::Store>, rest: Vec<StoredEvent>) {
        let before = self.first();
        let store = before.environment.store().clone();
        let had_begun = !run.tape().entries.is_empty();
        let run = match had_begun {
            true => Run::resume(run, store),
            false => Run::begin(run.tape().clone(), store),
        };
        let wiring = Rc::new(Wiring::sharing(&before, run));
        let now = wiring.environment.clock().now();
        if had_begun {
            wiring.player.give(now, Input::Reload);
        }
        for event in rest {
            wiring.player.give(now, Input::Foreign(vec![event]));
        }
        self.state.branches.borrow_mut().renew_first(wiring.clone());
        *self.state.shown.borrow_mut() = wiring;
        before.player.end();
    }
}

/// Plays until the run is at rest, giving the page its turn in between, or until it appended beyond `head`:
/// then it has to be played once more, for one moment less.
async fn play_up_to<E: Environment>(
    run: &mut Run<E::Store>,
    head: GlobalPosition,
    moments_max: usize,
    environment: &E,
    watch: Watch<'_>,
) -> Played
where
    E::Store: Stores + Clone + 'static,
{
    let mut slices = Slices::new(environment);
    let end = run.tape().entries.last().map_or(Micros(0), |last| last.at);
    let end = run.tape().head.start.after(end).after(REST_MAX);
    while run.next().is_some_and(|next| next <= end) {
        let moments = run.world().trace().len();
        if moments >= moments_max {
            return Played::Whole;
        }
        run.step().await;
        let reached = run.world().store_behind().head().await.unwrap_or(head);
        if reached > head {
            return Played::TooFar(moments);
        }
        if slices.step().await && !watch(run.applied() as u64, run.tape().entries.len() as u64) {
            return Played::Unwanted;
        }
    }
    Played::Whole
}

/// Compares what the run appended with what the log holds.
async fn compared<E: Environment>(
    run: Run<E::Store>,
    store: &E::Store,
    base: u64,
    timers: &impl Timers,
) -> Fit<E>
where
    E::Store: Stores + Clone + 'static,
{
    let (mut head, mut rest) = (base, vec![]);
    loop {
        let after = GlobalPosition(head);
        let ours = run.world().store_behind().read_log(after, BATCH).await;
        let stored = store.read_log(after, BATCH).await;
        let (ours, mut stored) = match (ours, stored) {
            (Ok(ours), Ok(stored)) => (ours, stored),
            (_, Err(error)) | (Err(error), _) => return Fit::Unknown(error.into()),
        };
        let mut pairs = (head + 1..).zip(ours.iter().zip(&stored));
        if let Some((position, _)) = pairs.find(|(_, (one, other))| one != other) {
            return Fit::Differs { position };
        }
        let at_end = stored.len() < BATCH;
        head += stored.len() as u64;
        rest.extend(stored.split_off(ours.len().min(stored.len())));
        if at_end {
            return Fit::Fits { run: Box::new(run), rest, head };
        }
        timers.yield_now().await;
    }
}
