//! Pictures: that of any moment is a fold of the trace, and says what is really so.

use hindsight::{
    adapters::MemoryStore,
    app::{
        PROJECTORS, Pictures, Run,
        texts::{Language, Texts},
        troubles_of,
        views::{
            Activity, Amounts, CommandId, Part, Person, Picture, Place, ReadModel, Rejection, Room,
            Setback, Token,
        },
    },
    kernel::{GlobalPosition, Micros},
    ports::{Environment, EventStore, ReadModelStore, Stage},
    simulation::{ArmedFault, Fault, FaultPoint, Input, RecordedMoment, Target, Times},
};
use pollster::block_on;

use crate::{
    everything::everything,
    random::troubled,
    sample::{OrderTape, START, cancel, create, given, log, pay, played, seen, tape, trace},
};

const TAPES: u64 = 200;

fn pictures(tape: &OrderTape) -> Pictures {
    Pictures::new(&tape.head, 0)
}

/// The trace of a random tape. Where something keeps trying in vain, a while of it.
fn troubled_trace(seed: u64) -> (OrderTape, Vec<RecordedMoment>) {
    let (tape, _) = troubled(seed);
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    block_on(run.run_until(START.after(Micros(300_000))));
    (tape, trace(&run))
}

/// The picture after each moment.
pub(crate) fn every_picture(tape: &OrderTape) -> Vec<Picture> {
    let trace = trace(&played(tape));
    let mut pictures = pictures(tape);
    pictures.take(&trace);
    (0..=trace.len()).map(|count| pictures.at(&trace, count)).collect()
}

pub(crate) fn last_picture(tape: &OrderTape) -> Picture {
    every_picture(tape).pop().expect("there is one before the first moment")
}

#[test]
fn the_picture_of_any_moment_is_a_plain_refold() {
    let mut keyframes = 0;
    for seed in 1..=TAPES {
        let (tape, trace) = troubled_trace(seed);
        let plain = pictures(&tape);
        let mut grown = pictures(&tape);
        for end in (0..=trace.len()).step_by(97).chain([trace.len()]) {
            grown.take(&trace[..end]);
        }
        for count in 0..=trace.len() {
            assert_eq!(
                grown.at(&trace, count),
                plain.at(&trace, count),
                "seed {seed}, moment {count}"
            );
        }
        keyframes += trace.len() / 256;
    }
    assert!(keyframes > 5, "only {keyframes} keyframes were needed");
}

#[test]
fn a_trace_that_goes_on_differently_has_its_own_pictures() {
    let (tape, one) = troubled_trace(1);
    let (_, other) = troubled_trace(2);
    let mut branched = pictures(&tape);
    branched.take(&one);
    branched.cut(0);
    branched.take(&other);
    let plain = pictures(&tape);
    assert_eq!(branched.at(&other, other.len()), plain.at(&other, other.len()));
}

/// Everything in a picture that can be asked of the run itself.
fn assert_true(run: &Run<MemoryStore>, picture: &Picture, seed: u64) {
    let at = format!("seed {seed}, moment {}", picture.moment);
    let store = run.world().store_behind();
    assert_eq!(picture.store.events, block_on(store.head()).expect("memory").0, "{at}");
    for (model, projector) in PROJECTORS.into_iter().zip(&picture.projectors) {
        let checkpoint = block_on(store.checkpoint(model)).expect("memory");
        assert_eq!(GlobalPosition(projector.checkpoint), checkpoint, "{at}: {model}");
        let lives = run.actors().iter().any(|actor| Target::Projector(model.to_owned()).is(*actor));
        assert_eq!(projector.activity != Activity::Dead, lives, "{at}: {model}");
    }
    let armed = run.world().store().armed();
    let words = |armed: &ArmedFault| (armed.point.name(), armed.fault.name(), armed.times.limit());
    let armed: Vec<_> = armed.iter().map(words).collect();
    let waiting: Vec<_> =
        picture.faults.iter().map(|fault| (fault.point, fault.fault, fault.left)).collect();
    assert_eq!(waiting, armed, "{at}");
    let alive =
        |command: CommandId| run.actors().iter().any(|actor| Target::Handler(command).is(*actor));
    for command in picture.commands.iter().filter(|command| command.token != Token::Dead) {
        assert!(alive(command.id), "{at}: {command:?}");
    }
}

