//! The menu of a part of the picture: the trouble that can be made there, how much of it, and its end.

use leptos::{html::Div, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    held::{Derived, Held},
    lean::{effect, next_frame, on_click, on_event, part, words},
    state::{PageState, use_page},
};
use crate::app::{
    troubles_of,
    views::{Amounts, FaultAt, Part, Picture, Place, Trouble},
};

const MARGIN: i32 = 8;

/// Asks for the trouble of a part, beside the element that was asked.
pub fn ask_for_trouble(page: PageState, part: Part, beside: &Element) {
    let rectangle = beside.get_bounding_client_rect();
    page.pointed
        .trouble
        .set(Some((part, [rectangle.left() as i32, rectangle.bottom() as i32 + 4])));
}

/// The heading of a part's trouble. That of an event is the store's.
pub fn trouble_title(page: PageState, part: &Part) -> String {
    let name = match part {
        Part::Event { .. } => page.part_name(&Part::Place(Place::Store)),
        part => page.part_name(part),
    };
    page.shell.texts.get().fill("picture.trouble", &[("part", &name)])
}

/// Which amounts some troubles go by: of times, of percents, of milliseconds.
type Needed = [bool; 3];

const FIELDS: [(&str, u32); 3] = [
    ("picture.amount.times", Amounts::MAX),
    ("picture.amount.percent", 100),
    ("picture.amount.slow", Amounts::MAX),
];

/// The menu. It opens whenever somebody asks.
#[component]
pub fn TroubleMenu() -> impl IntoView {
    let page = use_page();
    let element = NodeRef::<Div>::new();
    let amounts = Held::new(Amounts::default());
    effect(move || {
        let (Some(element), Some((_, at))) = (element.get(), page.pointed.trouble.get()) else {
            return;
        };
        next_frame(move || {
            show(&element, at);
        });
    });
    let part_of =
        move || page.pointed.trouble.with(|asked| asked.as_ref().map(|(part, _)| part.clone()));
    let title =
        words(move || part_of().map_or_else(String::new, |part| trouble_title(page, &part)));
    let troubles = Derived::new(move || {
        let part = part_of();
        let of = |picture: &Picture| {
            part.map(|part| troubles_of(picture, &part, amounts.get())).unwrap_or_default()
        };
        page.world.picture.with(|picture| picture.as_ref().map(of)).unwrap_or_default()
    });
    let needed = Derived::new(move || troubles.with(|troubles| needed(troubles)));
    view! {
        <div id="picture-menu" class="menu picture__menu" popover="auto" node_ref=element>
            <h3 class="picture__menu-title">{title}</h3>
            {part(move || fields(page, amounts, needed.get()))}
            {part(move || rows(page, amounts.get(), &troubles.get(), element))}
        </div>
    }
}

fn needed(troubles: &[Trouble]) -> Needed {
    let has = |is: fn(&FaultAt) -> bool| {
        troubles.iter().any(|trouble| matches!(trouble, Trouble::Arm(fault) if is(fault)))
    };
    let is_slow = troubles.iter().any(|trouble| matches!(trouble, Trouble::Slow(_)));
    [
        has(|fault| fault.left > 0),
        has(|fault| fault.times == "chance"),
        is_slow || has(|fault| fault.fault == "slow"),
    ]
}

/// Where it stands: within the window.
fn show(element: &HtmlElement, [left, top]: [i32; 2]) -> Option<()> {
    // It throws when it is open already: then it is as it should be.
    let _ = element.show_popover();
    let size = |size: Result<wasm_bindgen::JsValue, _>| Some(size.ok()?.as_f64()? as i32);
    let (wide, tall) = (size(window().inner_width())?, size(window().inner_height())?);
    let left = left.min(wide - element.offset_width() - MARGIN).max(MARGIN);
    let top = top.min(tall - element.offset_height() - MARGIN).max(MARGIN);
    for (name, value) in [("left", left), ("top", top)] {
        // It throws for no rule that there is.
        let _ = element.style().set_property(name, &format!("{value}px"));
    }
    let first = element.query_selector("button, p").ok()??;
    first.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// The amounts that can be chosen. What is no number is left as it was.
fn fields(page: PageState, amounts: Held<Amounts>, needed: Needed) -> impl IntoView {
    let texts = page.shell.texts.get();
    let field = |index: usize| {
        let (key, max) = FIELDS[index];
        let now = amounts.get_untracked();
        let value = [now.times, now.percent, now.slow_ms][index];
        let typed = on_event(move |event| {
            let Ok(value) = event_target_value(&event).parse::<u32>() else { return };
            let value = value.clamp(1, max);
            amounts.update(|amounts| match index {
                0 => amounts.times = value,
                1 => amounts.percent = value,
                _ => amounts.slow_ms = value,
            });
        });
        view! {
            <label class="picture__amount">
                <span>{texts.say(key)}</span>
                <input
                    class="field__input"
                    type="number"
                    min="1"
                    max=max.to_string()
                    value=value.to_string()
                    on:input=typed
                />
            </label>
        }
        .into_any()
    };
    let shown: Vec<_> = (0..3).filter(|index| needed[*index]).map(field).collect();
    (!shown.is_empty()).then(|| view! { <div class="picture__amounts">{shown}</div> })
}

/// A button for each trouble; where there is none, why.
fn rows(
    page: PageState,
    amounts: Amounts,
    troubles: &[Trouble],
    menu: NodeRef<Div>,
) -> impl IntoView + use<> {
    let texts = page.shell.texts.get();
    let Some(picture) = page.world.picture.get_untracked() else { return ().into_any() };
    if troubles.is_empty() {
        let none = texts.say("picture.trouble.none");
        return view! { <p class="picture__menu-none" tabindex="-1">{none}</p> }.into_any();
    }
    let row = |trouble: &Trouble| {
        let (label, trouble) = (texts.trouble(&picture, trouble, amounts), trouble.clone());
        let choose = on_click(move || {
            if let Some(menu) = menu.get_untracked() {
                // It throws when it is closed already: then it is as it should be.
                let _ = menu.hide_popover();
            }
            make(page, trouble.clone(), amounts);
        });
        view! { <button type="button" class="menu__item" on:click=choose>{label}</button> }
            .into_any()
    };
    troubles.iter().map(row).collect::<Vec<_>>().into_any()
}

fn make(page: PageState, trouble: Trouble, amounts: Amounts) {
    spawn_local(async move {
        page.at_playhead().await;
        page.lab().make_trouble(trouble, amounts).await;
    });
}
