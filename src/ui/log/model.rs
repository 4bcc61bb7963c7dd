//! What the log shows and how it gets there: the filter, the pages read so far, and where the list is scrolled to.

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};

use crate::ui::held::Held;
use crate::{
    app::{
        PageLab,
        views::{LogFilter, LogRow},
        window::{ListShape, PageCache, Slice},
    },
    ui::{
        state::PageState,
        windowed::{Measured, Windowed},
    },
};

const PAGE_ROWS: u64 = 128;
const PAGES_MAX: usize = 24;
const OVERSCAN_ROWS: u64 = 8;

/// The rows that are on the page, all of one filter.
pub(super) struct Shown {
    pub(super) filter: LogFilter,
    pub(super) length: u64,
    rows: PageCache<Arc<LogRow>>,
}

impl Shown {
    fn nothing() -> Self {
        Self { filter: LogFilter::default(), length: 0, rows: PageCache::new(PAGE_ROWS, PAGES_MAX) }
    }
}

/// What has to be read so that the list shows what it should.
#[derive(PartialEq)]
struct Wanted {
    filter: LogFilter,
    length: u64,
    pages: Vec<u64>,
}

/// The state of the log. Cheap to copy; owned by the log's component.
#[derive(Clone, Copy)]
pub(in crate::ui) struct LogModel {
    page: PageState,
    /// The filter that the person asked for; the one shown follows when its rows are here.
    pub(super) filter: Held<LogFilter>,
    pub(super) shown: Held<Shown>,
    pub(super) list: Windowed,
    /// The row that the keyboard is at, counted from 0.
    pub(super) active: Held<Option<u64>>,
    /// The row whose details are open, counted from 0.
    pub(super) opened: Held<Option<u64>>,
    /// How long the list was when its end was last seen.
    seen: Held<u64>,
    /// Whether the end is kept in view.
    follows: StoredValue<bool>,
    is_loading: StoredValue<bool>,
}

impl LogModel {
    pub(super) fn new(page: PageState) -> Self {
        Self {
            page,
            filter: Held::new(LogFilter::default()),
            shown: Held::new(Shown::nothing()),
            list: Windowed::new(),
            active: Held::new(None),
            opened: Held::new(None),
            seen: Held::new(0),
            follows: StoredValue::new(true),
            is_loading: StoredValue::new(false),
        }
    }

    /// How many rows the list has.
    pub(super) fn length(self) -> u64 {
        self.shown.with(|shown| shown.length)
    }

    /// A row, when its page is here.
    pub(super) fn row(self, row: u64) -> Option<Arc<LogRow>> {
        self.shown.with(|shown| shown.rows.row(row).cloned())
    }

    /// How many rows were added below since the end was last seen.
    pub(super) fn unseen(self) -> u64 {
        self.length().saturating_sub(self.seen.get())
    }

    /// Whether the filter that was asked for is not the one shown yet.
    pub(super) fn is_changing(self) -> bool {
        self.filter.with(|asked| self.shown.with(|shown| *asked != shown.filter))
    }

    pub(super) fn shape(self) -> ListShape {
        self.list.shape(self.length(), self.opened.get())
    }

    /// The rows to draw.
    pub(super) fn slice(self) -> Slice {
        self.shape().slice(self.list.scroll_top.get(), OVERSCAN_ROWS)
    }

    /// Asks for other rows. Those shown stay until the others are here.
    pub(super) fn ask(self, change: impl FnOnce(&mut LogFilter)) {
        self.filter.update(change);
        self.load();
    }

    /// The list was measured anew.
    pub(super) fn measure(self, measured: Measured) {
        if self.list.measured.get_untracked() != measured {
            self.list.measured.set(measured);
            self.stay();
            self.load();
        }
    }

    /// The person scrolled, or the program did.
    pub(super) fn scrolled(self, scroll_top: f64) {
        self.list.scroll_top.set(scroll_top);
        self.note_end();
        self.load();
    }

    /// Opens the details of a row, or closes them.
    pub(super) fn toggle(self, row: u64) {
        self.active.set(Some(row));
        let opened = self.opened.get_untracked();
        self.opened.set((opened != Some(row)).then_some(row));
        self.reveal(row);
        self.note_end();
    }

    /// Closes the details. Whether there was something to close.
    pub(super) fn close(self) -> bool {
        let was_open = self.opened.get_untracked().is_some();
        self.opened.set(None);
        was_open
    }

    /// Gives the list the focus.
    pub(super) fn focus(self) {
        if let Some(list) = self.list.scroller.get_untracked() {
            // An element in the document can always take the focus.
            let _ = list.focus();
        }
    }

    /// Moves the keyboard's row; the list follows.
    pub(super) fn go(self, step: impl FnOnce(u64, &ListShape) -> u64) {
        let shape = untrack(|| self.shape());
        if shape.rows > 0 {
            let row = step(self.starting_row(&shape), &shape).min(shape.rows - 1);
            self.active.set(Some(row));
            self.reveal(row);
        }
    }

