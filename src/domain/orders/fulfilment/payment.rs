//! Payment: customers' cards, and what was taken from them.

use std::collections::BTreeMap;

use litemap::LiteMap;

use crate::domain::orders::{CustomerId, Money, OrderId};

/// How much a card allows that nobody has set.
const LIMIT: u64 = 10_000_000;

/// Cards, charges and refunds.
#[derive(Clone, Debug, Default)]
pub(super) struct Payment {
    /// Where it differs from [`LIMIT`]; 0 for a card that is declined.
    limits: LiteMap<CustomerId, u64>,
    /// By order; where repeats are not recognised, several of one.
    charges: BTreeMap<OrderId, Vec<Charge>>,
}

#[derive(Clone, Debug)]
struct Charge {
    amount: u64,
    is_refunded: bool,
}

impl Payment {
    pub(super) fn set(&mut self, customer: CustomerId, limit: u64) {
        self.limits.insert(customer, limit);
    }

    /// Takes money from a customer's card.
    pub(super) fn charge(
        &mut self,
        order: OrderId,
        customer: &CustomerId,
        amount: Money,
    ) -> Result<(), &'static str> {
        let amount = u64::try_from(amount.0).unwrap_or(0);
        match self.limits.get(customer).copied().unwrap_or(LIMIT) {
            0 => Err("card_declined"),
            limit if amount > limit => Err("over_limit"),
            _ => {
                let charge = Charge { amount, is_refunded: false };
                self.charges.entry(order).or_default().push(charge);
                Ok(())
            }
        }
    }

    /// Gives back what was taken for an order; nothing, where nothing was.
    pub(super) fn refund(&mut self, order: OrderId) {
        let charges = self.charges.get_mut(&order).into_iter().flatten();
        if let Some(charge) = charges.into_iter().find(|charge| !charge.is_refunded) {
            charge.is_refunded = true;
        }
    }

    /// What it holds: everything taken that was not given back.
    pub(super) fn held(&self) -> u64 {
        let kept = self.all().filter(|charge| !charge.is_refunded);
        kept.map(|charge| charge.amount).sum()
    }

    fn all(&self) -> impl Iterator<Item = &Charge> {
        self.charges.values().flatten()
    }

    pub(super) fn charges(&self) -> u64 {
        self.all().count() as u64
    }

    pub(super) fn refunds(&self) -> u64 {
        self.all().filter(|charge| charge.is_refunded).count() as u64
    }
}
