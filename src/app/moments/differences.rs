//! What a moment changed: the state of its stream, or rows of a read model, before and after.

use futures_util::future::{FutureExt, LocalBoxFuture};

use super::{Moments, ReadLog};
use crate::{
    app::{
        folded::{Folded, RowFacts, side},
        history::{order_at_versions, order_history},
        picture::model_of,
        views::{
            Change, Difference, DifferenceLine, DifferenceOf, Fact, Failure, OrderAt, ReadModel,
            StateFact,
        },
    },
    kernel::{GlobalPosition, StreamId},
    ports::Moment,
};

/// The longest log whose rows are folded for a moment: some ten milliseconds of work.
const EVENTS_MAX: u64 = 5_000;
/// Events read at once.
const BATCH: usize = 512;
/// The most rows that are told of one moment.
const ROWS_MAX: usize = 8;

/// What is under way to be known.
pub(super) type Finding<T> = LocalBoxFuture<'static, Result<T, Failure>>;

impl Moments {
    /// What a moment changed, or what it found: of the state of its stream, or of the rows of its read
    /// model where these are wanted. None when it is about neither; nothing for a read model over a long
    /// log.
    ///
    /// # Errors
    /// When the log cannot be read or decoded.
    pub fn differences(&self, number: u32, with_rows: bool) -> Option<Finding<Vec<Difference>>> {
        if let Some(state) = self.state(number) {
            return Some(async { Ok(vec![of_state(state.await?)]) }.boxed_local());
        }
        let (model, before, after) = self.with_moment(number, |trace, index| {
            let Moment::Projected { model, checkpoint, events } = &trace[index].moment else {
                return None;
            };
            if !with_rows {
                return None;
            }
            let before = checkpoint.0.saturating_sub(*events as u64);
            Some((model_of(model)?, before, checkpoint.0))
        })??;
        let read = self.read_log.clone();
        Some(async move { rows(&read, model, before, after).await }.boxed_local())
    }

    /// A stored event, and what it changed of its stream's state. None for a stream that is no order's.
    ///
    /// # Errors
    /// When the stream cannot be read or decoded.
    pub fn event(&self, stream: &str, version: u64) -> Option<Finding<Difference>> {
        let (category, instance) = stream.split_once('-')?;
        let (stream, order) = (StreamId::new(category, instance), instance.parse().ok()?);
        let events = (self.read_stream)(stream);
        let difference = async move {
            let history = order_history(order, &events.await?)?;
            Ok(of_state(order_at_versions(&history, version.saturating_sub(1), version)))
        };
        Some(difference.boxed_local())
    }
}

/// What an order was, and what it is at a version.
fn of_state(at: OrderAt) -> Difference {
    let line = |StateFact { fact, change }: StateFact| DifferenceLine {
        name: fact.name,
        before: match change {
            Change::None => Some(fact.value.clone()),
            Change::New => None,
            Change::Was(before) => Some(before),
        },
        after: Some(fact.value),
    };
    let lines: Vec<_> = at.state.into_iter().map(line).collect();
    // The event that led here is told where it is this moment that stored it.
    let event = at.event.filter(|_| lines.iter().any(DifferenceLine::is_changed));
    Difference { of: DifferenceOf::Stream(at.version), lines, event }
}

/// The rows that a read model changed on its way between two positions.
async fn rows(
    read: &ReadLog,
    model: ReadModel,
    before: u64,
    after: u64,
) -> Result<Vec<Difference>, Failure> {
    if after > EVENTS_MAX {
        return Ok(vec![]);
    }
    let mut folded = Folded::default();
    fold(read, &mut folded, 0, before).await?;
    let rows_before = folded.facts(model);
    fold(read, &mut folded, before, after).await?;
    Ok(rows_between(model, &rows_before, &folded.facts(model)))
}

/// Folds the events behind one position, up to another.
async fn fold(read: &ReadLog, folded: &mut Folded, from: u64, to: u64) -> Result<(), Failure> {
    let mut position = from;
    while position < to {
        let events = read(GlobalPosition(position), BATCH).await?;
        let Some(last) = events.last() else { break };
        position = last.position.0;
        for event in events.iter().filter(|event| event.position.0 <= to) {
            folded.take(event)?;
        }
    }
    Ok(())
}

fn rows_between(model: ReadModel, before: &RowFacts, after: &RowFacts) -> Vec<Difference> {
    let changed = after.iter().filter(|(key, facts)| side(before, key) != facts.as_slice());
    let difference = |(key, facts): &(String, Vec<Fact>)| Difference {
        of: DifferenceOf::Row(model, key.clone()),
        lines: DifferenceLine::between(side(before, key), facts),
        event: None,
    };
    changed.take(ROWS_MAX).map(difference).collect()
}
