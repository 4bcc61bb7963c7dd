//! What can be done about a step: what shall happen to it, and what a person does where it was given up.

use leptos::prelude::*;

use super::{At, amounts::Often, row::Saga, wish};
use crate::{
    app::{
        texts::{Texts, short_id},
        views::{Progress, SERVICE_FAULTS, SagaWish, StepRow},
    },
    ui::{
        held::{Derived, Held},
        lean::{on_click, on_event, on_submit, part},
        state::{PageState, use_page},
    },
};

/// What the panel shows: it stays as it is while its saga goes on.
#[derive(Clone, PartialEq, Eq)]
struct Panel {
    saga: String,
    step: &'static str,
    /// The requests with which something can be made to go wrong.
    requests: Vec<&'static str>,
    is_stuck: bool,
}

/// The panel of the step that somebody chose; nothing while nobody chose one of this saga.
#[component]
pub(super) fn Chosen(saga: Saga, at: At) -> impl IntoView {
    let page = use_page();
    let (texts, often) = (page.shell.texts, Often::new());
    let chosen = Derived::new(move || {
        let (id, place) = at.get()?;
        saga.with(|saga| {
            let saga = saga.as_ref().filter(|saga| saga.id == id)?;
            saga.steps.get(place).map(|step| panel_of(&saga.id, step))
        })
    });
    part(move || chosen.get().map(|chosen| panel(page, texts.get(), at, often, chosen)))
}

fn panel_of(saga: &str, step: &StepRow) -> Panel {
    let requests = [step.is_request.then_some(step.name), step.compensation];
    let is_request = |name: &&str| *name != "CancelOrder";
    Panel {
        saga: saga.to_owned(),
        step: step.name,
        requests: requests.into_iter().flatten().filter(is_request).collect(),
        is_stuck: [step.forward.progress, step.back.progress].contains(&Progress::Stuck),
    }
}

fn panel(
    page: PageState,
    texts: Texts,
    at: At,
    often: Often,
    chosen: Panel,
) -> impl IntoView + use<> {
    let Panel { saga, step, requests, is_stuck } = chosen;
    let title = texts.fill("sagas.chosen", &[("step", step), ("order", short_id(&saga))]);
    let label = title.clone();
    let by_person = is_stuck.then(|| by_person(page, texts, saga, step));
    let fields = (!requests.is_empty()).then(|| often.fields(texts));
    let troubles = requests.into_iter().map(|request| troubles(page, texts, often, request));
    view! {
        <section class="sagas__chosen" aria-label=label>
            <h3 class="sagas__chosen-title">{title}</h3>
            {by_person}
            {fields}
            {troubles.collect_view()}
            <button type="button" class="button button--quiet" on:click=on_click(move || at.set(None))>
                {texts.say("sagas.close")}
            </button>
        </section>
    }
}

/// What can be made to go wrong with one request.
fn troubles(
    page: PageState,
    texts: Texts,
    often: Often,
    request: &'static str,
) -> impl IntoView + use<> {
    let faults = SERVICE_FAULTS.map(|fault| {
        let act = on_click(move || {
            let (fault, amounts) = often.fault(request, fault);
            wish(page, SagaWish::Arm(fault, amounts));
        });
        let words = texts.service_fault(fault);
        view! { <button type="button" class="button button--quiet" on:click=act>{words}</button> }
    });
    let calm = on_click(move || wish(page, SagaWish::Disarm(request)));
    view! {
        <fieldset class="sagas__troubles">
            <legend>{texts.fill("sagas.next_time", &[("request", request)])}</legend>
            {faults.into_view()}
            <button type="button" class="button button--quiet" on:click=calm>
                {texts.say("sagas.calm")}
            </button>
        </fieldset>
    }
}

/// What a person can do about a step that was given up.
pub(super) fn by_person(
    page: PageState,
    texts: Texts,
    id: String,
    step: &'static str,
) -> impl IntoView + use<> {
    let note = Held::new(String::new());
    let again = id.clone();
    let retry = on_click(move || wish(page, SagaWish::Retry(again.clone(), step)));
    let settle = on_submit(move || {
        let said = note.get_untracked().trim().to_owned();
        if !said.is_empty() {
            wish(page, SagaWish::Settle(id.clone(), step, said));
        }
    });
    view! {
        <div class="sagas__person">
            <p>{texts.say("sagas.needs_person")}</p>
            <button type="button" class="button button--primary" on:click=retry>
                {texts.say("sagas.retry")}
            </button>
            <form class="sagas__settle" on:submit=settle>
                <label class="field">
                    <span class="field__label">{texts.say("sagas.settle_note")}</span>
                    <input
                        class="field__input"
                        type="text"
                        required
                        maxlength="200"
                        on:input=on_event(move |event| note.set(event_target_value(&event)))
                    />
                </label>
                <button type="submit" class="button">{texts.say("sagas.settle")}</button>
            </form>
        </div>
    }
}
