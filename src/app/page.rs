//! The lab in a browser: which database it opens, what it does when it cannot, and how tabs hear of
//! each other.

use std::{
    cell::{Cell, RefCell},
    ops::Deref,
    rc::Rc,
};

use futures_util::join;
use wasm_bindgen_futures::spawn_local;

use super::{
    Changed, Lab,
    browser_environment::BrowserEnvironment,
    choice::{Choice, database_name},
    tape_keeper::TapeKeeper,
    views::{CommandDraft, CommandReport, Ending, Failure, Restored, Sender},
};
use crate::{
    adapters::{
        AnyStore, IndexedDbStore, MemoryStore, OpenError, Sealed, TabChannel, delete_database,
        raw_dump,
    },
    kernel::{from_json, to_json},
    ports::{Environment, Rng, Timers},
};

/// Appends between two rounds of sealing.
const APPENDS_BETWEEN_SEALS: u32 = 256;

/// How opening the database went.
#[derive(Clone, Debug)]
pub enum Opening {
    /// The lab runs.
    Ready {
        /// It.
        lab: PageLab,
        /// Where its events are kept.
        storage: Storage,
        /// How the tape that was kept fitted; none where there was none.
        restored: Option<Restored>,
    },
    /// The database was not touched.
    Refused(Refusal),
}

/// Where events are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Storage {
    /// In the browser's database: they survive.
    IndexedDb,
    /// In memory: they are gone after a reload.
    MemoryOnly {
        /// Why, in the words of the browser.
        cause: String,
    },
}

/// Why the database was not opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A newer program made it.
    NewerSchema {
        /// Its schema.
        found: u64,
        /// The newest that this program knows.
        known: u64,
    },
    /// Another tab holds it with an older program.
    HeldByOtherTab,
    /// Anything else.
    Other {
        /// In the words of the browser.
        cause: String,
    },
}

/// Opens the database and begins to catch up in the background. `watch` hears how many of so many lines of
/// the tapes have been played again, and says whether to go on: without it the page opens without the past.
pub async fn open(watch: impl Fn(u64, u64) -> bool) -> Opening {
    let choice = Choice::remembered();
    let (store, storage) = match IndexedDbStore::open(&database_name(choice.current)).await {
        Ok(store) => (AnyStore::IndexedDb(store), Storage::IndexedDb),
        Err(OpenError::Blocked { cause }) => {
            (AnyStore::Memory(MemoryStore::new()), Storage::MemoryOnly { cause })
        }
        Err(OpenError::NewerSchema { found, known }) => {
            return Opening::Refused(Refusal::NewerSchema { found, known });
        }
        Err(OpenError::HeldByOtherTab) => return Opening::Refused(Refusal::HeldByOtherTab),
        Err(OpenError::Other { cause }) => return Opening::Refused(Refusal::Other { cause }),
    };
    let lab = PageLab::new(store, choice);
    // The page begins with the right length; what fails here shows in every later answer.
    drop(lab.refresh_head().await);
    let restored = lab.restore_tapes(&watch).await;
    lab.go_on();
    Opening::Ready { lab, storage, restored }
}

/// Every record of the current database as it lies there, as JSON lines, whatever made it.
///
/// # Errors
/// When the database cannot be opened at all.
pub async fn export_raw(chunk: impl FnMut(String)) -> Result<u64, Failure> {
    let name = database_name(Choice::remembered().current);
    raw_dump(&name, chunk).await.map_err(open_failure)
}

/// Leaves the current database where it is and lets the next visit begin with an empty one.
pub fn start_fresh() {
    Choice::remembered().fresh().remember();
}

fn open_failure(error: OpenError) -> Failure {
    Failure::Unavailable { cause: error.to_string() }
}

/// The lab of the page: a cheap handle.
#[derive(Clone, Debug)]
pub struct PageLab {
    pub(super) lab: Lab<BrowserEnvironment>,
    pub(super) shared: Rc<Shared>,
}

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) choice: Cell<Choice>,
    /// The memory before the last "start over", where there is no database to go back to.
    other_memory: RefCell<Option<MemoryStore>>,
    appends: Cell<u32>,
    channel: RefCell<Option<TabChannel>>,
    pub(super) keeper: TapeKeeper,
    /// How the tapes of the database fitted that took the place of another one last.
    restored: RefCell<Option<Restored>>,
}

impl Deref for PageLab {
    type Target = Lab<BrowserEnvironment>;

    fn deref(&self) -> &Self::Target {
        &self.lab
    }
}

/// What tabs say to each other when the log grew. When another database took its place they say
/// which: what one tab remembers, another may read only a while later.
const GREW: &str = "grew";

impl PageLab {
    fn new(store: AnyStore, choice: Choice) -> Self {
        let environment = BrowserEnvironment::new(store);
        let tab = environment.rng().next_u64();
        let shared = Shared {
            choice: Cell::new(choice),
            other_memory: RefCell::default(),
            appends: Cell::new(0),
            channel: RefCell::default(),
            keeper: TapeKeeper::new(tab),
            restored: RefCell::default(),
        };
        let page = Self { lab: Lab::new(environment), shared: Rc::new(shared) };
        page.listen();
        let keeping = page.clone();
        page.lab.on_change(move |changed| {
            if changed.given || changed.branches {
                let page = keeping.clone();
                spawn_local(async move { page.keep_tapes().await });
            }
        });
        page
    }

