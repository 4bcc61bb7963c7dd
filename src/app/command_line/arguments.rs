//! What stands behind the program's name becomes a wish, or a word on what is wrong with it.

use thiserror::Error;

use crate::app::texts::Language;

pub(super) const HELP: &str = "\
Hindsight on the command line: runs a tape and says what came of it.
The page itself is built and served by scripts/serve.

  hindsight run FILE            runs a tape and judges it by the general laws
  hindsight run --scenario N    runs a scenario and judges it by its expectations
  hindsight tape --scenario N   writes the tape of a scenario
  hindsight scenarios           lists the scenarios

  --seed S       another seed than the tape's
  --lang en|es   the language of sentences and verdicts
  --json         log, moments, verdicts and hashes as one JSON object
  --help         this

A run that does not come to rest is stopped 60 s of virtual time after the tape's last entry, or
after 200,000 moments.

Status: 0 everything held, 1 something did not, 2 it could not begin.
";

/// What somebody asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Help,
    Scenarios(Language),
    Tape(Wanted),
    Run(Wanted),
}

/// A run, and how it is to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    pub(super) source: Source,
    pub(super) seed: Option<u64>,
    pub(super) language: Language,
    pub(super) json: bool,
}

/// Where a tape comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    File(String),
    Scenario(u16),
}

/// Why arguments mean nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(super) enum UsageError {
    #[error("say what to do: run, tape or scenarios; `hindsight --help` tells more")]
    Nothing,
    #[error("`{0}` is not known; `hindsight --help` lists what is")]
    Unknown(String),
    #[error("{0} needs a value behind it")]
    NoValue(&'static str),
    #[error("{option} wants {wants}, and got `{found}`")]
    BadValue { option: &'static str, wants: &'static str, found: String },
    #[error("say which tape: one file, or --scenario and a number")]
    NoSource,
    #[error("one tape at a time: a file or a scenario")]
    TwoSources,
}

/// Options and the file, as they were found.
#[derive(Default)]
struct Found {
    files: Vec<String>,
    scenario: Option<u16>,
    seed: Option<u64>,
    language: Language,
    json: bool,
    help: bool,
}

/// What the arguments ask for.
pub(super) fn parse(arguments: impl IntoIterator<Item = String>) -> Result<Asked, UsageError> {
    let mut arguments = arguments.into_iter();
    let word = arguments.next().ok_or(UsageError::Nothing)?;
    if ["--help", "-h", "help"].contains(&word.as_str()) {
        return Ok(Asked::Help);
    }
    if !["run", "tape", "scenarios"].contains(&word.as_str()) {
        return Err(UsageError::Unknown(word));
    }
    let found = found(&mut arguments)?;
    if found.help {
        return Ok(Asked::Help);
    }
    match word.as_str() {
        "run" => Ok(Asked::Run(wanted(found)?)),
        "tape" => Ok(Asked::Tape(wanted(found)?)),
        _ => Ok(Asked::Scenarios(found.language)),
    }
}

fn found(arguments: &mut impl Iterator<Item = String>) -> Result<Found, UsageError> {
    let mut found = Found::default();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => found.help = true,
            "--json" => found.json = true,
            "--seed" => found.seed = Some(number("--seed", arguments)?),
            "--scenario" => found.scenario = Some(number("--scenario", arguments)?),
            "--lang" => {
                let tag = arguments.next().ok_or(UsageError::NoValue("--lang"))?;
                let unknown = UsageError::BadValue {
                    option: "--lang",
                    wants: "en or es",
                    found: tag.clone(),
                };
                found.language = Language::of_tag(&tag).ok_or(unknown)?;
            }
            option if option.starts_with('-') => return Err(UsageError::Unknown(argument)),
            _ => found.files.push(argument),
        }
    }
    Ok(found)
}

fn number<T: std::str::FromStr>(
    option: &'static str,
    arguments: &mut impl Iterator<Item = String>,
) -> Result<T, UsageError> {
    let found = arguments.next().ok_or(UsageError::NoValue(option))?;
    let bad = || UsageError::BadValue { option, wants: "a whole number", found: found.clone() };
    found.parse().map_err(|_| bad())
}

fn wanted(found: Found) -> Result<Wanted, UsageError> {
    let Found { files, scenario, seed, language, json, .. } = found;
    let source = match (files.as_slice(), scenario) {
        ([], None) => return Err(UsageError::NoSource),
        ([], Some(id)) => Source::Scenario(id),
        ([path], None) => Source::File(path.clone()),
        _ => return Err(UsageError::TwoSources),
    };
    Ok(Wanted { source, seed, language, json })
}
