//! The sequence of a saga: what passed between it and others, what got lost, and what came too late.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Moments, Run, mermaid_source, sequence_drawing, sequence_svg,
        texts::{Language, Texts},
        views::{Fate, Happening, Message, Party, SagaState, Sequence, SequenceLine},
    },
    kernel::StepAnswer,
    ports::{Moment, SagaMoment},
    simulation::{Input, ServiceFault, Target, Times},
};

use crate::sample::{OrderInput, arm, create, played, saga, set, tape};

const SECOND: u64 = 1_000_000;

fn run_of(inputs: impl IntoIterator<Item = (u64, OrderInput)>) -> Run<MemoryStore> {
    played(&tape(inputs.into_iter().chain([(1_000, create(1))])))
}

fn sequence_at(run: &Run<MemoryStore>, number: u32) -> Sequence {
    Moments::of(run).sequence(&saga(1).to_string(), number)
}

fn sequence_of(run: &Run<MemoryStore>) -> Sequence {
    sequence_at(run, Moments::of(run).count())
}

fn once(request: &str, fault: ServiceFault) -> (u64, OrderInput) {
    (0, arm(request, fault, Times::Next(1)))
}

/// The messages about a step, in words: what it is, and what becomes of it.
fn messages(sequence: &Sequence, name: &str) -> Vec<(&'static str, u32, Fate)> {
    let message = |line: &SequenceLine| match &line.what {
        Happening::Message(message) if message.name == name => {
            let what = match &message.answer {
                None => "asks",
                Some(StepAnswer::Done) => "done",
                Some(_) => "no",
            };
            Some((what, message.attempt, message.fate))
        }
        Happening::TimedOut(timed_out, attempt) if *timed_out == name => {
            Some(("nothing", *attempt, Fate::Arrives))
        }
        _ => None,
    };
    sequence.lines.iter().filter_map(message).collect()
}

#[test]
fn each_step_is_asked_for_and_answered_by_whoever_does_it() {
    let sequence = sequence_of(&run_of([]));
    let parties: Vec<_> = sequence
        .lines
        .iter()
        .filter_map(|line| match &line.what {
            Happening::Message(Message { party, answer: None, .. }) => Some(party.place()),
            _ => None,
        })
        .collect();
    assert_eq!(parties, [1, 2, 3, 1, 4, 4, 1, 5]);
    assert_eq!(sequence.lines[0].what, Happening::Began);
    let last = sequence.lines.last().expect("something happened");
    assert_eq!(last.what, Happening::Ended(SagaState::Completed));
    assert_eq!(sequence.lines.len(), 2 + 2 * 8, "{:#?}", sequence.lines);
}

#[test]
fn a_lost_request_is_seen_to_be_lost_and_is_made_once_more() {
    let run = run_of([once("ProcessPayment", ServiceFault::LoseRequest)]);
    let told = messages(&sequence_of(&run), "ProcessPayment");
    assert_eq!(
        told,
        [
            ("asks", 1, Fate::Lost),
            ("nothing", 1, Fate::Arrives),
            ("asks", 2, Fate::Arrives),
            ("done", 2, Fate::Arrives),
        ]
    );
}

#[test]
fn a_lost_answer_leaves_the_service_and_the_next_request_is_recognised() {
    let run = run_of([once("ProcessPayment", ServiceFault::LoseAnswer)]);
    let told = messages(&sequence_of(&run), "ProcessPayment");
    assert_eq!(
        told,
        [
            ("asks", 1, Fate::Arrives),
            ("done", 1, Fate::Lost),
            ("nothing", 1, Fate::Arrives),
            ("asks", 2, Fate::Arrives),
            ("done", 2, Fate::Recognised),
        ]
    );
}

#[test]
fn an_answer_after_the_deadline_is_late_and_a_doubled_request_is_seen_twice() {
    let slow = ServiceFault::Slow(hindsight::kernel::Micros(4 * SECOND));
    let late = sequence_of(&run_of([once("ProcessPayment", slow)]));
    let told = messages(&late, "ProcessPayment");
    assert_eq!(told[0], ("asks", 1, Fate::Slow));
    assert!(told.contains(&("done", 1, Fate::Late)), "{told:?}");

    let doubled = sequence_of(&run_of([once("ReserveInventory", ServiceFault::Duplicate)]));
    let told = messages(&doubled, "ReserveInventory");
    assert_eq!(told[..2], [("asks", 1, Fate::Arrives), ("asks", 1, Fate::Doubled)]);
    assert!(told.contains(&("done", 1, Fate::HeardBefore)), "{told:?}");
}

