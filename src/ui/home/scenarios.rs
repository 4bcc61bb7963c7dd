//! The list of scenarios.

use leptos::{prelude::*, task::spawn_local};

use crate::app::{
    scenario_list,
    views::{Failure, ScenarioCard},
};
use crate::ui::held::Held;
use crate::ui::{
    lean::part,
    state::{PageTexts, use_texts},
};

/// Every scenario with what one sees in it.
#[component]
pub(in crate::ui) fn Scenarios() -> impl IntoView {
    let texts = use_texts();
    let list = Held::new(None::<Result<Vec<ScenarioCard>, Failure>>);
    spawn_local(async move {
        let fetched = scenario_list().await;
        // Nobody looks any more where the view is gone.
        list.try_set(Some(fetched));
    });
    let entries = move || match list.get()? {
        Ok(cards) => {
            let cards = cards.into_iter().map(|card| entry(texts, card)).collect::<Vec<_>>();
            Some(view! { <ol class="scenarios">{cards}</ol> }.into_any())
        }
        Err(failure) => {
            let said = texts.get().failure(&failure);
            Some(view! { <p class="home__text" role="alert">{said}</p> }.into_any())
        }
    };
    view! {
        <main class="home">
            <h1 class="home__title" id="title-scenarios" tabindex="-1">{texts.say("scenarios.title")}</h1>
            <p class="home__text">{texts.say("scenarios.text")}</p>
            {part(entries)}
        </main>
    }
}

fn entry(texts: PageTexts, card: ScenarioCard) -> AnyView {
    let language = texts.get().language();
    let (title, see) = (card.title.of(language).to_owned(), card.see.of(language).to_owned());
    view! {
        <li class="scenarios__entry">
            <a class="scenarios__link" href=format!("#/s/{}", card.id)>
                <span class="scenarios__number">{card.id}</span>
                <span class="scenarios__title">{title}</span>
                <span class="scenarios__see">{see}</span>
            </a>
        </li>
    }
    .into_any()
}
