//! A faulty store: any store, with the faults that somebody asked for.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use litemap::LiteMap;
use uuid::Uuid;

use super::{
    ArmedFault, Fault, FaultPlan, FaultPoint, Rival, SeededRng, Times,
    world::{TraceProbe, shared},
};
use crate::{
    kernel::{
        CodecError, EventId, GlobalPosition, ModelName, RowKey, StoredEvent, StreamId, Version,
    },
    ports::{
        Append, AppendError, Appended, EventStore, Inbox, InboxEntry, Known, Moment, Outbox, Page,
        PageRequest, PendingMessage, Probe, ReadModelStore, RowWrite, StorageError, UpdateError,
    },
};

/// Passes everything on to a store, and does the faults that were armed, in their order.
///
/// Without a fault and with the version check on it is the store, clause by clause.
#[derive(Debug)]
pub struct FaultyStore<S> {
    store: S,
    plan: RefCell<FaultPlan>,
    /// Chance of its own, so that arming a fault does not shift the ids of events.
    rng: SeededRng,
    checks_versions: Cell<bool>,
    met: Cell<usize>,
    /// Who is the other writer, where a fault wants one.
    rival: Cell<Option<Rival>>,
    /// The events that somebody wanted to append through here.
    appended: RefCell<LiteMap<EventId, ()>>,
    probe: Rc<TraceProbe>,
}

impl<S> FaultyStore<S> {
    pub(super) fn new(store: S, probe: Rc<TraceProbe>, seed: u64) -> Self {
        Self {
            store,
            plan: RefCell::default(),
            rng: SeededRng::new(!seed),
            checks_versions: Cell::new(true),
            met: Cell::new(0),
            rival: Cell::default(),
            appended: RefCell::default(),
            probe,
        }
    }

    /// The same faults around another store.
    pub(super) fn over<T>(&self, store: T, probe: Rc<TraceProbe>) -> FaultyStore<T> {
        FaultyStore {
            store,
            plan: self.plan.clone(),
            rng: self.rng.clone(),
            checks_versions: self.checks_versions.clone(),
            met: self.met.clone(),
            rival: self.rival.clone(),
            appended: RefCell::default(),
            probe,
        }
    }

    /// The store itself, which no fault meets.
    pub fn inner(&self) -> &S {
        &self.store
    }

    /// Lets a fault wait at its point, behind those that wait there already.
    pub fn arm(&self, fault: ArmedFault) {
        self.plan.borrow_mut().arm(fault);
    }

    /// Lets a fault happen the next time that its point is reached.
    pub fn arm_once(&self, point: FaultPoint, fault: Fault) {
        self.arm(ArmedFault { point, fault, times: Times::Next(1) });
    }

    /// Takes away what waits at a point.
    pub fn disarm(&self, point: FaultPoint) {
        self.plan.borrow_mut().disarm(point);
    }

    /// What waits, in order.
    pub fn armed(&self) -> Vec<ArmedFault> {
        self.plan.borrow().armed().to_vec()
    }

    /// Whether appends that expect another version are refused. Without it the last write wins.
    pub fn check_versions(&self, on: bool) {
        self.checks_versions.set(on);
    }

    /// Says what somebody else could do to a stream, for faults that want another writer to be faster.
    pub fn set_rival(&self, rival: Rival) {
        self.rival.set(Some(rival));
    }

    /// Whether this event was to be appended through here, however that ended: it is nobody else's.
    pub fn has_appended(&self, event: EventId) -> bool {
        self.appended.borrow().contains_key(&event)
    }

    pub(super) fn rival(&self) -> Option<Rival> {
        self.rival.get()
    }

    pub(super) fn rng(&self) -> &SeededRng {
        &self.rng
    }

    pub(super) fn probe(&self) -> &TraceProbe {
        &self.probe
    }

    /// How many faults have happened.
    pub fn faults_met(&self) -> usize {
        self.met.get()
    }

    // region: meet
    /// The fault that happens now, after the wait of one that only slows down.
    async fn meet(&self, point: FaultPoint) -> Option<Fault> {
        let (fault, times) = self.plan.borrow_mut().next(point, &self.rng)?;
        self.met.set(self.met.get() + 1);
        let (point, times) = (point.name(), times.name());
        let moment = || Moment::FaultMet { point, fault: fault.name(), times };
        self.probe.reach(moment).await;
        match fault {
            Fault::Slow(by) => {
                self.probe.wait(by).await;
                None
            }
            fault => Some(fault),
        }
    }
    // endregion: meet
}

