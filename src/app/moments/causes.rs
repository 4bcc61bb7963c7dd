//! Why something happened: the chain of causes of a moment, and what it did to its stream.

use super::index::{Index, named_stream};
use crate::{kernel::StreamId, ports::Moment, simulation::RecordedMoment};

/// The longest chain that is followed.
const LINKS_MAX: usize = 100;

/// The moments that led to one, from itself back to what came from outside, without the stations that a
/// command only passed on its way.
pub(super) fn chain(trace: &[RecordedMoment], number: u32) -> Vec<u32> {
    let cause = |number: &u32| Some(at(trace, *number)?.cause?.0);
    let links = std::iter::successors(Some(number), cause).filter(|link| {
        *link == number || at(trace, *link).is_some_and(|link| !is_passage(&link.moment))
    });
    links.take(LINKS_MAX).collect()
}

fn is_passage(moment: &Moment) -> bool {
    matches!(moment, Moment::BehaviourEntered { .. } | Moment::BehaviourLeft { .. })
}

/// A stream, and its version before and after a moment that is about it; none where that is not known.
pub(super) fn versions(
    trace: &[RecordedMoment],
    index: &Index,
    number: u32,
) -> Option<(String, u64, u64)> {
    let stream = index.stream(number)?.to_owned();
    let known = |number: &u32| version(&at(trace, *number)?.moment, &stream);
    let before = (1..number).rev().find_map(|number| known(&number));
    let after = known(&number).or(before)?;
    let before = match at(trace, number)?.moment {
        Moment::Appended { .. } => before.unwrap_or(0),
        Moment::ForeignAppended { .. } => before.unwrap_or(after.saturating_sub(1)),
        _ => after,
    };
    Some((stream, before.min(after), after))
}

/// The version that a moment says its stream is at.
fn version(moment: &Moment, stream: &str) -> Option<u64> {
    let is_named = named_stream(moment).map(StreamId::as_str) == Some(stream);
    match moment {
        Moment::StreamRead { version, .. }
        | Moment::Appended { version, .. }
        | Moment::ForeignAppended { version, .. } => is_named.then_some(version.0),
        _ => None,
    }
}

fn at(trace: &[RecordedMoment], number: u32) -> Option<&RecordedMoment> {
    trace.get((number as usize).checked_sub(1)?)
}
