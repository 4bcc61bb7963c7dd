//! Questions to the lab whose answers stay current.

use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};

use super::{held::Held, lean::effect};

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
