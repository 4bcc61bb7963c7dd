//! What is kept of the lab's branches: the tape of each, line by line, and a list of them.
//!
//! A branch is kept as its whole tape: each one is a complete run, and stays one when the branch that it
//! parted from is deleted. All but the first run over memory, so bringing one back is playing its tape.

use std::rc::Rc;

use super::{
    Changed, Lab, branches::Branch, lab_tape::Watch, run::Stores, scenario_file::ScenarioFile,
    views::Restored, wiring::Wiring,
};
use crate::{
    adapters::KeptLines,
    kernel::{from_json, json_object, to_json},
    ports::Environment,
};

/// The number of the first branch, whose events lie in the database.
pub const FIRST_BRANCH: u32 = 1;
/// Under which number the list of branches is kept, as one line. No branch has it.
pub const BRANCH_LIST: u32 = 0;

/// What of the branches lies in the database.
#[derive(Debug, Default)]
pub(super) struct Kept {
    numbers: Vec<u32>,
    list: String,
}

/// What runs on a branch of this number.
type Numbered<E> = (u32, Rc<Wiring<E>>);

/// The list of branches.
struct List {
    current: u32,
    begun: u32,
    branches: Vec<Listed>,
}

json_object!(List { current, begun, branches });

/// A branch in the list.
struct Listed {
    number: u32,
    name: String,
    parent: Option<u32>,
    parts_at: u32,
    scenario: Option<u16>,
}

