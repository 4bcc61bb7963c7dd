//! The command line: the program itself, with what it writes and the status with which it ends.
#![cfg(not(target_arch = "wasm32"))]

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use hindsight::{app::SCENARIOS, domain::orders::OrderCommand, simulation::Tape};

fn hindsight(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hindsight")).args(arguments).output().expect("it can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("it writes text")
}

/// What it wrote, when it ended with this status and nothing went to the other side.
fn said(arguments: &[&str], status: i32) -> String {
    let output = hindsight(arguments);
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{arguments:?}\n{out}\n{errors}");
    let (said, silent) = if status == 2 { (errors, out) } else { (out, errors) };
    assert_eq!(silent, "", "{arguments:?}");
    said
}

/// A file with this text.
fn file(name: &str, text: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).expect("the folder for tests can be written");
    path.to_str().expect("its path is text").to_owned()
}

fn tape(id: u16) -> Tape<OrderCommand> {
    hindsight::app::scenario(id).expect("there is such a scenario").tape()
}

#[test]
fn every_scenario_holds_under_other_seeds_too_and_its_tape_gives_the_same_hashes() {
    for scenario in &SCENARIOS {
        let number = scenario.id.to_string();
        let tape_text = said(&["tape", "--scenario", &number], 0);
        assert_eq!(tape_text, scenario.tape().to_text());
        let path = file(&format!("scenario-{number}.tape"), &tape_text);
        let hashes = |said: &str| -> Vec<String> {
            said.lines().filter(|line| line.starts_with("Hash")).map(str::to_owned).collect()
        };
        let by_number = hashes(&said(&["run", "--scenario", &number], 0));
        assert_eq!(by_number.len(), 2);
        // Of these, only the one without the version check breaks a law.
        let by_file = said(&["run", &path], i32::from(scenario.id == 13));
        assert_eq!(by_number, hashes(&by_file));
        let other = hashes(&said(&["run", "--scenario", &number, "--seed", "99"], 0));
        assert_ne!(by_number[1], other[1], "another seed gives other ids");
    }
}

#[test]
fn a_run_is_told_in_sentences_with_verdicts_in_both_languages() {
    let english = said(&["run", "--scenario", "12"], 0);
    for part in [
        "Two clicks, one order",
        "order 7f3a v3  OrderCancelled",
        "Conflict: ShipOrder (Person 2) was decided on version 2 of order 7f3a",
        "* Two commands on the same version.",
        "true  Decided again, it is refused.",
    ] {
        assert!(english.contains(part), "{part}: {english}");
    }
    let spanish = said(&["run", "--lang", "es", "--scenario", "12"], 0);
    for part in ["Dos clics, un pedido", "Conflicto: ShipOrder", "cierto  Decidido otra vez"] {
        assert!(spanish.contains(part), "{part}: {spanish}");
    }
}

#[test]
fn a_law_that_is_broken_is_said_and_ends_with_status_1() {
    let path = file("unchecked.tape", &tape(13).to_text());
    let said = said(&["run", &path], 1);
    assert!(said.contains("NOT TRUE  No order’s history breaks a rule."), "{said}");
    assert_eq!(said.matches("NOT TRUE").count(), 1, "{said}");
}

#[test]
fn json_is_one_object_with_everything_in_it() {
    let said = said(&["run", "--scenario", "4", "--json", "--seed", "5"], 0);
    let whole: serde_json::Value = serde_json::from_str(&said).expect("it is JSON");
    assert_eq!((whole["scenario"].as_u64(), whole["seed"].as_u64()), (Some(4), Some(5)));
    assert_eq!(whole["came_to_rest"], true);
    assert_eq!(whole["log"].as_array().map(Vec::len), Some(4));
    assert_eq!(whole["log"][0]["type"], "OrderCreated");
    let first = &whole["moments"][0];
    assert_eq!(
        (first["number"].as_u64(), first["name"].as_str()),
        (Some(1), Some("command_given"))
    );
    assert_eq!(first["facts"]["name"], "CreateOrder");
    assert_eq!(first["correlation"], first["facts"]["command"]);
    assert_eq!(first["sentence"], "Person 1 sends CreateOrder for order 7f3a.");
    assert!(whole["verdicts"].as_array().is_some_and(|verdicts| {
        verdicts.len() > 3 && verdicts.iter().all(|verdict| verdict["holds"] == true)
    }));
    assert_eq!(whole["trace_hash"].as_str().map(str::len), Some(16));
}

#[test]
fn a_run_that_never_ends_is_stopped_and_says_so() {
    let mut tape = tape(1).to_text();
    tape.push_str(
        r#"{"at":20000,"input":{"arm":{"point":"read_log","fault":"unavailable","times":"always"}}}"#,
    );
    tape.push_str("\n{\"at\":20000,\"input\":\"reload\"}\n");
    let path = file("forever.tape", &tape);
    let said_of_it = said(&["run", &path], 1);
    assert!(said_of_it.contains("NOT TRUE  The run comes to rest."), "{said_of_it}");
    assert!(said_of_it.contains("It was stopped 60 s of virtual time after"), "{said_of_it}");
}

