//! Questions to the lab whose answers stay current.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

/// The answer to a question that is asked again whenever something it reads has changed. The answer
/// before stays until the next is here, and none is overtaken by an older one. None before the first.
pub(in crate::ui) fn answer<Q, T, F>(
    question: impl Fn() -> Q + 'static,
    ask: impl Fn(Q) -> F + 'static,
) -> ReadSignal<Option<T>>
where
    T: Send + Sync + 'static,
    F: Future<Output = T> + 'static,
{
    let answer = RwSignal::new(None);
    let answered = StoredValue::new(0_u64);
    Effect::new(move |asked: Option<u64>| {
        let number = asked.unwrap_or(0) + 1;
        let asking = ask(question());
        spawn_local(async move {
            let value = asking.await;
            // Neither is there any more when the component has gone meanwhile.
            if answered.try_get_value().is_some_and(|last| last < number) {
                answered.set_value(number);
                answer.set(Some(value));
            }
        });
        number
    });
    answer.read_only()
}
