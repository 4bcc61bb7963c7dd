//! The drawing of a sequence: a column for each who takes part, a row for each thing that happened.

use crate::{
    app::{
        layout::{Area, Point, Shape, arrow, line},
        texts::{Texts, fit},
        views::{Fate, Happening, Message, Party, Sequence, SequenceLine},
    },
    kernel::StepAnswer,
};

/// Where the saga stands, from the left.
const SAGA: i32 = 104;
/// How far apart those who take part stand.
const PITCH: i32 = 116;
const HEAD_HEIGHT: i32 = 36;
const ROW_HEIGHT: i32 = 32;
/// How far below the top of its row a line is.
const DOWN: i32 = 24;
/// How wide the drawing is.
const WIDTH: i32 = SAGA + 5 * PITCH + 62;

/// A sequence as shapes: a head, and below it the rows.
#[derive(Clone, Debug, PartialEq)]
pub struct SequenceDrawing {
    /// How wide both are.
    pub width: i32,
    /// How tall the head is.
    pub head_height: i32,
    /// Who takes part.
    pub head: Vec<Shape>,
    /// How tall the rows are together.
    pub height: i32,
    /// What happened. The first shape of each row bears its moment as `data-moment`, and a name.
    pub rows: Vec<Shape>,
}

impl SequenceDrawing {
    /// How tall so many rows are.
    #[must_use]
    pub fn height_of(rows: usize) -> i32 {
        ROW_HEIGHT * i32::try_from(rows).unwrap_or(i32::MAX / ROW_HEIGHT) + 8
    }
}

/// A sequence as shapes.
#[must_use]
pub fn sequence_drawing(texts: Texts, sequence: &Sequence) -> SequenceDrawing {
    let mut head = vec![];
    for party in Party::ALL {
        let (across, kind) = (across(party), kind_of(party));
        let area = Area { x: across - 52, y: 2, width: 104, height: HEAD_HEIGHT - 4 };
        head.push(Shape::path(format!("sequence__party sequence__party--{kind}"), area.outline(8)));
        let name = fit(texts.party(party), 98, 13);
        head.push(Shape::words("sequence__name", Point(across, 23), name));
    }
    let mut rows = vec![];
    for (index, line) in (0..).zip(&sequence.lines) {
        let is_last = index + 1 == sequence.lines.len();
        let top = SequenceDrawing::height_of(index) - 8;
        row(texts, line, top, is_last, &mut rows);
    }
    let height = SequenceDrawing::height_of(sequence.lines.len());
    SequenceDrawing { width: WIDTH, head_height: HEAD_HEIGHT, head, height, rows }
}

fn across(party: Party) -> i32 {
    SAGA + PITCH * i32::try_from(party.place()).unwrap_or(0)
}

fn kind_of(party: Party) -> &'static str {
    match party {
        Party::Saga => "saga",
        Party::Order => "order",
        Party::Service(_) => "service",
    }
}

fn row(texts: Texts, line: &SequenceLine, top: i32, is_last: bool, shapes: &mut Vec<Shape>) {
    let area = Area { x: 1, y: top + 1, width: WIDTH - 2, height: ROW_HEIGHT - 2 };
    let tab_index = if is_last { "0" } else { "-1" };
    shapes.push(
        Shape::path("sequence__row", area.outline(6))
            .with("role", "button")
            .with("tabindex", tab_index)
            .with("aria-label", texts.sequence_sentence(line))
            .with("data-moment", line.moment.to_string()),
    );
    for is_dead in [false, true] {
        let own = Party::ALL.into_iter().filter(|party| line.dead[party.place()] == is_dead);
        let lives = own.map(|party| format!("M{} {top}v{ROW_HEIGHT}", across(party))).collect();
        let class = if is_dead { "sequence__life sequence__life--dead" } else { "sequence__life" };
        shapes.push(Shape::path(class, lives));
    }
    let time = Point(SAGA - 16, top + DOWN);
    shapes.push(Shape::words("sequence__time", time, texts.span(line.at_us)));
    let tone = tone_of(&line.what);
    let (way, head) = sign(&line.what, top + DOWN);
    shapes.push(Shape::path(class_of(&line.what, tone), way));
    shapes.push(Shape::path(toned("sequence__line", tone), head));
    let words = fit(&texts.happening(&line.what), WIDTH - SAGA - 24, 12);
    let words_class = toned("sequence__words", tone);
    shapes.push(Shape::words(words_class, Point(SAGA + 12, top + DOWN - 6), words));
}

/// How a line is meant, as the end of a class: what goes wrong, and what undoes.
fn tone_of(what: &Happening) -> &'static str {
    match what {
        Happening::Message(Message { fate: Fate::Lost | Fate::Late, .. })
        | Happening::Message(Message {
            answer: Some(StepAnswer::Refused { .. } | StepAnswer::Unavailable { .. }),
            ..
        })
        | Happening::TimedOut(..)
        | Happening::NeedsPerson(_)
        | Happening::Stalled(_)
        | Happening::Killed(_)
        | Happening::Reloaded => "--bad",
        Happening::Message(Message { goes_back: true, .. }) | Happening::TurnedBack(_) => "--back",
        _ => "",
    }
}

/// A class, and beside it the same with its tone.
fn toned(class: &str, tone: &str) -> String {
    if tone.is_empty() { class.to_owned() } else { format!("{class} {class}{tone}") }
}

fn class_of(what: &Happening, tone: &str) -> String {
    let kind = match what {
        Happening::Message(Message { answer: Some(_), .. }) => " sequence__line--answer",
        Happening::Killed(_) | Happening::Restarted(_) | Happening::Reloaded => {
            " sequence__line--break"
        }
        _ => "",
    };
    toned("sequence__line", tone) + kind
}

/// What is drawn of it at this height: what may be dotted, and what never is.
fn sign(what: &Happening, y: i32) -> (String, String) {
    let across_all = line(&[Point(SAGA, y), Point(WIDTH - 12, y)]);
    match what {
        Happening::Message(message) => way(message, y),
        Happening::TimedOut(..) => {
            let turn = [Point(SAGA, y - 8), Point(SAGA + 8, y - 8), Point(SAGA + 8, y + 2)];
            (line(&turn), arrow(&[Point(SAGA + 8, y + 2), Point(SAGA + 1, y + 2)]))
        }
        Happening::Killed(party) => (across_all, cross(Point(across(*party), y))),
        Happening::Restarted(party) => (across_all, Point(across(*party), y).circle(4)),
        Happening::Reloaded => (across_all, String::new()),
        Happening::Ended(_) => {
            let middle = Point(SAGA, y - 6);
            (middle.circle(6), middle.circle(3))
        }
        _ => (Point(SAGA, y - 6).circle(4), String::new()),
    }
}

/// The way of a message, and its end: a lost one ends where nobody is.
fn way(message: &Message, y: i32) -> (String, String) {
    let (saga, other) = (SAGA + 2, across(message.party) - 2);
    let (from, to) = if message.answer.is_none() { (saga, other) } else { (other, saga) };
    let is_lost = message.fate == Fate::Lost;
    let end = Point(if is_lost { from + (to - from) * 2 / 3 } else { to }, y);
    let head = if is_lost {
        cross(end)
    } else {
        // Nothing but its head is seen of it.
        arrow(&[Point(to - (to - from).signum(), y), end])
    };
    (line(&[Point(from, y), end]), head)
}

fn cross(Point(x, y): Point) -> String {
    format!("M{} {}l10 10m0-10l-10 10", x - 5, y - 5)
}
