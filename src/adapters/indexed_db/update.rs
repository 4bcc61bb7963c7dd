//! Updating read models: those that are asked for in the same turn share one transaction.
//!
//! A transaction costs far more than what is written in it. Each update still has its own guard: one
//! that fails writes nothing, whatever the others do. All of them are committed together.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use web_sys::{IdbObjectStore, IdbRequest};

use crate::{
    kernel::{CodecError, GlobalPosition, RowKey},
    ports::{RowWrite, StorageError, UpdateError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    request::answered,
    rows::{checkpoint_record, requested_checkpoint, requested_row, row_key, row_record},
    transaction::{End, RawTransaction},
};

/// The updates that share a transaction. Others can join until the first answer comes.
#[derive(Debug)]
pub(super) struct Group {
    raw: RawTransaction,
    rows: IdbObjectStore,
    checkpoints: IdbObjectStore,
    end: End,
    /// The models in it, each at most once: a second update has to see what the first one wrote.
    models: RefCell<Vec<String>>,
    /// How many have still to write or to give up.
    open: Cell<usize>,
    /// Why the commit could not even be asked for.
    failed: RefCell<Option<StorageError>>,
}

/// One update's part in a group. Dropped, it gives up; the last one commits.
struct Member(Rc<Group>);

/// What an update asks the database.
struct Questions {
    checkpoint: IdbRequest,
    rows: Vec<IdbRequest>,
}

/// Where an update goes from and to.
#[derive(Clone, Copy)]
pub(super) struct Step<'a> {
    pub(super) model: &'a str,
    pub(super) from: GlobalPosition,
    pub(super) to: GlobalPosition,
}

impl IndexedDbStore {
    pub(super) async fn update_rows(
        &self,
        step: Step<'_>,
        keys: &[RowKey],
        change: impl FnOnce(Vec<Option<String>>) -> Result<Vec<RowWrite>, CodecError>,
    ) -> Result<(), UpdateError> {
        let (member, questions) = self.join_group(step.model, keys)?;
        let last = questions.rows.last().unwrap_or(&questions.checkpoint);
        let answer = answered(last).await;
        self.connection.group.borrow_mut().take_if(|group| Rc::ptr_eq(group, &member.0));
        answer?;
        let found = requested_checkpoint(&questions.checkpoint)?;
        if found != step.from {
            return Err(UpdateError::CheckpointMoved { found });
        }
        let stored = questions.rows.iter().map(requested_row).collect::<Result<_, _>>()?;
        member.write(step, &change(stored)?)?;
        Ok(member.committed().await?)
    }

    /// Asks within the transaction of this turn, or within a new one.
    fn join_group(
        &self,
        model: &str,
        keys: &[RowKey],
    ) -> Result<(Member, Questions), StorageError> {
        let current = self.connection.group.borrow().clone();
        if let Some(group) = current.filter(|group| !group.has(model)) {
            // It fails when the turn is over: then the transaction takes no more requests.
            if let Ok(questions) = group.ask(model, keys) {
                return Ok((Member::of(group), questions));
            }
        }
        let group = Rc::new(self.new_group()?);
        let member = Member::of(Rc::clone(&group));
        let questions = group.ask(model, keys)?;
        self.connection.group.replace(Some(group));
        Ok((member, questions))
    }

    fn new_group(&self) -> Result<Group, StorageError> {
        let raw = self.connection.begin_raw(Scope::ReadModels, Mode::WriteRelaxed)?;
        let store = |name| raw.object_store(name).map_err(|thrown| storage_error(&thrown));
        Ok(Group {
            rows: store("rows")?,
            checkpoints: store("checkpoints")?,
            end: End::of(&raw),
            models: RefCell::default(),
            open: Cell::new(0),
            failed: RefCell::default(),
            raw,
        })
    }
}

impl Group {
    fn has(&self, model: &str) -> bool {
        self.models.borrow().iter().any(|other| other == model)
    }

    fn ask(&self, model: &str, keys: &[RowKey]) -> Result<Questions, StorageError> {
        let checkpoint = self.checkpoints.get(&model.into()).map_err(|e| storage_error(&e))?;
        let rows = keys.iter().map(|key| self.rows.get(&row_key(model, key)));
        let rows = rows.collect::<Result<_, _>>().map_err(|thrown| storage_error(&thrown))?;
        self.models.borrow_mut().push(model.to_owned());
        Ok(Questions { checkpoint, rows })
    }
}

impl Member {
    fn of(group: Rc<Group>) -> Self {
        group.open.set(group.open.get() + 1);
        Self(group)
    }

    /// Issues every write in one run.
    fn write(&self, step: Step<'_>, writes: &[RowWrite]) -> Result<(), StorageError> {
        let rows = writes.iter().map(|write| row_record(step.model, write));
        let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
        let checkpoint = checkpoint_record(step.model, step.to);
        let put = |store: &IdbObjectStore, record: &js_sys::Object| {
            store.put(record).map(drop).map_err(|thrown| storage_error(&thrown))
        };
        let written = rows
            .iter()
            .try_for_each(|row| put(&self.0.rows, row))
            .and_then(|()| put(&self.0.checkpoints, &checkpoint));
        if written.is_err() {
            // Part of it may be on its way: nobody in the group may be committed.
            let _ = self.0.raw.abort();
        }
        written
    }

    /// Waits until the whole group is committed.
    async fn committed(self) -> Result<(), StorageError> {
        let group = Rc::clone(&self.0);
        drop(self);
        let failed = group.failed.borrow().clone();
        match failed {
            Some(error) => Err(error),
            None => group.end.reached().await,
        }
    }
}

impl Drop for Member {
    fn drop(&mut self) {
        let open = self.0.open.get() - 1;
        self.0.open.set(open);
        if open == 0
            && !self.0.end.is_reached()
            && let Err(thrown) = self.0.raw.end_requests()
        {
            self.0.failed.replace(Some(storage_error(&thrown)));
        }
    }
}
