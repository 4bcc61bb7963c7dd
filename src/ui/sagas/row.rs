//! One saga: its steps from left to right, and beneath each what undoes it.

use leptos::prelude::*;

use super::{
    At, Board,
    chosen::Chosen,
    diagram::{Diagram, machine},
};
use crate::{
    app::{
        texts::{Texts, short_id},
        views::{FaultAt, Leg, Progress, SagaRow, StepRole, StepRow},
    },
    ui::{
        held::Derived,
        lean::{on_click, part, part_when, truth, words},
        state::PageState,
    },
};

/// A saga, for as long as it is among those that are shown.
pub(super) fn row(page: PageState, board: Board, at: At, id: String) -> impl IntoView {
    let texts = page.shell.texts;
    let of = {
        let id = id.clone();
        move |board: &_| find(board, &id).cloned()
    };
    let saga = Derived::new(move || board.with(&of));
    let count = saga.with_untracked(|saga| saga.as_ref().map_or(0, |saga| saga.steps.len()));
    let steps = (0..count).map(|place| step(page, saga, at, &id, place)).collect_view();
    let short = short_id(&id).to_owned();
    let (own, heading) = (id.clone(), format!("saga-{id}"));
    let is_open = Derived::new(move || page.pointed.saga.with(|open| open.as_ref() == Some(&own)));
    let own = id.clone();
    let open = on_click(move || {
        let this = (!is_open.get_untracked()).then(|| own.clone());
        page.pointed.saga.set(this);
    });
    view! {
        <article class="saga">
            <h3 class="saga__title">
                <button type="button" id=heading class="saga__open" aria-expanded=truth(move || is_open.get()) on:click=open>
                    {words(move || texts.get().fill("sagas.of_order", &[("order", &short)]))}
                </button>
                {part(move || saga.get().map(|saga| state(texts.get(), &saga)))}
            </h3>
            {part_when(move || is_open.get(), move || machine(texts, saga))}
            <ol class="saga__steps">{steps}</ol>
            <Chosen saga at/>
            {part_when(move || is_open.get(), move || view! { <Diagram id=id.clone()/> })}
        </article>
    }
}

fn find<'a>(board: &'a crate::app::views::SagaBoard, id: &str) -> Option<&'a SagaRow> {
    board.sagas.iter().find(|saga| saga.id == id)
}

fn state(texts: Texts, saga: &SagaRow) -> impl IntoView + use<> {
    let class = format!("saga__state saga__state--{:?}", saga.state).to_lowercase();
    let reason = saga.failure.as_deref().map(|reason| {
        let reason = texts.step_reason(reason);
        view! { <span class="saga__reason" dir="auto">{reason}</span> }
    });
    view! { <span class=class>{texts.saga_state(saga.state)}</span>" " {reason} }
}

/// One saga, as long as it is shown.
pub(super) type Saga = Derived<Option<SagaRow>>;

/// One step with its compensation: a button that leads to what can be done about it.
fn step(page: PageState, saga: Saga, at: At, id: &str, place: usize) -> impl IntoView + use<> {
    let texts = page.shell.texts;
    let (own, id) = (id.to_owned(), id.to_owned());
    let is_chosen = move || at.with(|at| at.as_ref() == Some(&(own.clone(), place)));
    let choose = on_click(move || {
        let this = Some((id.clone(), place));
        at.update(|at| *at = if *at == this { None } else { this });
    });
    let inside = move || {
        saga.with(|saga| {
            let step = saga.as_ref()?.steps.get(place)?;
            let waits = saga.as_ref()?.waits.filter(|(at, _)| *at == place);
            Some(step_inside(texts.get(), step, waits.map(|(_, until)| until)))
        })
    };
    let is_pivot = saga.with_untracked(|saga| {
        let step = saga.as_ref().and_then(|saga| saga.steps.get(place));
        step.is_some_and(|step| step.kind == StepRole::Pivot)
    });
    view! {
        <li class="saga__step" class=("saga__step--pivot", is_pivot)>
            <button type="button" class="saga__button" aria-expanded=truth(is_chosen) on:click=choose>
                {part(inside)}
            </button>
        </li>
    }
}

fn step_inside(texts: Texts, step: &StepRow, until_us: Option<u64>) -> AnyView {
    let pivot = (step.kind == StepRole::Pivot)
        .then(|| view! { <span class="saga__pivot">{texts.say("sagas.pivot")}</span> });
    let back = step.compensation.map(|name| leg(texts, "back", name, step.back, step.faults[1]));
    let until = until_us.map(|until| {
        let until = texts.fill("sagas.until", &[("time", &texts.milliseconds(until))]);
        view! { <span class="saga__until">{until}</span> }
    });
    view! {
        <span class="saga__step-inside">
            {leg(texts, "forward", step.name, step.forward, step.faults[0])}
            {back}
            {until}
            {pivot}
        </span>
    }
    .into_any()
}

/// A step, or its compensation: a sign, its name, how often it was tried, and what waits to go wrong.
fn leg(
    texts: Texts,
    direction: &'static str,
    name: &'static str,
    leg: Leg,
    fault: Option<FaultAt>,
) -> impl IntoView + use<> {
    let class =
        format!("saga__leg saga__leg--{direction} saga__leg--{:?}", leg.progress).to_lowercase();
    let attempts = (leg.attempts > 1).then(|| {
        let count = texts.count(u64::from(leg.attempts));
        view! { <span class="saga__attempts">{texts.fill("sagas.attempts", &[("count", &count)])}</span> }
    });
    let fault = fault
        .map(|fault| view! { <span class="saga__fault">{texts.service_fault_at(fault)}</span> });
    view! {
        <span class=class>
            <span class="saga__sign" aria-hidden="true">{sign(leg.progress)}</span>
            <span class="saga__name">{name}</span>
            <span class="visually-hidden">" "{texts.leg_state(leg.progress)}</span>
            {attempts}
            {fault}
        </span>
    }
}

fn sign(state: Progress) -> &'static str {
    match state {
        Progress::Open => "○",
        Progress::Requested => "…",
        Progress::Done => "✓",
        Progress::Failed => "✕",
        Progress::Unknown => "?",
        Progress::Stuck => "!",
        Progress::Settled => "✎",
    }
}
