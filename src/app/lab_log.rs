//! The lab's log: read in windows for the page, and once through in the background for filters and
//! for finding damage.

use std::rc::Rc;

use super::{
    Changed, Lab,
    convert::log_entry,
    run::Stores,
    views::{Damage, Failure, LogFilter, LogRow, ReadModel, ScanProgress},
    wiring::Wiring,
};
use crate::{
    kernel::{GlobalPosition, StoredEvent},
    ports::{Environment, EventStore, StorageError, Timers},
};

/// Events read between two turns of the page: a few milliseconds of work.
const BATCH: usize = 256;
/// Matches of a filter that lie this close are read together.
const GAP_MAX: u64 = 32;

impl<E: Environment> Lab<E>
where
    E::Store: Stores + Clone + 'static,
{
    /// Asks the store how long the log is, and tells the page.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn refresh_head(&self) -> Result<(), Failure> {
        let wiring = self.wiring();
        let head = wiring.environment.store().head().await?;
        if self.is_current(&wiring) && head.0 > self.state.head.get() {
            self.state.head.set(head.0);
            self.tell(Changed { log: true, ..Changed::default() });
        }
        Ok(())
    }

    /// Reads on through the whole log, giving the page its turn in between.
    pub async fn scan_log(&self) {
        self.state.scanning.run(async || self.scan_round().await).await;
    }

    async fn scan_round(&self) {
        let wiring = self.wiring();
        while self.is_current(&wiring) && self.scan_batch(&wiring).await {
            wiring.environment.timers().yield_now().await;
        }
    }

    /// Reads one batch; false at the end of the log, or where the storage fails.
    async fn scan_batch(&self, wiring: &Rc<Wiring<E>>) -> bool {
        let from = self.state.index.borrow().read_to();
        let read = wiring.environment.store().read_log(GlobalPosition(from), BATCH).await;
        if !self.is_current(wiring) {
            return false;
        }
        let more = match read {
            Ok(events) => {
                let last = events.last().map_or(from, |event| event.position.0);
                self.head_reaches(last);
                self.give_foreign(wiring, &events);
                self.state.index.borrow_mut().take(&events) && events.len() == BATCH
            }
            Err(StorageError::Damaged(record)) => {
                let last = record.key.parse().unwrap_or(0).max(from + 1);
                self.state.index.borrow_mut().take_damage(last, record.into());
                true
            }
            Err(_) => false,
        };
        self.tell(Changed { scan: true, ..Changed::default() });
        more
    }

    /// How many rows a read model has that knows the log up to a position: one an order, and the totals of
    /// the sales dashboard.
    pub fn rows_at(&self, model: ReadModel, position: u64) -> u64 {
        let orders = self.state.index.borrow().streams_up_to(position, "order-");
        orders + u64::from(model == ReadModel::SalesDashboard && orders > 0)
    }

    /// How far the background reading is.
    pub fn scan(&self) -> ScanProgress {
        let (read_to, head) = (self.state.index.borrow().read_to(), self.state.head.get());
        ScanProgress { scanned: read_to.min(head), head }
    }

    /// The stored types of events seen so far.
    pub fn event_types(&self) -> Vec<String> {
        self.state.index.borrow().event_types()
    }

    /// The damaged records found so far.
    pub fn damages(&self) -> Vec<Damage> {
        self.state.index.borrow().damages().to_vec()
    }

    /// How many rows the log has under a filter, as far as it was read.
    pub fn log_length(&self, filter: &LogFilter) -> u64 {
        if filter.is_empty() {
            return self.state.head.get();
        }
        self.state.index.borrow_mut().positions(filter, self.state.head.get()).len() as u64
    }

    /// Some rows of the log under a filter, oldest first, from an index that starts at 0.
    pub async fn log_rows(&self, filter: &LogFilter, first: u64, count: u64) -> Vec<LogRow> {
        let positions: Vec<u64> = if filter.is_empty() {
            (first + 1..=(first + count).min(self.state.head.get())).collect()
        } else {
            let mut index = self.state.index.borrow_mut();
            let places = usize::try_from(first).unwrap_or(usize::MAX);
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            let positions = index.positions(filter, self.state.head.get());
            positions.iter().skip(places).take(count).copied().collect()
        };
        let wiring = self.wiring();
        let mut rows = Vec::with_capacity(positions.len());
        for run in positions.chunk_by(|before, after| after - before <= GAP_MAX) {
            rows.extend(read_rows(&wiring, run).await);
        }
        rows
    }
}

impl LogFilter {
    /// Whether it lets everything through.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stream.trim().is_empty() && self.event_type.is_none()
    }
}

/// The rows of some positions that lie close together.
async fn read_rows<E: Environment>(wiring: &Wiring<E>, positions: &[u64]) -> Vec<LogRow> {
    let (Some(first), Some(last)) = (positions.first(), positions.last()) else { return vec![] };
    match read_range(wiring, *first, *last).await {
        Ok(events) => events
            .iter()
            .filter(|event| positions.binary_search(&event.position.0).is_ok())
            .map(event_row)
            .collect(),
        Err(_) => read_one_by_one(wiring, positions).await,
    }
}

/// Where a range cannot be read, what can be read of it is shown beside the damage.
async fn read_one_by_one<E: Environment>(wiring: &Wiring<E>, positions: &[u64]) -> Vec<LogRow> {
    let mut rows = Vec::with_capacity(positions.len());
    for position in positions {
        match read_range(wiring, *position, *position).await {
            Ok(events) => rows.extend(events.iter().map(event_row)),
            Err(StorageError::Damaged(record)) => {
                rows.push(LogRow::Damaged { position: *position, damage: record.into() });
            }
            Err(_) => break,
        }
    }
    rows
}

async fn read_range<E: Environment>(
    wiring: &Wiring<E>,
    first: u64,
    last: u64,
) -> Result<Vec<StoredEvent>, StorageError> {
    let count = usize::try_from(last - first + 1).unwrap_or(usize::MAX);
    wiring.environment.store().read_log(GlobalPosition(first - 1), count).await
}

fn event_row(event: &StoredEvent) -> LogRow {
    LogRow::Event(Box::new(log_entry(event)))
}
