//! The whole page: what is shown while the database opens, when it is open, and when it is not.

use leptos::{prelude::*, task::spawn_local};

use super::{
    header::Header, keyboard, language::LanguageNotice, layout::Lab, preferences, rescue,
    update::UpdateNotice,
};
use crate::app::{self, Changed, Opening, PageLab, Refusal, route::Route};
use crate::ui::held::Held;
use crate::ui::kept::Kept;
use crate::ui::lean::{effect, next_frame};
use crate::ui::{
    dialogs::Dialogs,
    home::{Home, Scenarios, Unknown},
    late::{Late, fetch_ahead, late, tell_where_sagas_are},
    lean::{on_click, part, part_when, when, words},
    route,
    state::{PageState, Shell},
};

/// How far the opening of the database is.
#[derive(Clone)]
pub(super) enum Phase {
    /// Under way.
    Opening,
    /// Done.
    Ready(Box<PageState>),
    /// The database was not touched.
    Refused(Refusal),
}

/// The page.
#[component]
pub(super) fn Page() -> impl IntoView {
    let shell = preferences::shell();
    provide_context(shell);
    let phase = Held::new(Phase::Opening);
    let opener = Opener {
        shell,
        phase,
        owner: StoredValue::new(Owner::current().unwrap_or_default()),
        played: Held::new((0, 0)),
        hurries: StoredValue::new(false),
    };
    opener.open();
    follow_document(shell, phase);
    tell_where_sagas_are();
    fetch_ahead(shell);
    let ready = Signal::derive_local(move || match phase.get() {
        Phase::Ready(state) => Some(*state),
        Phase::Opening | Phase::Refused(_) => None,
    });
    let elsewhere = move || !is_in_lab(&shell.address.get().route);
    view! {
        <Header page=ready/>
        <UpdateNotice/>
        <LanguageNotice/>
        {part(move || match shell.address.get().route {
            Route::Home => view! { <Home/> }.into_any(),
            Route::Scenarios => view! { <Scenarios/> }.into_any(),
            Route::Unknown { address } => view! { <Unknown address/> }.into_any(),
            _ => ().into_any(),
        })}
        <div class="page__body" hidden=when(elsewhere)>
            {part(move || match phase.get() {
                Phase::Opening => view! { <Waiting opener/> }.into_any(),
                Phase::Ready(state) => view! { <Lab state=*state/> }.into_any(),
                Phase::Refused(refusal) => {
                    let refusal = Kept::forever(refusal);
                    view! { <main class="message">{late(Late::Refused(refusal, opener))}</main> }.into_any()
                }
            })}
        </div>
        <Dialogs page=ready/>
        <p class="visually-hidden" role="status" aria-live="polite">{words(move || shell.announcement.get())}</p>
    }
}

/// Opens the database, and opens it again when it was refused.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Opener {
    shell: Shell,
    phase: Held<Phase>,
    owner: StoredValue<Owner>,
    /// How many of so many lines of the tapes have been played again.
    played: Held<(u64, u64)>,
    /// Whether somebody does not want to wait for them.
    hurries: StoredValue<bool>,
}

impl Opener {
    /// Opens it. The state that comes of it belongs to the root.
    pub(super) fn open(self) {
        self.phase.set(Phase::Opening);
        self.hurries.set_value(false);
        let watch = move |played, all| {
            self.played.set((played, all));
            !self.hurries.get_value()
        };
        spawn_local(async move {
            let phase = match app::open(watch).await {
                Opening::Ready { lab, storage, restored } => {
                    let state = self
                        .owner
                        .get_value()
                        .with(|| PageState::new(self.shell, lab.clone(), storage, restored));
                    listen(&lab, state);
                    self.owner.get_value().with(|| state.drive());
                    // The lab is built in a turn of its own.
                    lab.yield_now().await;
                    Phase::Ready(Box::new(state))
                }
                Opening::Refused(refusal) => Phase::Refused(refusal),
            };
            self.phase.set(phase);
        });
    }
}

