//! Trouble: what a part of the picture offers is what the tape does.

use hindsight::{
    app::{
        trouble_inputs, troubles_of,
        views::{
            Amounts, CommandId, FaultAt, Part, Person, Picture, Place, ReadModel, Room, Task,
            Token, Trouble,
        },
    },
    domain::orders::OrderCommand,
    kernel::Micros,
    ports::Stage,
    simulation::{Fault, FaultPoint, FulfilmentInput, Input, ServiceFault, Target, Times},
};
use uuid::Uuid;

use crate::{
    pictures::{every_picture, last_picture},
    sample::{create, given, order, pay, ship, tape},
};

/// What goes onto a tape.
type OrderInput = Input<OrderCommand>;

/// The trouble of a part with the usual amounts, and what one is on the tape.
fn offered(picture: &Picture, part: &Part) -> Vec<Trouble> {
    troubles_of(picture, part, Amounts::default())
}

fn inputs(trouble: Trouble) -> Vec<OrderInput> {
    trouble_inputs(trouble, Amounts::default())
}

/// While the second command is under way, decided upon and not stored.
fn busy() -> (CommandId, Picture) {
    let id = CommandId(Uuid::from_u128(2));
    let pictures = every_picture(&tape(1, [(0, given(1, create(1))), (9_000, given(2, pay(1)))]));
    let is_busy = |picture: &Picture| {
        picture.aggregate.as_ref().is_some_and(|aggregate| aggregate.command == id)
    };
    (id, pictures.into_iter().find(is_busy).expect("it is in the hexagon once"))
}

#[test]
fn what_a_part_offers_is_what_the_tape_does() {
    let (id, busy) = busy();
    let task = Task::Handler(id);
    let of_handler = [Trouble::Kill(task), Trouble::Pause(task), Trouble::Slow(task)];
    assert_eq!(offered(&busy, &Part::Command(id)), of_handler);
    assert_eq!(offered(&busy, &Part::Place(Place::Aggregate)), of_handler);
    assert_eq!(offered(&busy, &Part::Place(Place::Pipeline))[..3], of_handler);
    assert_eq!(inputs(Trouble::Kill(task)), [Input::Crash(Target::Handler(id))]);
    let second = Part::Place(Place::Person(Person::SECOND));
    assert_eq!(offered(&busy, &second), [Trouble::Reload]);
    let event = Part::Event { stream: order(1).stream().to_string(), version: 1 };
    assert_eq!(offered(&busy, &event), offered(&busy, &Part::Place(Place::Store)));
    let model = Part::Place(Place::ReadModel(ReadModel::SalesDashboard));
    let mut arming = 0;
    for part in [Part::Place(Place::Store), model] {
        for trouble in offered(&busy, &part) {
            let inputs = inputs(trouble.clone());
            assert_eq!(inputs.len(), 1, "{trouble:?}");
            if let (Trouble::Arm(at), [Input::Arm(armed)]) = (trouble, &inputs[..]) {
                let words = (armed.point.name(), armed.fault.name(), armed.times.name());
                assert_eq!(words, (at.point, at.fault, at.times));
                assert_eq!(armed.times.limit(), at.left);
                arming += 1;
            }
        }
    }
    assert_eq!(arming, 16);
    let model = ReadModel::SalesDashboard;
    let rebuilt = Input::Rebuild(Target::Projector("sales_dashboard".to_owned()));
    assert!(
        offered(&busy, &Part::Place(Place::ReadModel(model))).contains(&Trouble::Rebuild(model))
    );
    assert_eq!(inputs(Trouble::Rebuild(model)), [rebuilt]);
}

#[test]
fn how_often_how_likely_and_how_slow_is_chosen() {
    let (id, busy) = busy();
    let amounts = Amounts { times: 7, percent: 20, slow_ms: 40 };
    let store = Part::Place(Place::Store);
    let mut chosen: Vec<_> = troubles_of(&busy, &store, amounts)
        .into_iter()
        .flat_map(|trouble| trouble_inputs(trouble, amounts))
        .filter_map(|input| match input {
            Input::Arm(armed) if armed.point == FaultPoint::Append => {
                Some((armed.fault, armed.times))
            }
            _ => None,
        })
        .collect();
    chosen.retain(|(fault, _)| matches!(fault, Fault::LoseAnswer | Fault::Slow(_)));
    let by_chance = Times::Chance { hits: 20, of: 100 };
    assert_eq!(
        chosen,
        [
            (Fault::LoseAnswer, Times::Next(7)),
            (Fault::LoseAnswer, by_chance),
            (Fault::Slow(Micros(40_000)), Times::Always)
        ]
    );
    let slow = Trouble::Slow(Task::Handler(id));
    assert_eq!(trouble_inputs(slow, amounts), [Input::Slow(Target::Handler(id), Micros(40_000))]);
}

