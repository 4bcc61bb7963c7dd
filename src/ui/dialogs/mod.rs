//! The dialogs: help, export, start over; and the word that undoes it.

mod export;
pub(super) mod file;
mod help;
mod modal;
mod start_over;

use leptos::prelude::*;

use crate::ui::lean::part;

pub(super) use modal::Modal;

use self::{
    export::ExportDialog,
    help::HelpDialog,
    start_over::{StartOverDialog, UndoToast},
};
use super::{branches::BranchesDialog, state::PageState};

/// All dialogs. Those about data are there once a database is open.
#[component]
pub(super) fn Dialogs(
    #[prop(into)] page: Signal<Option<PageState>, LocalStorage>,
) -> impl IntoView {
    view! {
        <HelpDialog/>
        {part(move || page.get().map(|page| view! {
            <ExportDialog page/>
            <StartOverDialog page/>
            <BranchesDialog page/>
            <UndoToast page/>
        }))}
    }
}
