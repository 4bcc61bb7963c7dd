//! The picture in words: names for who cannot see it, its notes and its menus.

use super::{Texts, short_id};
use crate::app::views::{
    Activity, Amounts, CommandAt, CommandId, FaultAt, Note, Part, Picture, Place, ProjectorAt,
    Room, Setback, Task, Token, Trouble,
};

/// A stream's short name: its category and the end of its id.
#[must_use]
pub fn stream_name(stream: &str) -> String {
    match stream.split_once('-') {
        Some((category, id)) => format!("{category} {}", short_id(id)),
        None => stream.to_owned(),
    }
}

impl Texts {
    /// The name of a place: that of a person is the one that sentences give them.
    #[must_use]
    pub fn place(self, place: Place) -> String {
        let name = match place {
            Place::Person(person) => return self.person(person),
            Place::Pipeline => self.say("picture.pipeline"),
            Place::Behaviour(stage) => self.stage(stage),
            Place::Aggregate => self.say("picture.aggregate"),
            Place::Store => self.say("picture.store"),
            Place::ReadModel(model) => self.read_model(model),
            Place::Room(room) => self.room(room),
            Place::Elsewhere => self.say("picture.elsewhere"),
        };
        name.to_owned()
    }

    /// A part of the picture with all that is to be seen of it.
    #[must_use]
    pub fn part(self, picture: &Picture, part: &Part) -> String {
        match part {
            Part::Place(place) => self.place_facts(picture, *place),
            Part::Command(id) => self.command_name(picture, *id),
            Part::Event { stream, version } => {
                let lane = picture.store.lanes.iter().find(|lane| lane.stream == *stream);
                let mut tiles = lane.into_iter().flat_map(|lane| &lane.tiles);
                let tile = tiles.find(|tile| tile.version == *version);
                let kind = tile.map_or("", |tile| tile.event_type.as_str());
                let (version, stream) = (self.count(*version), stream_name(stream));
                let values = [("type", kind), ("version", &version), ("stream", &stream)];
                self.fill("picture.event", &values).trim_start_matches(", ").to_owned()
            }
        }
    }

