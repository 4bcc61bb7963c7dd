//! Sagas in the picture: how many are at what, who is held up, and what can be done about it.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Moments, Pictures, Run,
        texts::{Language, Texts},
        troubles_of,
        views::{
            Amounts, Happening, Part, Picture, Place, Room, SagaBoard, SagaState, Task, Trouble,
        },
    },
    kernel::Micros,
    ports::Moment,
    simulation::{FulfilmentInput, Input, Protection, ServiceFault, Target, Times},
};

use crate::{
    random::healing,
    sample::{OrderTape, arm, create, played, saga, tape},
};

const TAPES: u64 = 60;
const SECOND: u64 = 1_000_000;

/// The pictures of a run, and what else is asked of them: how many moments there are, and each.
fn pictures(run: &Run<MemoryStore>) -> (u32, impl Fn(u32) -> Picture) {
    let trace = run.world().trace().to_vec();
    let mut pictures = Pictures::new(&run.tape().head, 0);
    pictures.take(&trace);
    (trace.len() as u32, move |number| pictures.at(&trace, number as usize))
}

fn last_picture(tape: &OrderTape) -> Picture {
    let run = played(tape);
    let (count, at) = pictures(&run);
    at(count)
}

fn counted(board: &SagaBoard) -> [(SagaState, u64); 3] {
    [SagaState::InProgress, SagaState::Compensating, SagaState::NeedsAttention].map(|state| {
        let shown = board.sagas.iter().filter(|saga| saga.state == state).count() as u64;
        let more = board.more.iter().filter(|(other, _)| *other == state);
        (state, shown + more.map(|(_, count)| count).sum::<u64>())
    })
}

#[test]
fn the_box_of_sagas_counts_what_the_decider_says_at_every_moment() {
    let mut seen = [0; 3];
    // What was over opens again when a payment is done after all.
    let slow = ServiceFault::Slow(Micros(60 * SECOND));
    let forgets = FulfilmentInput::Protect(Protection::Idempotency, false);
    let late = tape([
        (0, Input::Fulfilment(forgets)),
        (0, arm("ProcessPayment", slow, Times::Next(3))),
        (1_000, create(1)),
    ]);
    for (seed, tape) in [(0, late)].into_iter().chain((1..=TAPES).map(|it| (it, healing(it)))) {
        let run = played(&tape);
        let moments = Moments::of(&run);
        let (count, at) = pictures(&run);
        let step = if seed == 0 { 1 } else { 13 };
        // Where the answer of an append was lost, no moment says what was stored: a way may have a gap.
        let is_lost = |moment: &Moment| {
            matches!(moment, Moment::FaultMet { point: "append", fault: "lose_answer", .. })
        };
        let may_have_gaps = run.world().trace().iter().any(|it| is_lost(&it.moment));
        for number in (0..=count).step_by(step).chain([count]) {
            let (picture, board) = (at(number), moments.sagas(number, None));
            let counts = picture.sagas.counts();
            assert_eq!(counts, counted(&board), "seed {seed}, moment {number}");
            for (seen, (_, count)) in seen.iter_mut().zip(counts) {
                *seen = u64::max(*seen, count);
            }
            for saga in &board.sagas {
                assert_eq!(saga.way.last(), Some(&saga.state));
                let mut ways = saga.way.windows(2).map(|pair| (pair[0], pair[1]));
                let are_drawn = ways.all(|way| SagaState::WAYS.contains(&way));
                assert!(are_drawn || may_have_gaps, "seed {seed}: {:?}", saga.way);
            }
        }
    }
    assert!(seen.iter().all(|most| *most > 1), "too little happened: {seen:?}");
}

