//! The three read models: how far each has read, and what the sales dashboard says.

mod model;
mod sales;

use leptos::prelude::*;

use self::{model::Model, sales::SalesFigures};
use super::state::{Pane, use_page, use_texts};
use crate::app::views::ReadModel;
use crate::ui::held::Derived;

/// The read models.
#[component]
pub fn ReadModels() -> impl IntoView {
    let page = use_page();
    let texts = use_texts();
    let statuses = Derived::new(move || {
        page.model_changes.track();
        page.log_changes.track();
        page.lab().read_models()
    });
    view! {
        <div class="models">
            <header class="pane__head">
                <h2 class="pane__title" id=Pane::ReadModels.title_id() tabindex="-1">
                    {texts.say(Pane::ReadModels.name_key())}
                </h2>
            </header>
            <ul class="models__list">
                {ReadModel::ALL.map(|model| view! { <Model model statuses/> }).into_view()}
            </ul>
            <p class="models__hint">{texts.say("models.rebuild_hint")}</p>
            <SalesFigures/>
        </div>
    }
}