impl<S: EventStore> FaultyStore<S> {
    /// Appends as the store does; without the version check, at whatever version the stream is.
    async fn append_really(&self, append: &Append) -> Result<Appended, AppendError> {
        let mut result = self.append_own(append).await;
        while let (false, Err(AppendError::Conflict { actual, .. })) =
            (self.checks_versions.get(), &result)
        {
            let anyway = Append { expected: *actual, ..append.clone() };
            result = self.append_own(&anyway).await;
        }
        result
    }

    /// Appends as the store does, and remembers by whom.
    pub(super) async fn append_own(&self, append: &Append) -> Result<Appended, AppendError> {
        self.appended.borrow_mut().extend(append.events.iter().map(|event| (event.id, ())));
        let result = self.store.append(append).await;
        if let Ok(appended) = &result {
            self.probe.log_grew(appended.position);
        }
        result
    }
}

impl<S: EventStore> EventStore for FaultyStore<S> {
    async fn append(&self, append: &Append) -> Result<Appended, AppendError> {
        // Whoever appends serves the request that the events come of, at the moment that tells of it.
        let request = shared(append.events.iter().map(|event| event.correlation_id));
        self.probe.serve(request);
        let fault = self.meet(FaultPoint::Append).await;
        self.probe.serve(request);
        match fault {
            None => self.append_really(append).await,
            Some(Fault::LoseAnswer) => {
                self.append_really(append).await?;
                Err(Fault::LoseAnswer.error().into())
            }
            Some(Fault::Conflict) => {
                self.be_faster(&append.stream).await?;
                self.probe.serve(request);
                self.append_really(append).await
            }
            Some(fault) => Err(fault.error().into()),
        }
    }

    async fn read_stream(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        if let Some(fault) = self.meet(FaultPoint::ReadStream).await {
            return Err(fault.error());
        }
        let events = self.store.read_stream(stream, after).await?;
        self.probe.has_read_stream(&events);
        Ok(events)
    }

    async fn read_log(
        &self,
        after: GlobalPosition,
        limit: usize,
    ) -> Result<Vec<StoredEvent>, StorageError> {
        self.probe.has_read_log(&[]);
        if let Some(fault) = self.meet(FaultPoint::ReadLog).await {
            return Err(fault.error());
        }
        let events = self.store.read_log(after, limit).await?;
        self.probe.has_read_log(&events);
        Ok(events)
    }

    async fn head(&self) -> Result<GlobalPosition, StorageError> {
        self.store.head().await
    }
}

impl<S: Inbox> Inbox for FaultyStore<S> {
    async fn find(&self, consumer: &str, message: Uuid) -> Result<Option<String>, StorageError> {
        self.store.find(consumer, message).await
    }

    async fn record(&self, entry: &InboxEntry) -> Result<Option<String>, StorageError> {
        self.store.record(entry).await
    }
}

impl<S: Outbox> Outbox for FaultyStore<S> {
    async fn pending(&self, limit: usize) -> Result<Vec<PendingMessage>, StorageError> {
        self.store.pending(limit).await
    }
}

impl<S: ReadModelStore> ReadModelStore for FaultyStore<S> {
    async fn update(
        &self,
        model: ModelName,
        from: GlobalPosition,
        to: GlobalPosition,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        self.probe.goes_on_reading();
        let error = match self.meet(FaultPoint::UpdateReadModel).await {
            None => None,
            Some(Fault::LoseAnswer) => Some(Fault::LoseAnswer.error().into()),
            // Another projector of the same read model was faster, and wrote the same.
            Some(Fault::Conflict) => Some(UpdateError::CheckpointMoved { found: to }),
            Some(fault) => return Err(fault.error().into()),
        };
        self.store.update(model, from, to, keys, change).await?;
        self.probe.model_reached(model, to);
        error.map_or(Ok(()), Err)
    }

    async fn row(
        &self,
        model: ModelName,
        key: &RowKey,
    ) -> Result<Known<Option<String>>, StorageError> {
        self.store.row(model, key).await
    }

    async fn page(
        &self,
        model: ModelName,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<String>>, StorageError> {
        self.store.page(model, group, request).await
    }

    async fn checkpoint(&self, model: ModelName) -> Result<GlobalPosition, StorageError> {
        self.store.checkpoint(model).await
    }

    async fn clear(&self, model: ModelName) -> Result<(), StorageError> {
        self.store.clear(model).await
    }
}
