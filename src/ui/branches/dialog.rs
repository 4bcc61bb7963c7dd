//! All branches: names, where they part, what only one of them has, and their read models side by side.

use leptos::{prelude::*, task::spawn_local};

use super::{branches, models::SideBySide, name_of, switch};
use crate::app::{FIRST_BRANCH, texts::short_id, views::BranchView};
use crate::ui::{
    lean::{next_frame, on_click, on_event, part},
    shell::focus,
    state::{Dialog, PageState, use_page},
};

/// What is in the dialog.
#[component]
pub(in crate::ui) fn AllBranches() -> impl IntoView {
    let page = use_page();
    let texts = page.shell.texts;
    let is_open = move || page.shell.dialog.get() == Some(Dialog::Branches);
    let entries = move || {
        let mut entries = vec![];
        let all = branches(page);
        for branch in &all {
            let name = name_of(texts.now(), branch, &all);
            entries.push(view! { <Entry page branch=branch.clone() name/> }.into_any());
        }
        entries
    };
    view! {
            <p>{texts.say("branch.text")}</p>
            {part(move || is_open().then(|| view! { <ul class="branch-list">{part(entries)}</ul> }))}
    }
}

/// One branch.
#[component]
fn Entry(page: PageState, branch: BranchView, name: String) -> impl IntoView {
    let texts = page.shell.texts;
    let (number, is_current) = (branch.number, branch.is_current);
    let renamed = on_event(move |event| page.lab().rename(number, &event_target_value(&event)));
    let said = facts(page, &branch);
    let (is_first, called) = (number == FIRST_BRANCH, name.clone());
    view! {
        <li class="branch-list__entry" aria-current=is_current.then_some("true")>
            <input
                class="field__input branch-list__name"
                aria-label=texts.say("branch.name")
                maxlength="60"
                dir="auto"
                prop:value=name
                on:change=renamed
            />
            <div class="branch-list__buttons">
                {(!is_current).then(|| view! {
                    <button type="button" class="button" on:click=on_click(move || switch(page, number))>
                        {texts.say("branch.switch")}
                    </button>
                })}
                {(!is_first).then(|| view! {
                    <button type="button" class="button" on:click=on_click(move || delete(page, number, &called))>
                        {texts.say("branch.delete")}
                    </button>
                })}
            </div>
            <p class="branch-list__facts">{said}</p>
            {is_first.then(|| view! {
                <p class="branch-list__facts">{texts.say("branch.first_stays")}</p>
            })}
            {(!is_current).then(|| view! { <SideBySide page number/> })}
        </li>
    }
}

/// Takes a branch away, and says so. Its button is gone then, so the focus goes to the heading.
fn delete(page: PageState, number: u32, name: &str) {
    let said = page.shell.texts.now().fill("branch.deleted", &[("name", name)]);
    spawn_local(async move {
        if page.lab().delete(number).await {
            page.shell.announce(said);
            next_frame(|| focus("dialog-branch.title"));
        }
    });
}

/// Where it parts from the branch of now, and which events only one of them has.
fn facts(page: PageState, branch: &BranchView) -> String {
    let texts = page.shell.texts.now();
    let moments = texts.plural("branch.moments", branch.moments, &[]);
    if branch.is_current {
        return texts.fill("branch.is_current", &[("moments", &moments)]);
    }
    let Some(comparison) = page.lab().compare(branch.number) else { return moments };
    let list = |events: &[(String, u64)]| {
        let named = events.iter().take(6).map(|(stream, version)| {
            let id = stream.split_once('-').map_or(stream.as_str(), |(_, id)| id);
            format!("{} v{version}", short_id(id))
        });
        let named = named.collect::<Vec<_>>().join(", ");
        match events.len().saturating_sub(6) {
            0 if named.is_empty() => texts.say("branch.none").to_owned(),
            0 => named,
            more => format!("{named} +{more}"),
        }
    };
    texts.fill(
        "branch.compared",
        &[
            ("moments", &moments),
            ("at", &texts.count(comparison.parts_at)),
            ("here", &list(&comparison.here)),
            ("there", &list(&comparison.there)),
        ],
    )
}
