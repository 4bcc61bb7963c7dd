//! The moments of a run as the page asks for them: causes, states, stops, lanes, and the axis of time.

use hindsight::{
    adapters::MemoryStore,
    app::{
        Moments, Run,
        texts::{Language, Texts},
        views::{
            Change, DifferenceLine, DifferenceOf, FactName, FactValue, Interest, Interests,
            LaneName, Lanes, MomentView, OrderStatus, Part, Person, Place, ReadModel, Stops, Until,
            Who,
        },
    },
    simulation::{ArmedFault, Fault, FaultPoint, Input, Target, Times},
};
use pollster::block_on;

use crate::sample::{OrderTape, cancel, create, given, order, pay, played, seen, ship, tape};

const HOUR: u64 = 3_600_000_000;

/// Two orders: one refused, paid, and in conflict with who saw it before that; a fault and a crash at a read
/// model's task; and two hours later the other order.
fn story() -> OrderTape {
    let arm = ArmedFault {
        point: FaultPoint::UpdateReadModel,
        fault: Fault::Unavailable,
        times: Times::Next(1),
    };
    tape(
        7,
        [
            (0, given(1, create(1))),
            (10_000, given(2, ship(1))),
            (20_000, Input::Arm(arm)),
            (20_000, given(3, pay(1))),
            (30_000, seen(4, Some(1), cancel(1))),
            (40_000, Input::Crash(Target::Projector("sales_dashboard".to_owned()))),
            (2 * HOUR, given(5, create(2))),
        ],
    )
}

fn moments(tape: &OrderTape) -> (Run<MemoryStore>, Moments) {
    let run = played(tape);
    let moments = Moments::of(&run);
    (run, moments)
}

fn views(moments: &Moments) -> Vec<MomentView> {
    (1..=moments.count()).map(|number| moments.view(number).expect("it is there")).collect()
}

fn first(moments: &Moments, name: &str) -> MomentView {
    views(moments).into_iter().find(|view| view.name == name).expect("it happened")
}

fn stream(number: u128) -> String {
    order(number).stream().to_string()
}

#[test]
fn a_moment_says_when_who_and_about_which_stream() {
    let (_run, moments) = moments(&story());
    let given = first(&moments, "command_given");
    assert_eq!((given.number, given.at_us, given.who), (1, 0, Who::Person(Person::FIRST)));
    let appended = first(&moments, "appended");
    assert_eq!(appended.who, Who::Handler("CreateOrder", Person::FIRST));
    assert_eq!(appended.stream, Some(stream(1)));
    assert_eq!(appended.interest, Some(Interest::Event));
    let crashed = first(&moments, "crashed");
    assert_eq!((&crashed.stream, crashed.interest), (&None, Some(Interest::Crash)));
    assert!(!moments.sentence(Texts::of(Language::En), appended.number).is_empty());
    let request = |view: &MomentView| {
        view.facts.iter().find(|(name, _)| *name == "correlation").map(|(_, id)| id.clone())
    };
    assert_eq!(request(&appended), Some(uuid::Uuid::from_u128(1).to_string()));
    assert_eq!(request(&first(&moments, "projected")), request(&appended));
    assert_eq!(request(&crashed), None, "nobody's request");
    assert_eq!((moments.view(0), moments.view(moments.count() + 1)), (None, None));
}

#[test]
fn the_chain_of_causes_leads_back_to_what_came_from_outside() {
    let (_run, moments) = moments(&story());
    let name = |number: u32| moments.view(number).expect("it is there").name;
    let chain = moments.causes(first(&moments, "projected").number);
    let names: Vec<_> = chain.into_iter().map(name).collect();
    assert_eq!(
        names,
        [
            "projected",
            "log_read",
            "appended",
            "decided",
            "stream_read",
            "command_received",
            "command_given"
        ]
    );
    assert_eq!(moments.causes(1), [1]);
    assert_eq!(moments.causes(0), Vec::<u32>::new());
}

