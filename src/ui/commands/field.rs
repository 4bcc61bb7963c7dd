//! One field of a form: its label, its input, and what is wrong with it.

use leptos::prelude::*;

use crate::ui::lean::{mark, on_event};

/// A field. What is wrong stands next to it, and the input says so to who cannot see it.
#[component]
pub(super) fn Field(
    /// Its id in the document.
    id: String,
    /// The words on it.
    #[prop(into)]
    label: Signal<String>,
    /// What stands in it.
    #[prop(into)]
    value: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// Takes what somebody types.
    #[prop(into)]
    on_input: Callback<String>,
    /// Which keyboard a phone shows.
    #[prop(default = "text")]
    keyboard: &'static str,
) -> impl IntoView {
    let problem_id = format!("{id}-problem");
    let described = problem_id.clone();
    let wrong = move || problem.with(Option::is_some);
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <input
                class="field__input"
                id=id
                type="text"
                dir="auto"
                autocomplete="off"
                inputmode=keyboard
                prop:value=value
                aria-invalid=mark(wrong)
                aria-describedby=described
                on:input=on_event(move |event| on_input.run(event_target_value(&event)))
            />
            <p class="field__problem" id=problem_id>{problem}</p>
        </div>
    }
}
