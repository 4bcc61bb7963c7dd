//! Sagas: who fulfils orders, how far each saga is, what services hold, and what can be done about it.

mod amounts;
mod chosen;
mod diagram;
mod reacted;
mod row;
mod services;
mod setting;

use leptos::{prelude::*, task::spawn_local};

use self::{reacted::reacted, row::row, services::services};
use super::{
    held::{Derived, Held},
    lean::{keyed, list, on_click, part_when, truth, words},
    state::{PageState, use_page},
};
use crate::app::{
    texts::Texts,
    views::{SagaBoard, SagaWish},
};

/// The id of its heading, which can take the focus.
const TITLE: &str = "title-sagas";

/// The step that somebody looks at: the id of its saga, and its place.
type At = Held<Option<(String, usize)>>;

/// The service that somebody wants to set.
type Setting = Held<Option<&'static str>>;

/// The board of now, for everything that shows a piece of it.
type Board = Derived<SagaBoard>;

/// Sagas and services at the playhead.
#[component]
pub fn Sagas() -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let board = Board::new(move || {
        let shown = playback.playhead.get();
        page.pointed.saga.with(|chosen| playback.moments().get().sagas(shown, chosen.as_deref()))
    });
    let at = At::new(None);
    let ids = Derived::new(move || {
        board.with(|board| board.sagas.iter().map(|saga| saga.id.clone()).collect::<Vec<_>>())
    });
    let others = Derived::new(move || playback.moments().get().reacted(playback.playhead.get()));
    let by_saga = move || board.with(|board| board.by_saga);
    let by_reactors = move || others.with(|others| others.is_on);
    let is_there = move || {
        let anybody = board.with(|board| {
            board.by_saga || !board.is_pure || !board.sagas.is_empty() || !board.services.is_empty()
        });
        anybody || others.with(|others| others.is_on || !others.orders.is_empty())
    };
    view! {
        <section class="sagas" aria-labelledby=TITLE>
            <header class="pane__head sagas__head">
                <h2 class="pane__title" id=TITLE tabindex="-1">{texts.say("sagas.title")}</h2>
                <button
                    type="button"
                    class="button button--quiet sagas__switch"
                    role="switch"
                    aria-checked=truth(by_saga)
                    on:click=on_click(move || wish(page, SagaWish::BySaga(!board.with_untracked(|board| board.by_saga))))
                >
                    {texts.say("sagas.by_saga")}
                </button>
                <button
                    type="button"
                    class="button button--quiet sagas__switch"
                    role="switch"
                    aria-checked=truth(by_reactors)
                    on:click=on_click(move || wish(page, SagaWish::ByReactors(!others.with_untracked(|others| others.is_on))))
                >
                    {texts.say("sagas.by_reactors")}
                </button>
            </header>
            {part_when(move || !is_there(), move || view! {
                <p class="sagas__none">{texts.say("sagas.none")}</p>
            })}
            {part_when(is_there, move || view! {
                {services(page, board)}
                {reacted(page, others)}
                <div class="sagas__list">
                    {list(move || ids.get().into_iter().map(|id| {
                        keyed(&id.clone(), move || row(page, board, at, id))
                    }).collect())}
                </div>
                <p class="sagas__more">{words(move || more(texts.get(), board))}</p>
            })}
        </section>
    }
}

/// Puts what somebody wants onto the tape.
fn wish(page: PageState, wish: SagaWish) {
    spawn_local(async move {
        page.at_playhead().await;
        let said = said(page.shell.texts.now(), &wish);
        page.lab().fulfil(wish).await;
        if let Some(said) = said {
            page.shell.announce(said);
        }
    });
}

/// What is said when somebody got what they want; nothing where their button says it.
fn said(texts: Texts, wish: &SagaWish) -> Option<String> {
    match wish {
        SagaWish::Set(service, name, amount) => Some(texts.service_set(service, name, *amount)),
        SagaWish::Arm(fault, _) => Some(texts.service_fault_armed(*fault)),
        SagaWish::Disarm(request) => {
            Some(texts.fill("moment.service_faults_disarmed", &[("point", request)]))
        }
        _ => None,
    }
}

/// How many sagas there are that are not shown, by what they are at.
fn more(texts: Texts, board: Board) -> String {
    let counted =
        |(state, count): &(_, u64)| format!("{} {}", texts.count(*count), texts.saga_state(*state));
    let more = board.with(|board| board.more.iter().map(counted).collect::<Vec<_>>().join(", "));
    if more.is_empty() { more } else { texts.fill("sagas.more", &[("sagas", &more)]) }
}
