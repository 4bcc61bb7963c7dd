//! Branches: which one is acted on, the way back, and all of them side by side.

mod dialog;
mod models;

use leptos::{prelude::*, task::spawn_local};

use crate::app::{texts::Texts, views::BranchView};
use crate::ui::{
    lean::{on_click, on_event, part},
    state::{Dialog, PageState, use_page},
};

pub(super) use dialog::AllBranches;

/// The branches of now.
fn branches(page: PageState) -> Vec<BranchView> {
    page.branch_changes.track();
    page.lab().branches()
}

/// What a branch is called: by somebody, by its scenario, or by its number.
fn name_of(texts: Texts, branch: &BranchView) -> String {
    let number = branch.number.to_string();
    match (branch.name.as_str(), branch.scenario, branch.parent) {
        ("", None, None) if branch.number > 1 => {
            texts.fill("branch.other_tab", &[("number", &number)])
        }
        ("", None, None) => texts.say("branch.first").to_owned(),
        ("", Some(scenario), None) => {
            texts.fill("branch.scenario", &[("scenario", &scenario.to_string())])
        }
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
        for branch in branches(page) {
            let (number, chosen) = (branch.number.to_string(), branch.is_current);
            let name = name_of(texts.get(), &branch);
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
            let found = page.lab().branches().into_iter().find(|branch| branch.number == number);
            let name = found.map(|branch| name_of(texts, &branch)).unwrap_or_default();
            page.shell.announce(texts.fill("branch.switched", &[("name", &name)]));
        }
    });
}

/// Begins a branch just before the last thing that was given.
fn undo(page: PageState) {
    spawn_local(async move {
        let undone = page.lab().undo().await;
        let texts = page.shell.texts.now();
        page.shell.announce(match undone {
            Ok(true) => texts.say("branch.undone").to_owned(),
            Ok(false) => texts.say("branch.nothing").to_owned(),
            Err(failure) => texts.failure(&failure),
        });
    });
}