#[test]
fn the_box_says_what_the_only_saga_is_at_and_counts_where_there_are_more() {
    let stuck = [
        (0, arm("CreateShipment", ServiceFault::Refuse, Times::Always)),
        (0, arm("RefundPayment", ServiceFault::Unavailable, Times::Always)),
        (1_000, create(1)),
    ];
    let lines = |tape: &OrderTape, language| {
        Texts::of(language).room_lines(&last_picture(tape), Room::Saga)
    };
    assert_eq!(lines(&tape(stuck.clone()), Language::En), ["needs attention", "ProcessPayment"]);
    let two = tape(stuck.into_iter().chain([(10 * SECOND, create(2))]));
    assert_eq!(lines(&two, Language::Es), ["necesita atención 2"]);
    assert_eq!(lines(&tape([(1_000, create(1))]), Language::En), Vec::<String>::new());
}

#[test]
fn a_room_offers_only_what_applies_to_it() {
    let payment = || Target::Service("payment".to_owned());
    let (task, part) = (Task::Service(1), Part::Place(Place::Room(Room::Service(1))));
    let offers = |inputs: Vec<Input<_>>| {
        let tape = tape(inputs.into_iter().map(|input| (1_000, input)));
        // Faults at its requests can always be armed.
        let mut offers = troubles_of(&last_picture(&tape), &part, Amounts::default());
        offers.retain(|trouble| !matches!(trouble, Trouble::Arm(_)));
        offers
    };
    let (kill, slow) = (Trouble::Kill(task), Trouble::Slow(task));
    let (pause, resume) = (Trouble::Pause(task), Trouble::Resume(task));
    let hold = Input::Pause(payment());
    let slowed = Input::Slow(payment(), Micros(500));
    assert_eq!(offers(vec![]), [kill.clone(), pause.clone(), slow.clone()]);
    assert_eq!(offers(vec![hold.clone()]), [kill.clone(), resume, slow.clone()]);
    let released = vec![hold.clone(), Input::Resume(payment())];
    assert_eq!(offers(released), [kill.clone(), pause.clone(), slow.clone()]);
    assert_eq!(offers(vec![slowed.clone()]), [kill.clone(), pause.clone(), Trouble::Hasten(task)]);
    let usual = vec![slowed.clone(), Input::Slow(payment(), Micros(0))];
    assert_eq!(offers(usual), [kill.clone(), pause.clone(), slow.clone()]);
    // Who is built again gets turns, at the usual pace.
    let crash = vec![hold, slowed, Input::Crash(payment())];
    assert_eq!(offers(crash.clone()), [Trouble::Restart(task)]);
    let again = crash.into_iter().chain([Input::Restart(payment())]).collect();
    assert_eq!(offers(again), [kill, pause, slow]);
}

#[test]
fn requests_that_wait_at_a_service_are_one_bundle_with_their_number() {
    let run = played(&tape((1..=40).map(|order| (1_000, create(order)))));
    let moments = Moments::of(&run);
    let (count, at) = pictures(&run);
    let mut most = 0;
    for number in (0..=count).step_by(29) {
        let picture = at(number);
        let open = |service: usize| {
            let names = [
                &["ReserveInventory"][..],
                &["ProcessPayment"],
                &["CreateShipment", "HandOver"],
                &["SendConfirmation"],
            ];
            let asks = |saga: &&String| {
                let lines = moments.sequence(saga, number).lines;
                let last = lines.iter().rev().find_map(|line| match &line.what {
                    Happening::Message(message) => Some(message),
                    _ => None,
                });
                last.is_some_and(|it| it.answer.is_none() && names[service].contains(&it.name))
            };
            let ids: Vec<_> = (1..=40).map(|order| saga(order).to_string()).collect();
            ids.iter().filter(asks).count() as u64
        };
        for service in 0..4 {
            let waiting = picture.sagas.waiting_for(service);
            assert_eq!(waiting, open(service.into()), "moment {number}, service {service}");
            most = most.max(waiting);
        }
    }
    assert!(most > 10, "only {most} waited at once");
    let calm = at(count);
    assert_eq!((0..4).map(|service| calm.sagas.waiting_for(service)).sum::<u64>(), 0);
}