#[test]
fn the_picture_says_what_is_so_after_every_step() {
    for seed in 1..=TAPES {
        let (tape, _) = troubled(seed);
        let mut pictures = pictures(&tape);
        let mut run = Run::begin(tape, MemoryStore::new());
        while run.next().is_some_and(|next| next <= START.after(Micros(100_000))) {
            block_on(run.step());
            let trace = run.world().trace();
            pictures.take(&trace);
            assert_true(&run, &pictures.at(&trace, trace.len()), seed);
        }
    }
}

#[test]
fn the_picture_follows_everything_that_can_come_from_outside() {
    let tape = everything();
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    while block_on(run.step()).is_some() {
        let trace = run.world().trace();
        let picture = pictures(&tape).at(&trace, trace.len());
        assert_true(&run, &picture, 7);
    }
    let last = last_picture(&tape);
    assert!(!last.checks_versions);
    assert_eq!(last.behaviours, [Stage::Validation, Stage::Retry]);
}

#[test]
fn lanes_hold_the_last_events_of_the_log() {
    for seed in 1..=TAPES {
        let (tape, _) = troubled(seed);
        let mut run = Run::begin(tape.clone(), MemoryStore::new());
        block_on(run.run_until(START.after(Micros(100_000))));
        let trace = trace(&run);
        let picture = pictures(&tape).at(&trace, trace.len());
        let log = log(&run);
        for lane in &picture.store.lanes {
            let stored: Vec<_> =
                log.iter().filter(|event| event.stream.as_str() == lane.stream).collect();
            assert_eq!(lane.version, stored.len() as u64, "seed {seed}");
            for tile in &lane.tiles {
                let event = stored[tile.version as usize - 1];
                assert_eq!(tile.position, event.position.0, "seed {seed}");
                assert_eq!(tile.event_type, event.event.encoded.event_type, "seed {seed}");
            }
        }
    }
}

#[test]
fn many_streams_stay_a_small_picture() {
    let tape = tape(1, (1..=300).map(|number| (0, given(number, create(number)))));
    let pictures = every_picture(&tape);
    let most = pictures.iter().map(|picture| picture.commands.len()).max();
    assert_eq!(most, Some(300));
    let last = pictures.last().expect("there is one");
    assert_eq!((last.store.events, last.store.streams), (300, 300));
    assert_eq!(last.store.lanes.len(), 8);
    assert_eq!((last.commands.len(), last.commands_more), (0, 0));
    let crowd = crate::sample::tape(1, (1..=900).map(|number| (0, given(number, create(number)))));
    let pictures = every_picture(&crowd);
    let most = pictures.iter().map(|picture| picture.commands.len() + picture.commands_more).max();
    assert_eq!(most, Some(900));
    assert_eq!(pictures.last().map(|last| last.commands_more), Some(0));
}

/// The places that a command goes through, as tokens.
fn way(pictures: &[Picture]) -> Vec<(Place, Token)> {
    let moves = pictures.iter().flat_map(|picture| &picture.moved);
    moves.filter(|moved| moved.command.is_some()).map(|moved| (moved.to, moved.token)).collect()
}

#[test]
fn a_refused_command_turns_at_the_hexagon_with_its_reason() {
    let pictures = every_picture(&tape(1, [(0, given(1, pay(1)))]));
    let way = way(&pictures);
    assert!(way.contains(&(Place::Aggregate, Token::Refusal)), "{way:?}");
    assert_eq!(way.last(), Some(&(Place::Person(Person::FIRST), Token::Refusal)));
    assert!(!way.iter().any(|(place, _)| *place == Place::Store));
    let note = pictures.last().and_then(|last| last.note.clone()).expect("it is told");
    assert_eq!(
        (note.name, note.setback),
        ("ConfirmPayment", Setback::Refused(Rejection::OrderMissing))
    );
}

