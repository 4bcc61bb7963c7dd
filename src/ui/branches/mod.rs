//! Branches: which one is acted on, the way back, and all of them side by side.

mod dialog;
mod models;

use leptos::{prelude::*, task::spawn_local};

use crate::app::{
    texts::Texts,
    views::{BranchView, Undone},
};
use crate::ui::{
    late,
    lean::{on_click, on_event, part},
    state::{Dialog, PageState, use_page},
};

pub(super) use dialog::AllBranches;

/// The branches of now.
fn branches(page: PageState) -> Vec<BranchView> {
    page.branch_changes.track();
    page.lab().branches()
}

/// What a branch is called: by somebody, by its scenario, or by its number. Where a scenario was begun again,
/// its number tells it from the one before.
fn name_of(texts: Texts, branch: &BranchView, all: &[BranchView]) -> String {
    let number = branch.number.to_string();
    let is_again = |scenario| {
        all.iter().any(|it| {
            it.scenario == Some(scenario) && it.parent.is_none() && it.number < branch.number
        })
    };
    match (branch.name.as_str(), branch.scenario, branch.parent) {
        ("", None, None) if branch.number > 1 => {
            texts.fill("branch.other_tab", &[("number", &number)])
        }
        ("", None, None) => texts.say("branch.first").to_owned(),
        ("", Some(scenario), None) => {
            let name = texts.fill("branch.scenario", &[("scenario", &scenario.to_string())]);
            if is_again(scenario) { format!("{name} ({number})") } else { name }
        }
        ("", None, Some((0, _))) => texts.fill("branch.lab", &[("number", &number)]),
        ("", _, Some(_)) => texts.fill("branch.numbered", &[("number", &number)]),
        (name, _, _) => name.to_owned(),
    }
}

/// The branch that is acted on, undo, and the door to all branches.
#[component]
pub(super) fn BranchBar() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let choose = on_event(move |event| {
        if let Ok(number) = event_target_value(&event).parse() {
            switch(page, number);
        }
    });
    let options = move || {
        let mut options = vec![];
        let all = branches(page);
        for branch in &all {
            let (number, chosen) = (branch.number.to_string(), branch.is_current);
            let name = name_of(texts.get(), branch, &all);
            options.push(view! { <option value=number selected=chosen>{name}</option> }.into_any());
        }
        options
    };
    view! {
        <div class="branches">
            <label class="head-field">
                <span class="head-field__label">{texts.say("branch.label")}</span>
                <select class="field__input head-field__input branches__choice" on:change=choose>
                    {part(options)}
                </select>
            </label>
            <button type="button" class="button" on:click=on_click(move || undo(page))>
                {texts.say("branch.undo")}
            </button>
            <button
                type="button"
                class="button"
                on:click=on_click(move || page.shell.dialog.set(Some(Dialog::Branches)))
            >
                {texts.say("branch.all")}
            </button>
        </div>
    }
}

/// Acts on another branch from now on.
fn switch(page: PageState, number: u32) {
    spawn_local(async move {
        if page.lab().switch(number).await {
            let texts = page.shell.texts.now();
            let all = page.lab().branches();
            let found = all.iter().find(|branch| branch.number == number);
            let name = found.map(|branch| name_of(texts, branch, &all)).unwrap_or_default();
            page.shell.announce(texts.fill("branch.switched", &[("name", &name)]));
        }
    });
}

/// Begins a branch just before the last thing that was given.
fn undo(page: PageState) {
    spawn_local(async move {
        let undone = (late::back().await.undo)(page.lab()).await;
        let texts = page.shell.texts.now();
        page.shell.announce(match undone {
            Ok(Some(Undone { foreign: 0 })) => texts.say("branch.undone").to_owned(),
            Ok(Some(Undone { foreign })) => texts.plural("branch.undone_before", foreign, &[]),
            Ok(None) => texts.say("branch.nothing").to_owned(),
            Err(failure) => texts.failure(&failure),
        });
    });
}
