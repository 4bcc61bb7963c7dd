//! The scene: the picture as a list of shapes and words, each at its place.

use crate::app::{
    Area, Layout, Point, Shape, arrow,
    texts::{Texts, faults_at, fit, stream_name, wrap},
    views::{Part, Person, Picture, Place, Stage, Token},
};

/// What is drawn, and what its parts are: an element names its part by its number.
pub(super) struct Scene<'a> {
    pub picture: &'a Picture,
    pub texts: Texts,
    pub layout: &'a Layout,
    /// The behaviours in the order of their rows, and whether each is on.
    pub stages: Vec<(Stage, bool)>,
    pub parts: Vec<Part>,
    pub drawn: Vec<Shape>,
}

/// What a shape that can be opened is.
pub(super) enum Kind {
    /// A box.
    Box,
    /// A part of a box: the arrow keys reach it.
    Inner,
    /// The sign that opens a menu.
    Menu,
    /// A token, with its name.
    Token(String),
}

impl<'a> Scene<'a> {
    /// A scene of this picture in which nothing is drawn.
    pub fn new(picture: &'a Picture, texts: Texts, layout: &'a Layout) -> Self {
        Self { picture, texts, layout, stages: picture.stages(), parts: vec![], drawn: vec![] }
    }

    /// The boxes and what is in them. As many shapes each time, so that none takes another's place.
    pub fn boxes(&mut self) {
        self.ways();
        self.people();
        self.pipeline();
        self.hexagon();
        self.store();
        self.read_models();
        self.note();
        self.rooms();
    }

    pub fn shape(&mut self, class: impl Into<String>, path: String) {
        self.drawn.push(Shape::path(class, path));
    }

    pub fn say(&mut self, class: &'static str, at: Point, words: String) {
        self.drawn.push(Shape::words(class, at, words));
    }

    /// A shape that opens a part, or its menu.
    pub fn handle(&mut self, class: String, path: String, part: Part, kind: Kind) {
        let label = match &kind {
            Kind::Token(name) => name.clone(),
            Kind::Menu => {
                let part = self.name(&part);
                self.texts.fill("picture.trouble", &[("part", &part)])
            }
            Kind::Box | Kind::Inner => self.texts.part(self.picture, &part),
        };
        let tab_index = if matches!(kind, Kind::Inner) { "-1" } else { "0" };
        self.shape(class, path);
        self.mark("role", "button".to_owned());
        self.mark("tabindex", tab_index.to_owned());
        self.mark("aria-label", label);
        self.mark("data-part", self.parts.len().to_string());
        if matches!(kind, Kind::Menu) {
            self.mark("data-menu", "true".to_owned());
        }
        self.parts.push(part);
    }

    /// Gives an attribute to what was drawn last.
    pub fn mark(&mut self, name: &'static str, value: String) {
        if let Some(last) = self.drawn.last_mut() {
            last.attributes.push((name, value));
        }
    }

    fn name(&self, part: &Part) -> String {
        match part {
            Part::Place(place) => self.texts.place(*place),
            part => self.texts.part(self.picture, part),
        }
    }

    fn ways(&mut self) {
        let layout = self.layout;
        for person in layout.people() {
            self.shape("picture__way", arrow(&person.way));
        }
        for way in &layout.ways {
            self.shape("picture__way", arrow(way));
        }
        self.shape("picture__way", arrow(&layout.back));
        self.roads();
        let is_conflict = self.picture.commands.iter().any(|known| known.token == Token::Conflict);
        let again = if is_conflict { arrow(&layout.again) } else { String::new() };
        self.shape("picture__way picture__way--again", again);
        if !layout.is_tall {
            self.say("picture__soft", Point(1, 13), self.texts.say("picture.writes").to_owned());
            let below = Point(1, layout.models.bottom() + 16);
            self.say("picture__soft", below, self.texts.say("picture.reads").to_owned());
        }
    }

    /// A box that can be opened.
    pub fn open_box(&mut self, kind: &str, path: String, place: Place, inner: bool) {
        let lit = self.light(place);
        let class = format!("picture__box picture__box--{kind}{lit}");
        let order = if inner { Kind::Inner } else { Kind::Box };
        self.handle(class, path, Part::Place(place), order);
    }