#[test]
fn the_state_of_a_moment_marks_what_it_changed_and_nothing_else() {
    let (_run, moments) = moments(&story());
    let state = |number: u32| {
        let state = moments.state(number).expect("it is about an order");
        block_on(state).expect("memory does not fail")
    };
    let changed = |number: u32| {
        let state = state(number).state;
        state.into_iter().filter(|fact| fact.change != Change::None).count()
    };
    let paid = moments.next(first(&moments, "rejected").number, &Until::Interest(Interest::Event));
    let paid = paid.expect("it was paid");
    assert_eq!((state(paid).version, changed(paid)), (2, 3), "status, amount and payment's id");
    assert_eq!(
        (state(paid - 1).version, changed(paid - 1)),
        (1, 0),
        "what is decided is not so yet"
    );
    assert!(moments.state(first(&moments, "crashed").number).is_none());
    assert!(moments.state(1).is_none(), "nothing is known of a stream that nobody read");
}

#[test]
fn what_a_moment_changed_is_told_before_and_after() {
    let (_run, moments) = moments(&story());
    let found = |number: u32| {
        let found = moments.differences(number, true).expect("it is about something");
        block_on(found).expect("memory does not fail")
    };
    let created = first(&moments, "appended").number;
    let [state] = &found(created)[..] else { panic!("one state") };
    assert_eq!(state.of, DifferenceOf::Stream(1));
    assert!(state.lines.iter().all(|line| line.before.is_none() && line.after.is_some()));
    assert_eq!(state.event.as_ref().map(|event| event.version), Some(1));
    let paid = moments.next(first(&moments, "rejected").number, &Until::Interest(Interest::Event));
    let [state] = &found(paid.expect("it was paid"))[..] else { panic!("one state") };
    let status = |status| Some(FactValue::Status(status));
    let changed: Vec<_> = state.lines.iter().filter(|line| line.is_changed()).collect();
    assert_eq!(changed.len(), 3, "status, amount and payment's id");
    assert_eq!(changed[0].name, FactName::Status);
    assert_eq!(changed[0].before, status(OrderStatus::Pending));
    assert_eq!(changed[0].after, status(OrderStatus::Paid));
}

#[test]
fn a_projectors_moment_tells_the_row_before_and_after() {
    let (_run, moments) = moments(&story());
    let is_projected =
        |number: &u32| moments.view(*number).is_some_and(|view| view.name == "projected");
    let mut told: Vec<(ReadModel, usize)> = vec![];
    for number in (1..=moments.count()).filter(is_projected) {
        let rows = moments.differences(number, true).expect("it is about rows");
        for row in block_on(rows).expect("memory does not fail") {
            let DifferenceOf::Row(model, _) = row.of else { panic!("{row:?}") };
            assert!(row.lines.iter().any(DifferenceLine::is_changed), "{row:?}");
            told.push((model, row.lines.iter().filter(|line| line.before.is_some()).count()));
        }
        assert!(moments.differences(number, false).is_none(), "only where it is wanted");
    }
    for model in ReadModel::ALL {
        let of_model = told.iter().filter(|(other, _)| *other == model);
        let (new, known): (Vec<_>, Vec<_>) =
            of_model.cloned().partition(|(_, before): &(ReadModel, usize)| *before == 0);
        assert!(!new.is_empty() && !known.is_empty(), "{model:?}: a row is made, and another one");
    }
}

#[test]
fn a_part_knows_its_last_moments_and_no_others() {
    let (run, moments) = moments(&story());
    let names = |part: &Part, up_to| {
        let found = moments.of_part(part, up_to, 50);
        assert!(found.windows(2).all(|pair| pair[0] > pair[1]), "the last first");
        found.iter().filter_map(|number| Some(moments.view(*number)?.name)).collect::<Vec<_>>()
    };
    let (all, none) = (moments.count(), 0);
    let stream = order(1).stream().to_string();
    let event = Part::Event { stream, version: 1 };
    assert_eq!(names(&event, all), ["appended"]);
    let hexagon = Part::Place(Place::Aggregate);
    assert!(
        names(&hexagon, all)
            .iter()
            .all(|name| ["stream_read", "decided", "rejected"].contains(name))
    );
    let model = Part::Place(Place::ReadModel(ReadModel::SalesDashboard));
    assert!(names(&model, all).contains(&"projected"));
    let parts = [event, hexagon, model, Part::Place(Place::Store), Part::Place(Place::Pipeline)];
    for part in parts {
        assert!(!names(&part, all).is_empty(), "{part:?}");
        assert!(names(&part, none).is_empty(), "{part:?}: nothing before the first moment");
        assert!(names(&part, all).len() < run.world().trace().len());
        assert!(moments.of_part(&part, all, 2).len() <= 2, "{part:?}");
    }
}

