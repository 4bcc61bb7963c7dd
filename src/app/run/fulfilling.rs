//! The way from a run to its fulfilment. In the page that code comes later, when a tape first asks for it;
//! whoever waits for it waits inside a turn, so it changes nothing of a run.

use std::rc::Rc;
#[cfg(target_arch = "wasm32")]
use std::{
    any::Any,
    cell::{Cell, RefCell},
};

use futures_util::future::LocalBoxFuture;

use super::{Fulfilment, Run, Stores, ways::Ways};
use crate::{
    domain::orders::{OrderCommand, OrderServices},
    kernel::Micros,
    simulation::{
        Actor, FulfilmentInput, GivenCommand, MomentNumber, ServiceNetwork, Target, World,
    },
};

/// How orders were fulfilled in another world so far, whether they were pure, and the services there.
pub(super) type Before<'a> = (&'a Ways, bool, &'a ServiceNetwork<OrderServices>);

/// Makes the fulfilment of a run: in its world, from its seed, or as it was before.
type Make<S> = fn(&Rc<World<S>>, u64, Option<Before<'_>>) -> Fulfilment<S>;

/// Handles a command that was given at a time, because of a moment, unless the pipeline of a run is to.
type Handle<S> = fn(&mut Run<S>, &GivenCommand<OrderCommand>, Micros, MomentNumber) -> bool;

/// What a run asks of its fulfilment: functions, so that a run does not hold their code.
#[derive(Debug)]
pub(super) struct Fulfilling<S: 'static> {
    pub(super) make: Make<S>,
    pub(super) apply: for<'a> fn(&'a mut Run<S>, FulfilmentInput) -> LocalBoxFuture<'a, ()>,
    pub(super) begin_anew: fn(&mut Run<S>),
    pub(super) kill: fn(&mut Run<S>, Actor),
    pub(super) restart: fn(&mut Run<S>, &Target),
    pub(super) spawn_wanted: fn(&mut Run<S>),
    pub(super) handle: Handle<S>,
}

impl<S: Stores + 'static> Fulfilling<S> {
    const ALL: Self = Self {
        make: Fulfilment::make,
        apply: |run, input| Box::pin(run.apply_fulfilment(input)),
        begin_anew: Run::begin_fulfilment_anew,
        kill: Run::kill_fulfilment,
        restart: Run::restart_fulfilment,
        spawn_wanted: Run::spawn_wanted,
        handle: Run::handle_calling,
    };
}

#[cfg(not(target_arch = "wasm32"))]
pub(super) async fn fulfilling<S: Stores + 'static>() -> &'static Fulfilling<S> {
    &Fulfilling::ALL
}

/// The code, if it is here already.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn installed<S: Stores + 'static>() -> Option<&'static Fulfilling<S>> {
    Some(&Fulfilling::ALL)
}

#[cfg(target_arch = "wasm32")]
thread_local! {
    /// One for each kind of store.
    static INSTALLED: RefCell<Vec<&'static dyn Any>> = const { RefCell::new(vec![]) };
    static FETCH: Cell<Option<Fetch>> = const { Cell::new(None) };
}

/// Fetches the code of the fulfilment, or gives up for now.
#[cfg(target_arch = "wasm32")]
type Fetch = fn() -> LocalBoxFuture<'static, ()>;

/// Says how the code of the fulfilment is fetched: it ends with [`install_fulfilment`].
#[cfg(target_arch = "wasm32")]
pub fn fetch_fulfilment_by(fetch: Fetch) {
    FETCH.set(Some(fetch));
}

/// Lets runs over this kind of store fulfil orders.
#[cfg(target_arch = "wasm32")]
pub fn install_fulfilment<S: Stores + 'static>() {
    if installed::<S>().is_none() {
        INSTALLED.with_borrow_mut(|installed| installed.push(&Fulfilling::<S>::ALL));
    }
}

/// The code, if it is here already.
#[cfg(target_arch = "wasm32")]
pub(super) fn installed<S: Stores + 'static>() -> Option<&'static Fulfilling<S>> {
    INSTALLED.with_borrow(|installed| installed.iter().find_map(|one| one.downcast_ref()))
}

/// Fetches the code that comes later, or gives up for now.
#[cfg(target_arch = "wasm32")]
pub(in crate::app) async fn fetch_later() {
    match FETCH.get() {
        Some(fetch) => fetch().await,
        None => unreachable!("whoever runs tapes says where the code comes from"),
    }
}

#[cfg(target_arch = "wasm32")]
pub(super) async fn fulfilling<S: Stores + 'static>() -> &'static Fulfilling<S> {
    loop {
        match installed() {
            Some(found) => return found,
            None => fetch_later().await,
        }
    }
}
