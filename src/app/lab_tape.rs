//! The lab's tape: what is kept of it, and how a run goes on from it after a reload.

use std::rc::Rc;

use super::{
    Lab,
    lab_past::prepared,
    run::{Run, Stores},
    views::{Failure, Restored},
    wiring::Wiring,
};
use crate::{
    domain::orders::OrderCommand,
    kernel::{GlobalPosition, Micros, StoredEvent},
    ports::{Clock, Environment, EventStore},
    simulation::{Input, Tape},
};

/// How much virtual time the run may go on after the last entry of its tape, while it is made again.
const REST_MAX: Micros = Micros(60_000_000);

/// How a tape that was kept fits to the log.
enum Fit<E: Environment> {
    /// The run leads to the log, or to its beginning; the rest was appended by others.
    Fits { run: Run<E::Store>, rest: Vec<StoredEvent> },
    /// It leads somewhere else, first at this position.
    Differs { position: u64 },
    /// It cannot be told.
    Unknown(String),
}

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// The tape of the branch of now, as text: what somebody else needs to make the run again.
    pub async fn tape_text(&self) -> String {
        self.live().player.tape().await.to_text()
    }

    /// The tape of the first branch, line by line; the head comes first.
    pub async fn tape_lines(&self) -> Vec<String> {
        let text = self.first().player.tape().await.to_text();
        text.lines().map(str::to_owned).collect()
    }

    /// Goes on from a tape that was kept, as after a reload: the trace is made again over memory, and
    /// the run goes on over the store. The log wins: where the tape leads elsewhere, it is given up.
    ///
    /// `scratch` makes environments with an empty store. Call it before [`Lab::begin`].
    pub async fn restore(&self, text: &str, scratch: impl Fn() -> E) -> Restored {
        let tape = match Tape::from_text(text) {
            Ok(tape) => tape,
            Err(error) => return Restored::Unreadable { reason: error.to_string() },
        };
        match self.fit(&tape, scratch).await {
            Fit::Fits { run, rest } => {
                let foreign = rest.len() as u64;
                self.go_on_from(&run, &tape, rest);
                Restored::Whole { foreign }
            }
            Fit::Differs { position } => Restored::Differs { position },
            Fit::Unknown(reason) => Restored::Unreadable { reason },
        }
    }

    /// Plays the tape again, as far as the log goes, and compares.
    async fn fit(&self, tape: &Tape<OrderCommand>, scratch: impl Fn() -> E) -> Fit<E> {
        let wiring = self.first();
        let store = wiring.environment.store();
        let mut moments_max = usize::MAX;
        loop {
            let head = match store.head().await {
                Ok(head) => head,
                Err(error) => return Fit::Unknown(error.to_string()),
            };
            let base = tape.head.base;
            let copy = match prepared(store, base, scratch()).await {
                Ok(copy) => copy,
                Err(failure) => return Fit::Unknown(reason(failure)),
            };
            let mut run = Run::begin(tape.clone(), copy.environment.store().clone());
            match play_up_to(&mut run, head, moments_max).await {
                Some(moments) => moments_max = moments,
                None => return compared(run, store, base).await,
            }
        }
    }

    /// Puts the run over the store, as it is after a reload.
    fn go_on_from(&self, run: &Run<E::Store>, tape: &Tape<OrderCommand>, rest: Vec<StoredEvent>) {
        let before = self.first();
        let store = before.environment.store().clone();
        let wiring = Rc::new(Wiring::sharing(&before, Run::resume(run, store)));
        let own = tape.entries.iter().filter_map(|entry| match &entry.input {
            Input::Command(given) => Some((given.id.0, ())),
            _ => None,
        });
        self.state.own.borrow_mut().extend(own);
        let now = wiring.environment.clock().now();
        wiring.player.give(now, Input::Reload);
        for event in rest {
            wiring.player.give(now, Input::Foreign(vec![event]));
        }
        self.state.branches.borrow_mut().renew_first(wiring.clone());
        *self.state.shown.borrow_mut() = wiring;
        before.player.end();
    }
}

/// Why the events before a tape cannot be had, in words of the code.
fn reason(failure: Failure) -> String {
    match failure {
        Failure::DiskFull => "the disk is full".to_owned(),
        Failure::Closed => "the connection was closed".to_owned(),
        Failure::Damaged(damage) => format!("{} {}: {}", damage.store, damage.key, damage.reason),
        Failure::UnknownOrder { order } => format!("there is no order {order}"),
        Failure::TooLong { events, events_max } => {
            format!("it builds on {events} events, more than {events_max}")
        }
        Failure::Undecodable { reason: cause } | Failure::Unavailable { cause } => cause,
    }
}

/// Plays until the run is at rest, or one moment before it appends beyond `head`: then says how many
/// moments it may have, and has to be played once more.
async fn play_up_to<S: Stores + 'static>(
    run: &mut Run<S>,
    head: GlobalPosition,
    moments_max: usize,
) -> Option<usize> {
    let end = run.tape().entries.last().map_or(Micros(0), |last| last.at);
    let end = run.tape().head.start.after(end).after(REST_MAX);
    while run.next().is_some_and(|next| next <= end) {
        let moments = run.world().trace().len();
        if moments >= moments_max {
            return None;
        }
        run.step().await;
        let reached = run.world().store_behind().head().await.unwrap_or(head);
        if reached > head {
            return Some(moments);
        }
    }
    None
}

/// Compares what the run appended with what the log holds.
async fn compared<E: Environment>(run: Run<E::Store>, store: &E::Store, base: u64) -> Fit<E>
where
    E::Store: Stores + Clone + 'static,
{
    let after = GlobalPosition(base);
    let ours = run.world().store_behind().read_log(after, usize::MAX).await;
    let stored = store.read_log(after, usize::MAX).await;
    let (ours, mut stored) = match (ours, stored) {
        (Ok(ours), Ok(stored)) => (ours, stored),
        (_, Err(error)) | (Err(error), _) => return Fit::Unknown(error.to_string()),
    };
    let parts = (base + 1..).zip(ours.iter().zip(&stored)).find(|(_, (one, other))| one != other);
    match parts {
        Some((position, _)) => Fit::Differs { position },
        None => Fit::Fits { rest: stored.split_off(ours.len().min(stored.len())), run },
    }
}