    /// Hears of events that other tabs stored. The lab lives as long as the page, and so does this.
    fn listen(&self) {
        let page = self.clone();
        let channel = TabChannel::open("hindsight", move |message| page.heard(&message));
        *self.shared.channel.borrow_mut() = channel;
    }

    fn heard(&self, message: &str) {
        let Ok(choice) = from_json::<Choice>(message) else {
            let page = self.clone();
            return spawn_local(async move { page.hear().await });
        };
        if self.is_in_database() && choice != self.shared.choice.get() {
            let page = self.clone();
            // Where the other database cannot be opened, this tab stays on the one that it has.
            spawn_local(async move { drop(page.switch_to(choice).await) });
        }
    }

    fn say(&self, message: &str) {
        if let Some(channel) = &*self.shared.channel.borrow() {
            channel.post(message);
        }
    }

    fn say_replaced(&self, choice: Choice) {
        self.say(&to_json(&choice));
    }

    /// Sends a command as [`Lab::send_from`] does, and lets other tabs know.
    pub async fn send_from(&self, sender: Sender, draft: &CommandDraft) -> CommandReport {
        let report = self.lab.send_from(sender, draft).await;
        if matches!(report.ending, Ending::Accepted { .. }) {
            self.say(GREW);
            let appends = self.shared.appends.get() + 1;
            self.shared.appends.set(appends % APPENDS_BETWEEN_SEALS);
            if appends == APPENDS_BETWEEN_SEALS {
                let page = self.clone();
                spawn_local(async move { page.seal().await });
            }
        }
        report
    }

    /// In the background: the run begins, the log is read through, small records are sealed.
    fn go_on(&self) {
        let page = self.clone();
        spawn_local(async move {
            // Side by side: filters and the search for damage do not wait for the read models.
            join!(page.begin(), page.scan_log());
            page.keep_tapes().await;
            page.seal().await;
        });
    }

    async fn seal(&self) {
        let wiring = self.first();
        let environment = &wiring.environment;
        let AnyStore::IndexedDb(store) = environment.store() else { return };
        while let Ok(Sealed::Block { .. }) = store.seal().await {
            environment.timers().yield_now().await;
        }
    }

    fn is_in_database(&self) -> bool {
        matches!(self.first().environment.store(), AnyStore::IndexedDb(_))
    }

    /// Begins with an empty database. The one before is kept until the next time.
    ///
    /// # Errors
    /// When the new database cannot be opened; everything stays as it was.
    pub async fn start_over(&self) -> Result<(), Failure> {
        let before = self.shared.choice.get();
        let fresh = before.fresh();
        if !self.is_in_database() {
            self.swap_memory(MemoryStore::new());
            self.shared.choice.set(fresh);
            return Ok(());
        }
        // What an earlier, broken attempt may have left under this name.
        delete_database(&database_name(fresh.current)).await.map_err(open_failure)?;
        self.switch_to(fresh).await?;
        fresh.remember();
        self.say_replaced(fresh);
        if let Some(oldest) = before.other {
            // A database that stays costs room and nothing else.
            drop(delete_database(&database_name(oldest)).await);
        }
        Ok(())
    }

    /// Goes back to the database before the last "start over"; doing it again goes forth.
    ///
    /// # Errors
    /// When the other database cannot be opened; everything stays as it was.
    pub async fn undo_start_over(&self) -> Result<(), Failure> {
        let other_memory = self.shared.other_memory.borrow_mut().take();
        let Some(swapped) = self.shared.choice.get().swapped() else { return Ok(()) };
        if let Some(memory) = other_memory {
            self.swap_memory(memory);
            self.shared.choice.set(swapped);
            return Ok(());
        }
        self.switch_to(swapped).await?;
        swapped.remember();
        self.say_replaced(swapped);
        Ok(())
    }

    /// Whether there is a database to go back to.
    pub fn can_undo_start_over(&self) -> bool {
        if self.is_in_database() {
            self.shared.choice.get().other.is_some()
        } else {
            self.shared.other_memory.borrow().is_some()
        }
    }

    /// How the tapes fitted of the database that took the place of another one last.
    pub fn restored(&self) -> Option<Restored> {
        self.shared.restored.borrow().clone()
    }

    fn swap_memory(&self, memory: MemoryStore) {
        if let AnyStore::Memory(before) = self.first().environment.store() {
            *self.shared.other_memory.borrow_mut() = Some(before.clone());
        }
        self.shared.keeper.begin_again();
        self.lab.replace(BrowserEnvironment::new(AnyStore::Memory(memory)));
        self.go_on();
    }

    async fn switch_to(&self, choice: Choice) -> Result<(), Failure> {
        let name = database_name(choice.current);
        let store = IndexedDbStore::open(&name).await.map_err(open_failure)?;
        self.shared.choice.set(choice);
        self.shared.keeper.begin_again();
        self.lab.put_behind(BrowserEnvironment::new(AnyStore::IndexedDb(store)));
        let restored = self.restore_tapes(&|_, _| true).await;
        self.shared.restored.replace(restored);
        self.lab.tell(Changed { replaced: true, ..Changed::everything_shown() });
        self.go_on();
        Ok(())
    }
}