/// Takes changes of the lab in, all of a frame at once.
fn listen(lab: &PageLab, state: PageState) {
    let waiting = StoredValue::new_local(None::<Changed>);
    lab.on_change(move |changed| {
        let before = waiting.get_value();
        waiting.set_value(Some(before.map_or(changed, |before| before.and(changed))));
        if before.is_none() {
            next_frame(move || {
                let changed = waiting.get_value();
                waiting.set_value(None);
                if let Some(changed) = changed {
                    state.take_in(changed);
                }
            });
        }
    });
}

/// Everything outside the page's own elements that follows its state.
fn follow_document(shell: Shell, phase: Held<Phase>) {
    let addresses = route::follow(shell);
    let keys = keyboard::follow(shell, phase);
    on_cleanup(move || {
        addresses.remove();
        keys.remove();
    });
    effect(move || {
        if let Some(root) = document().document_element() {
            // Both names are valid, so nothing can fail.
            let _ = root.set_attribute("lang", shell.language.get().tag());
            let _ = root.set_attribute("data-theme", preferences::theme_name(shell.theme.get()));
        }
    });
    effect(move || document().set_title(&title(shell)));
    effect(move || rescue::label(shell.texts.get()));
    let mut before = None;
    effect(move || {
        let view = view_of(&shell.address.get().route);
        if before.replace(view).is_some_and(|before| before != view) {
            next_frame(move || super::focus(view));
        }
    });
}

/// Whether the lab is what is shown.
fn is_in_lab(route: &Route) -> bool {
    matches!(route, Route::Lab { .. } | Route::EmptyLab | Route::Scenario { .. })
}

/// The id of the heading of a view: the focus goes there when the view changes.
fn view_of(route: &Route) -> &'static str {
    match route {
        Route::Home => "title-home",
        Route::Scenarios => "title-scenarios",
        Route::Lab { .. } | Route::EmptyLab | Route::Scenario { .. } => "title-view",
        Route::Unknown { .. } => "title-unknown",
    }
}

fn title(shell: Shell) -> String {
    let texts = shell.texts.get();
    match shell.address.get().route {
        Route::Home | Route::Lab { order: None } | Route::EmptyLab | Route::Scenario { .. } => {
            texts.say("page.title").to_owned()
        }
        Route::Scenarios => format!("{} – Hindsight", texts.say("scenarios.title")),
        Route::Lab { order: Some(order) } => {
            texts.fill("page.title_order", &[("order", crate::app::texts::short_id(&order))])
        }
        Route::Unknown { .. } => format!("{} – Hindsight", texts.say("unknown.title")),
    }
}

/// While the database opens: how far the tapes have been played again, and the way around that.
#[component]
fn Waiting(opener: Opener) -> impl IntoView {
    let texts = opener.shell.texts;
    let is_playing = move || opener.played.with(|(_, all)| *all > 0);
    let said = move || {
        let texts = texts.get();
        match opener.played.get() {
            (_, 0) => texts.say("page.opening").to_owned(),
            (played, all) => {
                let values = [texts.count(played), texts.count(all)];
                texts.fill("page.replaying", &[("done", &values[0]), ("all", &values[1])])
            }
        }
    };
    let bar =
        move |number: fn((u64, u64)) -> u64| words(move || number(opener.played.get()).to_string());
    view! {
        <main class="waiting">
            <h1 class="message__wait">{words(said)}</h1>
            {part_when(is_playing, move || view! {
                <progress
                    class="progress__bar"
                    aria-label=texts.say("page.opening")
                    max=bar(|(_, all)| all)
                    value=bar(|(played, _)| played)
                ></progress>
                <button
                    type="button"
                    class="button"
                    on:click=on_click(move || opener.hurries.set_value(true))
                >
                    {texts.say("page.skip_replay")}
                </button>
            })}
        </main>
    }
}
