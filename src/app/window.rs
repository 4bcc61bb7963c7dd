//! Which rows of a long list are seen: the arithmetic of a windowed list, and the pages of rows that it keeps.

/// The tallest content in pixels that is laid out as it is. Firefox collapses content beyond about 20 million pixels,
/// so a taller list gets this height and its scroll bar moves in larger steps.
pub const CONTENT_HEIGHT_MAX: f64 = 15_000_000.0;

/// A long list of rows of one height, in pixels, of which at most one is opened and then taller than the others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ListShape {
    /// How many rows there are.
    pub rows: u64,
    /// How tall a row is.
    pub row_height: f64,
    /// How much of the list can be seen at once.
    pub view_height: f64,
    /// The opened row, counted from 0, and how much taller it is than the others.
    pub opened: Option<(u64, f64)>,
}

/// The rows to draw.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Slice {
    /// The first row, counted from 0.
    pub first: u64,
    /// How many.
    pub count: u64,
    /// How far below the content's upper edge the first row begins, in pixels.
    pub shift: f64,
}

impl Slice {
    /// Whether a row is among those drawn.
    #[must_use]
    pub fn contains(&self, row: u64) -> bool {
        row >= self.first && row - self.first < self.count
    }
}

impl ListShape {
    /// How tall the scrolled content must be.
    #[must_use]
    pub fn content_height(&self) -> f64 {
        self.full_height().min(CONTENT_HEIGHT_MAX.max(self.view_height))
    }

    /// The rows to draw at a scroll position: those that are seen and `overscan` more on either side.
    #[must_use]
    pub fn slice(&self, scroll_top: f64, overscan: u64) -> Slice {
        if self.rows == 0 || self.row_height <= 0.0 {
            return Slice::default();
        }
        let offset = self.offset_at(scroll_top);
        let first = self.row_at(offset).saturating_sub(overscan);
        let last = (self.row_at(offset + self.view_height) + overscan).min(self.rows - 1);
        Slice {
            first,
            count: last - first + 1,
            shift: self.clamped(scroll_top) + self.top_of(first) - offset,
        }
    }

    /// The scroll position that shows the end.
    #[must_use]
    pub fn end(&self) -> f64 {
        (self.content_height() - self.view_height).max(0.0)
    }

    /// Whether the end is seen. Browsers round scroll positions, so the last pixels count as the end.
    #[must_use]
    pub fn is_at_end(&self, scroll_top: f64) -> bool {
        scroll_top >= self.end() - 2.0
    }

    /// The scroll position nearest to this one at which a row is seen; of a row taller than the view, its beginning.
    #[must_use]
    pub fn reveal(&self, row: u64, scroll_top: f64) -> f64 {
        let offset = self.offset_at(scroll_top);
        let top = self.top_of(row);
        let lowest = (self.top_of(row + 1) - self.view_height).min(top);
        if offset > top {
            self.scroll_for(top)
        } else if offset < lowest {
            self.scroll_for(lowest)
        } else {
            scroll_top
        }
    }

    /// The scroll position at which this list shows what `before` showed: rows that are added must not move those seen.
    #[must_use]
    pub fn kept_from(&self, before: &Self, scroll_top: f64) -> f64 {
        self.scroll_for(before.offset_at(scroll_top))
    }

    /// How many rows are seen at once, at least one.
    #[must_use]
    pub fn rows_in_view(&self) -> u64 {
        if self.row_height > 0.0 { ((self.view_height / self.row_height) as u64).max(1) } else { 1 }
    }

    fn full_height(&self) -> f64 {
        self.top_of(self.rows)
    }

    fn top_of(&self, row: u64) -> f64 {
        let above = self.opened.filter(|(opened, _)| row > *opened).map_or(0.0, |(_, more)| more);
        row as f64 * self.row_height + above
    }

    fn row_at(&self, offset: f64) -> u64 {
        let last = self.rows.saturating_sub(1);
        let row = match self.opened {
            Some((opened, more)) if offset >= self.top_of(opened) => {
                let below = (offset - more) / self.row_height;
                (below.max(0.0) as u64).max(opened)
            }
            _ => (offset.max(0.0) / self.row_height) as u64,
        };
        row.min(last)
    }

