//! The page's state: signals owned at the root, handed down through the context.

use leptos::prelude::*;

use super::{
    commands::{Desk, TWO},
    inspector::Pointed,
    kept::{Kept, Watched},
    late::Parts,
    playback::Playback,
    world::World,
};
use crate::app::{
    Changed, PageLab, Storage, is_noted,
    route::{Address, Route},
    texts::{Language, Texts},
    views::{CommandReport, LogFilter, Person, Restored},
};
use crate::ui::held::{Derived, Held};
use crate::ui::lean::next_frame;

/// A part of the lab. On narrow screens one is shown at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// What one can want.
    Commands,
    /// The list of orders.
    Orders,
    /// The events.
    Log,
    /// The selected order.
    Order,
    /// The read models.
    ReadModels,
    /// The picture, or the table of moments.
    Picture,
    /// The moment at the playhead.
    Moment,
}

impl Pane {
    /// Those that have a tab, in the order of the tabs: the picture first, since what this is about is to
    /// be seen there.
    pub const TABS: [Self; 5] =
        [Self::Picture, Self::Commands, Self::Orders, Self::Order, Self::Log];

    /// The pane on whose tab it is: a moment stands beneath the picture, read models beneath the orders.
    pub fn tab(self) -> Self {
        match self {
            Self::Moment => Self::Picture,
            Self::ReadModels => Self::Orders,
            own => own,
        }
    }

    /// The id of its element.
    pub fn id(self) -> &'static str {
        match self {
            Self::Commands => "pane-commands",
            Self::Orders => "pane-orders",
            Self::Log => "pane-log",
            Self::Order => "pane-order",
            Self::ReadModels => "pane-read-models",
            Self::Picture => "pane-picture",
            Self::Moment => "pane-moment",
        }
    }

    /// The id of its heading, which can take the focus.
    pub fn title_id(self) -> &'static str {
        match self {
            Self::Commands => "title-commands",
            Self::Orders => "title-orders",
            Self::Log => "title-log",
            Self::Order => "title-order",
            Self::ReadModels => "title-read-models",
            Self::Picture => "title-picture",
            Self::Moment => "title-moment",
        }
    }

    /// The key of its name.
    pub fn name_key(self) -> &'static str {
        match self {
            Self::Commands => "pane.commands",
            Self::Orders => "pane.orders",
            Self::Log => "pane.log",
            Self::Order => "pane.order",
            Self::ReadModels => "pane.read_models",
            Self::Picture => "pane.picture",
            Self::Moment => "pane.moment",
        }
    }
}

/// Which colours somebody wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the system.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A dialog that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The keys.
    Help,
    /// Writing the events into a file.
    Export,
    /// A fresh database.
    StartOver,
    /// All branches.
    Branches,
}

/// The texts in the person's language. Reading them is tracked.
#[derive(Clone, Copy)]
pub struct PageTexts(Derived<Texts>);

impl PageTexts {
    /// A text that follows the language: put it into a view as it is.
    pub fn say(
        self,
        key: &'static str,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || self.0.get().say(key)
    }

    /// The texts of the language of now.
    pub fn get(self) -> Texts {
        self.0.get()
    }

    /// The texts of the language of now, untracked: for event handlers and tasks.
    pub fn now(self) -> Texts {
        self.0.get_untracked()
    }
}

/// What the page knows before a database is open: preferences, place, what to announce.
pub type Shell = Kept<ShellState>;

/// What [`Shell`] stands for.
pub struct ShellState {
    /// The language.
    pub language: Held<Language>,
    /// The texts in it.
    pub texts: PageTexts,
    /// The language that was wanted and could not be fetched.
    pub missing_language: Watched<Option<Language>>,
    /// The colours.
    pub theme: Watched<Theme>,
    /// Whether single letters are keys.
    pub letters: Watched<bool>,
    /// Where somebody is.
    pub address: Watched<Address>,
    /// The dialog that is open.
    pub dialog: Watched<Option<Dialog>>,
    /// How far the parts are that come later.
    pub parts: Parts,
    /// Whether panes are tabs.
    pub narrow: Watched<bool>,
    /// What the live region says.
    pub announcement: Watched<String>,
}

impl Shell {
    /// Says it to who cannot see it, also when the same was said before.
    pub fn announce(self, sentence: String) {
        self.announcement.update(|said| {
            let same = *said == sentence;
            *said = sentence;
            if same {
                said.push('\u{a0}');
            }
        });
    }
}

/// What the page knows once a database is open.
pub type PageState = Kept<OpenState>;

