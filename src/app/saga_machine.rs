//! The states of a saga as a drawing: every way that there is, the one that it took, and where it is.

use super::{
    layout::{Area, Point, Shape},
    texts::Texts,
    views::SagaState,
};

const BOX_WIDTH: i32 = 152;
const BOX_HEIGHT: i32 = 26;
const ACROSS: i32 = 174;
const DOWN: i32 = 52;
/// How far apart two ways are that lead there and back.
const APART: i32 = 4;

/// The states of a saga as shapes.
#[derive(Clone, Debug, PartialEq)]
pub struct SagaMachine {
    /// How wide it is.
    pub width: i32,
    /// How tall it is.
    pub height: i32,
    /// How far from the left the middle of the state is that the saga is at.
    pub now: i32,
    /// Ways first, then states.
    pub shapes: Vec<Shape>,
}

/// The states, and the way of one saga through them.
#[must_use]
pub fn saga_machine(texts: Texts, way: &[SagaState]) -> SagaMachine {
    let took = |from, to| way.windows(2).any(|pair| pair == [from, to]);
    let mut shapes = vec![];
    for is_taken in [false, true] {
        let ways = SagaState::WAYS.into_iter().filter(|(from, to)| took(*from, *to) == is_taken);
        let class = if is_taken { "machine__way machine__way--taken" } else { "machine__way" };
        shapes.extend(ways.map(|(from, to)| Shape::path(class, path(from, to))));
    }
    for state in SagaState::ALL {
        let area = area(state);
        let kind = match state {
            _ if way.last() == Some(&state) => "--now",
            _ if way.contains(&state) => "--taken",
            _ => "",
        };
        let class = |part: &str| format!("machine__{part} machine__{part}{kind}");
        shapes.push(Shape::path(class("state"), area.outline(8)));
        let Point(across, down) = area.middle();
        let name = texts.saga_state(state).to_owned();
        shapes.push(Shape::words(class("name"), Point(across, down + 4), name));
    }
    let now = way.last().map_or(0, |state| area(*state).middle().0);
    let (width, height) = (3 * ACROSS + BOX_WIDTH + 4, 2 * DOWN + BOX_HEIGHT + 4);
    SagaMachine { width, height, now, shapes }
}

/// Where a state stands: forward above, back below, who needs a person between them.
fn area(state: SagaState) -> Area {
    let (column, row) = match state {
        SagaState::NotStarted => (0, 0),
        SagaState::InProgress => (1, 0),
        SagaState::Completed => (3, 0),
        SagaState::NeedsAttention => (2, 1),
        SagaState::Settled => (3, 1),
        SagaState::FailedBeforeStart => (0, 2),
        SagaState::Compensating => (1, 2),
        SagaState::Compensated => (3, 2),
    };
    Area { x: 2 + column * ACROSS, y: 2 + row * DOWN, width: BOX_WIDTH, height: BOX_HEIGHT }
}

/// An arrow between two states, from edge to edge.
fn path(from: SagaState, to: SagaState) -> String {
    let (Point(x, y), end) = (area(from).middle(), area(to).middle());
    let (across, down) = (end.0 - x, end.1 - y);
    let length = (across * across + down * down).isqrt().max(1);
    // Who comes back goes beside who goes.
    let is_two = SagaState::WAYS.contains(&(to, from));
    let beside = if is_two { (-down * APART / length, across * APART / length) } else { (0, 0) };
    let (right, below) = to_edge(across, down);
    let (start, tip) = (
        Point(x + right + beside.0, y + below + beside.1),
        Point(end.0 - right + beside.0, end.1 - below + beside.1),
    );
    let side = |sign: i32| {
        let (back, out) = (7, 4 * sign);
        Point(
            tip.0 + (-across * back - down * out) / length,
            tip.1 + (-down * back + across * out) / length,
        )
    };
    let (one, two) = (side(1), side(-1));
    format!(
        "M{} {}L{} {}M{} {}L{} {}L{} {}",
        start.0, start.1, tip.0, tip.1, one.0, one.1, tip.0, tip.1, two.0, two.1
    )
}

/// From the middle of a box to its edge, in this direction.
fn to_edge(across: i32, down: i32) -> (i32, i32) {
    let (wide, tall) = (BOX_WIDTH / 2, BOX_HEIGHT / 2);
    if across.abs() * tall > down.abs() * wide {
        (across.signum() * wide, down * wide / across.abs())
    } else {
        (across * tall / down.abs().max(1), down.signum() * tall)
    }
}
