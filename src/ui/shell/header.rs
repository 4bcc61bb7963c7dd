//! The header: the mark, and the switches that hold everywhere.

use leptos::prelude::*;

use super::preferences::{choose_language, choose_theme};
use crate::app::{route::Route, texts::Language};
use crate::ui::{
    lean::{marked, on_click, part, words},
    state::{Dialog, PageState, Theme, use_shell},
};

/// The header.
#[component]
pub(super) fn Header(#[prop(into)] page: Signal<Option<PageState>, LocalStorage>) -> impl IntoView {
    let shell = use_shell();
    let texts = shell.texts;
    view! {
        <header class="header">
            <a class="skip" href="#/lab" on:click=skip>{texts.say("page.skip")}</a>
            <a class="header__mark" href="#/"><Mark/>"Hindsight"</a>
            <nav class="header__views" aria-label=texts.say("nav.label")>
                {view_link("#/lab", "nav.lab", |route| matches!(route, Route::Lab { .. } | Route::Scenario { .. }))}
                {view_link("#/scenarios", "nav.scenarios", |route| matches!(route, Route::Scenarios))}
            </nav>
            <div class="header__tools">
                <LanguageSwitch/>
                <ThemeSwitch/>
                <button
                    type="button"
                    class="header__tool"
                    aria-label=texts.say("page.help")
                    title=texts.say("page.help")
                    on:click=on_click(move || shell.dialog.set(Some(Dialog::Help)))
                >
                    "?"
                </button>
                {part(move || page.get().map(|_| view! { <Menu/> }))}
            </div>
        </header>
    }
}

/// A link to a view, marked while that view is shown.
fn view_link(href: &'static str, name: &'static str, is_here: fn(&Route) -> bool) -> impl IntoView {
    let shell = use_shell();
    let here = move || is_here(&shell.address.get().route);
    view! {
        <a class="header__view" href=href aria-current=marked("page", here)>
            {shell.texts.say(name)}
        </a>
    }
}

fn skip(event: leptos::ev::MouseEvent) {
    event.prevent_default();
    super::focus("title-commands");
}

#[component]
fn Mark() -> impl IntoView {
    view! {
        <svg class="header__sign" viewBox="0 0 22 22" width="22" height="22" aria-hidden="true">
            <path d="M4 11a7 7 0 1 1 2.2 5.1"/>
            <path d="M2.2 8.2 4 11.4l3.1-1.9"/>
        </svg>
    }
}

/// A button with the name of the other language.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let shell = use_shell();
    let other = move || match shell.language.get() {
        Language::En => Language::Es,
        Language::Es => Language::En,
    };
    view! {
        <button
            type="button"
            class="header__tool"
            lang=words(move || other().tag().to_owned())
            title=words(move || other().name().to_owned())
            aria-label=words(move || format!("{} ({})", other().tag().to_ascii_uppercase(), other().name()))
            on:click=on_click(move || choose_language(shell, other()))
        >
            {words(move || other().tag().to_ascii_uppercase())}
        </button>
    }
}

/// A button that goes round: as the system, light, dark.
#[component]
fn ThemeSwitch() -> impl IntoView {
    let shell = use_shell();
    let (name_key, next) = (
        move || match shell.theme.get() {
            Theme::System => "page.theme_system",
            Theme::Light => "page.theme_light",
            Theme::Dark => "page.theme_dark",
        },
        move || match shell.theme.get_untracked() {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        },
    );
    let label = move || {
        let texts = shell.texts.get();
        format!("{}: {}", texts.say("page.theme"), texts.say(name_key()))
    };
    let path = move || match shell.theme.get() {
        Theme::System => "M10 3a7 7 0 1 0 0 14a7 7 0 1 0 0-14z",
        Theme::Light => {
            "M10 6.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1"
        }
        Theme::Dark => "M16 12.2A6.8 6.8 0 0 1 7.8 4a6.8 6.8 0 1 0 8.2 8.2z",
    };
    view! {
        <button
            type="button"
            class="header__tool"
            aria-label=words(label)
            title=words(label)
            on:click=on_click(move || {
                choose_theme(shell, next());
                shell.announce(label());
            })
        >
            <svg
                class="header__icon"
                viewBox="0 0 20 20"
                width="20"
                height="20"
                aria-hidden="true"
            >
                <path d=words(move || path().to_owned())/>
                {part(move || (shell.theme.get() == Theme::System).then(|| view! {
                    <path class="header__icon-fill" d="M10 3a7 7 0 0 0 0 14z"/>
                }))}
            </svg>
        </button>
    }
}

/// What is rarely wanted.
#[component]
fn Menu() -> impl IntoView {
    let shell = use_shell();
    let texts = shell.texts;
    let item = move |key: &'static str, dialog: Dialog| {
        view! {
            <button type="button" class="menu__item" on:click=on_click(move || shell.dialog.set(Some(dialog)))>
                {texts.say(key)}
            </button>
        }
    };
    view! {
        <button
            type="button"
            class="header__tool"
            popovertarget="menu"
            aria-label=texts.say("page.menu")
            title=texts.say("page.menu")
        >
            <svg class="header__icon header__icon--dots" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                <circle cx="4" cy="10" r="1.6"/>
                <circle cx="10" cy="10" r="1.6"/>
                <circle cx="16" cy="10" r="1.6"/>
            </svg>
        </button>
        <div id="menu" class="menu" popover="auto">
            {item("page.menu_export", Dialog::Export)}
            {item("page.menu_start_over", Dialog::StartOver)}
        </div>
    }
}
