//! What a saga decides, as stories.

use hindsight::kernel::{
    Ending, Saga, SagaCommand, SagaEvent, SagaPlan, SagaRejection, SagaStatus, StreamId, fold,
};

use super::{
    samples::{
        CHARGE, HAND_OVER, RESERVE, Small, SmallSaga, TELL, asked_back, back, compensated,
        completed, declined, done, failed, failed_back, forward, given_up, name, needs_attention,
        refused, requested, start, started, subject, timed_out, unanswered, unavailable,
    },
    story::given,
};

fn with(mut history: Vec<SagaEvent>, more: impl IntoIterator<Item = SagaEvent>) -> Vec<SagaEvent> {
    history.extend(more);
    history
}

fn status(history: &[SagaEvent]) -> SagaStatus {
    Saga::status(fold::<SmallSaga>(history).as_ref())
}

/// Through the point of no return.
fn handed_over() -> Vec<SagaEvent> {
    [started()]
        .into_iter()
        .chain([RESERVE, CHARGE, HAND_OVER].into_iter().flat_map(completed))
        .collect()
}

#[test]
fn a_saga_starts_once_and_for_one_aggregate() {
    given::<SmallSaga>([]).when(start()).then([started()]);
    given::<SmallSaga>([started()]).when(start()).then_already_so();
    let other = SagaCommand::Start { subject: StreamId::new("order", "8") };
    given::<SmallSaga>([started()])
        .when(other)
        .then_rejected(SagaRejection::StartedForAnother { subject: subject() });
}

#[test]
fn nothing_else_can_be_told_to_a_saga_that_was_not_started() {
    for command in [done(forward(RESERVE, 1)), SagaCommand::Request(forward(RESERVE, 1))] {
        given::<SmallSaga>([]).when(command).then_rejected(SagaRejection::NotStarted);
    }
}

#[test]
fn it_asks_for_one_step_after_the_other() {
    let first = SagaCommand::Request(forward(RESERVE, 1));
    given::<SmallSaga>([started()]).when(first.clone()).then([requested(RESERVE, 1)]);
    given::<SmallSaga>([started(), requested(RESERVE, 1)]).when(first).then_already_so();
    given::<SmallSaga>([started()])
        .when(SagaCommand::Request(forward(CHARGE, 1)))
        .then_rejected(SagaRejection::NotNext { next: Some(forward(RESERVE, 1)) });
}

#[test]
fn the_last_answer_completes_it() {
    let history = with(handed_over(), [requested(TELL, 1)]);
    let told = SagaEvent::StepCompleted { step: name(TELL), attempt: 1 };
    given::<SmallSaga>(history.clone())
        .when(done(forward(TELL, 1)))
        .then([told.clone(), SagaEvent::Completed]);
    let history = with(history, [told, SagaEvent::Completed]);
    assert_eq!(status(&history), SagaStatus::Ended(Ending::Completed));
    given::<SmallSaga>(history).when(done(forward(TELL, 1))).then_already_so();
}

#[test]
fn a_refused_step_turns_it_back_and_what_was_done_is_undone_in_reverse() {
    let history = with(vec![started()], completed(RESERVE));
    let history = with(history, [requested(CHARGE, 1)]);
    given::<SmallSaga>(history)
        .when(refused(forward(CHARGE, 1)))
        .then([failed(CHARGE, 1, "no"), given_up(CHARGE, "no", false)]);
    assert_eq!(status(&declined()), SagaStatus::Compensating);
    let undo = SagaCommand::Request(back(RESERVE, 1));
    given::<SmallSaga>(declined()).when(undo).then([asked_back(RESERVE, 1)]);
    given::<SmallSaga>(with(declined(), [asked_back(RESERVE, 1)]))
        .when(done(back(RESERVE, 1)))
        .then([compensated(RESERVE, 1), SagaEvent::Compensated]);
}

#[test]
fn when_the_first_step_is_refused_nothing_began() {
    let history = vec![started(), requested(RESERVE, 1)];
    let end = [failed(RESERVE, 1, "no"), given_up(RESERVE, "no", false)];
    let all = end.clone().into_iter().chain([SagaEvent::FailedBeforeStart]);
    given::<SmallSaga>(history.clone()).when(refused(forward(RESERVE, 1))).then(all);
    let history = with(with(history, end), [SagaEvent::FailedBeforeStart]);
    assert_eq!(status(&history), SagaStatus::Ended(Ending::FailedBeforeStart));
}

