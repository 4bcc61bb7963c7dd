//! What can be done about a step: what shall happen to it, and what a person does where it was given up.

use leptos::prelude::*;

use super::{At, row::Saga, wish};
use crate::{
    app::{
        texts::{Texts, short_id},
        views::{Progress, SagaRow, SagaWish, ServiceTrouble, StepRow},
    },
    ui::{
        held::{Derived, Held},
        lean::{on_click, on_event, on_submit, part},
        state::{PageState, use_page},
    },
};

/// The panel of the step that somebody chose; nothing while nobody chose one of this saga.
#[component]
pub(super) fn Chosen(saga: Saga, at: At) -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let step = Derived::new(move || {
        let (id, place) = at.get()?;
        let step = |saga: &Option<SagaRow>| {
            let saga = saga.as_ref().filter(|saga| saga.id == id)?;
            saga.steps.get(place).cloned()
        };
        saga.with(step).map(|step| (id.clone(), step))
    });
    part(move || step.get().map(|(id, step)| panel(page, texts.get(), at, &id, &step)))
}

fn panel(page: PageState, texts: Texts, at: At, id: &str, step: &StepRow) -> impl IntoView + use<> {
    let title = texts.fill("sagas.chosen", &[("step", step.name), ("order", short_id(id))]);
    let label = title.clone();
    let stuck = [step.forward.progress, step.back.progress].contains(&Progress::Stuck);
    let by_person = stuck.then(|| by_person(page, texts, id.to_owned(), step.name));
    let requests = [step.is_request.then_some(step.name), step.compensation];
    let is_request = |name: &&str| *name != "CancelOrder";
    let requests = requests.into_iter().flatten().filter(is_request);
    let troubles = requests.map(|request| troubles(page, texts, request)).collect_view();
    view! {
        <section class="sagas__chosen" aria-label=label>
            <h3 class="sagas__chosen-title">{title}</h3>
            {by_person}
            {troubles}
            <button type="button" class="button button--quiet" on:click=on_click(move || at.set(None))>
                {texts.say("sagas.close")}
            </button>
        </section>
    }
}

/// What can be made to go wrong with one request.
fn troubles(page: PageState, texts: Texts, request: &'static str) -> impl IntoView + use<> {
    let button = |words: String, wanted: SagaWish| {
        let act = on_click(move || wish(page, wanted.clone()));
        view! { <button type="button" class="button button--quiet" on:click=act>{words}</button> }
    };
    let once = ServiceTrouble::ALL.map(|trouble| {
        let fault = texts.service_fault(trouble_name(trouble));
        button(fault.to_owned(), SagaWish::Arm(request, trouble, 1))
    });
    let always = [ServiceTrouble::Refuse, ServiceTrouble::Unavailable].map(|trouble| {
        let fault =
            texts.fill("sagas.always", &[("fault", texts.service_fault(trouble_name(trouble)))]);
        button(fault, SagaWish::Arm(request, trouble, 0))
    });
    let calm = button(texts.say("sagas.calm").to_owned(), SagaWish::Disarm(request));
    view! {
        <fieldset class="sagas__troubles">
            <legend>{texts.fill("sagas.next_time", &[("request", request)])}</legend>
            {once.into_view()}
            {always.into_view()}
            {calm}
        </fieldset>
    }
}

fn trouble_name(trouble: ServiceTrouble) -> &'static str {
    match trouble {
        ServiceTrouble::Refuse => "refuse",
        ServiceTrouble::Unavailable => "unavailable",
        ServiceTrouble::Slow => "slow",
        ServiceTrouble::LoseRequest => "lose_request",
        ServiceTrouble::LoseAnswer => "lose_answer",
        ServiceTrouble::Duplicate => "duplicate",
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