#[test]
fn a_run_with_too_many_moments_is_stopped_too() {
    let mut tape = tape(1).to_text();
    let far_away = 4_000_000_000_000_u64;
    tape.push_str(
        r#"{"at":20000,"input":{"arm":{"point":"read_log","fault":"unavailable","times":"always"}}}"#,
    );
    tape.push_str(&format!(
        "\n{{\"at\":20000,\"input\":\"reload\"}}\n{{\"at\":{far_away},\"input\":\"reload\"}}\n"
    ));
    let path = file("endless.tape", &tape);
    let said_of_it = said(&["run", &path], 1);
    assert!(said_of_it.contains("It was stopped after 200,000 moments:"), "{said_of_it}");
    assert!(said_of_it.contains("; moments: 200,000;"));
}

#[test]
fn times_and_versions_at_the_edge_of_their_numbers_break_nothing() {
    let head = r#"{"hindsight_tape":1,"seed":7,"start":-9223372036854775808,"base":0,"moment_us":18446744073709551615,"check_versions":true,"behaviours":["Append","Retry","Retry"]}"#;
    let create = tape(1).to_text().lines().nth(1).map(str::to_owned).expect("there are entries");
    let foreign = r#"{"at":18446744073709551615,"input":{"foreign":[{"position":0,"stream":"x","version":0,"id":"00000000-0000-0000-0000-000000000001","occurred_at":1,"correlation_id":"00000000-0000-0000-0000-000000000001","causation_id":"00000000-0000-0000-0000-000000000001","type":"OrderDelivered","schema":1,"data":"{}"}]}}"#;
    let usual = tape(1).to_text().lines().next().map(str::to_owned).expect("there is a head");
    let slow = r#"{"at":0,"input":{"slow":[{"projector":"order_details"},18446744073709551615]}}"#;
    for head in [head, &usual] {
        let path = file("edges.tape", &[head, slow, &create, foreign].join("\n"));
        let output = hindsight(&["run", &path]);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
        assert!(text(&output.stdout).contains("Hash of the trace"), "{output:?}");
    }
}

#[test]
fn a_bad_file_is_refused_with_its_line_and_the_reason() {
    let good = tape(1).to_text();
    let cut = file("cut.tape", &good[..good.len() - 3]);
    let said_of_it = said(&["run", &cut], 2);
    assert!(
        said_of_it.contains("cut.tape: line 5 of the tape is malformed: unexpected EOS"),
        "{said_of_it}"
    );
    assert!(!said_of_it.contains("at line 1"), "{said_of_it}");
    let lines: Vec<&str> = good.lines().collect();
    let unordered = file("unordered.tape", &[lines[0], lines[2], lines[1]].join("\n"));
    assert!(
        said(&["run", &unordered], 2).contains("line 3 of the tape comes before the line above")
    );
    let behind = file("behind.tape", &good.replacen("\"base\":0", "\"base\":3", 1));
    assert!(said(&["run", &behind], 2).contains("goes on behind 3 events that it does not hold"));
    let newer =
        file("newer.tape", &good.replacen("\"hindsight_tape\":1", "\"hindsight_tape\":9", 1));
    assert!(said(&["run", &newer], 2).contains("the tape has form 9; this program reads form 1"));
    assert!(said(&["run", "no-such.tape"], 2).contains("no-such.tape: No such file"));
    let empty = file("empty.tape", "\n");
    assert!(said(&["run", &empty], 2).contains("the tape is empty"));
}

#[test]
fn arguments_that_mean_nothing_are_refused_with_a_word_on_why() {
    for (arguments, why) in [
        (&[][..], "say what to do"),
        (&["walk"], "`walk` is not known"),
        (&["run"], "say which tape"),
        (&["run", "--scenario"], "--scenario needs a value"),
        (&["run", "--scenario", "3"], "there is no scenario 3"),
        (&["run", "--scenario", "x"], "--scenario wants a whole number, and got `x`"),
        (&["run", "--scenario", "12", "--seed", "-1"], "--seed wants a whole number"),
        (&["run", "--scenario", "12", "some.tape"], "one tape at a time"),
        (&["run", "--lang", "fr", "--scenario", "12"], "--lang wants en or es, and got `fr`"),
        (&["run", "--loud", "--scenario", "12"], "`--loud` is not known"),
    ] {
        assert!(said(arguments, 2).contains(why), "{arguments:?}");
    }
}

#[test]
fn help_names_every_option_and_scenarios_are_listed() {
    let help = said(&["--help"], 0);
    for word in [
        "run FILE",
        "--scenario N",
        "--seed S",
        "--lang en|es",
        "--json",
        "scenarios",
        "200,000 moments",
    ] {
        assert!(help.contains(word), "{word}");
    }
    assert_eq!(said(&["run", "--help"], 0), help);
    let list = said(&["scenarios", "--lang", "es"], 0);
    assert!(list.contains("  12  Dos clics, un pedido\n"), "{list}");
    assert_eq!(list.lines().count(), SCENARIOS.len() * 2);
}
