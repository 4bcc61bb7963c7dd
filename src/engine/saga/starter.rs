//! The starter: reads the log on, begins sagas, and says which of them have something to do.

use std::{cell::Cell, rc::Rc};

use super::{SagaError, SagaRunner};
use crate::{
    kernel::{
        CodecError, GlobalPosition, ModelName, RowPlace, SagaEvent, SagaId, SagaPlan, StoredEvent,
        StoredForm, StreamId,
    },
    ports::{
        Environment, EventStore, Moment, PageRequest, Probe, ReadModelStore, RowWrite, SagaMoment,
        StepWorker, UpdateError,
    },
};

/// Follows the log from a checkpoint of its own on, and keeps there which sagas are open. Killed anywhere,
/// it reads some events again, and no saga is begun twice: its stream must be new.
#[derive(Debug)]
pub struct SagaStarter<P, W, E, T> {
    environment: Rc<E>,
    runner: Rc<SagaRunner<P, W, E>>,
    model: ModelName,
    trigger: T,
    checkpoint: Cell<Option<GlobalPosition>>,
}

/// Where the sagas that are under way are found among the rows.
const OPEN: &str = "open";
const ENDED: &str = "ended";

impl<P, W, E, T> SagaStarter<P, W, E, T>
where
    P: SagaPlan,
    W: StepWorker,
    E: Environment,
    T: Fn(&StoredEvent) -> Option<SagaId>,
{
    /// A starter that keeps its checkpoint under this name. The trigger says which saga an event of another
    /// stream begins, if it begins one.
    pub fn new(
        environment: Rc<E>,
        runner: Rc<SagaRunner<P, W, E>>,
        model: ModelName,
        trigger: T,
    ) -> Self {
        Self { environment, runner, model, trigger, checkpoint: Cell::new(None) }
    }

    /// The sagas that are under way, as far as this has read.
    ///
    /// # Errors
    /// When the storage fails.
    pub async fn open(&self) -> Result<Vec<SagaId>, SagaError> {
        let all = PageRequest { page: 1, size: u32::MAX };
        let page = self.environment.store().page(self.model, OPEN, all).await?;
        Ok(page.value.rows.iter().filter_map(|id| id.parse().ok()).collect())
    }

    // region: read_on
    /// Reads on by at most `limit` events, and begins the sagas that they begin. Gives those that have
    /// something to do now, and whether it met the end of the log.
    ///
    /// # Errors
    /// When the storage fails; what was not read is read again.
    pub async fn read_on(&self, limit: usize) -> Result<(Vec<SagaId>, bool), SagaError> {
        let store = self.environment.store();
        let from = match self.checkpoint.get() {
            Some(checkpoint) => checkpoint,
            None => {
                // What is kept in vain, since nobody hears that it was, is read again: from here, not from there.
                let kept = store.checkpoint(self.model).await?;
                self.checkpoint.set(Some(kept));
                kept
            }
        };
        let events = store.read_log(from, limit).await?;
        let Some(to) = events.last().map(|last| last.position) else { return Ok((vec![], true)) };
        let (woken, rows) = read::<P>(&events)?;
        let mut begun =
            events.iter().filter_map(|stored| Some(((self.trigger)(stored)?, stored))).peekable();
        let at_end = events.len() < limit;
        if rows.is_empty() && begun.peek().is_none() {
            // Nothing to keep: after a crash these are read again.
            self.checkpoint.set(Some(to));
            return Ok((woken, at_end));
        }
        for (saga, stored) in begun {
            self.runner.start(saga, stored.stream.clone(), &stored.event).await?;
        }
        let kept = store.checkpoint(self.model).await?;
        match store.update(self.model, kept, to, &[], |_| Ok(rows)).await {
            Ok(()) => self.checkpoint.set(Some(to)),
            Err(UpdateError::CheckpointMoved { found }) => self.checkpoint.set(Some(found)),
            Err(UpdateError::Codec(error)) => return Err(error.into()),
            Err(UpdateError::Storage(error)) => return Err(error.into()),
        }
        let (model, count) = (self.model, events.len());
        let moment =
            || Moment::Saga(SagaMoment::RunnerRead { model, checkpoint: to, events: count });
        self.environment.probe().reach(moment).await;
        Ok((woken, at_end))
    }
    // endregion: read_on
}

/// What events say about sagas: which have something to do, and which are open.
fn read<P: SagaPlan>(events: &[StoredEvent]) -> Result<(Vec<SagaId>, Vec<RowWrite>), CodecError> {
    let (mut woken, mut rows) = (vec![], vec![]);
    for stored in events.iter().filter(|stored| stored.stream.category() == P::CATEGORY) {
        let Some(saga) = id_of(&stored.stream) else { continue };
        let event = SagaEvent::decode(&stored.event.encoded)?;
        let begins = matches!(event, SagaEvent::Started { .. });
        if begins || matches!(event, SagaEvent::RetryAsked { .. } | SagaEvent::StepSettled { .. }) {
            woken.push(saga);
        }
        let group = match event {
            SagaEvent::Started { .. } | SagaEvent::StepAnsweredLate { .. } => OPEN,
            _ if event.is_ending() => ENDED,
            _ => continue,
        };
        let place = RowPlace { group: group.to_owned(), rank: stored.position.0 };
        let key = saga.to_string();
        rows.retain(|row: &RowWrite| row.key != key);
        rows.push(RowWrite { data: key.clone(), key, place });
    }
    Ok((woken, rows))
}

fn id_of(stream: &StreamId) -> Option<SagaId> {
    stream.instance().parse().ok()
}
