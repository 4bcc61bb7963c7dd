//! The dialogs: help, export, start over, all branches; and the word that undoes starting over.

mod export;
pub(super) mod file;
mod help;
mod modal;
mod start_over;

use leptos::prelude::*;

use self::modal::Modal;
pub(super) use self::{
    export::Export,
    help::Help,
    start_over::{StartOver, Undo},
};
use super::{
    late::{Late, late},
    lean::{part, part_when},
    state::{Dialog, PageState},
};

/// All dialogs. Those about data are there once a database is open.
#[component]
pub(super) fn Dialogs(
    #[prop(into)] page: Signal<Option<PageState>, LocalStorage>,
) -> impl IntoView {
    view! {
        <Modal dialog=Dialog::Help title_key="help.title"/>
        {part(move || page.get().map(about_data))}
    }
}

fn about_data(page: PageState) -> impl IntoView {
    provide_context(page);
    view! {
        <Modal dialog=Dialog::Export title_key="export.title"/>
        <Modal dialog=Dialog::StartOver title_key="over.title"/>
        <Modal dialog=Dialog::Branches title_key="branch.title"/>
        {part_when(move || page.undo.get(), move || view! { <Toast page/> })}
    }
}

/// Says that there is a way back after starting over.
#[component]
fn Toast(page: PageState) -> impl IntoView {
    view! {
        <aside class="toast" aria-label=page.shell.texts.say("over.title")>{late(Late::Undo)}</aside>
    }
}
