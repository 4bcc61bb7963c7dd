//! One connection: its database, what it knows of the log's end, and when it is closed.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use indexed_db_futures::{database::Database, internals::SystemRepr};
use js_sys::{Array, Object};
use wasm_bindgen::{
    JsCast, JsValue,
    prelude::{Closure, wasm_bindgen},
};
use web_sys::IdbDatabase;

use crate::{kernel::GlobalPosition, ports::StorageError};

use super::{
    failure::{name, storage_error},
    session::Session,
    transaction::{RawTransaction, Transaction},
    update::Group,
};

/// The object stores that a transaction works on.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// `log` alone.
    Log,
    /// What an append writes: `log`, `inbox`, `outbox`.
    Append,
    /// `inbox` alone.
    Inbox,
    /// `outbox` alone.
    Outbox,
    /// `rows` and `checkpoints`.
    ReadModels,
    /// `tape` alone.
    Tape,
}

/// How a transaction works.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    /// It only reads.
    Read,
    /// What it writes is on the disk when it is acknowledged.
    WriteStrict,
    /// What it writes may be lost when the computer fails, but never in part.
    WriteRelaxed,
}

/// A connection with what all its calls share.
#[derive(Debug)]
pub(super) struct Connection {
    database: DurableDatabase,
    scopes: [JsValue; 6],
    modes: [(JsValue, JsValue); 3],
    /// A position that the log has certainly reached.
    reached: Cell<GlobalPosition>,
    /// The position up to which the log is known to be sealed.
    pub(super) sealed: Cell<GlobalPosition>,
    /// The updates of read models that were asked for in this turn.
    pub(super) group: RefCell<Option<Rc<Group>>>,
    /// What was asked last by somebody who may append next.
    pub(super) session: RefCell<Option<Rc<Session>>>,
    closed: Rc<Cell<bool>>,
    _on_close: Closure<dyn FnMut()>,
}

impl Connection {
    /// Takes over a database that was opened.
    pub(super) fn new(database: Database) -> Self {
        let database: DurableDatabase = database.into_sys().unchecked_into();
        let closed = Rc::<Cell<bool>>::default();
        let (to_close, set_closed) = (database.clone(), Rc::clone(&closed));
        let on_close = Closure::new(move || {
            set_closed.set(true);
            to_close.close();
        });
        let function = on_close.as_ref().unchecked_ref();
        database.set_onversionchange(Some(function));
        database.set_onclose(Some(function));
        Self {
            database,
            scopes: scopes(),
            modes: modes(),
            reached: Cell::default(),
            sealed: Cell::default(),
            group: RefCell::default(),
            session: RefCell::default(),
            closed,
            _on_close: on_close,
        }
    }

    /// Begins a transaction.
    pub(super) fn begin(&self, scope: Scope, mode: Mode) -> Result<Transaction, StorageError> {
        self.begin_raw(scope, mode).map(Transaction::new)
    }

    /// Begins a transaction that somebody else ends.
    pub(super) fn begin_raw(
        &self,
        scope: Scope,
        mode: Mode,
    ) -> Result<RawTransaction, StorageError> {
        if self.is_closed() {
            return Err(StorageError::Closed);
        }
        let (mode, options) = &self.modes[mode as usize];
        self.database.begin(&self.scopes[scope as usize], mode, options).map_err(|thrown| {
            match name(&thrown).as_str() {
                "InvalidStateError" => StorageError::Closed,
                _ => storage_error(&thrown),
            }
        })
    }

    /// A position that the log has certainly reached.
    pub(super) fn reached(&self) -> GlobalPosition {
        self.reached.get()
    }

    /// The log has reached a position.
    pub(super) fn has_reached(&self, position: GlobalPosition) {
        self.reached.set(self.reached.get().max(position));
    }

    pub(super) fn close(&self) {
        self.closed.set(true);
        self.database.close();
    }

    pub(super) fn is_closed(&self) -> bool {
        self.closed.get()
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.set_onversionchange(None);
        self.database.set_onclose(None);
        self.database.close();
    }
}

/// In the order of [`Scope`].
fn scopes() -> [JsValue; 6] {
    let scopes: [&[&str]; 6] = [
        &["log"],
        &["log", "inbox", "outbox"],
        &["inbox"],
        &["outbox"],
        &["rows", "checkpoints"],
        &["tape"],
    ];
    scopes.map(|names| names.iter().copied().map(JsValue::from).collect::<Array>().into())
}

/// In the order of [`Mode`].
fn modes() -> [(JsValue, JsValue); 3] {
    [("readonly", "default"), ("readwrite", "strict"), ("readwrite", "relaxed")].map(
        |(mode, durability)| {
            let options: DurabilityOptions = Object::new().unchecked_into();
            options.set_durability(durability);
            (mode.into(), options.into())
        },
    )
}

#[wasm_bindgen]
extern "C" {
    /// A database whose transactions take a durability, which `web-sys` counts as unstable.
    #[wasm_bindgen(extends = IdbDatabase)]
    #[derive(Clone, Debug)]
    type DurableDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn begin(
        this: &DurableDatabase,
        stores: &JsValue,
        mode: &JsValue,
        options: &JsValue,
    ) -> Result<RawTransaction, JsValue>;

    #[wasm_bindgen(extends = Object)]
    type DurabilityOptions;

    #[wasm_bindgen(method, setter)]
    fn set_durability(this: &DurabilityOptions, durability: &str);
}