    /// What a room is called.
    #[must_use]
    pub fn room(self, room: Room) -> &'static str {
        self.say(match room {
            Room::Outbox => "picture.outbox",
            Room::Relay => "picture.relay",
            Room::Broker => "picture.broker",
            Room::Saga => "picture.saga",
            Room::Service(0) => "service.inventory",
            Room::Service(1) => "service.payment",
            Room::Service(2) => "service.shipping",
            Room::Service(_) => "service.notification",
        })
    }

    fn place_facts(self, picture: &Picture, place: Place) -> String {
        let mut facts = vec![self.place(place)];
        match place {
            Place::Pipeline => {
                let count = picture.commands.len() + picture.commands_more;
                facts.extend(picture.behaviours.iter().map(|stage| self.stage(*stage).to_owned()));
                facts.push(self.plural("picture.under_way", count as u64, &[]));
            }
            Place::Behaviour(stage) => facts.push(self.stage_meaning(stage).to_owned()),
            Place::Aggregate => facts.extend(picture.aggregate.as_ref().map(|aggregate| {
                format!("{} v{}", stream_name(&aggregate.stream), aggregate.version)
            })),
            Place::Store => {
                facts.push(self.plural("count.events", picture.store.events, &[]));
                facts.push(self.plural("picture.streams", picture.store.streams, &[]));
                facts.push(self.version_check(picture.checks_versions).to_owned());
            }
            Place::ReadModel(model) => {
                let mine = picture.projectors.iter().find(|known| known.model == model);
                facts.extend(mine.map(|projector| self.projector(picture, projector)));
            }
            Place::Room(room) => facts.extend(self.room_lines(picture, room)),
            Place::Person(_) | Place::Elsewhere => {}
        }
        let waiting = faults_at(picture, place).count() as u64;
        if waiting > 0 {
            facts.push(self.plural("picture.faults", waiting, &[]));
        }
        facts.join(", ")
    }

    /// Whether the version check is on.
    #[must_use]
    pub fn version_check(self, on: bool) -> &'static str {
        self.say(if on { "picture.check_on" } else { "picture.check_off" })
    }

    /// How a projector is doing: what is unusual of it, and how far it is.
    #[must_use]
    pub fn projector(self, picture: &Picture, projector: &ProjectorAt) -> String {
        let behind = projector.behind(&picture.store);
        let far = if behind > 0 {
            self.plural("models.behind", behind, &[])
        } else {
            self.fill("models.at", &[("position", &self.count(projector.checkpoint))])
        };
        match self.projector_state(projector) {
            Some(state) => format!("{state}, {far}"),
            None => far,
        }
    }

    /// What is unusual of a projector, if something is.
    #[must_use]
    pub fn projector_state(self, projector: &ProjectorAt) -> Option<&'static str> {
        let state = match projector.activity {
            Activity::Dead => Some("picture.killed"),
            Activity::Failed => Some("picture.failed"),
            _ if projector.paused => Some("picture.paused"),
            _ if projector.slowed => Some("picture.slowed"),
            Activity::Waiting | Activity::Read(_) => None,
        };
        state.map(|key| self.say(key))
    }

    /// A command under way: its name and stream, and where it is as what.
    #[must_use]
    pub fn command_at(self, command: &CommandAt) -> String {
        let state = self.say(match command.token {
            Token::Events | Token::Rows => "picture.token.events",
            Token::Answer => "picture.token.answer",
            Token::Refusal => "picture.token.refusal",
            Token::Conflict => "picture.token.conflict",
            Token::Dead => "picture.killed",
            Token::Command => "picture.token.command",
        });
        let paused = if command.paused { self.say("picture.paused") } else { "" };
        let (name, place) = (self.name_of(command), self.place(command.at));
        [&name, &place, state, paused].join(", ").trim_end_matches(", ").to_owned()
    }

    fn command_name(self, picture: &Picture, id: CommandId) -> String {
        let known = picture.commands.iter().find(|known| known.id == id);
        known.map_or(String::new(), |known| self.name_of(known))
    }

    /// A command with what it is for.
    fn name_of(self, command: &CommandAt) -> String {
        let name = self.command_of(command.name, command.person);
        format!("{name} {}", stream_name(&command.stream))
    }

    /// What happened to a command that met trouble, and the reason.
    #[must_use]
    pub fn note(self, note: &Note) -> (String, String) {
        let (key, reason) = match &note.setback {
            Setback::Refused(rejection) => ("picture.note.refused", self.rejection(rejection)),
            Setback::Invalid(field, rejection) => {
                ("picture.note.refused", format!("{field}: {}", self.rejection(rejection)))
            }
            Setback::Conflict(expected, actual) => {
                let (expected, actual) = (self.count(*expected), self.count(*actual));
                let values = [("expected", expected.as_str()), ("actual", actual.as_str())];
                ("picture.note.conflict", self.fill("picture.conflict", &values))
            }
            Setback::Stale(seen, actual) => {
                ("picture.note.conflict", self.conflict(*seen, *actual))
            }
            Setback::Contended => ("picture.note.failed", self.say("picture.contended").to_owned()),
            Setback::Failed(reason) => ("picture.note.failed", reason.clone()),
            Setback::Killed => ("picture.note.killed", self.say("picture.gone").to_owned()),
        };
        (self.fill(key, &[("command", note.name)]), reason)
    }

    /// What a trouble does, as the label of a button.
    #[must_use]
    pub fn trouble(self, picture: &Picture, trouble: &Trouble, amounts: Amounts) -> String {
        let (key, task) = match *trouble {
            Trouble::Kill(task) => ("picture.trouble.kill", Some(task)),
            Trouble::Restart(task) => ("picture.trouble.restart", Some(task)),
            Trouble::Pause(task) => ("picture.trouble.pause", Some(task)),
            Trouble::Resume(task) => ("picture.trouble.resume", Some(task)),
            Trouble::Slow(task) => {
                let slow = self.trouble_of("picture.trouble.slow", picture, task);
                return self.slower(&slow, amounts);
            }
            Trouble::Hasten(task) => ("picture.trouble.hasten", Some(task)),
            Trouble::Arm(fault) => return self.armable(fault, amounts),
            Trouble::Calm(_) => ("picture.trouble.calm", None),
            Trouble::CheckVersions(true) => ("picture.trouble.check_on", None),
            Trouble::CheckVersions(false) => ("picture.trouble.check_off", None),
            Trouble::Behaviour { stage, on, .. } => {
                let key = if on { "picture.trouble.on" } else { "picture.trouble.off" };
                return self.fill(key, &[("part", self.stage(stage))]);
            }
            Trouble::Rebuild(_) => ("models.rebuild", None),
            Trouble::Reload => ("picture.trouble.reload", None),
        };
        match task {
            Some(task) => self.trouble_of(key, picture, task),
            None => self.say(key).to_owned(),
        }
    }

    /// A trouble of a task; that of a command's handler says which command.
    fn trouble_of(self, key: &'static str, picture: &Picture, task: Task) -> String {
        match task {
            Task::Handler(id) => format!("{}: {}", self.say(key), self.command_name(picture, id)),
            Task::Projector(_) | Task::Runner | Task::Service(_) => self.say(key).to_owned(),
        }
    }

    /// A fault as it would be armed with these amounts.
    fn armable(self, fault: FaultAt, amounts: Amounts) -> String {
        if fault.times == "chance" {
            let percent = self.count(u64::from(amounts.percent));
            let times = self.fill("picture.times.percent", &[("count", &percent)]);
            return self.fault_so_often(fault, &times);
        }
        let said = self.fault_at(fault);
        if fault.fault == "slow" { self.slower(&said, amounts) } else { said }
    }

    fn slower(self, trouble: &str, amounts: Amounts) -> String {
        format!("{trouble} (+{})", self.span(u64::from(amounts.slow_ms) * 1_000))
    }

    /// A fault that waits.
    #[must_use]
    pub fn fault_at(self, fault: FaultAt) -> String {
        self.fault_so_often(fault, &self.fault_left(fault))
    }

    /// How often a fault that waits will happen.
    #[must_use]
    pub fn fault_left(self, fault: FaultAt) -> String {
        match fault.times {
            "always" => self.say("picture.times.always").to_owned(),
            "chance" => self.say("picture.times.chance").to_owned(),
            _ if fault.left > 1 => {
                let count = self.count(u64::from(fault.left));
                self.fill("picture.times.next_few", &[("count", &count)])
            }
            _ => self.say("picture.times.next").to_owned(),
        }
    }

    fn fault_so_often(self, fault: FaultAt, times: &str) -> String {
        let point = self.say(match fault.point {
            "append" => "picture.point.append",
            "read_stream" => "picture.point.read_stream",
            "read_log" => "picture.point.read_log",
            "update_read_model" => "picture.point.update_read_model",
            request => return format!("{request}: {}, {times}", self.service_fault(fault.fault)),
        });
        format!("{point}: {}, {times}", self.fault_kind(fault.fault))
    }

    /// What goes wrong, in a few words.
    #[must_use]
    pub fn fault_kind(self, fault: &str) -> &'static str {
        self.say(match fault {
            "disk_full" => "picture.fault.disk_full",
            "lose_answer" => "picture.fault.lose_answer",
            "conflict" => "picture.fault.conflict",
            "slow" => "picture.fault.slow",
            _ => "picture.fault.unavailable",
        })
    }
}

/// The faults that wait at a place.
pub fn faults_at(picture: &Picture, place: Place) -> impl Iterator<Item = FaultAt> {
    let here = move |fault: &FaultAt| match place {
        Place::Store => !fault.is_at_read_models(),
        Place::ReadModel(_) => fault.is_at_read_models(),
        _ => false,
    };
    picture.faults.iter().copied().filter(here)
}