#[test]
fn a_saga_that_turns_back_says_why_and_undoes_in_reverse() {
    let sequence = sequence_of(&run_of([(0, set("payment", "Ana", 0))]));
    let told: Vec<_> = sequence
        .lines
        .iter()
        .filter_map(|line| match &line.what {
            Happening::TurnedBack(reason) => Some(reason.as_str()),
            Happening::Message(Message { goes_back: true, answer: None, name, .. }) => Some(name),
            Happening::Ended(SagaState::Compensated) => Some("end"),
            _ => None,
        })
        .collect();
    assert_eq!(told, ["card_declined", "ReleaseInventory", "CancelOrder", "end"]);
}

/// When the first answer about payments left its service, in microseconds since the run began.
fn served_at(run: &Run<MemoryStore>) -> u64 {
    let trace = run.world().trace();
    let served = trace.iter().find(|recorded| {
        matches!(&recorded.moment, Moment::Saga(SagaMoment::ServiceServed { service, .. }) if *service == "payment")
    });
    served.expect("it served").at.since(crate::sample::START).0
}

#[test]
fn a_crash_of_the_runner_breaks_it_loses_the_answer_and_the_request_is_sent_again() {
    let at = served_at(&run_of([])) + 1;
    let crash = [(at, Input::Crash(Target::Runner)), (at + SECOND, Input::Restart(Target::Runner))];
    let run = played(&tape([(1_000, create(1))].into_iter().chain(crash)));
    let sequence = sequence_of(&run);
    let told = messages(&sequence, "ProcessPayment");
    assert_eq!(
        told,
        [
            ("asks", 1, Fate::Arrives),
            ("done", 1, Fate::Lost),
            ("asks", 1, Fate::SentAgain),
            ("done", 1, Fate::Recognised),
        ]
    );
    let place = |what: &Happening| sequence.lines.iter().position(|line| line.what == *what);
    let killed = place(&Happening::Killed(Party::Saga)).expect("it was killed");
    assert_eq!(place(&Happening::Restarted(Party::Saga)), Some(killed + 1));
    let dead: Vec<_> = sequence.lines.iter().map(|line| line.dead[0]).collect();
    assert_eq!(dead.iter().filter(|dead| **dead).count(), 1, "{dead:?}");
}

/// Much of what can go wrong, at once.
fn troubled() -> Run<MemoryStore> {
    played(&tape([
        once("ReserveInventory", ServiceFault::LoseRequest),
        once("ProcessPayment", ServiceFault::LoseAnswer),
        once("CreateShipment", ServiceFault::Refuse),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
        (6 * SECOND, Input::Crash(Target::Service("payment".to_owned()))),
        (7 * SECOND, Input::Restart(Target::Service("payment".to_owned()))),
        (9 * SECOND, Input::Reload),
    ]))
}

#[test]
fn the_past_shows_the_past_and_nothing_that_was_shown_goes_away() {
    let run = troubled();
    let trace = run.world().trace().to_vec();
    let mut before = Sequence::default();
    for number in 0..=Moments::of(&run).count() {
        let now = sequence_at(&run, number);
        assert!(now.lines.len() >= before.lines.len(), "moment {number}");
        for (line, earlier) in now.lines.iter().zip(&before.lines) {
            assert_eq!(line.moment, earlier.moment, "moment {number}");
            // What becomes of a request is seen at the moment when it does.
            let is_other = line.what != earlier.what;
            let is_fault = matches!(trace[number as usize - 1].moment, Moment::FaultMet { .. });
            assert!(!is_other || is_fault, "moment {number}: {line:?} was {earlier:?}");
        }
        let new = &now.lines[before.lines.len()..];
        assert!(new.iter().all(|line| line.moment == number), "moment {number}: {new:?}");
        before = now;
    }
    assert!(before.lines.len() > 20, "only {}", before.lines.len());
}

#[test]
fn a_moment_says_whose_saga_it_is_about() {
    let run = troubled();
    let moments = Moments::of(&run);
    for line in sequence_of(&run).lines {
        if matches!(line.what, Happening::Message(Message { fate: Fate::Arrives, .. })) {
            assert_eq!(moments.saga_of(line.moment), Some(saga(1).to_string()), "{line:?}");
        }
    }
    assert_eq!(moments.saga_of(1), None, "the switch is of no saga");
    assert_eq!(moments.last_saga(moments.count()), Some(saga(1).to_string()));
}

#[test]
fn every_row_of_the_drawing_leads_to_its_moment_and_has_a_name() {
    let sequence = sequence_of(&troubled());
    for language in Language::ALL {
        let drawing = sequence_drawing(Texts::of(language), &sequence);
        let of = |wanted: &str| -> Vec<String> {
            let marked = drawing.rows.iter().flat_map(|shape| &shape.attributes);
            marked.filter(|(name, _)| *name == wanted).map(|(_, value)| value.clone()).collect()
        };
        let moments: Vec<_> = sequence.lines.iter().map(|it| it.moment.to_string()).collect();
        assert_eq!(of("data-moment"), moments);
        assert!(of("aria-label").iter().all(|label| !label.contains(['{', '}'])));
        assert_eq!(of("tabindex").iter().filter(|index| *index == "0").count(), 1);
    }
}

