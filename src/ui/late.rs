//! Views whose code comes later: when they are first shown, or before, once the page is usable.
//!
//! A release page is built with `--cfg split` (scripts/build): what only one of the parts here reaches lies in
//! a file of its own (scripts/site/split.mjs). In every other build the program is one piece, and a part is
//! there as soon as somebody asks.

use std::{cell::Cell, future::poll_fn, rc::Rc, task::Poll, time::Duration};

use leptos::{ev::MouseEvent, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    answer::Asking,
    branches::AllBranches,
    commands::{CreateProblems, Desk, Kind, NewOrder, Values},
    dialogs::{Export, Help, StartOver, Undo},
    held::Held,
    inspector::{Inspected, Who},
    kept::{Kept, Watched},
    lean::{part, part_when},
    log::{Grid, LogModel},
    moments::MomentGrid,
    order::{OrderModel, history},
    orders::{OrdersModel, OrdersTable},
    sagas::Sagas,
    scenario::Scenario,
    shell::{AllNotices, Opener, Refused},
    state::{Dialog, Shell, use_shell},
    transport::{ExplainItems, MarkItems, Telling, UntilItems},
    trouble::TroubleMenu,
};
use crate::app::{
    PageLab, Refusal, fetch_fulfilment_by, install_page_fulfilment,
    texts::load_later,
    views::{Failure, Undone},
};

/// How long after the page is there the parts are fetched that nobody has asked for.
const AHEAD: Duration = Duration::from_millis(1_500);

/// How long after a part could not be fetched that a run waits for it is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// A view that comes later.
#[derive(Clone, Copy)]
pub enum Late {
    /// What is in a dialog.
    Dialog(Dialog),
    /// What is in the toast after starting over.
    Undo,
    /// What is in the menu of moments up to which to play.
    Until,
    /// What is in the menu of moments at which to stop.
    Explain,
    /// What is in the menu of marks.
    Marks,
    /// What goes by, said aloud.
    Telling,
    /// The values of a new order.
    NewOrder(Desk, CreateProblems),
    /// The values of a command for an order that exists.
    Values(Desk, Kind),
    /// The scenario that is open.
    Scenario,
    /// What must be known of the data.
    Notices,
    /// Why the database was refused, and what to do.
    Refused(Kept<Refusal>, Opener),
    /// Who did what happens at the playhead.
    Who,
    /// What it changed, why it happened, its data.
    Inspected,
    /// The trouble that can be made at a part of the picture.
    Trouble,
    /// The table of moments.
    Moments,
    /// The stream and the state of the selected order.
    Order(OrderModel),
    /// The rows of the log.
    Log(LogModel),
    /// The rows of the orders.
    Orders(OrdersModel),
    /// Sagas and services.
    Sagas,
}

/// What is fetched at once.
#[derive(Clone, Copy)]
enum Part {
    /// What somebody opens, or what stands in its place.
    Opened,
    /// What there is to see once something has happened.
    Details,
    /// The code that fulfils orders, and its board.
    Sagas,
}

/// What the lab does to show the past.
pub struct Back {
    /// Shows everything as it was after so many moments.
    pub look_at: fn(PageLab, usize) -> Asking<Result<(), Failure>>,
    /// Begins a branch just before the last thing that was given.
    pub undo: fn(PageLab) -> Asking<Result<Option<Undone>, Failure>>,
}

/// Makes any view of its part.
type Make = fn(Late) -> AnyView;

#[derive(Clone, Copy)]
enum State {
    Away,
    UnderWay,
    Failed,
    Here(Make),
}

/// A part could not be fetched.
struct NotFetched;

#[cfg(split)]
impl From<wasm_split_helpers::SplitLoaderError> for NotFetched {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> Self {
        Self
    }
}