#[test]
fn a_behaviour_is_switched_off_and_stands_where_it_stood() {
    let stages = |picture: &Picture| picture.stages();
    let off = Trouble::Behaviour {
        stage: Stage::Idempotency,
        on: false,
        stages: vec![Stage::Logging, Stage::Validation, Stage::Retry],
    };
    let calm = last_picture(&tape(1, [(0, given(1, create(1)))]));
    let place = Part::Place(Place::Behaviour(Stage::Idempotency));
    assert_eq!(offered(&calm, &place), std::slice::from_ref(&off));
    assert!(offered(&calm, &Part::Place(Place::Pipeline)).contains(&off));
    let switched = inputs(off).into_iter().map(|input| (0, input));
    let without = last_picture(&tape(1, switched.clone()));
    let names = |picture: &Picture| stages(picture).iter().map(|known| known.0).collect::<Vec<_>>();
    assert_eq!(names(&without), names(&calm), "its row stays");
    assert_eq!(stages(&without)[2], (Stage::Idempotency, false));
    let [on] = &offered(&without, &place)[..] else { panic!("it can be switched on again") };
    let on = inputs(on.clone()).into_iter().map(|input| (9_000, input));
    let again = last_picture(&tape(1, switched.chain(on)));
    assert_eq!(again.behaviours, calm.behaviours);
}

#[test]
fn sagas_and_services_are_killed_where_they_stand_and_begin_again() {
    let mut picture = last_picture(&tape(1, [(0, given(1, create(1)))]));
    let rooms = [
        (Room::Saga, Task::Runner, Target::Runner),
        (Room::Service(1), Task::Service(1), Target::Service("payment".to_owned())),
    ];
    for (room, task, target) in rooms {
        let part = Part::Place(Place::Room(room));
        assert!(offered(&picture, &part).contains(&Trouble::Kill(task)));
        assert_eq!(inputs(Trouble::Kill(task)), [Input::Crash(target)]);
        picture.dead.push(room);
        assert_eq!(offered(&picture, &part), [Trouble::Restart(task)]);
    }
    assert_eq!(offered(&picture, &Part::Place(Place::Room(Room::Broker))), []);
}

#[test]
fn a_service_offers_faults_for_each_of_its_requests_with_these_amounts() {
    let picture = last_picture(&tape(1, [(0, given(1, create(1)))]));
    let amounts = Amounts { times: 3, percent: 20, slow_ms: 40 };
    let payment = Part::Place(Place::Room(Room::Service(1)));
    let mut armed = vec![];
    for trouble in troubles_of(&picture, &payment, amounts) {
        let Trouble::Arm(at) = trouble else { continue };
        let [Input::Fulfilment(FulfilmentInput::Arm(fault))] =
            &trouble_inputs(trouble, amounts)[..]
        else {
            panic!("{at:?}")
        };
        let words = (fault.request.as_str(), fault.fault.name(), fault.times.name());
        assert_eq!(words, (at.point, at.fault, at.times));
        armed.push((words.0.to_owned(), fault.fault, fault.times));
    }
    assert_eq!(armed.len(), 12, "six for each of two requests");
    let refund = |fault, times| ("RefundPayment".to_owned(), fault, times);
    for fault in [
        refund(ServiceFault::Refuse, Times::Next(3)),
        refund(ServiceFault::Unavailable, Times::Chance { hits: 20, of: 100 }),
        refund(ServiceFault::Slow(Micros(40_000)), Times::Next(3)),
    ] {
        assert!(armed.contains(&fault), "{fault:?}");
    }
}

#[test]
fn a_fault_that_waits_can_be_taken_away_where_it_waits() {
    let fault = FaultAt { point: "append", fault: "disk_full", times: "next", left: 1 };
    let armed = inputs(Trouble::Arm(fault)).into_iter().map(|input| (0, input));
    let picture = last_picture(&tape(1, armed));
    assert_eq!(picture.faults, [fault]);
    let at_store = offered(&picture, &Part::Place(Place::Store));
    assert!(at_store.contains(&Trouble::Calm(Place::Store)));
    let model = Place::ReadModel(ReadModel::OrderDetails);
    assert!(!offered(&picture, &Part::Place(model)).contains(&Trouble::Calm(model)));
    assert_eq!(inputs(Trouble::Calm(Place::Store)).len(), 3);
}

#[test]
fn a_killed_handler_stays_where_it_fell_and_begins_again() {
    let id = CommandId(Uuid::from_u128(1));
    let kill = Input::Crash(Target::Handler(id));
    let killed = [(0, given(1, create(1))), (400, kill)];
    let picture = last_picture(&tape(1, killed.clone()));
    let [command] = &picture.commands[..] else { panic!("{:?}", picture.commands) };
    assert_eq!((command.token, command.name), (Token::Dead, "CreateOrder"));
    assert_ne!(command.at, Place::Person(Person::FIRST));
    let task = Task::Handler(id);
    assert_eq!(offered(&picture, &Part::Command(id)), [Trouble::Restart(task)]);
    let again = inputs(Trouble::Restart(task)).into_iter().map(|input| (5_000, input));
    let picture = last_picture(&tape(1, killed.into_iter().chain(again)));
    assert_eq!((picture.commands, picture.store.events), (vec![], 1));
    assert_eq!(picture.store.lanes[0].stream, order(1).stream().to_string());
    assert_eq!(last_picture(&tape(1, [(0, given(1, ship(1)))])).store.lanes, []);
}
