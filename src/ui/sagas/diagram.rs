//! What is to be seen of the saga that somebody looks into: its states, and its run as a sequence.

use leptos::{
    ev::{KeyboardEvent, MouseEvent},
    html::Div,
    prelude::*,
    svg::Svg,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, SvgElement};

use super::row::Saga;
use crate::{
    app::{
        SequenceDrawing, mermaid_source, saga_machine, sequence_drawing, sequence_svg,
        texts::{Texts, short_id},
        views::Sequence,
    },
    ui::{
        dialogs::file::Collected,
        held::Derived,
        lean::{effect, on_click, words},
        picture::Drawing,
        state::{PageState, PageTexts, use_page},
    },
};

/// The states of a saga, and its way through them.
pub(super) fn machine(texts: PageTexts, saga: Saga) -> impl IntoView {
    let (root, room) = (NodeRef::<Svg>::new(), NodeRef::<Div>::new());
    let drawing = StoredValue::new_local(Drawing::default());
    let way = Derived::new(move || {
        saga.with(|saga| saga.as_ref().map(|saga| saga.way.clone()).unwrap_or_default())
    });
    // Its size is the same for every way.
    let machine = saga_machine(texts.now(), &[]);
    let (width, height) = (machine.width.to_string(), machine.height.to_string());
    let view_box = format!("0 0 {width} {height}");
    effect(move || {
        let Some(root) = root.get() else { return };
        let made = way.with(|way| saga_machine(texts.get(), way));
        drawing.update_value(|drawing| drawing.show(&root, made.shapes));
        // On a phone not all of it has room: where the saga is, is in view.
        if let Some(room) = room.get() {
            room.set_scroll_left(made.now - room.client_width() / 2);
        }
    });
    let said = move || {
        let way = way.with(|way| texts.get().saga_way(way));
        format!("{}: {way}", texts.get().say("machine.title"))
    };
    view! {
        <div class="sequence__room" tabindex="0" role="group" aria-label=texts.say("machine.title") node_ref=room>
            <svg
                class="machine" width=width height=height viewBox=view_box
                role="img" aria-label=words(said) node_ref=root
            ></svg>
        </div>
    }
}

/// The run of a saga as a sequence, up to the playhead, and the ways to take it along.
#[component]
pub(super) fn Diagram(id: String) -> impl IntoView {
    let page = use_page();
    let (texts, playback) = (page.shell.texts, page.playback);
    let (order, whole_id) = (short_id(&id).to_owned(), id.clone());
    let sequence = Derived::new(move || {
        let shown = playback.playhead.get();
        playback.moments().get().sequence(&id, shown)
    });
    // As tall as the whole run is: the way back into the past moves nothing.
    let rows = Derived::new(move || {
        let count = playback.count.get();
        playback.moments().get().sequence(&whole_id, count).lines.len()
    });
    let (head, body, room) = (NodeRef::<Svg>::new(), NodeRef::<Svg>::new(), NodeRef::<Div>::new());
    draw(texts, sequence, head, body, room);
    let title = words(move || {
        let saga = texts.get().fill("sagas.of_order", &[("order", &order)]);
        texts.get().fill("sequence.title", &[("saga", &saga)])
    });
    let drawing = sequence_drawing(texts.now(), &Sequence::default());
    let (width, head_height) = (drawing.width.to_string(), drawing.head_height.to_string());
    let (same_width, head_box) = (width.clone(), format!("0 0 {width} {head_height}"));
    let height = words(move || SequenceDrawing::height_of(rows.get()).to_string());
    let on_click: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| seek(page, &event));
    let key: Box<dyn FnMut(KeyboardEvent)> = Box::new(move |event| press(page, &event));
    view! {
        <div class="sequence__room sequence" tabindex="0" role="group" aria-label=title node_ref=room>
            <svg class="sequence__head" width=width height=head_height viewBox=head_box aria-hidden="true" node_ref=head></svg>
            <svg
                class="sequence__rows" role="presentation" width=same_width height=height
                on:click=on_click on:keydown=key node_ref=body
            ></svg>
        </div>
        {saves(page, sequence)}
    }
}

/// Draws what is shown, and brings the last row into view.
fn draw(
    texts: PageTexts,
    sequence: Derived<Sequence>,
    head: NodeRef<Svg>,
    body: NodeRef<Svg>,
    room: NodeRef<Div>,
) {
    let drawings = StoredValue::new_local([Drawing::default(), Drawing::default()]);
    effect(move || {
        let (Some(head), Some(body), Some(room)) = (head.get(), body.get(), room.get()) else {
            return;
        };
        let made = sequence.with(|sequence| sequence_drawing(texts.get(), sequence));
        drawings.update_value(|[of_head, of_rows]| {
            of_head.show(&head, made.head);
            of_rows.show(&body, made.rows);
        });
        let (top, tall) = (room.scroll_top(), room.client_height() - made.head_height);
        if made.height < top + 32 || made.height > top + tall {
            room.set_scroll_top(made.height - tall);
        }
    });
}

/// The moment of the row that an event is about.
fn moment_of(event: &Event) -> Option<(Element, u32)> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let moment = element.get_attribute("data-moment")?.parse().ok()?;
    Some((element, moment))
}

fn seek(page: PageState, event: &Event) {
    if let Some((_, moment)) = moment_of(event) {
        page.playback.seek(moment);
    }
}

fn press(page: PageState, event: &KeyboardEvent) {
    let step = match event.key().as_str() {
        "Enter" | " " => {
            event.prevent_default();
            return seek(page, event);
        }
        "ArrowDown" => Element::next_element_sibling,
        "ArrowUp" => Element::previous_element_sibling,
        _ => return,
    };
    let Some((from, _)) = moment_of(event) else { return };
    // What the arrows do here, they do nowhere else.
    event.prevent_default();
    event.stop_propagation();
    let is_row = |element: &Element| element.has_attribute("data-moment");
    let next = std::iter::successors(step(&from), step).find(is_row);
    if let Some(next) = next.and_then(|next| next.dyn_into::<SvgElement>().ok()) {
        // It throws for no element that is in the document.
        let _ = next.focus();
    }
}

/// The two files that it can be saved as. Their names say which order it is.
fn saves(page: PageState, sequence: Derived<Sequence>) -> impl IntoView {
    let texts = page.shell.texts;
    let save = move |key: &'static str,
                     ending: &'static str,
                     kind: &'static str,
                     write: fn(Texts, &Sequence) -> String| {
        let act = on_click(move || {
            let file = Collected::default();
            let (content, name) = sequence.with_untracked(|sequence| {
                let name = format!("hindsight-saga-{}.{ending}", short_id(&sequence.id));
                (write(texts.now(), sequence), name)
            });
            file.taker()(content);
            file.download_as(&name, kind);
        });
        view! { <button type="button" class="button button--quiet" on:click=act>{texts.say(key)}</button> }
    };
    view! {
        <p class="sagas__protections">
            {save("sequence.save_svg", "svg", "image/svg+xml", sequence_svg)}
            {save("sequence.save_mermaid", "mmd", "text/plain", mermaid_source)}
        </p>
    }
}