#[test]
fn the_next_and_the_previous_of_a_kind_are_found() {
    let (_run, moments) = moments(&story());
    let name = |number: Option<u32>| number.and_then(|number| Some(moments.view(number)?.name));
    let next = |interest| moments.next(0, &Until::Interest(interest));
    assert_eq!(name(next(Interest::Event)), Some("appended"));
    assert_eq!(name(next(Interest::Refusal)), Some("rejected"));
    assert_eq!(name(next(Interest::Conflict)), Some("conflict"));
    assert_eq!(name(next(Interest::Fault)), Some("fault_met"));
    assert_eq!(name(next(Interest::Crash)), Some("crashed"));
    let second = Until::Stream(stream(2));
    assert_eq!(name(moments.next(0, &second)), Some("command_given"));
    assert_eq!(moments.previous(moments.next(0, &second).expect("it is there"), &second), None);
    let refusal = next(Interest::Refusal).expect("it was refused");
    assert_eq!(moments.previous(refusal + 5, &Until::Interest(Interest::Refusal)), Some(refusal));
    assert_eq!(moments.next(refusal, &Until::Interest(Interest::Refusal)), None);
}

#[test]
fn playing_stops_where_it_should_and_idle_times_pass_quickly() {
    let (_run, moments) = moments(&story());
    let explain = Interests::default().with(Interest::Refusal);
    let stops = Stops { explain, ..Stops::default() };
    let played = moments.advance(0, 1_000.0, &stops);
    let refusal = moments.next(0, &Until::Interest(Interest::Refusal));
    assert_eq!((Some(played.shown), played.stopped), (refusal, true));
    let count = moments.count();
    let whole = moments.advance(0, 1e6, &Stops::default());
    assert_eq!((whole.shown, whole.stopped), (count, false));
    assert!(1e6 - whole.budget < 1.5 * f64::from(count), "two hours take the time of two moments");
    assert_eq!(moments.advance(3, 0.1, &Stops::default()).shown, 3);
    assert_eq!(moments.stop(0, count, &stops), refusal);
    assert_eq!(moments.stop(0, 3, &stops), None);
    let pausing = Stops { pauses: vec![5, 9], ..Stops::default() };
    assert_eq!(moments.stop(0, count, &pausing), Some(5));
    assert_eq!(moments.stop(5, count, &pausing), Some(9), "and it goes on from there");
    let until = Some(Until::Interest(Interest::Refusal));
    assert_eq!(moments.stop(0, count, &Stops { until, ..pausing }), refusal);
}

#[test]
fn the_axis_has_room_for_every_moment_and_little_for_idle_times() {
    let (_run, moments) = moments(&story());
    for number in 1..=moments.count() {
        assert!(moments.place(number) > moments.place(number - 1), "moment {number} has a place");
        assert_eq!(moments.at_place(moments.place(number)), number);
    }
    let lanes = moments.lanes(6, 12);
    assert_eq!(lanes.end, moments.place(moments.count()));
    let longest = lanes.gaps.iter().max_by_key(|gap| gap.idle_us).expect("there are idle times");
    assert!(longest.idle_us > HOUR && longest.to - longest.from < lanes.end / 3);
    assert!(moments.lanes(6, 2).gaps.len() <= 2, "only the widest are worth a word");
}

#[test]
fn the_streams_are_lanes_and_what_is_about_none_has_its_own() {
    let (_run, moments) = moments(&story());
    let lanes = moments.lanes(6, 12);
    let names: Vec<_> = lanes.rows.iter().map(|row| row.name.clone()).collect();
    let (second, first) = (LaneName::Stream(stream(2)), LaneName::Stream(stream(1)));
    assert_eq!(names, [second, first, LaneName::NoStream]);
    let all = |row: usize| lanes.rows[row].marks.iter().map(|mark| mark.interests).collect();
    let only = |interest| Interests::default().with(interest);
    let marks: Vec<Interests> = all(1);
    let expected = [Interest::Event, Interest::Refusal, Interest::Event, Interest::Conflict];
    assert_eq!(marks, expected.map(only), "a conflict counts once, though it ends the command");
    let marks: Vec<Interests> = all(2);
    assert_eq!(marks, [Interest::Fault, Interest::Fault, Interest::Crash].map(only));
}

