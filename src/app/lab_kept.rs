//! What is kept of the lab's branches: the tape of each, line by line, and a list of them.
//!
//! A branch is kept as its whole tape: each one is a complete run, and stays one when the branch that it
//! parted from is deleted. All but the first run over memory, so bringing one back is playing its tape.

use std::{mem::replace, rc::Rc};

use super::{
    Changed, Lab,
    branches::{Branch, OfScenario},
    lab_tape::Watch,
    run::Stores,
    scenario_file::ScenarioFile,
    views::{Restored, Unplayable},
    wiring::Wiring,
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
    unplayed: Vec<Unplayed>,
}

/// A tape that could not be played. It stays, and is tried again the next time.
#[derive(Debug)]
struct Unplayed {
    listed: Listed,
    lines: Vec<String>,
    is_written: bool,
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
#[derive(Clone, Debug)]
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
        let mut numbers: Vec<u32> = branches.iter().map(|(number, _)| *number).collect();
        let mut kept = self.state.kept.borrow_mut();
        for Unplayed { listed, lines, is_written } in &mut kept.unplayed {
            numbers.push(listed.number);
            if !replace(is_written, true) {
                parts.push(KeptLines { branch: listed.number, place: 0, lines: lines.clone() });
            }
        }
        for branch in kept.numbers.iter().filter(|number| !numbers.contains(number)) {
            parts.push(KeptLines { branch: *branch, place: 0, lines: vec![] });
        }
        if kept.list != list {
            parts.push(KeptLines { branch: BRANCH_LIST, place: 0, lines: vec![list.clone()] });
        }
        (kept.numbers, kept.list) = (numbers, list);
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
        kept.unplayed.iter_mut().for_each(|tape| tape.is_written = false);
    }

    /// The branches that are kept, and the list of them, with those that cannot be played.
    fn kept_branches(&self) -> (Vec<Numbered<E>>, String) {
        let branches = self.state.branches.borrow();
        let kept = || branches.all().iter().filter(|branch| branch.is_kept());
        let listed = |branch: &Branch<E>| Listed {
            number: branch.number,
            name: branch.name.clone(),
            parent: branch.parent.map(|(number, _)| number),
            parts_at: branch.parent.map_or(0, |(_, at)| at as u32),
            scenario: branch.scenario.as_ref().map(|of| of.id),
        };
        let unplayed = self.state.kept.borrow();
        let unplayed = unplayed.unplayed.iter().map(|tape| tape.listed.clone());
        let list = List {
            current: branches.current(),
            begun: branches.begun(),
            branches: kept().map(listed).chain(unplayed).collect(),
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
        let Some(list) = list_in(kept).filter(|_| restored != Restored::Skipped) else {
            return Some(restored);
        };
        self.state.branches.borrow_mut().have_begun(list.begun);
        let (mut done, mut trouble) = (first.len() as u64, None);
        for branch in list.branches.into_iter().filter(|branch| branch.number != FIRST_BRANCH) {
            let Some(lines) = lines_of(branch.number) else { continue };
            let number = branch.number;
            let scenario = of_scenario(branch.scenario, &file).await;
            let watch = |played, _: u64| watch(done + played, all);
            match self.restore_branch(branch, lines, scenario, scratch(), &watch).await {
                Ok(true) => {}
                Ok(false) => trouble = Some(Restored::Skipped),
                Err(why) => trouble = Some(Restored::BranchUnreadable { number, why }),
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
        scenario: Option<OfScenario>,
        scratch: E,
        watch: Watch<'_>,
    ) -> Result<bool, Unplayable> {
        let played = match self.rerun(lines, scratch, watch).await {
            Ok(played) => played,
            Err(why) => {
                self.put_aside(listed, lines, true);
                return Err(why);
            }
        };
        self.state.kept.borrow_mut().numbers.push(listed.number);
        let Some(wiring) = played else { return Ok(false) };
        wiring.player.keep_from(lines.len()).await;
        let Listed { number, name, parent, parts_at, scenario: _ } = listed;
        let parent = parent.map(|parent| (parent, parts_at as usize));
        let branch = Branch { number, name, parent, scenario, wiring };
        self.state.branches.borrow_mut().put_back(branch);
        Ok(true)
    }

    /// What cannot be played stays as it is, in the list too.
    fn put_aside(&self, listed: Listed, lines: &[String], is_written: bool) {
        let tape = Unplayed { listed, lines: lines.to_vec(), is_written };
        self.state.kept.borrow_mut().unplayed.push(tape);
    }

    /// Takes in what somebody else kept, which gives way: each run that no branch had before becomes one
    /// with a past of its own, its name and its scenario. What cannot be played stays, under a number of
    /// its own.
    pub async fn take_in_runs(
        &self,
        kept: &[KeptLines],
        scratch: impl Fn() -> E,
        file: impl AsyncFn(u16) -> Option<ScenarioFile>,
    ) {
        let listed = list_in(kept).map(|list| list.branches).unwrap_or_default();
        let held = self.held().await;
        let is_held = |lines: &[String]| held.iter().any(|tape| tape.starts_with(lines));
        let runs = kept.iter().filter(|part| part.branch != BRANCH_LIST);
        for KeptLines { branch, lines, .. } in runs.filter(|part| !is_held(&part.lines)) {
            let listed = listed.iter().find(|listed| listed.number == *branch);
            let name = listed.map(|listed| listed.name.clone()).unwrap_or_default();
            let scenario = listed.and_then(|listed| listed.scenario);
            let of = of_scenario(scenario, &file).await;
            match self.rerun(lines, scratch(), &|_, _| true).await {
                Ok(run) => run.into_iter().for_each(|wiring| {
                    let (name, of) = (name.clone(), of.clone());
                    self.state.branches.borrow_mut().take_in(wiring, name, of);
                    self.tell(Changed { branches: true, ..Changed::default() });
                }),
                Err(_) => {
                    let number = self.state.branches.borrow_mut().pass_number();
                    let listed = Listed { number, name, parent: None, parts_at: 0, scenario };
                    self.put_aside(listed, lines, false);
                }
            }
        }
        let lying: Vec<u32> = kept.iter().map(|part| part.branch).collect();
        self.keep_again(&lying).await;
    }

    /// The lines of all tapes that are kept.
    async fn held(&self) -> Vec<Vec<String>> {
        let mut held = vec![];
        for (_, wiring) in self.kept_branches().0 {
            held.push(wiring.player.tape().await.lines_from(0));
        }
        let kept = self.state.kept.borrow();
        held.extend(kept.unplayed.iter().map(|tape| tape.lines.clone()));
        held
    }
}

/// The list of branches among what was kept.
fn list_in(kept: &[KeptLines]) -> Option<List> {
    let list = kept.iter().find(|part| part.branch == BRANCH_LIST)?;
    from_json(list.lines.first()?).ok()
}

/// The scenario of this number, with its words where they can be had.
async fn of_scenario(
    id: Option<u16>,
    file: &impl AsyncFn(u16) -> Option<ScenarioFile>,
) -> Option<OfScenario> {
    let id = id?;
    Some(OfScenario { id, file: file(id).await.map(Rc::new) })
}