    /// Shows the end and keeps it in view.
    pub(super) fn go_to_end(self) {
        self.scroll_to(untrack(|| self.shape()).end());
    }

    /// Where a move by keyboard starts: at its row when it can be seen, else at an edge of what is seen.
    fn starting_row(self, shape: &ListShape) -> u64 {
        let seen = shape.slice(self.list.scroll_top.get_untracked(), 0);
        match self.active.get_untracked() {
            Some(row) if seen.contains(row) => row,
            _ if self.follows.get_value() => shape.rows - 1,
            _ => seen.first,
        }
    }

    fn reveal(self, row: u64) {
        let scroll_top = self.list.scroll_top.get_untracked();
        self.scroll_to(untrack(|| self.shape()).reveal(row, scroll_top));
    }

    fn note_end(self) {
        let shape = untrack(|| self.shape());
        let is_at_end = shape.is_at_end(self.list.scroll_top.get_untracked());
        self.follows.set_value(is_at_end);
        if is_at_end {
            self.seen.set(shape.rows);
        }
    }

    /// Keeps the end in view when it was.
    fn stay(self) {
        if self.follows.get_value() {
            self.go_to_end();
        }
    }

    fn scroll_to(self, scroll_top: f64) {
        self.list.scroll_to(scroll_top);
        self.load();
    }

    /// Reads what is missing. One reader at a time; it looks again after each answer, so the latest wish wins.
    pub(super) fn load(self) {
        if self.is_loading.try_update_value(|is_loading| std::mem::replace(is_loading, true))
            != Some(false)
        {
            return;
        }
        spawn_local(async move {
            let mut before = None;
            while let Some(wanted) = self.wanted().filter(|wanted| before.as_ref() != Some(wanted))
            {
                let pages = read(self.page.lab(), &wanted).await;
                if !self.show(&wanted, pages) {
                    return;
                }
                before = Some(wanted);
            }
            self.is_loading.try_set_value(false);
        });
    }

    /// What has to be read now; nothing when all is there, or when the log is no longer on the page.
    fn wanted(self) -> Option<Wanted> {
        let filter = self.filter.try_get_untracked()?;
        let length = self.page.lab().log_length(&filter);
        let scroll_top = self.list.scroll_top.get_untracked();
        self.shown.with_untracked(|shown| {
            let is_other = shown.filter != filter;
            let opened = if is_other { None } else { self.opened.get_untracked() };
            let shape = untrack(|| self.list.shape(length, opened));
            let at = match (self.follows.get_value(), is_other) {
                (true, _) => shape.end(),
                (false, true) => 0.0,
                (false, false) => scroll_top,
            };
            let Slice { first, count, .. } = shape.slice(at, OVERSCAN_ROWS);
            let pages = if is_other {
                PageCache::<()>::new(PAGE_ROWS, PAGES_MAX).missing(first, count, length)
            } else {
                shown.rows.missing(first, count, length)
            };
            let is_there = !is_other && shown.length == length && pages.is_empty();
            (!is_there).then_some(Wanted { filter, length, pages })
        })
    }

    /// Puts what was read onto the page. False when the log is no longer there.
    fn show(self, wanted: &Wanted, pages: Vec<(u64, Vec<Arc<LogRow>>)>) -> bool {
        let Some(is_other) = self.shown.try_with_untracked(|shown| shown.filter != wanted.filter)
        else {
            return false;
        };
        let before = untrack(|| self.shape());
        let scroll_top = self.list.scroll_top.get_untracked();
        if is_other {
            self.opened.set(None);
            self.active.set(None);
            self.announce(wanted.length);
        }
        self.shown.update(|shown| shown.take(wanted, pages));
        let after = untrack(|| self.shape());
        let kept = if is_other { 0.0 } else { after.kept_from(&before, scroll_top) };
        let next = if self.follows.get_value() { after.end() } else { kept };
        if is_other || self.follows.get_value() {
            self.seen.set(wanted.length);
        }
        if next != scroll_top {
            self.scroll_to(next);
        }
        true
    }

    /// Says how many events match to who cannot see it.
    fn announce(self, length: u64) {
        let shell = self.page.shell;
        shell.announce(shell.texts.now().plural("log.matches", length, &[]));
    }
}

impl Shown {
    fn take(&mut self, wanted: &Wanted, pages: Vec<(u64, Vec<Arc<LogRow>>)>) {
        if self.filter != wanted.filter {
            *self = Self { filter: wanted.filter.clone(), ..Self::nothing() };
        }
        self.length = wanted.length;
        self.rows.cut(wanted.length);
        for (page, rows) in pages {
            self.rows.keep(page, rows);
        }
    }
}

async fn read(lab: PageLab, wanted: &Wanted) -> Vec<(u64, Vec<Arc<LogRow>>)> {
    let mut pages = Vec::with_capacity(wanted.pages.len());
    for page in &wanted.pages {
        let (first, count) = (page * PAGE_ROWS, PAGE_ROWS);
        let rows = lab.log_rows(&wanted.filter, first, count).await;
        pages.push((*page, rows.into_iter().map(Arc::new).collect()));
    }
    pages
}
