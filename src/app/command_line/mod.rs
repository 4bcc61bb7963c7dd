//! The command line, on the host only: runs a tape or a scenario and says what came of it.

mod arguments;
mod play;
mod report;

use std::{fs, io::Write};

use super::{
    run::{Expectation, LAWS},
    scenarios::{SCENARIOS, Scenario, scenario},
    texts::Texts,
};
use crate::{domain::orders::OrderCommand, simulation::Tape};
use arguments::{Asked, HELP, Source, Wanted};
use play::play;
use report::Report;

/// Everything that was expected came true, or only words were asked for.
const HELD: u8 = 0;
/// Something that was expected did not come true.
const BROKEN: u8 = 1;
/// It could not begin: the arguments or the file are not what they should be.
const REFUSED: u8 = 2;

/// Does what the arguments ask for, and gives the status with which the program ends.
pub fn command_line(
    arguments: impl IntoIterator<Item = String>,
    out: &mut impl Write,
    errors: &mut impl Write,
) -> u8 {
    let (written, status) = match answer(arguments) {
        Ok((text, status)) => (out.write_all(text.as_bytes()).and_then(|()| out.flush()), status),
        Err(reason) => (writeln!(errors, "hindsight: {reason}"), REFUSED),
    };
    match written {
        // Whoever reads may stop before the end.
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => REFUSED,
        _ => status,
    }
}

/// What is to be written, with the status, or why there is nothing.
fn answer(arguments: impl IntoIterator<Item = String>) -> Result<(String, u8), String> {
    match arguments::parse(arguments).map_err(|error| error.to_string())? {
        Asked::Help => Ok((HELP.to_owned(), HELD)),
        Asked::Scenarios(language) => Ok((list(Texts::of(language)), HELD)),
        Asked::Tape(wanted) => Ok((tape_of(&wanted)?.to_text(), HELD)),
        Asked::Run(wanted) => run(&wanted),
    }
}

/// The scenarios with their numbers, titles and lessons.
fn list(texts: Texts) -> String {
    let line = |scenario: &Scenario| {
        let (title, lesson) = (texts.say(scenario.title), texts.say(scenario.lesson));
        format!("{:>4}  {title}\n      {lesson}\n", scenario.id)
    };
    SCENARIOS.iter().map(line).collect()
}

fn run(wanted: &Wanted) -> Result<(String, u8), String> {
    let (tape, scenario) = (tape_of(wanted)?, scenario_of(wanted)?);
    let played = play(&tape)?;
    let expected: &[Expectation] = scenario.map_or(&LAWS, |scenario| scenario.expectations);
    let report = Report::new(Texts::of(wanted.language), &tape, scenario, expected, &played);
    let status = if report.all_hold() { HELD } else { BROKEN };
    Ok((if wanted.json { report.json() } else { report.text() }, status))
}

fn scenario_of(wanted: &Wanted) -> Result<Option<&'static Scenario>, String> {
    match wanted.source {
        Source::File(_) => Ok(None),
        Source::Scenario(id) => match scenario(id) {
            Some(scenario) => Ok(Some(scenario)),
            None => Err(format!("there is no scenario {id}; `hindsight scenarios` lists them")),
        },
    }
}

fn tape_of(wanted: &Wanted) -> Result<Tape<OrderCommand>, String> {
    let mut tape = match (&wanted.source, scenario_of(wanted)?) {
        (_, Some(scenario)) => scenario.tape(),
        (Source::File(path), _) => read(path).map_err(|reason| format!("{path}: {reason}"))?,
        (Source::Scenario(_), None) => unreachable!("a scenario that is not there is refused"),
    };
    tape.head.seed = wanted.seed.unwrap_or(tape.head.seed);
    Ok(tape)
}

fn read(path: &str) -> Result<Tape<OrderCommand>, String> {
    let bytes = fs::read(path).map_err(|error| error.to_string())?;
    let text = String::from_utf8(bytes).map_err(|_| "this is no text, so it is no tape")?;
    let tape = Tape::from_text(&text);
    // The parser counts lines within the one that it was given.
    let tape =
        tape.map_err(|error| error.to_string().replace(" at line 1 column ", ", column "))?;
    match tape.head.base {
        0 => Ok(tape),
        base => Err(format!("the tape goes on behind {base} events that it does not hold")),
    }
}
