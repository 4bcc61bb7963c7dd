//! Appending: one transaction that asks, decides and writes.

use js_sys::{Array, Object};
use wasm_bindgen::JsCast;
use web_sys::{IdbCursor, IdbCursorDirection, IdbKeyRange, IdbRequest};

use crate::{
    kernel::{GlobalPosition, StoredEvent, Version},
    ports::{Append, AppendError, Appended, EventStore, StorageError},
};

use super::{
    IndexedDbStore,
    connection::{Mode, Scope},
    failure::storage_error,
    inbox,
    log::{events_of_stream, records_of_stream, request_head},
    log_record::{encode, stream_key},
    open::whole,
    outbox,
    request::{answered, result},
    transaction::{CommitError, Transaction},
};

/// The answers to everything that an append has to know.
struct Questions {
    head: IdbRequest,
    /// Whether the stream has a record that ends at the expected version; none for a new stream.
    at_expected: Option<IdbRequest>,
    after_expected: IdbRequest,
    inbox: Option<IdbRequest>,
}

/// What an append does.
enum Decision {
    Write(Appended),
    Answer(Result<Appended, AppendError>),
    /// The stream ends before the expected version; where, has still to be found out.
    Ahead,
}

impl IndexedDbStore {
    pub(super) async fn append_events(&self, append: &Append) -> Result<Appended, AppendError> {
        assert!(!append.events.is_empty(), "an append has at least one event");
        if let Some((transaction, appended)) = self.append_in_session(append) {
            return self.commit_append(transaction, append, appended).await;
        }
        let transaction = self.connection.begin(Scope::Append, Mode::WriteStrict)?;
        let questions = Questions::ask(&transaction, append, self.connection.reached())?;
        answered(questions.last()).await?;
        let appended = match self.decide(append, &questions)? {
            Decision::Write(appended) => appended,
            Decision::Answer(answer) => return answer,
            Decision::Ahead => return Err(conflict_behind(&transaction, append).await?),
        };
        write(&transaction, append, appended)?;
        self.commit_append(transaction, append, appended).await
    }

    async fn commit_append(
        &self,
        transaction: Transaction,
        append: &Append,
        appended: Appended,
    ) -> Result<Appended, AppendError> {
        match transaction.commit().await {
            Ok(()) => {
                self.connection.has_reached(appended.position);
                Ok(appended)
            }
            Err(CommitError::Unknown) => self.recognise(append).await,
            Err(CommitError::Failed(error)) => Err(error.into()),
        }
    }

    fn decide(&self, append: &Append, questions: &Questions) -> Result<Decision, StorageError> {
        let head = self.read_head(&questions.head)?;
        let after = result(&questions.after_expected)?;
        let later = events_of_stream(&after, &append.stream, append.expected)?;
        if let Some(appended) = repeated(append, &later) {
            return Ok(Decision::Answer(Ok(appended)));
        }
        let answer = questions.inbox.as_ref().map(inbox::answer).transpose()?.flatten();
        if let Some(answer) = answer {
            return Ok(Decision::Answer(Err(AppendError::AlreadyAnswered { answer })));
        }
        if let Some(last) = later.last() {
            let (expected, actual) = (append.expected, last.version);
            return Ok(Decision::Answer(Err(AppendError::Conflict { expected, actual })));
        }
        if let Some(request) = &questions.at_expected
            && result(request)?.is_undefined()
        {
            return Ok(Decision::Ahead);
        }
        Ok(Decision::Write(placed(head, append)))
    }

    /// What became of an append of which it is not known whether it was written.
    async fn recognise(&self, append: &Append) -> Result<Appended, AppendError> {
        let later = self.read_stream(&append.stream, append.expected).await?;
        repeated(append, &later).ok_or_else(|| StorageError::from(CommitError::Unknown).into())
    }
}

impl Questions {
    fn ask(
        transaction: &Transaction,
        append: &Append,
        reached: GlobalPosition,
    ) -> Result<Self, StorageError> {
        let index = transaction.index("log", "streams")?;
        let at_expected = (append.expected > Version::NONE)
            .then(|| index.get_key(&stream_key(append.stream.as_str(), append.expected)))
            .transpose()
            .map_err(|thrown| storage_error(&thrown))?;
        Ok(Self {
            head: request_head(transaction, reached)?,
            at_expected,
            after_expected: records_of_stream(transaction, &append.stream, append.expected)?,
            inbox: match &append.inbox {
                Some(entry) => Some(inbox::request(transaction, &entry.consumer, entry.message)?),
                None => None,
            },
        })
    }

    /// The last request that was made; once it is answered, all of them are.
    fn last(&self) -> &IdbRequest {
        self.inbox.as_ref().unwrap_or(&self.after_expected)
    }
}

/// Where an append ends up that follows on this head.
pub(super) fn placed(head: GlobalPosition, append: &Append) -> Appended {
    let count = append.events.len();
    Appended { version: append.expected.after(count), position: head.after(count) }
}

/// Where the append ended up, when the events after the expected version begin with exactly its own.
fn repeated(append: &Append, later: &[StoredEvent]) -> Option<Appended> {
    let same = later.get(..append.events.len())?;
    let ids = append.events.iter().map(|event| event.id);
    if !same.iter().map(|stored| stored.event.id).eq(ids) {
        return None;
    }
    same.last().map(|last| Appended { version: last.version, position: last.position })
}

/// The conflict of a writer who believes the stream to be further on than it is.
async fn conflict_behind(
    transaction: &Transaction,
    append: &Append,
) -> Result<AppendError, StorageError> {
    let stream = append.stream.as_str();
    let range = IdbKeyRange::bound(
        &stream_key(stream, Version::NONE),
        &stream_key(stream, append.expected),
    )
    .map_err(|thrown| storage_error(&thrown))?;
    let request = transaction
        .index("log", "streams")?
        .open_key_cursor_with_range_and_direction(&range, IdbCursorDirection::Prev)
        .map_err(|thrown| storage_error(&thrown))?;
    let key = answered(&request).await?.dyn_into::<IdbCursor>().ok().map(|cursor| cursor.key());
    let version = key.and_then(Result::ok).map(|key| key.unchecked_into::<Array>().get(1));
    let actual = Version(version.and_then(|version| version.as_f64()).map_or(0, whole));
    Ok(AppendError::Conflict { expected: append.expected, actual })
}

/// Issues every write in one run.
pub(super) fn write(
    transaction: &Transaction,
    append: &Append,
    appended: Appended,
) -> Result<(), StorageError> {
    let record = encode(&append.stored(appended));
    let inbox = append.inbox.as_ref().map(inbox::record);
    let messages: Vec<_> = (0..)
        .zip(&append.outbox)
        .map(|(place, message)| outbox::record(appended.position, place, message))
        .collect();
    add(transaction, "log", &record)?;
    inbox.iter().try_for_each(|record| add(transaction, "inbox", record))?;
    messages.iter().try_for_each(|record| add(transaction, "outbox", record))
}

/// Adds a record under a key that is free.
pub(super) fn add(
    transaction: &Transaction,
    store: &str,
    record: &Object,
) -> Result<(), StorageError> {
    transaction.store(store)?.add(record).map(drop).map_err(|thrown| storage_error(&thrown))
}