#[test]
fn what_is_unavailable_is_tried_again_so_often_and_then_given_up() {
    let first = vec![started(), requested(RESERVE, 1)];
    given::<SmallSaga>(first.clone())
        .when(unavailable(forward(RESERVE, 1)))
        .then([failed(RESERVE, 1, "down")]);
    let second = with(first, [failed(RESERVE, 1, "down"), requested(RESERVE, 2)]);
    given::<SmallSaga>(second).when(unavailable(forward(RESERVE, 2))).then([
        failed(RESERVE, 2, "down"),
        // Whether another copy of the request was done is not known, so it is undone.
        given_up(RESERVE, "down", true),
    ]);
}

#[test]
fn a_step_without_an_answer_may_be_done_and_is_undone() {
    let state = fold::<SmallSaga>(&unanswered()).expect("started");
    assert_eq!(state.next(&Small::PLAN), Some(back(CHARGE, 1)), "the charge itself is undone");
    let history =
        vec![started(), requested(RESERVE, 1), timed_out(RESERVE, 1), requested(RESERVE, 2)];
    // The first attempt is as unknown as ever.
    given::<SmallSaga>(history)
        .when(unavailable(forward(RESERVE, 2)))
        .then([failed(RESERVE, 2, "down"), given_up(RESERVE, "down", true)]);
}

#[test]
fn an_answer_to_an_earlier_attempt_counts() {
    let history =
        vec![started(), requested(RESERVE, 1), timed_out(RESERVE, 1), requested(RESERVE, 2)];
    given::<SmallSaga>(history.clone())
        .when(done(forward(RESERVE, 1)))
        .then([SagaEvent::StepCompleted { step: name(RESERVE), attempt: 1 }]);
    // That it is unavailable says nothing about the attempt that is under way.
    given::<SmallSaga>(history).when(unavailable(forward(RESERVE, 1))).then_already_so();
}

#[test]
fn a_success_that_comes_after_it_was_given_up_is_undone() {
    let late = SagaEvent::StepAnsweredLate { step: name(CHARGE), attempt: 1 };
    given::<SmallSaga>(unanswered()).when(done(forward(CHARGE, 1))).then([late.clone()]);
    let ended = with(
        unanswered(),
        [
            asked_back(CHARGE, 1),
            compensated(CHARGE, 1),
            asked_back(RESERVE, 1),
            compensated(RESERVE, 1),
            SagaEvent::Compensated,
        ],
    );
    assert_eq!(status(&ended), SagaStatus::Ended(Ending::Compensated));
    given::<SmallSaga>(ended.clone())
        .when(done(forward(CHARGE, 2)))
        .then([SagaEvent::StepAnsweredLate { step: name(CHARGE), attempt: 2 }]);
    let again = with(ended, [late]);
    assert_eq!(status(&again), SagaStatus::Compensating);
    let state = fold::<SmallSaga>(&again).expect("started");
    assert_eq!(state.next(&Small::PLAN), Some(back(CHARGE, 2)));
}

