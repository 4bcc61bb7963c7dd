//! The tokens: what is on its way, each kind in its own shape.

use super::scene::{Kind, Scene};
use crate::app::views::{Activity, Movement, Part, Place, Room, Stage, StreamLane, Token};
use crate::app::{Point, line};

/// How many of so many tokens are drawn in a place; the others are counted.
fn shown_of(count: usize, place: Place) -> usize {
    let room = if matches!(place, Place::Behaviour(_)) { 2 } else { 3 };
    if count > room { 1 } else { count }
}

impl Scene<'_> {
    /// Everything that is on its way, and what passes by.
    pub fn tokens(&mut self) {
        self.commands();
        self.bundles();
        self.projectors();
        for moved in &self.picture.moved {
            let is_drawn = moved
                .command
                .is_some_and(|id| self.picture.commands.iter().any(|known| known.id == id))
                || matches!(moved.to, Place::ReadModel(_));
            if !is_drawn {
                self.passing(*moved);
            }
        }
    }

    fn commands(&mut self) {
        let picture = self.picture;
        let count_at = |place: Place| picture.commands.iter().filter(|c| c.at == place).count();
        // How many have been seen in each place so far, and how many of them are drawn.
        let mut crowds: Vec<(Place, usize, usize)> = vec![];
        for command in &picture.commands {
            let known =
                crowds.iter().position(|crowd| crowd.0 == command.at).unwrap_or_else(|| {
                    crowds.push((command.at, 0, shown_of(count_at(command.at), command.at)));
                    crowds.len() - 1
                });
            let (place, seen, shown) = &mut crowds[known];
            let index = *seen;
            *seen += 1;
            let moved = picture.moved.iter().find(|moved| moved.command == Some(command.id));
            if index >= *shown && moved.is_none() {
                continue;
            }
            let rest = stacked(self.spot(*place), *place, index.min(*shown - 1));
            let lands = moved.is_some_and(|moved| moved.to == Place::Store);
            let rest = if lands { self.landing().unwrap_or(rest) } else { rest };
            let class = self.class(command.token, moved, command.paused);
            let name = self.texts.command_at(command);
            let (part, way) = (Part::Command(command.id), self.way(moved, rest));
            self.handle(class, shape_of(command.token), part, Kind::Token(name));
            self.mark("offset-path", way);
        }
        for (place, seen, shown) in crowds {
            if seen > shown {
                self.count(place, seen - shown);
            }
        }
    }

    /// How many more are in a place than are drawn.
    fn count(&mut self, place: Place, more: usize) {
        let Point(x, y) = self.spot(place);
        let words = format!("+{}", self.texts.count(more as u64));
        match place {
            Place::Behaviour(_) => {
                self.say("picture__soft picture__text--end", Point(x - 14, y + 4), words);
            }
            _ => self.say("picture__soft picture__text--middle", Point(x, y + 24), words),
        }
    }

    /// The requests that wait at a service: where there are several, one for all, with their number.
    fn bundles(&mut self) {
        for index in 0..4 {
            let count = self.picture.sagas.waiting_for(index);
            if count > 1 {
                let area = self.layout.room(Room::Service(index));
                let at = Point(area.x + 106, area.y + area.height / 2);
                self.shape(self.class(Token::Command, None, false), shape_of(Token::Command));
                self.mark("offset-path", way_of(&[at]));
                let words = self.texts.count(count);
                self.say("picture__soft picture__soft--strong", Point(at.0 + 13, at.1 + 4), words);
            }
        }
    }

    /// What the projectors have read and not written, and those that cannot go on.
    fn projectors(&mut self) {
        let picture = self.picture;
        for projector in &picture.projectors {
            let place = Place::ReadModel(projector.model);
            let moved = picture.moved.iter().find(|moved| moved.to == place);
            let token = match projector.activity {
                Activity::Read(_) => Token::Events,
                Activity::Failed => Token::Refusal,
                Activity::Dead => Token::Dead,
                Activity::Waiting => match moved {
                    Some(moved) => moved.token,
                    None => continue,
                },
            };
            let class = self.class(token, moved, projector.paused);
            let name = self.texts.part(picture, &Part::Place(place));
            let way = self.way(moved, self.spot(place));
            self.handle(class, shape_of(token), Part::Place(place), Kind::Token(name));
            self.mark("offset-path", way);
        }
    }

    /// What is seen in this moment and is gone with the next.
    fn passing(&mut self, moved: Movement) {
        let class = self.class(moved.token, Some(&moved), false) + " picture__token--passing";
        let mut points = self.layout.between(moved.from, moved.to, &self.behaviours());
        points.dedup();
        // Beside the command that reads them.
        let last = points.last_mut().filter(|_| moved.to == Place::Aggregate);
        last.into_iter().for_each(|point| point.0 += 22);
        points.extend(self.landing().filter(|_| moved.to == Place::Store));
        self.shape(class, shape_of(moved.token));
        self.mark("offset-path", way_of(&points));
    }

    fn class(&self, token: Token, moved: Option<&Movement>, paused: bool) -> String {
        let kind = match token {
            Token::Command => "command",
            Token::Events => "events",
            Token::Answer => "answer",
            Token::Refusal => "refusal",
            Token::Conflict => "conflict",
            Token::Dead => "dead",
            Token::Rows => "rows",
        };
        let mut class = format!("picture__token picture__token--{kind}");
        if let Some(moved) = moved {
            // Two names for the same motion, in turn: a new name begins it anew.
            let name = match (moved.from == moved.to, token) {
                (false, _) => "goes",
                (true, Token::Refusal) => "bounces",
                (true, _) => "stirs",
            };
            let turn = if self.picture.moment.is_multiple_of(2) { "a" } else { "b" };
            class.push_str(&format!(" picture__token--{name}-{turn}"));
        }
        if paused {
            class.push_str(" picture__token--paused");
        }
        class
    }

    /// The way to where a token rests.
    fn way(&self, moved: Option<&Movement>, rest: Point) -> String {
        let mut points = match moved {
            Some(moved) if moved.from != moved.to => {
                self.layout.between(moved.from, moved.to, &self.behaviours())
            }
            _ => vec![],
        };
        points.pop();
        points.push(rest);
        way_of(&points)
    }

    /// Where the last of the events that came in this moment lies in the store.
    fn landing(&self) -> Option<Point> {
        let store = &self.picture.store;
        let is_last =
            |lane: &StreamLane| lane.tiles.last().is_some_and(|tile| tile.position == store.events);
        let index = store.lanes.iter().position(is_last).filter(|_| store.fresh > 0)?;
        let version = i32::try_from(store.lanes[index].version).unwrap_or(i32::MAX);
        let tile = self.layout.tile(index, version.min(self.layout.slots()) - 1);
        Some(Point(tile.x + 7, tile.y + 7))
    }

    /// The behaviours in the order of their rows.
    fn behaviours(&self) -> Vec<Stage> {
        self.stages.iter().map(|(stage, _)| *stage).collect()
    }

    fn spot(&self, place: Place) -> Point {
        self.layout.spot(place, &self.behaviours())
    }
}