    fn clamped(&self, scroll_top: f64) -> f64 {
        scroll_top.min(self.end()).max(0.0)
    }

    fn offset_at(&self, scroll_top: f64) -> f64 {
        self.clamped(scroll_top) * self.pixels_a_step()
    }

    fn scroll_for(&self, offset: f64) -> f64 {
        self.clamped(offset / self.pixels_a_step())
    }

    /// How many pixels of the list one pixel of scrolling passes: 1 unless the list is too tall.
    fn pixels_a_step(&self) -> f64 {
        let end = self.end();
        if self.full_height() <= self.content_height() || end <= 0.0 {
            1.0
        } else {
            (self.full_height() - self.view_height) / end
        }
    }
}

/// The pages of a long list that were read last; the one not looked at for longest goes first.
#[derive(Clone, Debug)]
pub struct PageCache<T> {
    page_size: u64,
    pages_max: usize,
    /// From the one not looked at for longest to the latest.
    pages: Vec<(u64, Vec<T>)>,
}

impl<T> PageCache<T> {
    /// An empty cache.
    ///
    /// # Panics
    /// When a page would hold nothing, or no page would be kept.
    #[must_use]
    pub fn new(page_size: u64, pages_max: usize) -> Self {
        assert!(page_size > 0, "a page holds at least one row");
        assert!(pages_max > 0, "a cache keeps at least one page");
        Self { page_size, pages_max, pages: Vec::new() }
    }

    /// A row, counted from 0, when its page is here.
    #[must_use]
    pub fn row(&self, row: u64) -> Option<&T> {
        let page = self.page(row / self.page_size)?;
        page.get(usize::try_from(row % self.page_size).ok()?)
    }

    /// The pages that must be read to show some rows of a list of this length. The last page of a list that has
    /// grown must be read again.
    #[must_use]
    pub fn missing(&self, first: u64, count: u64, length: u64) -> Vec<u64> {
        self.pages_of(first, count, length)
            .filter(|page| self.page_len(*page) < self.rows_on(*page, length))
            .collect()
    }

    /// Where a page begins and how many rows it can hold.
    #[must_use]
    pub fn span(&self, page: u64) -> (u64, u64) {
        (page * self.page_size, self.page_size)
    }

    /// Keeps a page. When there are too many, the one not looked at for longest goes.
    pub fn keep(&mut self, page: u64, rows: Vec<T>) {
        self.pages.retain(|(kept, _)| *kept != page);
        if self.pages.len() >= self.pages_max {
            self.pages.remove(0);
        }
        self.pages.push((page, rows));
    }

    /// Forgets the rows beyond a length: what comes there again may be something else.
    pub fn cut(&mut self, length: u64) {
        for (page, rows) in &mut self.pages {
            let left = length.saturating_sub(*page * self.page_size);
            rows.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        }
    }

    /// Says that some rows are looked at, so that their pages stay.
    pub fn look_at(&mut self, first: u64, count: u64, length: u64) {
        for page in self.pages_of(first, count, length) {
            if let Some(place) = self.pages.iter().position(|(kept, _)| *kept == page) {
                let looked_at = self.pages.remove(place);
                self.pages.push(looked_at);
            }
        }
    }

    fn page(&self, page: u64) -> Option<&[T]> {
        self.pages.iter().find(|(kept, _)| *kept == page).map(|(_, rows)| rows.as_slice())
    }

    fn page_len(&self, page: u64) -> u64 {
        self.page(page).map_or(0, |rows| rows.len() as u64)
    }

    fn rows_on(&self, page: u64, length: u64) -> u64 {
        length.saturating_sub(page * self.page_size).min(self.page_size)
    }

    fn pages_of(&self, first: u64, count: u64, length: u64) -> impl Iterator<Item = u64> + use<T> {
        let end = (first + count).min(length);
        let pages =
            if first < end { first / self.page_size..(end - 1) / self.page_size + 1 } else { 0..0 };
        pages.into_iter()
    }
}
