//! Orders without a conductor: what each reactor said of them, one after the other, and what a person can do.

use leptos::prelude::*;

use super::{chosen::by_person, wish};
use crate::{
    app::{
        texts::{Texts, short_id},
        views::{Reacted, ReactedOrder, SagaWish},
    },
    ui::{
        held::Derived,
        lean::{keyed, list, on_click, part, words},
        state::PageState,
    },
};

/// The reactors, and what they have said.
pub(super) fn reacted(page: PageState, board: Derived<Reacted>) -> impl IntoView {
    let texts = page.shell.texts;
    let ids =
        move || board.with(|board| board.orders.iter().map(|it| it.id.clone()).collect::<Vec<_>>());
    let ids = Derived::new(ids);
    let reactors = move || {
        let texts = texts.get();
        board.with(|board| board.is_on.then(|| buttons(page, texts, &board.reactors)))
    };
    let more = move || {
        let more = board.with(|board| board.more);
        let more_words = |texts: Texts| texts.plural("sagas.more_reacted", more, &[]);
        if more > 0 { more_words(texts.get()) } else { String::new() }
    };
    view! {
        {part(reactors)}
        <div class="sagas__list">
            {list(move || ids.get().into_iter().map(|id| {
                keyed(&id.clone(), move || order(page, board, id))
            }).collect())}
        </div>
        <p class="sagas__more">{words(more)}</p>
    }
}

/// Kills each reactor, or builds it again.
fn buttons(
    page: PageState,
    texts: Texts,
    reactors: &[(&'static str, bool)],
) -> impl IntoView + use<> {
    let button = |&(name, is_dead): &(&'static str, bool)| {
        let key = if is_dead { "sagas.restart_reactor" } else { "sagas.kill_reactor" };
        let said = texts.fill(key, &[("service", texts.service(name))]);
        let act = on_click(move || wish(page, SagaWish::Reactor(name, is_dead)));
        view! { <button type="button" class="button button--quiet" on:click=act>{said}</button> }
    };
    let buttons = reactors.iter().map(button).collect_view();
    view! {
        <p class="sagas__protections" role="group" aria-label=texts.say("sagas.reactors")>{buttons}</p>
    }
}

/// An order, for as long as it is among those that are shown.
fn order(page: PageState, board: Derived<Reacted>, id: String) -> impl IntoView {
    let texts = page.shell.texts;
    let short = short_id(&id).to_owned();
    let this = Derived::new(move || {
        board.with(|board| board.orders.iter().find(|order| order.id == id).cloned())
    });
    let stuck = Derived::new(move || {
        this.with(|order| order.as_ref().and_then(|it| Some((it.id.clone(), it.stuck?))))
    });
    view! {
        <article class="saga">
            <h3 class="saga__title">
                {words(move || texts.get().fill("sagas.reacted_order", &[("order", &short)]))}
            </h3>
            <ol class="reacted">{part(move || this.get().map(|order| facts(texts.get(), &order)))}</ol>
            {part(move || stuck.get().map(|(id, step)| by_person(page, texts.get(), id, step)))}
        </article>
    }
}

fn facts(texts: Texts, order: &ReactedOrder) -> impl IntoView + use<> {
    let fact = |(reactor, event): &(&'static str, &'static str)| {
        view! {
            <li class="reacted__fact">
                <span class="reacted__who">{texts.service(reactor)}</span>
                {*event}
            </li>
        }
    };
    order.facts.iter().map(fact).collect_view()
}