    /// Whether something happened here in this moment, as a class.
    fn light(&self, place: Place) -> &'static str {
        let is_in = |at: Place| match (place, at) {
            (Place::Pipeline, Place::Behaviour(_)) => true,
            _ => place == at,
        };
        let is_bad = |token| matches!(token, Token::Refusal | Token::Conflict | Token::Dead);
        if !self.picture.lit.is_some_and(is_in) {
            return "";
        }
        let bad = self.picture.moved.iter().any(|moved| is_bad(moved.token));
        if bad || self.picture.fault_met.is_some() {
            " picture__box--bad"
        } else {
            " picture__box--lit"
        }
    }

    /// The sign that opens the trouble of a place.
    pub fn bolt(&mut self, at: Point, place: Place) {
        let Point(x, y) = at;
        let armed = faults_at(self.picture, place).next().is_some();
        let class = if armed { "picture__bolt picture__bolt--armed" } else { "picture__bolt" };
        let ring = at.circle(12);
        self.handle(class.to_owned(), ring, Part::Place(place), Kind::Menu);
        let flash = format!("M{} {}l-6 8h4l-2 6 6-8h-4l2-6z", x + 1, y - 7);
        self.shape("picture__flash", flash);
    }

    /// The people.
    fn people(&mut self) {
        let layout = self.layout;
        for (number, spot) in (1..).zip(layout.people()) {
            let (Area { x, width, .. }, Point(across, down)) = (spot.area, spot.head);
            let place = Place::Person(Person(number));
            self.open_box("person", spot.area.outline(10), place, false);
            let body = format!("M{} {}c0-14 10-22 24-22s24 8 24 22z", across - 24, down + 40);
            self.shape("picture__figure", spot.head.circle(14));
            self.shape("picture__figure", body);
            let name = self.texts.place(place);
            let two = layout.two;
            let (class, at, sign) = if layout.is_tall {
                let (beside, down) = (x + width + 4, down + 16);
                let sign =
                    if two { Point(beside + 10, down + 18) } else { Point(beside + 72, down - 4) };
                ("picture__text", Point(beside, down), sign)
            } else {
                // Between two people there is no room beside the name.
                let sign =
                    if two { Point(across + 28, down - 12) } else { Point(across + 40, down + 58) };
                ("picture__text picture__text--middle", Point(across, down + 62), sign)
            };
            self.say(class, at, name);
            self.bolt(sign, place);
        }
    }

    fn pipeline(&mut self) {
        let area = self.layout.pipeline;
        self.open_box("plain", area.outline(10), Place::Pipeline, false);
        let title = self.texts.say("picture.pipeline").to_owned();
        self.say("picture__title", Point(area.x + 14, area.y + 25), title);
        self.bolt(Point(area.right() - 20, area.y + 20), Place::Pipeline);
        for index in 0..self.stages.len() {
            let row = self.layout.behaviour(index);
            let (stage, on) = self.stages[index];
            let kind = if on { "row" } else { "row picture__box--off" };
            self.open_box(kind, row.outline(6), Place::Behaviour(stage), true);
            let name = fit(self.texts.stage(stage), row.width - 20, 13);
            let class = if on { "picture__text" } else { "picture__soft" };
            self.say(class, Point(row.x + 10, row.y + 19), name);
        }
    }

    fn hexagon(&mut self) {
        let area = self.layout.hexagon;
        let (middle, centre) = (area.x + area.width / 2, area.y + area.height / 2);
        self.open_box("aggregate", area.hexagon(), Place::Aggregate, false);
        let ports = if self.layout.is_tall {
            [Point(middle, area.y), Point(middle, area.bottom())]
        } else {
            [Point(area.x, centre), Point(area.right(), centre)]
        };
        for port in ports {
            self.shape("picture__port", port.circle(5));
        }
        let aggregate = self.picture.aggregate.as_ref();
        let name = aggregate.map(|aggregate| stream_name(&aggregate.stream));
        let name = name.unwrap_or_else(|| self.texts.say("picture.aggregate").to_owned());
        let name = fit(&name, area.width - 36, 13);
        let version =
            aggregate.map_or(String::new(), |aggregate| format!("v{}", aggregate.version));
        self.say("picture__title picture__text--middle", Point(middle, centre - 6), name);
        let functions = "decide, evolve".to_owned();
        self.say("picture__text picture__text--middle", Point(middle, centre + 15), functions);
        self.say("picture__soft picture__text--middle", Point(middle, centre + 35), version);
        self.bolt(Point(area.right() - 6, area.bottom() - 8), Place::Aggregate);
    }

    /// What is to be said of the last trouble: a line that says what, and the reason.
    fn note(&mut self) {
        let (area, lines_max) = (self.layout.note, if self.layout.is_tall { 6 } else { 2 });
        let (what, why) =
            self.picture.note.as_ref().map(|note| self.texts.note(note)).unwrap_or_default();
        let mut lines = wrap(&why, area.width, 12, lines_max);
        lines.resize(lines_max, String::new());
        self.say(
            "picture__soft picture__soft--bad picture__soft--strong",
            Point(area.x, area.y + 16),
            fit(&what, area.width, 13),
        );
        for (row, line) in (1..).zip(lines) {
            self.say("picture__soft", Point(area.x, area.y + 16 + 17 * row), line);
        }
    }
}
