//! Questions to the lab whose answers stay current.

use std::{future::Future, pin::Pin, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use super::{
    held::Held,
    lean::{effect, on_click, part},
    shell,
    state::PageTexts,
};

/// A question under way.
pub type Asking<T> = Pin<Box<dyn Future<Output = T>>>;

/// What keeps an answer.
type Keep = Box<dyn FnOnce()>;

/// The answer to a question that is asked again whenever something has changed that asking reads. The
/// answer before stays until the next is here, and none is overtaken by an older one. None before the
/// first.
pub fn answer<T: Send + Sync + 'static>(ask: impl Fn() -> Asking<T> + 'static) -> Held<Option<T>> {
    let answer = Held::new(None);
    keep_asking(Box::new(move || {
        let asking = ask();
        Box::pin(async move {
            let value = asking.await;
            Box::new(move || answer.set(Some(value))) as Keep
        })
    }));
    answer
}

/// Asks, and asks again; what is answered is a way to keep the answer.
fn keep_asking(ask: Box<dyn Fn() -> Asking<Keep>>) {
    let answered = StoredValue::new(0_u64);
    let mut number = 0;
    effect(move || {
        number += 1;
        let (number, asking) = (number, ask());
        spawn_local(async move {
            let keep = asking.await;
            // Nothing is there any more when the component has gone meanwhile.
            if answered.try_get_value().is_some_and(|last| last < number) {
                answered.set_value(number);
                keep();
            }
        });
    });
}

/// Why an answer is missing, and whether asking again may help; none where it is there.
pub type Missing = Arc<dyn Fn() -> Option<(String, bool)> + Send + Sync>;

/// What stands where an answer is missing, with a button to ask again where that may help; then the
/// element with the id `title` takes the focus.
pub fn waiting(
    texts: PageTexts,
    missing: Missing,
    title: String,
    ask_again: Arc<dyn Fn() + Send + Sync>,
) -> impl IntoView {
    let title = StoredValue::new(title);
    let told = move |(said, has_failed): (String, bool)| {
        let ask_again = ask_again.clone();
        let try_again = move || {
            shell::focus(&title.get_value());
            ask_again();
        };
        let button = has_failed.then(|| {
            view! {
                <button type="button" class="button button--small" on:click=on_click(try_again)>
                    {texts.say("page.try_again")}
                </button>
            }
        });
        view! {
            <p class="hint">{said}</p>
            {button}
        }
    };
    view! { <div role="status">{part(move || missing().map(&told))}</div> }
}