/// The tags of a piece of XML, as they open and close: an unescaped sign in a text would be one more.
fn is_balanced(xml: &str) -> bool {
    let mut open: Vec<&str> = vec![];
    for piece in xml.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { return false };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or("");
        let is_sound = |part: &str| {
            part.split('&').skip(1).all(|after| {
                ["amp;", "lt;", "gt;", "quot;"].iter().any(|known| after.starts_with(known))
            })
        };
        if text.contains('>') || !is_sound(text) || !is_sound(tag) {
            return false;
        }
        match (tag.starts_with('/'), tag.ends_with('/')) {
            (true, _) if open.pop() != Some(name) => return false,
            (false, false) => open.push(name),
            _ => {}
        }
    }
    open.is_empty()
}

/// What nobody would call a step, and what services may answer all the same.
fn awkward() -> Sequence {
    let reason = "end; # %% <b>\"loop\"\n&amp; & participant X as Y\u{1b}".to_owned();
    let what = [
        Happening::TurnedBack(reason.clone()),
        Happening::NeedsPerson(reason.clone()),
        Happening::Message(Message {
            party: Party::Service(1),
            name: "ProcessPayment",
            attempt: 2,
            goes_back: false,
            answer: Some(StepAnswer::Refused { reason }),
            fate: Fate::Lost,
        }),
    ];
    let line = |what| SequenceLine { moment: 1, at_us: 0, what, dead: Default::default() };
    Sequence { id: "117f3a".to_owned(), lines: what.into_iter().map(line).collect() }
}

#[test]
fn the_svg_file_is_sound_whatever_a_reason_says_and_needs_no_other_file() {
    for sequence in [sequence_of(&troubled()), awkward(), Sequence::default()] {
        for language in Language::ALL {
            let svg = sequence_svg(Texts::of(language), &sequence);
            assert!(is_balanced(&svg), "{svg}");
            assert!(
                !svg.contains(char::is_control)
                    || !svg.replace('\n', "").contains(char::is_control)
            );
            assert!(!svg.contains("var(") && !svg.contains("href"), "{svg}");
            assert!(!svg.contains("role=\"button\""), "{svg}");
        }
    }
}

/// Whether a line is one that Mermaid's grammar of sequence diagrams knows, with nothing in its text
/// that would end it.
fn is_mermaid(line: &str) -> bool {
    let line = line.trim_start();
    let is_text = |text: &str| {
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('#') {
            let Some((number, behind)) = after.split_once(';') else { return false };
            if number.is_empty() || !number.chars().all(|digit| digit.is_ascii_digit()) {
                return false;
            }
            rest = behind;
        }
        !rest.contains(';') && !text.contains("%%") && !text.contains(['<', '>', '"'])
    };
    let letters = "SOIPHN";
    let is_letter = |name: &str| name.len() == 1 && letters.contains(name);
    if let Some(rest) = line.strip_prefix("participant ") {
        let (name, alias) = rest.split_once(" as ").unwrap_or_default();
        return is_letter(name) && is_text(alias) && !alias.is_empty();
    }
    let Some((way, text)) = line.split_once(": ") else { return false };
    if let Some(over) = way.strip_prefix("Note over ") {
        return over.split(',').all(is_letter) && is_text(text);
    }
    let arrow = ["-->>", "--x", "->>", "-x"].into_iter().find(|arrow| way.contains(*arrow));
    let ends = arrow.and_then(|arrow| way.split_once(arrow));
    ends.is_some_and(|(from, to)| is_letter(from) && is_letter(to)) && is_text(text)
}

#[test]
fn the_mermaid_source_is_sound_whatever_a_reason_says() {
    for sequence in [sequence_of(&troubled()), awkward(), Sequence::default()] {
        for language in Language::ALL {
            let source = mermaid_source(Texts::of(language), &sequence);
            let mut lines = source.lines();
            assert_eq!(lines.next(), Some("sequenceDiagram"));
            let wrong: Vec<_> = lines.filter(|line| !is_mermaid(line)).collect();
            assert!(wrong.is_empty(), "{wrong:#?} in\n{source}");
        }
    }
}

#[test]
fn the_mermaid_source_of_a_declined_card_is_as_it_always_was() {
    let run = run_of([
        (0, set("payment", "Ana", 0)),
        once("ReserveInventory", ServiceFault::LoseRequest),
    ]);
    let source = mermaid_source(Texts::of(Language::En), &sequence_of(&run));
    assert_eq!(source, include_str!("declined.mmd"), "{source}");
}
