//! What is found out when somebody first wants to see it, behind a disclosure that is closed at first.

use leptos::prelude::*;

use super::{
    answer::{Asking, answer},
    held::Held,
    lean::{is_open, on_click, on_event, part},
    shell,
    state::use_shell,
};

/// What was found, as texts and markup; or why nothing was, and whether asking again may help.
pub type Found = Result<Vec<String>, (String, bool)>;

/// What is shown of it; nothing before somebody asked.
#[derive(Clone, Copy)]
pub struct Shown(Held<Option<Found>>);

impl Shown {
    /// One of the texts; empty where there is none.
    pub fn text(self, index: usize) -> String {
        self.0.with(|answer| match answer {
            Some(Ok(texts)) => texts.get(index).cloned().unwrap_or_default(),
            _ => String::new(),
        })
    }
}

/// The disclosure. It asks while it is open, and again whenever something changes that asking reads.
#[component]
pub fn Disclosed(
    /// The id of the words that open it.
    id: String,
    /// The key of these words.
    title_key: &'static str,
    /// The key of what is said while it is found out.
    pending_key: &'static str,
    /// Finds it out.
    ask: Box<dyn Fn() -> Asking<Found>>,
    /// How it is shown.
    show: fn(Shown) -> AnyView,
) -> impl IntoView {
    let texts = use_shell().texts;
    let (is_wanted, attempts) = (Held::new(false), Held::new(0_u32));
    let found = answer(move || {
        attempts.track();
        if is_wanted.get() { ask() } else { Box::pin(async { Ok(vec![]) }) }
    });
    let title = StoredValue::new(id.clone());
    let try_again = move || {
        shell::focus(&title.get_value());
        found.set(None);
        attempts.update(|attempts| *attempts += 1);
    };
    let missing = move || {
        let (said, has_failed) = found.with(|found| match found {
            Some(Ok(texts)) if !texts.is_empty() => None,
            Some(Err(failure)) => Some(failure.clone()),
            _ => Some((texts.get().say(pending_key).to_owned(), false)),
        })?;
        let button = has_failed.then(|| {
            view! {
                <button type="button" class="button button--small" on:click=on_click(try_again)>
                    {texts.say("page.try_again")}
                </button>
            }
        });
        Some(view! {
            <p class="hint">{said}</p>
            {button}
        })
    };
    let toggled = on_event(move |event| is_wanted.set(is_open(&event)));
    view! {
        <details class="disclosure" on:toggle=toggled>
            <summary class="disclosure__title" id=id>{texts.say(title_key)}</summary>
            <div role="status">{part(missing)}</div>
            {show(Shown(found))}
        </details>
    }
}
