//! Every fault at every attempt of every request, and the runner killed at every moment of each.

use std::thread;

use hindsight::{
    adapters::MemoryStore,
    app::Run,
    domain::orders::OrderRequest,
    kernel::{Micros, ServiceRequest},
    simulation::{Input, ServiceFault, Target, Times},
};
use pollster::block_on;

use crate::{
    laws::{broken, give, heal, needs_attention},
    sample::{OrderInput, OrderTape, arm, create, played, set, tape},
};

const KINDS: [ServiceFault; 6] = [
    ServiceFault::Refuse,
    ServiceFault::Unavailable,
    ServiceFault::Slow(Micros(5_000_000)),
    ServiceFault::LoseRequest,
    ServiceFault::LoseAnswer,
    ServiceFault::Duplicate,
];

const STOCK: u64 = 10;

/// One fault: which, at which attempt of which request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub(crate) request: &'static str,
    fault: ServiceFault,
    pub(crate) attempt: u32,
}

pub(crate) fn cases() -> Vec<Case> {
    let of = |request: &'static str| {
        KINDS
            .into_iter()
            .flat_map(move |fault| (1..=3).map(move |attempt| Case { request, fault, attempt }))
    };
    OrderRequest::NAMES.iter().flat_map(|request| of(request)).collect()
}

impl Case {
    fn is_compensation(self) -> bool {
        matches!(self.request, "ReleaseInventory" | "RefundPayment" | "CancelShipment")
    }

    /// It, where the attempts before it fail too.
    fn armed(self) -> impl Iterator<Item = OrderInput> {
        let before = (self.attempt > 1)
            .then(|| arm(self.request, ServiceFault::Unavailable, Times::Next(self.attempt - 1)));
        before.into_iter().chain([arm(self.request, self.fault, Times::Next(1))])
    }

    /// What makes it happen, whoever fulfils the order.
    pub(crate) fn inputs(self) -> Vec<(u64, OrderInput)> {
        inputs(&[self])
    }

    /// Whether a person may be needed: where something was made to fail for good that has to be done.
    fn may_need_attention(self) -> bool {
        let for_good = match self.fault {
            ServiceFault::Refuse => true,
            // The third attempt is the last.
            ServiceFault::Duplicate => false,
            _ => self.attempt == 3,
        };
        let has_to_be_done = self.is_compensation() || self.request == "SendConfirmation";
        // Whether a parcel was handed over cannot be told without an answer.
        let is_unknown = self.request == "HandOver" && self.fault != ServiceFault::Refuse;
        for_good && (has_to_be_done || is_unknown)
    }
}

/// What makes all of these happen to one order; what undoes something comes when the hand-over is refused.
pub(crate) fn inputs(cases: &[Case]) -> Vec<(u64, OrderInput)> {
    let turn = || arm("HandOver", ServiceFault::Refuse, Times::Always);
    let turn = cases.iter().any(|case| case.is_compensation()).then(turn);
    let armed = cases.iter().flat_map(|case| case.armed()).chain(turn);
    let stock = set("inventory", "Moka", STOCK);
    armed.chain([stock]).map(|input| (0, input)).chain([(1_000, create(1))]).collect()
}

/// Runs until so many moments are reached; none when the run ends before.
pub(crate) fn run_to(tape: &OrderTape, moments: usize) -> Option<Run<MemoryStore>> {
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    while run.world().trace().len() < moments {
        block_on(run.step())?;
    }
    Some(run)
}

pub(crate) fn judge(case: Case, run: Run<MemoryStore>, told: &str) {
    judge_all(&[case], run, told);
}

/// Ends a run on which all of these happened, and heals it: the laws hold.
pub(crate) fn judge_all(cases: &[Case], mut run: Run<MemoryStore>, told: &str) {
    block_on(run.run_to_end());
    let asks = needs_attention(&run, 1);
    let may_ask = cases.iter().any(|case| case.may_need_attention());
    assert!(!asks || may_ask, "{cases:?}, {told}: a person is needed");
    heal(&mut run, &[1]);
    if let Some(broken) = broken(&run, &[1], STOCK) {
        panic!("{cases:?}, {told}: {broken}");
    }
}

/// Tries each of these, on two cores. Says how many runs that were.
pub(crate) fn try_all<T: Copy + Sync>(cases: &[T], try_one: fn(T) -> usize) -> usize {
    let (first, second) = cases.split_at(cases.len() / 2);
    thread::scope(|scope| {
        let other = scope.spawn(move || second.iter().map(|case| try_one(*case)).sum::<usize>());
        let runs: usize = first.iter().map(|case| try_one(*case)).sum();
        runs + other.join().expect("the other half holds too")
    })
}

/// The runner is killed at one of the moments of a tape, and built again.
pub(crate) fn killed(tape: &OrderTape, moment: usize) -> Run<MemoryStore> {
    let mut run = run_to(tape, moment).expect("the trace is that long");
    give(&mut run, Input::Crash(Target::Runner));
    give(&mut run, Input::Restart(Target::Runner));
    run
}

/// A case without a crash, then with the runner killed at each of its moments. Says how many runs.
fn try_case(case: Case) -> usize {
    let tape = tape(case.inputs());
    let whole = played(&tape);
    let moments = whole.world().trace().len();
    judge(case, whole, "nobody killed");
    for moment in 1..=moments {
        judge(case, killed(&tape, moment), &format!("the runner killed at moment {moment}"));
    }
    moments + 1
}

#[test]
fn whatever_goes_wrong_once_and_whenever_the_runner_dies_every_saga_ends_and_the_sums_are_right() {
    let cases = cases();
    assert_eq!(cases.len(), 8 * 6 * 3);
    let runs = try_all(&cases, try_case);
    println!("{runs} runs");
    assert!(runs > 20_000, "{runs} runs");
}