#[test]
fn a_compensation_that_is_given_up_needs_a_person_and_the_others_go_on() {
    let charged = [started()].into_iter().chain([RESERVE, CHARGE].into_iter().flat_map(completed));
    let history = with(
        charged.collect(),
        [requested(HAND_OVER, 1), failed(HAND_OVER, 1, "no"), given_up(HAND_OVER, "no", false)],
    );
    let history = with(history, [asked_back(CHARGE, 1), failed_back(CHARGE, 1, "down")]);
    let history = with(history, [asked_back(CHARGE, 2)]);
    given::<SmallSaga>(history.clone())
        .when(unavailable(back(CHARGE, 2)))
        .then([failed_back(CHARGE, 2, "down"), needs_attention(CHARGE)]);
    let stuck = with(history, [failed_back(CHARGE, 2, "down"), needs_attention(CHARGE)]);
    assert_eq!(status(&stuck), SagaStatus::NeedsAttention);
    let state = fold::<SmallSaga>(&stuck).expect("started");
    assert_eq!(state.next(&Small::PLAN), Some(back(RESERVE, 1)));
    // All others are undone: it is not compensated for that.
    let waiting = with(stuck, [asked_back(RESERVE, 1)]);
    given::<SmallSaga>(waiting.clone())
        .when(done(back(RESERVE, 1)))
        .then([compensated(RESERVE, 1)]);
    let waiting = with(waiting, [compensated(RESERVE, 1)]);
    assert_eq!(status(&waiting), SagaStatus::NeedsAttention);

    let settle = SagaCommand::Settle { step: name(CHARGE), note: "by bank transfer".to_owned() };
    let settled =
        SagaEvent::StepSettled { step: name(CHARGE), note: "by bank transfer".to_owned() };
    given::<SmallSaga>(waiting.clone()).when(settle).then([settled, SagaEvent::Settled]);
    let retry = SagaCommand::Retry { step: name(CHARGE) };
    let asked = SagaEvent::RetryAsked { step: name(CHARGE) };
    given::<SmallSaga>(waiting.clone()).when(retry).then([asked.clone()]);
    let again = with(waiting, [asked, asked_back(CHARGE, 3)]);
    given::<SmallSaga>(again)
        .when(done(back(CHARGE, 3)))
        .then([compensated(CHARGE, 3), SagaEvent::Compensated]);
}

#[test]
fn beyond_the_point_of_no_return_it_only_goes_forward() {
    let history = with(handed_over(), [requested(TELL, 1)]);
    given::<SmallSaga>(history)
        .when(refused(forward(TELL, 1)))
        .then([failed(TELL, 1, "no"), needs_attention(TELL)]);
    let charged = [started()].into_iter().chain([RESERVE, CHARGE].into_iter().flat_map(completed));
    let silent = with(
        charged.collect(),
        [requested(HAND_OVER, 1), timed_out(HAND_OVER, 1), requested(HAND_OVER, 2)],
    );
    // Perhaps it was handed over: nobody can turn back on a perhaps.
    given::<SmallSaga>(silent)
        .when(SagaCommand::TimeOut(forward(HAND_OVER, 2)))
        .then([timed_out(HAND_OVER, 2), needs_attention(HAND_OVER)]);
}

#[test]
fn a_pivot_that_was_done_after_all_can_only_be_settled() {
    let charged = [started()].into_iter().chain([RESERVE, CHARGE].into_iter().flat_map(completed));
    let back = with(
        charged.collect(),
        [requested(HAND_OVER, 1), failed(HAND_OVER, 1, "no"), given_up(HAND_OVER, "no", false)],
    );
    let late = SagaEvent::StepAnsweredLate { step: name(HAND_OVER), attempt: 1 };
    given::<SmallSaga>(back.clone())
        .when(done(forward(HAND_OVER, 1)))
        .then([late.clone(), needs_attention(HAND_OVER)]);
    given::<SmallSaga>(with(back, [late, needs_attention(HAND_OVER)]))
        .when(SagaCommand::Retry { step: name(HAND_OVER) })
        .then_rejected(SagaRejection::NothingToRetry { step: name(HAND_OVER) });
}

#[test]
fn what_was_never_asked_can_neither_be_answered_nor_time_out() {
    for command in [
        done(forward(RESERVE, 2)),
        done(back(RESERVE, 1)),
        SagaCommand::TimeOut(forward(CHARGE, 1)),
        done(forward(9, 1)),
        done(forward(RESERVE, 0)),
    ] {
        given::<SmallSaga>([started(), requested(RESERVE, 1)])
            .when(command)
            .then_rejected(SagaRejection::NotRequested);
    }
}

#[test]
fn a_person_sees_only_to_what_was_given_up() {
    let note = String::new();
    given::<SmallSaga>([started()])
        .when(SagaCommand::Settle { step: name(CHARGE), note: note.clone() })
        .then_rejected(SagaRejection::NotGivenUp { status: SagaStatus::InProgress });
    given::<SmallSaga>([started()])
        .when(SagaCommand::Settle { step: "Dance".to_owned(), note })
        .then_rejected(SagaRejection::UnknownStep { step: "Dance".to_owned() });
}
