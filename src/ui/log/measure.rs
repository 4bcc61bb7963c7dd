//! Measures the list: its heights are decided by the style sheet and can change with its width.

use leptos::{html::Div, prelude::*};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::ResizeObserver;

use super::model::{LogModel, Measured};

/// What the observer needs for as long as it observes.
type Observation = (ResizeObserver, Closure<dyn FnMut()>);

/// Two hidden boxes, as tall as a row and as the details of one.
#[component]
pub(super) fn Measure(model: LogModel, head: NodeRef<Div>) -> impl IntoView {
    let row = NodeRef::<Div>::new();
    let details = NodeRef::<Div>::new();
    let observation = StoredValue::new_local(None::<Observation>);
    let measure = move || {
        let height = |node: NodeRef<Div>| {
            let element = node.try_get_untracked().flatten();
            element.map_or(0.0, |element| f64::from(element.offset_height()))
        };
        let scroller = model.scroller.try_get_untracked().flatten();
        if let Some(scroller) = scroller {
            model.measure(Measured {
                row_height: height(row),
                details_height: height(details),
                view_height: (f64::from(scroller.client_height()) - height(head)).max(0.0),
            });
        }
    };
    Effect::new(move |_| {
        if let (Some(scroller), Some(row)) = (model.scroller.get(), row.get()) {
            let callback = Closure::<dyn FnMut()>::new(measure);
            if let Ok(observer) = ResizeObserver::new(callback.as_ref().unchecked_ref()) {
                observer.observe(&scroller);
                observer.observe(&row);
                observation.set_value(Some((observer, callback)));
            }
        }
    });
    on_cleanup(move || {
        observation.try_with_value(|observation| {
            if let Some((observer, _)) = observation {
                observer.disconnect();
            }
        });
    });
    view! {
        <div class="log__measure" aria-hidden="true">
            <div class="log__measure-row" node_ref=row></div>
            <div class="log__measure-details" node_ref=details></div>
        </div>
    }
}
