//! What is said of a run: log, moments, verdicts and hashes, as text or as JSON.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Map, Value};

use super::{
    Scenario,
    play::{AFTER_LAST, MOMENTS_MAX, Played, Stopped},
};
use crate::{
    app::{
        run::Expectation,
        texts::{Texts, short_id},
    },
    domain::orders::OrderCommand,
    kernel::{StoredEvent, Timestamp, to_json},
    simulation::{Description, Tape, actor_name, describe, log_hash},
};

/// A run with all that is to be said of it.
pub(super) struct Report<'a> {
    texts: Texts,
    tape: &'a Tape<OrderCommand>,
    scenario: Option<&'static Scenario>,
    played: &'a Played,
    verdicts: Vec<Verdict>,
}

/// Whether something that was expected came true.
#[derive(Serialize)]
struct Verdict {
    key: &'static str,
    words: &'static str,
    holds: bool,
}

/// A run as JSON.
#[derive(Serialize)]
struct Whole<'a> {
    scenario: Option<u16>,
    seed: u64,
    came_to_rest: bool,
    log: Vec<Value>,
    moments: Vec<MomentLine>,
    verdicts: &'a [Verdict],
    trace_hash: String,
    log_hash: String,
}

/// A moment as JSON.
#[derive(Serialize)]
struct MomentLine {
    number: usize,
    at_us: u64,
    actor: String,
    cause: Option<u32>,
    correlation: Option<String>,
    name: &'static str,
    facts: Map<String, Value>,
    sentence: String,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        texts: Texts,
        tape: &'a Tape<OrderCommand>,
        scenario: Option<&'static Scenario>,
        expected: &[Expectation],
        played: &'a Played,
    ) -> Self {
        let verdict = |key, holds| Verdict { key, words: texts.say(key), holds };
        let judged =
            expected.iter().map(|expected| (expected.words, (expected.holds)(&played.run)));
        let of_the_run = [("law.rests", played.stopped.is_none()), ("law.repeats", played.repeats)];
        let verdicts = judged.chain(of_the_run).map(|(key, holds)| verdict(key, holds)).collect();
        Self { texts, tape, scenario, played, verdicts }
    }

    pub(super) fn all_hold(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.holds)
    }

    pub(super) fn json(&self) -> String {
        let Played { run, trace_hash, stopped, .. } = self.played;
        let whole = Whole {
            scenario: self.scenario.map(|scenario| scenario.id),
            seed: self.tape.head.seed,
            came_to_rest: stopped.is_none(),
            log: run.log.iter().map(stored).collect(),
            moments: (0..run.trace.len()).map(|index| self.moment(index)).collect(),
            verdicts: &self.verdicts,
            trace_hash: hex(*trace_hash),
            log_hash: hex(log_hash(&run.log)),
        };
        serde_json::to_string(&whole).expect("plain data has a JSON form") + "\n"
    }

    fn moment(&self, index: usize) -> MomentLine {
        let trace = &self.played.run.trace;
        let recorded = &trace[index];
        let Description { name, facts } = describe(&recorded.moment);
        let facts = facts.into_iter().map(|(name, value)| (name.to_owned(), value.into()));
        MomentLine {
            number: index + 1,
            at_us: self.since_start(recorded.at),
            actor: actor_name(recorded.actor),
            cause: recorded.cause.map(|cause| cause.0),
            correlation: recorded.correlation.map(|request| request.to_string()),
            name,
            facts: facts.collect(),
            sentence: self.texts.moment(trace, index),
        }
    }

    fn since_start(&self, time: Timestamp) -> u64 {
        time.since(self.tape.head.start).0
    }

    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        // Writing to a string never fails.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> std::fmt::Result {
        if let Some(scenario) = self.scenario {
            let (title, see) = (self.texts.say(scenario.title), self.texts.say(scenario.see));
            writeln!(out, "{}  {title}\n\n{see}\n", scenario.id)?;
        }
        self.write_log(out)?;
        self.write_moments(out)?;
        self.write_verdicts(out)?;
        let Played { run, trace_hash, .. } = self.played;
        let (moments, events) = (run.trace.len() as u64, run.log.len() as u64);
        let [seed, moments, events] =
            [self.tape.head.seed.to_string(), self.texts.count(moments), self.texts.count(events)];
        let values = [("seed", &*seed), ("moments", &moments), ("events", &events)];
        let (trace_hash, log_hash) = (hex(*trace_hash), hex(log_hash(&run.log)));
        writeln!(out, "{}", self.texts.fill("run.summary", &values))?;
        writeln!(out, "{}", self.texts.fill("run.trace_hash", &[("hash", &trace_hash)]))?;
        writeln!(out, "{}", self.texts.fill("run.log_hash", &[("hash", &log_hash)]))
    }

    fn write_log(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}", self.texts.say("pane.log"))?;
        for stored in &self.played.run.log {
            let StoredEvent { position, stream, version, event } = stored;
            let name = format!("{} {}", stream.category(), short_id(stream.instance()));
            let (event_type, data) = (&event.encoded.event_type, &event.encoded.data);
            writeln!(out, "{:>6}  {name} v{}  {event_type}  {data}", position.0, version.0)?;
        }
        writeln!(out)
    }

    /// Every moment with its time, and what a scenario says at some of them.
    fn write_moments(&self, out: &mut String) -> std::fmt::Result {
        let trace = &self.played.run.trace;
        let places = self.scenario.map_or_else(Vec::new, |scenario| scenario.places(trace));
        writeln!(out, "{}", self.texts.say("run.moments"))?;
        for (index, recorded) in trace.iter().enumerate() {
            let time = self.texts.milliseconds(self.since_start(recorded.at));
            let sentence = self.texts.moment(trace, index);
            writeln!(out, "{:>6}  {time:>12}  {sentence}", index + 1)?;
            let steps = self.scenario.map_or(&[][..], |scenario| scenario.steps);
            for (step, _) in steps.iter().zip(&places).filter(|(_, at)| **at == Some(index)) {
                writeln!(out, "{:>24}{}", "* ", self.texts.say(step.words))?;
            }
        }
        writeln!(out)
    }

    fn write_verdicts(&self, out: &mut String) -> std::fmt::Result {
        writeln!(out, "{}", self.texts.say("run.verdicts"))?;
        for Verdict { words, holds, .. } in &self.verdicts {
            let verdict = self.texts.say(if *holds { "run.holds" } else { "run.broken" });
            writeln!(out, "{verdict:>14}  {words}")?;
        }
        match self.played.stopped {
            Some(Stopped::Time) => {
                let seconds = self.texts.count(AFTER_LAST.0 / 1_000_000);
                let values = [("seconds", seconds.as_str())];
                writeln!(out, "\n{}", self.texts.fill("run.stopped_time", &values))?;
            }
            Some(Stopped::Moments) => {
                let count = self.texts.count(MOMENTS_MAX as u64);
                let values = [("count", count.as_str())];
                writeln!(out, "\n{}", self.texts.fill("run.stopped_moments", &values))?;
            }
            None => {}
        }
        writeln!(out)
    }
}

/// An event as it is stored.
fn stored(event: &StoredEvent) -> Value {
    serde_json::from_str(&to_json(event)).expect("a stored event has a JSON form")
}

fn hex(hash: u64) -> String {
    format!("{hash:016x}")
}
