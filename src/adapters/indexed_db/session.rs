//! A session: what a command asks, in the transaction that it then appends in.
//!
//! A command looks up its message, reads its stream and appends. Each call that comes within the turn
//! in which the one before was answered finds that transaction still open and goes on in it; nobody
//! else writes meanwhile, so an append that follows on what was read has nothing to ask any more. A
//! turn that is over shows by the request that the browser refuses: then every call takes a
//! transaction of its own, as if there had been no session.

use std::{cell::RefCell, rc::Rc};

use uuid::Uuid;
use web_sys::IdbRequest;

use crate::{
    kernel::{GlobalPosition, StoredEvent, StreamId, Version},
    ports::{Append, Appended, InboxEntry, StorageError},
};

use super::{
    IndexedDbStore,
    append::{add, placed, write},
    connection::{Mode, Scope},
    inbox,
    log::{records_of_stream, request_beyond},
    request::result,
    transaction::Transaction,
};

/// A transaction that began with the question for a message.
#[derive(Debug)]
pub(super) struct Session {
    transaction: Transaction,
    consumer: String,
    message: Uuid,
    /// The answer to the message.
    pub(super) found: IdbRequest,
    /// A position that the log had reached when the session began, and whether it has gone beyond:
    /// that is a quarter of the price of asking for the head.
    reached: GlobalPosition,
    beyond: IdbRequest,
    /// The stream that was read last, and what it is at.
    read: RefCell<Option<(StreamId, Version)>>,
}

impl Session {
    /// Notes that a stream was read from a version on.
    pub(super) fn has_read(&self, stream: &StreamId, after: Version, events: &[StoredEvent]) {
        let version = match events.last() {
            Some(last) => Some(last.version),
            // A stream that ends before that version: where, was not asked.
            None => (after == Version::NONE).then_some(after),
        };
        self.read.replace(version.map(|version| (stream.clone(), version)));
    }

    /// Whether this message has no answer yet.
    fn is_unanswered(&self, entry: &InboxEntry) -> bool {
        (&self.consumer, self.message) == (&entry.consumer, entry.message)
            && inbox::answer(&self.found) == Ok(None)
    }

    /// Whether everything is known that an append has to know, and nothing speaks against it.
    fn allows(&self, append: &Append) -> bool {
        let is_at = |(stream, version): &(StreamId, Version)| {
            (stream, *version) == (&append.stream, append.expected)
        };
        self.read.borrow().as_ref().is_some_and(is_at)
            && result(&self.beyond).is_ok_and(|key| key.is_undefined())
            && append.inbox.as_ref().is_none_or(|entry| self.is_unanswered(entry))
    }
}

impl IndexedDbStore {
    /// Asks for a message, and whether the log has grown, which an append has to know.
    pub(super) fn begin_session(
        &self,
        consumer: &str,
        message: Uuid,
    ) -> Result<Rc<Session>, StorageError> {
        let raw = self.connection.begin_raw(Scope::Append, Mode::WriteStrict)?;
        let transaction = Transaction::left_to_the_browser(raw);
        let reached = self.connection.reached();
        let session = Rc::new(Session {
            reached,
            beyond: request_beyond(&transaction, reached)?,
            found: inbox::request(&transaction, consumer, message)?,
            consumer: consumer.to_owned(),
            message,
            read: RefCell::default(),
            transaction,
        });
        self.connection.session.replace(Some(Rc::clone(&session)));
        Ok(session)
    }

    /// Asks for a stream in the session, while that is open.
    pub(super) fn ask_in_session(
        &self,
        stream: &StreamId,
        after: Version,
    ) -> Option<(Rc<Session>, IdbRequest)> {
        let session = self.connection.session.borrow().clone();
        let session = session.filter(|_| !self.connection.is_closed())?;
        let records = records_of_stream(&session.transaction, stream, after).ok()?;
        Some((session, records))
    }

    /// Writes an append in the session, when that allows it and is open.
    pub(super) fn append_in_session(&self, append: &Append) -> Option<(Transaction, Appended)> {
        let session = self.take_session(|session| session.allows(append))?;
        let appended = placed(session.reached, append);
        // When it is refused nothing was written, and dropping it makes sure of that.
        let transaction = session.transaction.to_write();
        write(&transaction, append, appended).ok()?;
        Some((transaction, appended))
    }

    /// Records an answer in the session, when that has none and is open.
    pub(super) fn record_in_session(&self, entry: &InboxEntry) -> Option<Transaction> {
        let session = self.take_session(|session| session.is_unanswered(entry))?;
        let transaction = session.transaction.to_write();
        add(&transaction, "inbox", &inbox::record(entry)).ok()?;
        Some(transaction)
    }

    /// Takes the session, which nobody can go on with afterwards.
    fn take_session(&self, wanted: impl Fn(&Session) -> bool) -> Option<Rc<Session>> {
        let mut session = self.connection.session.borrow_mut();
        session.take_if(|session| wanted(session) && !self.connection.is_closed())
    }
}