#[test]
fn a_conflict_loops_through_the_retry() {
    let inputs = [(0, given(1, create(1))), (9_000, seen(2, Some(0), create(1)))];
    let clash = tape(1, inputs.into_iter().chain([(20_000, seen(3, Some(0), pay(1)))]));
    let quiet = last_picture(&clash);
    assert!(quiet.note.is_some(), "paying on version 0 is refused");
    let inputs = [
        (0, given(1, create(1))),
        (
            9_000,
            Input::Arm(ArmedFault {
                point: FaultPoint::Append,
                fault: Fault::Conflict,
                times: Times::Next(2),
            }),
        ),
        (9_000, given(2, cancel(1))),
    ];
    // With this seed, somebody else pays, and then ships.
    let pictures = every_picture(&tape(7, inputs));
    let way = way(&pictures);
    let again = (Place::Behaviour(Stage::Retry), Token::Conflict);
    assert_eq!(way.iter().filter(|step| **step == again).count(), 2);
    let last = pictures.last().expect("there is one");
    assert_eq!((last.store.events, &last.note), (4, &None));
}

/// Everything that can be said of a picture, in a language.
fn everything_said(texts: Texts, picture: &Picture) -> Vec<String> {
    let models = ReadModel::ALL.map(Place::ReadModel);
    let stages = picture.behaviours.iter().map(|stage| Place::Behaviour(*stage));
    let (first, second) = (Place::Person(Person::FIRST), Place::Person(Person::SECOND));
    let places = [first, second, Place::Pipeline, Place::Aggregate, Place::Store, Place::Elsewhere];
    let mut parts: Vec<_> =
        places.into_iter().chain(stages).chain(models).map(Part::Place).collect();
    parts.extend(Room::ALL.map(Place::Room).map(Part::Place));
    parts.extend(picture.commands.iter().map(|command| Part::Command(command.id)));
    parts.extend(
        picture
            .store
            .lanes
            .iter()
            .map(|lane| Part::Event { stream: lane.stream.clone(), version: lane.version }),
    );
    let mut said: Vec<_> = parts.iter().map(|part| texts.part(picture, part)).collect();
    let amounts = Amounts { times: 3, ..Amounts::default() };
    let troubles = parts.iter().flat_map(|part| troubles_of(picture, part, amounts));
    said.extend(troubles.map(|trouble| texts.trouble(picture, &trouble, amounts)));
    said.extend(
        parts.iter().map(|part| texts.part_what(part).to_owned()).filter(|what| !what.is_empty()),
    );
    let facts = parts.iter().flat_map(|part| texts.part_facts(picture, part, 2));
    said.extend(facts.flat_map(|(name, value)| [name.to_owned(), value]));
    said.extend(picture.commands.iter().map(|command| texts.command_at(command)));
    said.extend(picture.faults.iter().map(|fault| texts.fault_at(*fault)));
    said.extend(picture.note.iter().flat_map(|note| <[String; 2]>::from(texts.note(note))));
    said
}

#[test]
fn everything_in_a_picture_has_words_in_every_language() {
    let mut words = 0;
    for seed in 1..=50 {
        let (tape, trace) = troubled_trace(seed);
        let pictures = pictures(&tape);
        for count in (0..trace.len().min(256)).step_by(7) {
            let picture = pictures.at(&trace, count);
            for language in Language::ALL {
                for said in everything_said(Texts::of(language), &picture) {
                    assert!(!said.is_empty() && !said.contains(['{', '}']), "{said:?}");
                    assert!(!said.starts_with("picture.") && !said.contains("stage."), "{said:?}");
                    words += 1;
                }
            }
        }
    }
    assert!(words > 10_000, "only {words} things were said");
}
