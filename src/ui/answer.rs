//! Questions to the lab whose answers stay current.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};

/// A question under way.
pub type Asking<T> = Pin<Box<dyn Future<Output = T>>>;

/// The answer to a question that is asked again whenever something has changed that asking reads. The
/// answer before stays until the next is here, and none is overtaken by an older one. None before the
/// first.
pub fn answer<T: Send + Sync + 'static>(
    ask: impl Fn() -> Asking<T> + 'static,
) -> ReadSignal<Option<T>> {
    let answer = RwSignal::new(None);
    let answered = StoredValue::new(0_u64);
    Effect::new(move |asked: Option<u64>| {
        let number = asked.unwrap_or(0) + 1;
        let asking = ask();
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
