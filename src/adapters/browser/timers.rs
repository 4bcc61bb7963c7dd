//! Turns: waiting until everybody else in the page had theirs.

use std::{
    cell::{Cell, RefCell},
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use web_sys::{MessageChannel, MessagePort};

use crate::ports::Timers;

/// Gives the page a turn by a message to itself: a task of its own, without the 4 ms that nested
/// timeouts cost. The channel is closed when the last clone is dropped.
#[derive(Clone, Debug)]
pub struct BrowserTimers {
    turns: Rc<Turns>,
}

#[derive(Debug)]
struct Turns {
    waiting: Rc<RefCell<VecDeque<Rc<Turn>>>>,
    /// Where messages go in and come out; none where the browser has no such channels.
    ports: Option<(MessagePort, MessagePort)>,
    _on_message: Closure<dyn FnMut()>,
}

/// One who waits.
#[derive(Debug, Default)]
struct Turn {
    come: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl BrowserTimers {
    /// Turns of this page.
    #[must_use]
    pub fn new() -> Self {
        let waiting = Rc::<RefCell<VecDeque<Rc<Turn>>>>::default();
        let queue = Rc::clone(&waiting);
        let on_message = Closure::new(move || {
            let turn = queue.borrow_mut().pop_front();
            if let Some(turn) = turn {
                turn.come.set(true);
                turn.waker.take().into_iter().for_each(Waker::wake);
            }
        });
        let ports = MessageChannel::new().ok().map(|channel| (channel.port1(), channel.port2()));
        if let Some((_, exit)) = &ports {
            exit.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self { turns: Rc::new(Turns { waiting, ports, _on_message: on_message }) }
    }
}

impl Default for BrowserTimers {
    fn default() -> Self {
        Self::new()
    }
}

impl Timers for BrowserTimers {
    async fn yield_now(&self) {
        let Some((entry, _)) = &self.turns.ports else { return };
        let turn = Rc::new(Turn::default());
        self.turns.waiting.borrow_mut().push_back(Rc::clone(&turn));
        if entry.post_message(&JsValue::NULL).is_err() {
            return;
        }
        poll_fn(|context| {
            if turn.come.get() {
                return Poll::Ready(());
            }
            turn.waker.replace(Some(context.waker().clone()));
            Poll::Pending
        })
        .await;
    }
}

impl Drop for Turns {
    fn drop(&mut self) {
        if let Some((entry, exit)) = &self.ports {
            exit.set_onmessage(None);
            exit.close();
            entry.close();
        }
    }
}