/// What [`PageState`] stands for.
pub struct OpenState {
    lab: StoredValue<PageLab, LocalStorage>,
    /// What was known before.
    pub shell: Shell,
    /// What is kept, and whether at all.
    pub storage: StoredValue<Storage>,
    /// How the tape that was kept fitted to the log, until somebody has read it.
    pub restored: Watched<Option<Restored>>,
    /// Whether another tab keeps the tapes.
    pub elsewhere: Watched<bool>,
    /// The selected order's id, as the address has it.
    pub selected: Derived<Option<String>>,
    /// Grows when events came to the log.
    pub log_changes: Kept<Watched<u64>>,
    /// Grows when a read model moved.
    pub model_changes: Watched<u64>,
    /// Grows when the background reading of the log went on.
    pub scan_changes: Watched<u64>,
    /// Grows when there are other branches, or another one is acted on.
    pub branch_changes: Watched<u64>,
    /// Grows when another database took the place of this one: forget everything shown.
    pub database: Watched<u64>,
    /// What became of the last command.
    pub last: Watched<Option<CommandReport>>,
    /// The pane that is shown where only one fits.
    pub pane: Watched<Pane>,
    /// Whether the word that undoes "start over" is shown.
    pub undo: Watched<bool>,
    /// Where commands are prepared and sent, a desk for each of two people.
    pub desks: [Desk; 2],
    /// Whether there are two people.
    pub two: Kept<Watched<bool>>,
    /// Who acts, as far as keys go.
    pub acting: Watched<Person>,
    /// Which moments are shown, and how they go by.
    pub playback: Playback,
    /// What drives the world.
    pub world: World,
    /// What somebody pointed at in the picture.
    pub pointed: Pointed,
}

impl PageState {
    /// The state of a page over this lab. Call it in the root's owner.
    pub fn new(shell: Shell, lab: PageLab, storage: Storage, restored: Option<Restored>) -> Self {
        let log_changes = Kept::forever(Watched::new(0));
        let selected = Derived::new(move || selected_in(shell.address.get().route));
        let two = Kept::forever(Watched::new(is_noted(TWO)));
        let desk = |person| {
            Desk::new(person, &lab, shell.texts, move || {
                log_changes.track();
                let is_there = person == Person::FIRST || two.get();
                selected.get().filter(|_| is_there)
            })
        };
        let desks = [Person::FIRST, Person::SECOND].map(desk);
        let playback = Playback::new(shell);
        // The way back stays open over a reload, until something new has begun.
        let can_undo = lab.can_undo_start_over() && lab.log_length(&LogFilter::default()) == 0;
        Self::forever(OpenState {
            undo: Watched::new(can_undo),
            shell,
            storage: StoredValue::new(storage),
            restored: Watched::new(restored),
            elsewhere: Watched::new(lab.is_kept_elsewhere()),
            selected,
            log_changes,
            model_changes: Watched::new(0),
            scan_changes: Watched::new(0),
            branch_changes: Watched::new(0),
            database: Watched::new(0),
            last: Watched::new(None),
            pane: Watched::new(first_pane(selected)),
            desks,
            two,
            acting: Watched::new(Person::FIRST),
            playback,
            world: World::new(playback, two, lab.clone()),
            lab: StoredValue::new_local(lab),
            pointed: Pointed::default(),
        })
    }

    /// The lab.
    pub fn lab(self) -> PageLab {
        self.lab.get_value()
    }

    /// Takes in what changed, at most once an animation frame.
    pub fn take_in(self, changed: Changed) {
        let grow = |signal: &Watched<u64>| signal.update(|changes| *changes += 1);
        if changed.replaced {
            self.last.set(None);
            self.restored.set(self.lab().restored());
            grow(&self.database);
        }
        if changed.tabs || changed.replaced {
            self.elsewhere.set(self.lab().is_kept_elsewhere());
        }
        self.drive_on(changed);
        if changed.branches {
            grow(&self.branch_changes);
        }
        if changed.log || changed.replaced {
            grow(&self.log_changes);
        }
        if changed.models || changed.replaced {
            grow(&self.model_changes);
        }
        if changed.scan || changed.replaced {
            grow(&self.scan_changes);
        }
    }

    /// Selects an order: the address says so, and the way back leads to the one before.
    pub fn select(self, order: &str) {
        super::route::go(self.shell, Route::Lab { order: Some(order.to_owned()) });
    }

    /// Shows a pane where only one fits, and moves the focus to its heading.
    pub fn show(self, pane: Pane) {
        self.pane.set(pane);
        next_frame(move || super::shell::focus(pane.title_id()));
    }
}

/// The order that is selected at an address.
fn selected_in(route: Route) -> Option<String> {
    match route {
        Route::Lab { order } => order,
        _ => None,
    }
}

/// The pane that comes first where only one fits: who has the address of an order comes to see it.
fn first_pane(selected: Derived<Option<String>>) -> Pane {
    if selected.with_untracked(Option::is_some) { Pane::Order } else { Pane::Picture }
}

/// The shell's state, from the context.
pub fn use_shell() -> Shell {
    expect_context()
}

/// The texts, from the context.
pub fn use_texts() -> PageTexts {
    use_shell().texts
}

/// The page's state, from the context. Only inside the lab.
pub fn use_page() -> PageState {
    expect_context()
}

/// The texts of a language signal.
pub fn texts_of(language: Held<Language>) -> PageTexts {
    PageTexts(Derived::new(move || Texts::of(language.get())))
}
