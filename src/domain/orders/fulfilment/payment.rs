//! Payment: customers' cards, and what was taken from them.

use litemap::LiteMap;

use crate::domain::orders::{CustomerId, Money, OrderId};

/// How much a card allows that nobody has set.
const LIMIT: u64 = 10_000_000;

/// Cards, charges and refunds.
#[derive(Clone, Debug, Default)]
pub(super) struct Payment {
    /// Where it differs from [`LIMIT`]; 0 for a card that is declined.
    limits: LiteMap<CustomerId, u64>,
    charges: Vec<Charge>,
}

#[derive(Clone, Debug)]
struct Charge {
    order: OrderId,
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
                self.charges.push(Charge { order, amount, is_refunded: false });
                Ok(())
            }
        }
    }

    /// Gives back what was taken for an order; nothing, where nothing was.
    pub(super) fn refund(&mut self, order: OrderId) {
        let open = |charge: &&mut Charge| charge.order == order && !charge.is_refunded;
        if let Some(charge) = self.charges.iter_mut().find(open) {
            charge.is_refunded = true;
        }
    }

    /// What it holds: everything taken that was not given back.
    pub(super) fn held(&self) -> u64 {
        let kept = self.charges.iter().filter(|charge| !charge.is_refunded);
        kept.map(|charge| charge.amount).sum()
    }

    pub(super) fn charges(&self) -> u64 {
        self.charges.len() as u64
    }

    pub(super) fn refunds(&self) -> u64 {
        self.charges.iter().filter(|charge| charge.is_refunded).count() as u64
    }
}
