//! A plan that breaks the order of reversibility is refused when it is built.

use hindsight::kernel::{Plan, PlanError, Step, StepKind};

use super::samples::step;

const UNDONE: StepKind = StepKind::Compensatable { compensation: Some("Undo") };

const fn named(name: &'static str, kind: StepKind) -> Step {
    step(name, kind)
}

#[test]
fn steps_that_can_be_undone_then_one_pivot_then_retriable_ones_are_a_plan() {
    const STEPS: &[Step] = &[
        named("a", UNDONE),
        named("b", StepKind::Compensatable { compensation: None }),
        named("c", StepKind::Pivot),
        named("d", StepKind::Retriable),
        named("e", StepKind::Retriable),
    ];
    assert_eq!(Plan::new(STEPS).map(|plan| plan.steps()), Ok(STEPS));
    for (from, to) in [(0, 1), (0, 2), (2, 3), (2, 5), (3, 5), (1, 5)] {
        assert!(Plan::new(&STEPS[from..to]).is_ok(), "{from} to {to}");
    }
    const NO_PIVOT: &[Step] = &[named("a", UNDONE), named("d", StepKind::Retriable)];
    assert!(Plan::new(NO_PIVOT).is_ok());
}

#[test]
fn no_steps_are_no_plan() {
    assert_eq!(Plan::new(&[]), Err(PlanError::NoSteps));
}

#[test]
fn a_name_names_one_step() {
    const STEPS: &[Step] = &[named("a", UNDONE), named("b", UNDONE), named("a", StepKind::Pivot)];
    assert_eq!(Plan::new(STEPS), Err(PlanError::NameTwice("a")));
}

#[test]
fn a_step_is_tried_at_least_once() {
    const STEPS: &[Step] = &[Step { attempts_max: 0, ..named("a", UNDONE) }];
    assert_eq!(Plan::new(STEPS), Err(PlanError::NoAttempts("a")));
}

#[test]
fn there_is_one_point_of_no_return_at_most() {
    const STEPS: &[Step] = &[named("a", StepKind::Pivot), named("b", StepKind::Pivot)];
    assert_eq!(Plan::new(STEPS), Err(PlanError::SecondPivot("b")));
}

#[test]
fn nothing_is_undone_beyond_the_point_of_no_return() {
    const AFTER_PIVOT: &[Step] = &[named("a", StepKind::Pivot), named("b", UNDONE)];
    assert_eq!(Plan::new(AFTER_PIVOT), Err(PlanError::UndoneTooLate("b")));
    const AFTER_RETRIABLE: &[Step] = &[named("a", StepKind::Retriable), named("b", UNDONE)];
    assert_eq!(Plan::new(AFTER_RETRIABLE), Err(PlanError::UndoneTooLate("b")));
}

#[test]
fn the_point_of_no_return_comes_before_what_is_only_tried_again() {
    const STEPS: &[Step] = &[named("a", StepKind::Retriable), named("b", StepKind::Pivot)];
    assert_eq!(Plan::new(STEPS), Err(PlanError::PivotTooLate("b")));
}
