//! Given some events, when a command comes, then this follows: a test of a decider, told as a story.

use std::fmt::{Debug, Write};

use hindsight::kernel::{Decider, fold};

/// The beginning of a story: what has happened so far.
pub(crate) struct Given<D: Decider> {
    history: Vec<D::Event>,
}

/// The middle of a story: what somebody wants now. Only its end is missing.
pub(crate) struct When<D: Decider> {
    history: Vec<D::Event>,
    command: D::Command,
}

/// Begins a story of that decider.
pub(crate) fn given<D: Decider>(history: impl IntoIterator<Item = D::Event>) -> Given<D> {
    Given { history: history.into_iter().collect() }
}

impl<D: Decider> Given<D> {
    /// The command of the story.
    pub(crate) fn when(self, command: D::Command) -> When<D> {
        When { history: self.history, command }
    }
}

impl<D> When<D>
where
    D: Decider,
    D::Command: Debug,
    D::Event: Debug + Clone + PartialEq,
    D::Rejection: Debug + Clone + PartialEq,
    D::State: Debug,
{
    /// The story ends well: exactly these events.
    #[track_caller]
    pub(crate) fn then(self, expected: impl IntoIterator<Item = D::Event>) {
        self.ends(&Ok(expected.into_iter().collect()));
    }

    /// The command had taken effect before: nothing happens.
    #[track_caller]
    pub(crate) fn then_already_so(self) {
        self.ends(&Ok(vec![]));
    }

    /// A rule says no, exactly this one.
    #[track_caller]
    pub(crate) fn then_rejected(self, expected: D::Rejection) {
        self.ends(&Err(expected));
    }

    #[track_caller]
    fn ends(self, expected: &Result<Vec<D::Event>, D::Rejection>) {
        let state = fold::<D>(&self.history);
        let got = D::decide(&state, &self.command);
        assert!(got == *expected, "{}", self.told(&state, expected, &got));
    }

    /// The whole story, for who has to find out why it ends otherwise.
    fn told(
        &self,
        state: &D::State,
        expected: &Result<Vec<D::Event>, D::Rejection>,
        got: &Result<Vec<D::Event>, D::Rejection>,
    ) -> String {
        let mut story = String::from("the story ends otherwise\ngiven\n");
        if self.history.is_empty() {
            story.push_str("    nothing\n");
        }
        for event in &self.history {
            writeln!(story, "    {event:?}").expect("a string takes every text");
        }
        let (state, when) = (format!("{state:?}"), format!("{:?}", self.command));
        let (expected, got) = (ending(expected), ending(got));
        format!(
            "{story}which makes\n    {state}\nwhen\n    {when}\nthen expected\n{expected}got\n{got}"
        )
    }
}

fn ending<E: Debug, R: Debug>(ending: &Result<Vec<E>, R>) -> String {
    match ending {
        Ok(events) if events.is_empty() => "    nothing: already so\n".to_owned(),
        Ok(events) => events.iter().map(|event| format!("    {event:?}\n")).collect(),
        Err(rejection) => format!("    rejected: {rejection:?}\n"),
    }
}

/// A decider small enough to see through: a lamp.
mod lamp {
    use super::{Decider, given};

    struct Lamp;

    #[derive(Debug)]
    enum Command {
        Light,
        Smash,
    }

    #[derive(Clone, Debug, PartialEq)]
    struct Lit;

    #[derive(Clone, Debug, PartialEq)]
    struct Precious;

    impl Decider for Lamp {
        type Command = Command;
        type Event = Lit;
        type Rejection = Precious;
        type State = bool;

        fn initial() -> bool {
            false
        }

        fn decide(lit: &bool, command: &Command) -> Result<Vec<Lit>, Precious> {
            match command {
                Command::Light if *lit => Ok(vec![]),
                Command::Light => Ok(vec![Lit]),
                Command::Smash => Err(Precious),
            }
        }

        fn evolve(_lit: bool, _event: &Lit) -> bool {
            true
        }
    }

    #[test]
    fn a_story_that_ends_as_it_should_passes() {
        given::<Lamp>([]).when(Command::Light).then([Lit]);
        given::<Lamp>([Lit]).when(Command::Light).then_already_so();
        given::<Lamp>([Lit]).when(Command::Smash).then_rejected(Precious);
    }

    #[test]
    fn a_story_that_ends_otherwise_is_told_whole() {
        let wrong = || given::<Lamp>([Lit]).when(Command::Smash).then_already_so();
        assert_eq!(
            told(wrong),
            "the story ends otherwise\ngiven\n    Lit\nwhich makes\n    true\nwhen\n    Smash\n\
             then expected\n    nothing: already so\ngot\n    rejected: Precious\n"
        );
        let wrong = || given::<Lamp>([]).when(Command::Light).then_rejected(Precious);
        assert_eq!(
            told(wrong),
            "the story ends otherwise\ngiven\n    nothing\nwhich makes\n    false\nwhen\n    Light\n\
             then expected\n    rejected: Precious\ngot\n    Lit\n"
        );
        let wrong = || given::<Lamp>([]).when(Command::Light).then_already_so();
        assert!(told(wrong).ends_with("got\n    Lit\n"));
        let wrong = || given::<Lamp>([]).when(Command::Light).then([Lit, Lit]);
        assert!(told(wrong).ends_with("then expected\n    Lit\n    Lit\ngot\n    Lit\n"));
    }

    fn told(story: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let failure = std::panic::catch_unwind(story).expect_err("the story ends otherwise");
        *failure.downcast::<String>().expect("a failure is told in words")
    }
}