json_object!(Listed { number, name, parent, parts_at, scenario });

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// What is to be written so that everything is kept. It counts as written from here on: where it could
    /// not be, call [`Lab::keep_again`].
    pub async fn take_unkept(&self) -> Vec<KeptLines> {
        let (branches, list) = self.kept_branches();
        let mut parts = vec![];
        for (branch, wiring) in &branches {
            let (place, lines) = wiring.player.take_unkept().await;
            if !lines.is_empty() {
                parts.push(KeptLines { branch: *branch, place: place as u32, lines });
            }
        }
        let numbers: Vec<u32> = branches.iter().map(|(number, _)| *number).collect();
        let mut kept = self.state.kept.borrow_mut();
        for branch in kept.numbers.iter().filter(|number| !numbers.contains(number)) {
            parts.push(KeptLines { branch: *branch, place: 0, lines: vec![] });
        }
        if kept.list != list {
            parts.push(KeptLines { branch: BRANCH_LIST, place: 0, lines: vec![list.clone()] });
        }
        *kept = Kept { numbers, list };
        parts
    }

    /// Nothing is kept but lines of branches with these numbers, which give way.
    pub async fn keep_again(&self, lying: &[u32]) {
        for (_, wiring) in self.kept_branches().0 {
            wiring.player.keep_from(0).await;
        }
        let mut kept = self.state.kept.borrow_mut();
        kept.numbers.extend(lying);
        kept.list.clear();
    }

    /// The branches that are kept, and the list of them.
    fn kept_branches(&self) -> (Vec<Numbered<E>>, String) {
        let branches = self.state.branches.borrow();
        let kept = || branches.all().iter().filter(|branch| branch.is_kept());
        let listed = |branch: &Branch<E>| Listed {
            number: branch.number,
            name: branch.name.clone(),
            parent: branch.parent.map(|(number, _)| number),
            parts_at: branch.parent.map_or(0, |(_, at)| at as u32),
            scenario: branch.scenario.as_ref().map(|file| file.card.id),
        };
        let list = List {
            current: branches.current(),
            begun: branches.begun(),
            branches: kept().map(listed).collect(),
        };
        let wirings = kept().map(|branch| (branch.number, branch.wiring.clone())).collect();
        (wirings, to_json(&list))
    }

    /// Brings all branches back that were kept, and shows the one that was shown. None where nothing was
    /// kept. `file` finds the scenario that a branch began with; the others are as [`Lab::restore`] has them.
    pub async fn restore_all(
        &self,
        kept: &[KeptLines],
        scratch: impl Fn() -> E,
        file: impl AsyncFn(u16) -> Option<ScenarioFile>,
        watch: &dyn Fn(u64, u64) -> bool,
    ) -> Option<Restored> {
        let lines_of = |number| Some(&kept.iter().find(|part| part.branch == number)?.lines);
        let first = lines_of(FIRST_BRANCH)?;
        let all: u64 = kept.iter().map(|part| part.lines.len() as u64).sum();
        let restored = self.restore(first, &scratch, &|done, _| watch(done, all)).await;
        self.note_kept(kept, &restored, first.len()).await;
        let list = lines_of(BRANCH_LIST).and_then(|lines| from_json::<List>(lines.first()?).ok());
        let Some(list) = list.filter(|_| restored != Restored::Skipped) else {
            return Some(restored);
        };
        self.state.branches.borrow_mut().have_begun(list.begun);
        let (mut done, mut trouble) = (first.len() as u64, None);
        for branch in list.branches.into_iter().filter(|branch| branch.number != FIRST_BRANCH) {
            let Some(lines) = lines_of(branch.number) else { continue };
            let number = branch.number;
            let scenario = match branch.scenario {
                Some(id) => file(id).await,
                None => None,
            };
            let watch = |played, _: u64| watch(done + played, all);
            match self.restore_branch(branch, lines, scenario, scratch(), &watch).await {
                Ok(true) => {}
                Ok(false) => trouble = Some(Restored::Skipped),
                Err(reason) => trouble = Some(Restored::BranchUnreadable { number, reason }),
            }
            done += lines.len() as u64;
        }
        if self.state.branches.borrow_mut().switch(list.current) && list.current != FIRST_BRANCH {
            self.show(self.live()).await;
        }
        trouble.filter(|_| matches!(restored, Restored::Whole { .. })).or(Some(restored))
    }

    /// Notes what lies in the database: of a first branch that leads elsewhere, nothing stays.
    async fn note_kept(&self, kept: &[KeptLines], restored: &Restored, lines: usize) {
        if matches!(restored, Restored::Whole { .. }) {
            self.first().player.keep_from(lines).await;
        }
        let numbers = kept.iter().map(|part| part.branch);
        let gone = |number: &u32| *restored == Restored::Skipped && *number != BRANCH_LIST;
        self.state.kept.borrow_mut().numbers = numbers.filter(gone).collect();
    }

    /// False where nobody wants to wait for it: then it is given up.
    async fn restore_branch(
        &self,
        listed: Listed,
        lines: &[String],
        scenario: Option<ScenarioFile>,
        scratch: E,
        watch: Watch<'_>,
    ) -> Result<bool, String> {
        let played = self.rerun(lines, scratch, watch).await?;
        self.state.kept.borrow_mut().numbers.push(listed.number);
        let Some(wiring) = played else { return Ok(false) };
        wiring.player.keep_from(lines.len()).await;
        let Listed { number, name, parent, parts_at, scenario: _ } = listed;
        let parent = parent.map(|parent| (parent, parts_at as usize));
        let scenario = scenario.map(Rc::new);
        let branch = Branch { number, name, parent, scenario, wiring };
        self.state.branches.borrow_mut().put_back(branch);
        Ok(true)
    }

    /// Takes in a run of somebody else as a branch with a past of its own.
    ///
    /// # Errors
    /// Why it is none, or cannot be played.
    pub async fn take_in_run(&self, lines: &[String], scratch: E) -> Result<(), String> {
        if let Some(wiring) = self.rerun(lines, scratch, &|_, _| true).await? {
            self.state.branches.borrow_mut().take_in(wiring);
            self.tell(Changed { branches: true, ..Changed::default() });
        }
        Ok(())
    }

    /// Whether a branch of this number has all of these lines, and maybe more.
    pub async fn has_lines(&self, number: u32, lines: &[String]) -> bool {
        let (branches, _) = self.kept_branches();
        let Some((_, wiring)) = branches.into_iter().find(|(kept, _)| *kept == number) else {
            return false;
        };
        wiring.player.tape().await.lines_from(0).starts_with(lines)
    }
}