/// Waits for a part where the program is split. Where it is not, there is nothing to wait for.
macro_rules! at_hand {
    ($part:expr) => {{
        #[cfg(split)]
        let part = $part.await;
        #[cfg(not(split))]
        let part = $part;
        part
    }};
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(opened, fallible))]
fn opened() -> Result<Make, NotFetched> {
    Ok(|view| match view {
        Late::Dialog(Dialog::Help) => view! { <Help/> }.into_any(),
        Late::Dialog(Dialog::Export) => view! { <Export/> }.into_any(),
        Late::Dialog(Dialog::StartOver) => view! { <StartOver/> }.into_any(),
        Late::Dialog(Dialog::Branches) => view! { <AllBranches/> }.into_any(),
        Late::NewOrder(desk, problems) => view! { <NewOrder desk problems/> }.into_any(),
        Late::Values(desk, kind) => view! { <Values desk kind/> }.into_any(),
        Late::Scenario => view! { <Scenario/> }.into_any(),
        Late::Until => view! { <UntilItems/> }.into_any(),
        Late::Explain => view! { <ExplainItems/> }.into_any(),
        Late::Marks => view! { <MarkItems/> }.into_any(),
        Late::Trouble => view! { <TroubleMenu/> }.into_any(),
        Late::Telling => view! { <Telling/> }.into_any(),
        Late::Notices => view! { <AllNotices/> }.into_any(),
        Late::Refused(refusal, opener) => view! { <Refused refusal opener/> }.into_any(),
        _ => view! { <Undo/> }.into_any(),
    })
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(details, fallible))]
fn details() -> Result<(Back, Make), NotFetched> {
    let back = Back {
        look_at: |lab, moments| Box::pin(async move { lab.look_at(moments).await }),
        undo: |lab| Box::pin(async move { lab.undo().await }),
    };
    let make: Make = |view| match view {
        Late::Who => view! { <Who/> }.into_any(),
        Late::Moments => view! { <MomentGrid/> }.into_any(),
        Late::Order(model) => history(model).into_any(),
        Late::Log(model) => view! { <Grid model/> }.into_any(),
        Late::Orders(model) => view! { <OrdersTable model/> }.into_any(),
        _ => view! { <Inspected/> }.into_any(),
    };
    Ok((back, make))
}

/// The way back into the past, as soon as its code is here.
pub async fn back() -> Back {
    loop {
        match at_hand!(details()) {
            Ok((back, _)) => return back,
            Err(NotFetched) => pass(AGAIN).await,
        }
    }
}

#[cfg_attr(split, wasm_split_helpers::wasm_split(sagas, fallible))]
fn sagas() -> Result<(fn(), Make), NotFetched> {
    Ok((install_page_fulfilment, |_| view! { <Sagas/> }.into_any()))
}

/// A part with its words.
async fn with_words(part: Result<Make, NotFetched>) -> Result<Make, NotFetched> {
    if load_later().await { part } else { Err(NotFetched) }
}

/// The same with its words, ready for whoever plays tapes.
async fn sagas_with_words() -> Result<Make, NotFetched> {
    let (install, make) = at_hand!(sagas())?;
    let make = with_words(Ok(make)).await?;
    install();
    Ok(make)
}

/// Says to whoever plays tapes where the code of the fulfilment comes from.
pub fn tell_where_sagas_are() {
    fetch_fulfilment_by(|| {
        Box::pin(async {
            if sagas_with_words().await.is_err() {
                pass(AGAIN).await;
            }
        })
    });
}

