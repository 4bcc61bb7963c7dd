//! A part of the picture in words, as the inspector shows it: what it is, and how it is.

use super::{Texts, faults_at, stream_name};
use crate::app::views::{CommandId, Part, Person, Picture, Place, ReadModel, Room, Stage};

/// A name, and what stands beside it.
type Line = (&'static str, String);

impl Texts {
    /// What a part is, in one sentence; empty for what is in no picture yet.
    #[must_use]
    pub fn part_what(self, part: &Part) -> &'static str {
        self.say(match part {
            Part::Place(Place::Person(_)) => "part.person.what",
            Part::Place(Place::Pipeline) => "part.pipeline.what",
            Part::Place(Place::Behaviour(stage)) => return self.stage_meaning(*stage),
            Part::Place(Place::Aggregate) => "part.aggregate.what",
            Part::Place(Place::Store) => "part.store.what",
            Part::Place(Place::ReadModel(ReadModel::OrderDetails)) => "models.order_details.what",
            Part::Place(Place::ReadModel(ReadModel::CustomerOrders)) => {
                "models.customer_orders.what"
            }
            Part::Place(Place::ReadModel(ReadModel::SalesDashboard)) => {
                "models.sales_dashboard.what"
            }
            Part::Place(Place::Room(Room::Saga)) => "part.saga.what",
            Part::Place(Place::Room(Room::Service(_))) => "part.service.what",
            Part::Place(Place::Room(_) | Place::Elsewhere) => return "",
            Part::Command(_) => "part.command.what",
            Part::Event { .. } => "part.event.what",
        })
    }

    /// What is so of a part: names and values. `rows` is how many a read model has.
    #[must_use]
    pub fn part_facts(self, picture: &Picture, part: &Part, rows: u64) -> Vec<Line> {
        let mut lines = match part {
            Part::Place(Place::Person(person)) => self.person_facts(picture, *person),
            Part::Place(Place::Pipeline) => self.pipeline_facts(picture),
            Part::Place(Place::Behaviour(stage)) => {
                let on = picture.behaviours.contains(stage);
                vec![self.line("part.switched", self.switched(on).to_owned())]
            }
            Part::Place(Place::Aggregate) => self.aggregate_facts(picture),
            Part::Place(Place::Store) => self.store_facts(picture),
            Part::Place(Place::ReadModel(model)) => self.model_facts(picture, *model, rows),
            Part::Place(Place::Room(room)) => self.room_facts(picture, *room),
            Part::Place(Place::Elsewhere) => vec![],
            Part::Command(id) => self.command_facts(picture, *id),
            Part::Event { stream, version } => self.event_facts(picture, stream, *version),
        };
        if let Part::Place(place) = part {
            lines.extend(
                faults_at(picture, *place)
                    .map(|fault| self.line("part.fault", self.fault_at(fault))),
            );
        }
        lines
    }

    /// Whether something is on, in a word.
    #[must_use]
    pub fn switched(self, on: bool) -> &'static str {
        self.say(if on { "part.on" } else { "part.off" })
    }

    fn line(self, key: &'static str, value: String) -> Line {
        (self.say(key), value)
    }

    fn number(self, key: &'static str, value: u64) -> Line {
        self.line(key, self.count(value))
    }

    fn person_facts(self, picture: &Picture, person: Person) -> Vec<Line> {
        let mine = picture.commands.iter().filter(|command| command.person == person);
        let mut lines = vec![self.number("part.under_way", mine.clone().count() as u64)];
        lines.extend(mine.map(|command| self.line("part.command", self.command_at(command))));
        lines
    }

    fn pipeline_facts(self, picture: &Picture) -> Vec<Line> {
        let under_way = picture.commands.len() + picture.commands_more;
        let mut lines = vec![self.number("part.under_way", under_way as u64)];
        let stage = |(stage, on): (Stage, bool)| (self.stage(stage), self.switched(on).to_owned());
        lines.extend(picture.stages().into_iter().map(stage));
        lines
    }

    /// The names are those of the code.
    fn aggregate_facts(self, picture: &Picture) -> Vec<Line> {
        let folded = picture.aggregate.as_ref().map_or_else(
            || self.say("part.nothing_folded").to_owned(),
            |aggregate| format!("{} v{}", stream_name(&aggregate.stream), aggregate.version),
        );
        vec![
            self.line("part.decider", "OrderDecider: decide, evolve".to_owned()),
            self.line("part.port_in", "handle(OrderCommand)".to_owned()),
            self.line("part.port_out", "EventStore: read_stream, append".to_owned()),
            self.line("part.folded", folded),
        ]
    }

    fn store_facts(self, picture: &Picture) -> Vec<Line> {
        vec![
            self.number("part.streams", picture.store.streams),
            self.number("part.events", picture.store.events),
            self.number("part.next", picture.store.events + 1),
            self.line("part.check", self.switched(picture.checks_versions).to_owned()),
        ]
    }

    fn model_facts(self, picture: &Picture, model: ReadModel, rows: u64) -> Vec<Line> {
        let mine = picture.projectors.iter().find(|known| known.model == model);
        let Some(projector) = mine else { return vec![] };
        let mut lines = vec![
            self.number("part.rows", rows),
            self.number("part.checkpoint", projector.checkpoint),
            self.number("part.behind", projector.behind(&picture.store)),
        ];
        let state = self.projector_state(projector);
        lines.extend(state.map(|state| self.line("part.projector", state.to_owned())));
        lines
    }

    fn room_facts(self, picture: &Picture, room: Room) -> Vec<Line> {
        let dead = picture.dead.contains(&room);
        let (paused, slowed) = (picture.paused.contains(&room), picture.slowed.contains(&room));
        let state = self.say(match () {
            () if dead => "picture.killed",
            () if paused => "picture.paused",
            () if slowed => "picture.slowed",
            () => "part.lives",
        });
        let mut lines = vec![self.line("part.process", state.to_owned())];
        if room == Room::Saga {
            let counts = picture.sagas.counts().into_iter();
            lines.extend(counts.map(|(state, count)| (self.saga_state(state), self.count(count))));
        }
        if let Room::Service(index) = room {
            let held = picture.held.get(usize::from(index)).cloned().flatten();
            lines.extend(
                held.map(|(what, amount)| self.line("part.holds", self.held(&what, amount))),
            );
        }
        lines
    }

    fn command_facts(self, picture: &Picture, id: CommandId) -> Vec<Line> {
        let mine = picture.commands.iter().find(|command| command.id == id);
        let Some(command) = mine else {
            return vec![self.line("part.place", self.say("part.over").to_owned())];
        };
        let mut lines = vec![
            self.line("log.stream_name", stream_name(&command.stream)),
            self.line("part.given_by", self.person(command.person)),
            self.line("part.place", self.place(command.at)),
            self.number("part.conflicts", u64::from(command.conflicts)),
        ];
        if !command.decided.is_empty() {
            lines.push(self.line("part.decided", command.decided.join(", ")));
        }
        lines
    }

    fn event_facts(self, picture: &Picture, stream: &str, version: u64) -> Vec<Line> {
        let lanes = picture.store.lanes.iter().filter(|lane| lane.stream == stream);
        let tile = lanes.flat_map(|lane| &lane.tiles).find(|tile| tile.version == version);
        let mut lines = vec![
            self.line("log.stream_name", stream_name(stream)),
            self.number("orders.column.version", version),
        ];
        lines.extend(tile.map(|tile| self.number("part.position", tile.position)));
        lines
    }
}