/// The way as the style sheet wants it. It is never without length: its end is where a token rests.
fn way_of(points: &[Point]) -> String {
    match points {
        [Point(x, y)] => way_of(&[Point(x - 1, *y), Point(*x, *y)]),
        points => format!("path(\"{}\")", line(points)),
    }
}

/// Where the next token rests in a place where some are already.
fn stacked(Point(x, y): Point, place: Place, index: usize) -> Point {
    let step = 20 * i32::try_from(index).unwrap_or(0);
    match place {
        Place::Behaviour(_) | Place::ReadModel(_) | Place::Room(_) => Point(x - step, y),
        _ => Point(x, y + step),
    }
}

/// The shape of a kind of token, around its middle.
fn shape_of(token: Token) -> String {
    match token {
        Token::Command => "M-9-7h11l7 7-7 7h-11z",
        Token::Events => {
            "M-5-8h10a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3h-10a3 3 0 0 1-3-3v-10a3 3 0 0 1 3-3z"
        }
        Token::Answer => "M-9 0a9 9 0 0 1 18 0a9 9 0 0 1-18 0zM-4 0l3 3 5-6",
        Token::Refusal => "M-4-9h8l5 5v8l-5 5h-8l-5-5v-8zM-3-3l6 6m0-6l-6 6",
        Token::Conflict => "M0-10l10 10-10 10-10-10zM0-5v5m0 3v1",
        Token::Dead => "M-6-6l12 12m0-12l-12 12",
        Token::Rows => "M-9-7h18v14h-18zM-9-2h18M-9 3h18",
    }
    .to_owned()
}
