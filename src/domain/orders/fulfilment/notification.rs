//! Notification: letters to customers.

use crate::domain::orders::OrderId;

/// The letters that were sent, each for an order.
#[derive(Clone, Debug, Default)]
pub(super) struct Notification {
    letters: Vec<OrderId>,
}

impl Notification {
    pub(super) fn send(&mut self, order: OrderId) {
        self.letters.push(order);
    }

    pub(super) fn letters(&self) -> u64 {
        self.letters.len() as u64
    }

    /// How many of them told somebody what they had been told before.
    pub(super) fn repeats(&self) -> u64 {
        let mut orders = self.letters.clone();
        orders.sort_unstable();
        orders.dedup();
        (self.letters.len() - orders.len()) as u64
    }
}
