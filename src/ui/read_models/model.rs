//! One read model: what it answers, how far it has read, and how to make it again.

use leptos::{prelude::*, task::spawn_local};

use crate::ui::held::{Derived, Held};
use crate::{
    app::{
        texts::Texts,
        views::{Failure, ReadModel, ReadModelStatus},
    },
    ui::{
        lean::{mark, on_click, part, words},
        state::{use_page, use_texts},
    },
};

#[component]
pub(super) fn Model(model: ReadModel, statuses: Derived<Vec<ReadModelStatus>>) -> impl IntoView {
    let texts = use_texts();
    let what = match model {
        ReadModel::OrderDetails => "models.order_details.what",
        ReadModel::CustomerOrders => "models.customer_orders.what",
        ReadModel::SalesDashboard => "models.sales_dashboard.what",
    };
    let stopped = move || {
        let failure = of_model(statuses, model, |status| status.stopped.clone()).flatten();
        failure.map(|failure| stopped(texts.get(), &failure))
    };
    view! {
        <li class="model">
            <h3 class="model__name">{words(move || texts.get().read_model(model).to_owned())}</h3>
            <p class="model__what">{texts.say(what)}</p>
            <Rebuild model/>
            <Reading model statuses/>
            {part(stopped)}
        </li>
    }
}

/// Something of the status of one read model.
fn of_model<T>(
    statuses: Derived<Vec<ReadModelStatus>>,
    model: ReadModel,
    read: impl FnOnce(&ReadModelStatus) -> T,
) -> Option<T> {
    statuses.with(|statuses| statuses.iter().find(|status| status.model == model).map(read))
}

/// How far it has read, as a bar and in words.
#[component]
fn Reading(model: ReadModel, statuses: Derived<Vec<ReadModelStatus>>) -> impl IntoView {
    let texts = use_texts();
    let checkpoint = move || of_model(statuses, model, |status| status.checkpoint).unwrap_or(0);
    let behind = move || of_model(statuses, model, |status| status.behind).unwrap_or(0);
    let at =
        move || texts.get().fill("models.at", &[("position", &texts.get().count(checkpoint()))]);
    let lag = move || match behind() {
        0 => texts.get().say("models.up_to_date").to_owned(),
        events => texts.get().plural("models.behind", events, &[]),
    };
    // Nothing of nothing is all of it.
    let value = move || if behind() == 0 { checkpoint().max(1) } else { checkpoint() }.to_string();
    view! {
        <div class="model__reading">
            <span>{words(at)}</span>
            <progress
                class="model__gauge"
                max=words(move || (checkpoint() + behind()).max(1).to_string())
                value=words(value)
                aria-label=words(move || texts.get().read_model(model).to_owned())
                aria-valuetext=words(move || format!("{}, {}", at(), lag()))
            ></progress>
            <span>{words(lag)}</span>
        </div>
    }
}

/// Deletes the read model's data and lets it read the log again.
#[component]
fn Rebuild(model: ReadModel) -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let is_running = Held::new(false);
    let rebuild = on_click(move || {
        if is_running.get_untracked() {
            return;
        }
        is_running.set(true);
        let name = texts.now().read_model(model);
        page.shell.announce(texts.now().fill("models.rebuilding", &[("model", name)]));
        spawn_local(async move {
            page.lab().rebuild(model).await;
            if is_running.try_set(false) {
                page.shell.announce(texts.now().fill("models.rebuilt", &[("model", name)]));
            }
        });
    });
    let label = words(move || {
        let name = texts.get().read_model(model);
        texts.get().fill("models.rebuild_model", &[("model", name)])
    });
    view! {
        <button
            class="button button--small model__rebuild"
            type="button"
            aria-label=label
            aria-disabled=mark(move || is_running.get())
            title=texts.say("models.rebuild_hint")
            on:click=rebuild
        >
            {texts.say("models.rebuild")}
        </button>
    }
}

/// Why it stands still, and what to do.
fn stopped(texts: Texts, failure: &Failure) -> impl IntoView + use<> {
    let reason = texts.fill("models.stopped", &[("reason", &texts.failure(failure))]);
    view! {
        <p class="model__stopped">
            <span class="trouble-mark" aria-hidden="true"></span>
            <span class="model__reason">{reason}</span>
        </p>
    }
}
