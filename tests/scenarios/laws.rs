//! The laws see what they are there to see: each fails on a run whose end was tampered with.

use hindsight::{
    app::{Finished, LAWS, PROJECTORS},
    kernel::{CorrelationId, GlobalPosition, Micros},
    simulation::{Input, Target},
};

use super::{finished, number};

fn broken_laws(run: &Finished) -> Vec<&'static str> {
    LAWS.iter().filter(|law| !(law.holds)(run)).map(|law| law.words).collect()
}

/// The run of scenario 21: several orders, and nothing wrong.
fn sound() -> Finished {
    finished(&number(21).tape())
}

#[test]
fn a_run_without_trouble_keeps_every_law() {
    assert_eq!(broken_laws(&sound()), Vec::<&str>::new());
}

#[test]
fn a_lost_event_is_seen() {
    let mut run = sound();
    run.log.pop();
    assert!(broken_laws(&run).contains(&"law.once"));
    let mut run = sound();
    run.log.remove(1);
    assert!(broken_laws(&run).contains(&"law.no_gaps"));
}

#[test]
fn an_event_that_is_stored_twice_is_seen() {
    let mut run = sound();
    let mut again = run.log[0].clone();
    again.position = GlobalPosition(run.log.len() as u64 + 1);
    run.log.push(again);
    let broken = broken_laws(&run);
    assert!(broken.contains(&"law.once") && broken.contains(&"law.rules_kept"), "{broken:?}");
}

#[test]
fn without_the_version_check_a_history_breaks_the_rules() {
    assert_eq!(broken_laws(&finished(&number(13).tape())), ["law.rules_kept"]);
}

#[test]
fn a_row_that_is_wrong_missing_or_too_much_is_seen() {
    let mut run = sound();
    let rows = |run: &mut Finished| run.models[0].groups.get_mut("").map(std::mem::take);
    let kept = rows(&mut run).expect("there are orders");
    for wrong in [kept[1..].to_vec(), [&kept[..], &kept[..1]].concat(), vec![]] {
        run.models[0].groups.insert(String::new(), wrong);
        assert_eq!(broken_laws(&run), ["law.models_follow"]);
    }
}

#[test]
fn a_read_model_that_is_behind_is_seen_unless_its_projector_was_killed() {
    let mut tape = number(21).tape();
    tape.entries.pop();
    let sales = || Target::Projector(PROJECTORS[2].to_owned());
    tape.entries.insert(
        2,
        hindsight::simulation::Entry { at: Micros(7_000), input: Input::Pause(sales()) },
    );
    let mut run = finished(&tape);
    assert!(run.models[2].checkpoint < run.models[1].checkpoint, "it was paused");
    assert_eq!(broken_laws(&run), Vec::<&str>::new());
    run.trace.retain(|recorded| recorded.moment != hindsight::ports::Moment::Paused);
    assert_eq!(broken_laws(&run), ["law.models_caught_up"]);
}

#[test]
fn a_moment_that_belongs_to_another_request_is_seen() {
    let sound = sound();
    assert!(sound.trace.iter().any(|recorded| recorded.correlation.is_none()));
    for at in 0..sound.trace.len() {
        let mut run = sound.clone();
        let recorded = &mut run.trace[at];
        recorded.correlation = match recorded.correlation {
            Some(_) => None,
            None => Some(CorrelationId(uuid::Uuid::max())),
        };
        assert!(broken_laws(&run).contains(&"law.correlated"), "moment {}", at + 1);
    }
}
