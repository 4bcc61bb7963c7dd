//! The services: what each holds and goes by, and what can be done to it; and the protections.

use leptos::prelude::*;

use super::{
    Board, Setting,
    setting::{can_be_set, setting},
    wish,
};
use crate::{
    app::{
        texts::Texts,
        views::{SagaBoard, SagaWish, ServiceRow},
    },
    ui::{
        held::Derived,
        lean::{keyed, list, on_click, part, truth, when, words},
        state::PageState,
    },
};

/// All services, what somebody sets at one of them, and the protections.
pub(super) fn services(page: PageState, board: Board) -> impl IntoView {
    let texts = page.shell.texts;
    let at = Setting::new(None);
    let names = Derived::new(move || {
        board.with(|board| board.services.iter().map(|it| it.name).collect::<Vec<_>>())
    });
    view! {
        <ul class="services" aria-label=texts.say("sagas.services")>
            {list(move || names.get().into_iter().map(|name| {
                keyed(&name, move || service(page, board, at, name))
            }).collect())}
        </ul>
        {setting(page, at)}
        {protections(page, board)}
    }
}

/// The protections, each a switch, and the runner.
fn protections(page: PageState, board: Board) -> impl IntoView {
    let texts = page.shell.texts;
    let is_dead = |board: &SagaBoard| board.runner_is_dead;
    let protection =
        move |key: &'static str, read: fn(&SagaBoard) -> bool, make: fn(bool) -> SagaWish| {
            view! {
                <button
                    type="button"
                    class="button button--quiet sagas__switch"
                    role="switch"
                    aria-checked=truth(move || board.with(read))
                    on:click=on_click(move || wish(page, make(!board.with_untracked(read))))
                >
                    {texts.say(key)}
                </button>
            }
        };
    view! {
        <p class="sagas__protections">
            {protection("sagas.idempotency", |board| board.recognises_repeats, SagaWish::Idempotency)}
            {protection("sagas.semantic_lock", |board| board.locks, SagaWish::SemanticLock)}
            {protection("sagas.pure_domain", |board| board.is_pure, SagaWish::PureDomain)}
            <button
                type="button"
                class="button button--quiet"
                on:click=on_click(move || wish(page, SagaWish::Runner(board.with_untracked(is_dead))))
            >
                {words(move || texts.get().say(if board.with(is_dead) { "sagas.restart_runner" } else { "sagas.kill_runner" }).to_owned())}
            </button>
        </p>
    }
}

/// A service, for as long as it is there.
fn service(page: PageState, board: Board, at: Setting, name: &'static str) -> impl IntoView {
    let texts = page.shell.texts;
    let row = Derived::new(move || {
        board.with(|board| board.services.iter().find(|row| row.name == name).cloned())
    });
    let is_dead = move || row.with(|row| row.as_ref().is_some_and(|row| row.is_dead));
    let named = move |key| texts.get().fill(key, &[("service", texts.get().service(name))]);
    let choose = |dead, alive| move || if is_dead() { dead } else { alive };
    let (label, said) = (
        choose("sagas.restart_service", "sagas.kill_service"),
        choose("sagas.restart", "sagas.kill"),
    );
    let kill = on_click(move || {
        let dead = row.with_untracked(|row| row.as_ref().is_some_and(|row| row.is_dead));
        wish(page, SagaWish::Service(name, dead));
    });
    let set = can_be_set(name).then(|| opener(page, at, name));
    view! {
        <li class="service" class=("service--dead", when(is_dead))>
            <h3 class="service__name">{words(move || texts.get().service(name).to_owned())}</h3>
            <dl class="service__holdings">
                {part(move || row.get().map(|row| holdings(texts.get(), &row)))}
            </dl>
            <div class="service__acts">
                <button
                    type="button"
                    class="button button--quiet"
                    aria-label=words(move || named(label()))
                    on:click=kill
                >
                    {words(move || texts.get().say(said()).to_owned())}
                </button>
                {set}
            </div>
        </li>
    }
}

/// The button that opens what can be set at a service.
fn opener(page: PageState, at: Setting, name: &'static str) -> impl IntoView {
    let texts = page.shell.texts;
    let label = move || {
        let texts = texts.get();
        texts.fill("sagas.set_service", &[("service", texts.service(name))])
    };
    let open = on_click(move || {
        at.update(|at| *at = if *at == Some(name) { None } else { Some(name) });
    });
    view! {
        <button
            type="button"
            class="button button--quiet"
            aria-label=words(label)
            aria-expanded=truth(move || at.with(|at| *at == Some(name)))
            on:click=open
        >
            {texts.say("sagas.set")}
        </button>
    }
}

fn holdings(texts: Texts, row: &ServiceRow) -> impl IntoView + use<> {
    let holds = row.holdings.iter().map(|(what, amount)| {
        let value = match what.as_str() {
            "held" => texts.money(i64::try_from(*amount).unwrap_or(i64::MAX)),
            _ => texts.count(*amount),
        };
        [texts.holding(what), value]
    });
    let settings = row.settings.iter();
    let settings = settings.map(|(name, amount)| texts.setting(row.name, name, *amount));
    let line = |[what, value]: [String; 2]| view! { <dt dir="auto">{what}</dt><dd>{value}</dd> };
    holds.chain(settings).map(line).collect_view()
}