/// Comes back after this time.
async fn pass(time: Duration) {
    let passed = Rc::new(Cell::new(false));
    let mut waits = false;
    poll_fn(move |context| {
        if !waits {
            waits = true;
            let (passed, waker) = (passed.clone(), context.waker().clone());
            set_timeout(
                move || {
                    passed.set(true);
                    waker.wake();
                },
                time,
            );
        }
        if passed.get() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// How far the parts are.
pub struct Parts([Watched<State>; 3]);

impl Parts {
    /// All of them, and none is here.
    pub fn new() -> Self {
        Self([const { State::Away }; 3].map(Watched::new))
    }

    fn state(&self, part: Part) -> &Watched<State> {
        &self.0[part as usize]
    }
}

/// The view, once it is here; nothing before that, unless somebody wants it. It is not fetched for its own
/// sake.
pub fn late_once_here(view: Late, is_wanted: Held<bool>) -> impl IntoView {
    let shell = use_shell();
    let is_here = move || matches!(shell.parts.state(Part::Opened).get(), State::Here(_));
    part_when(move || is_wanted.get() || is_here(), move || late(view))
}

/// The view, as soon as it is here; until then a word, and what to do where it cannot be fetched.
pub fn late(view: Late) -> impl IntoView {
    let shell = use_shell();
    let wanted = match view {
        Late::Dialog(_)
        | Late::Undo
        | Late::Refused(..)
        | Late::NewOrder(..)
        | Late::Values(..)
        | Late::Scenario
        | Late::Notices
        | Late::Until
        | Late::Explain
        | Late::Marks
        | Late::Telling
        | Late::Trouble => Part::Opened,
        Late::Sagas => Part::Sagas,
        _ => Part::Details,
    };
    fetch(shell, wanted);
    part(move || match shell.parts.state(wanted).get() {
        State::Here(make) => make(view),
        // It stands beside a heading, and what stands below says the same.
        _ if matches!(view, Late::Who) => ().into_any(),
        State::Failed => failed(shell, view, wanted),
        State::Away | State::UnderWay => {
            view! { <p class="late late--under-way">{shell.texts.say("late.under_way")}</p> }
                .into_any()
        }
    })
}

/// What is wrong, and the way to try again. The button goes away, so the focus goes to the
/// heading, or to what is around it.
fn failed(shell: Shell, view: Late, wanted: Part) -> AnyView {
    // Said once, though it may stand in several places.
    let is_said_elsewhere =
        matches!(view, Late::Order(_) | Late::Log(_) | Late::Orders(_) | Late::Sagas);
    let role = (!is_said_elsewhere).then_some("alert");
    let again: Box<dyn FnMut(MouseEvent)> = Box::new(move |event| {
        focus_heading(&event);
        fetch(shell, wanted);
    });
    view! {
        <div class="late">
            <p role=role>{shell.texts.say("late.failed")}</p>
            <button type="button" class="button" on:click=again>
                {shell.texts.say("page.try_again")}
            </button>
        </div>
    }
    .into_any()
}

fn focus_heading(event: &MouseEvent) -> Option<()> {
    let button: Element = event.target()?.dyn_into().ok()?;
    let around = button.closest("dialog, section, aside, main").ok()??;
    let heading = around.query_selector("h1, h2").ok()?.unwrap_or(around);
    // A heading that cannot take the focus can, once it is in no order of Tab. Neither throws.
    heading.set_attribute("tabindex", "-1").ok()?;
    heading.dyn_into::<HtmlElement>().ok()?.focus().ok()
}

/// Fetches a part, unless it is here or under way.
fn fetch(shell: Shell, wanted: Part) {
    spawn_local(async move {
        let state = shell.parts.state(wanted);
        if matches!(state.get_untracked(), State::UnderWay | State::Here(_)) {
            return;
        }
        state.set(State::UnderWay);
        let fetched = match wanted {
            Part::Opened => with_words(at_hand!(opened())).await,
            Part::Details => with_words(at_hand!(details()).map(|(_, make)| make)).await,
            Part::Sagas => sagas_with_words().await,
        };
        state.set(fetched.map_or(State::Failed, State::Here));
    });
}

/// Fetches all parts in the background, so that each is at hand when somebody opens it.
pub fn fetch_ahead(shell: Shell) {
    let parts = [Part::Opened, Part::Details, Part::Sagas];
    set_timeout(move || parts.into_iter().for_each(|wanted| fetch(shell, wanted)), AHEAD);
}