/// A tape on which so many orders are created, and each then paid.
fn many(orders: u64) -> OrderTape {
    let create = |number: u64| (number * 4_000, given(u128::from(number), create(number.into())));
    let pay = |number: u64| (number * 4_000 + 2_000, number, pay(number.into()));
    let inputs = (1..=orders).flat_map(|number| {
        let (at, id, command) = pay(number);
        [create(number), (at, given(u128::from(id + 1_000_000), command))]
    });
    tape(7, inputs)
}

fn marks(lanes: &Lanes) -> usize {
    lanes.rows.iter().map(|row| row.marks.len()).sum()
}

#[test]
fn of_many_streams_the_latest_have_lanes_and_the_others_share_one() {
    let (_run, moments) = moments(&many(30));
    let lanes = moments.lanes(5, 12);
    let names: Vec<_> = lanes.rows.iter().map(|row| row.name.clone()).collect();
    let own = [30, 29, 28, 27].map(|number| LaneName::Stream(stream(number)));
    assert_eq!(names[..4], own);
    assert_eq!(names[4], LaneName::More(26));
    assert_eq!(lanes.rows[0].marks.len(), 2);
    let one = moments.lanes(1, 12);
    assert_eq!((one.rows.len(), one.rows[0].marks.len()), (1, 60), "everything in one");
    let whole = moments.lanes(100, 12);
    assert_eq!(whole.rows.len(), 30);
    assert!(marks(&whole) <= 60 && marks(&lanes) <= marks(&whole));
}

#[test]
fn what_is_taken_in_piece_by_piece_is_the_same_as_all_at_once() {
    let tape = many(40);
    let mut run = Run::begin(tape.clone(), MemoryStore::new());
    let mut grown = Moments::of(&run);
    while block_on(run.step()).is_some() {
        grown.take_in();
    }
    let whole = Moments::of(&run);
    assert_eq!(grown.count(), whole.count());
    assert_eq!(grown.lanes(5, 12), whole.lanes(5, 12));
    assert_eq!(views(&grown), views(&whole));
}

#[test]
fn a_hundred_thousand_moments_are_drawn_with_few_marks() {
    let (run, _) = moments(&many(2_500));
    let moments = Moments::of(&run);
    let lanes = moments.lanes(5, 12);
    assert!(moments.count() > 100_000, "{}", moments.count());
    assert!(marks(&lanes) <= 5 * 512, "{} marks", marks(&lanes));
    assert!(lanes.gaps.is_empty(), "no idle time stands out");
}

#[test]
fn what_goes_by_is_told_one_by_one_or_counted_with_the_last_of_it() {
    let (_, moments) = moments(&story());
    let texts = Texts::of(Language::En);
    let all = Interest::ALL.into_iter().fold(Interests::default(), Interests::with);
    let told = |range, wanted| moments.passed(texts, range, wanted);
    let stored = first(&moments, "appended").number;
    let sentence = |number| moments.sentence(texts, number);
    assert_eq!(told((0, stored - 1), all), <[String; 0]>::default(), "nothing of interest yet");
    assert_eq!(told((stored - 1, stored), all), [sentence(stored)]);
    assert_eq!(told((stored, stored), all), <[String; 0]>::default(), "it was told");
    let refused = first(&moments, "rejected").number;
    assert_eq!(told((0, refused), all), [sentence(stored), sentence(refused)]);
    let every = told((0, u32::MAX), all);
    let last = moments.previous(u32::MAX, &Until::Interest(Interest::Event)).expect("the last");
    let kinds = "Meanwhile: event: 3, refusal: 1, conflict: 1, fault: 2, crash: 1. The last:";
    assert_eq!(every, [kinds.to_owned(), sentence(last)]);
    let crash = Interests::default().with(Interest::Crash);
    assert_eq!(told((0, u32::MAX), crash), [sentence(first(&moments, "crashed").number)]);
}
