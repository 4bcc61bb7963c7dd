//! The inventory: stock by product, and what of it is promised to whom.

use std::collections::BTreeMap;

use litemap::LiteMap;

use crate::domain::orders::{Item, OrderId, ProductId};

/// How many there are of a product that nobody has counted.
const STOCK: u64 = 100;

/// What lies on the shelves. Stock is never below zero.
#[derive(Clone, Debug)]
pub(super) struct Inventory {
    /// Where it differs from [`STOCK`].
    stock: LiteMap<ProductId, u64>,
    /// By order; where repeats are not recognised, several of one.
    promises: BTreeMap<OrderId, Vec<Promise>>,
    /// Whether what is promised leaves the shelf at once, or only when it is handed over.
    pub(super) locks: bool,
}

/// Items that are promised to an order.
#[derive(Clone, Debug)]
struct Promise {
    items: Vec<(ProductId, u64)>,
    /// Whether they have left the shelf.
    is_taken: bool,
}

impl Default for Inventory {
    fn default() -> Self {
        Self { stock: LiteMap::new(), promises: BTreeMap::new(), locks: true }
    }
}

impl Inventory {
    fn stock_of(&self, product: &ProductId) -> u64 {
        self.stock.get(product).copied().unwrap_or(STOCK)
    }

    pub(super) fn set(&mut self, product: ProductId, amount: u64) {
        self.stock.insert(product, amount);
    }

    /// Promises items to an order.
    pub(super) fn reserve(&mut self, order: OrderId, items: &[Item]) -> Result<(), &'static str> {
        let mut wanted = LiteMap::<ProductId, u64>::new();
        for item in items {
            *wanted.entry(item.product.clone()).or_insert(0) += item.quantity.0;
        }
        let mut promise = Promise { items: wanted.into_iter().collect(), is_taken: false };
        if !self.has(&promise.items) {
            return Err("not_enough_stock");
        }
        if self.locks {
            self.take(&mut promise);
        }
        self.promises.entry(order).or_default().push(promise);
        Ok(())
    }

    /// A promise is over, and what was on it is free again.
    pub(super) fn release(&mut self, order: OrderId) {
        let Some(promises) = self.promises.get_mut(&order).filter(|known| !known.is_empty()) else {
            return;
        };
        let promise = promises.remove(0);
        if promise.is_taken {
            for (product, count) in promise.items {
                let stock = self.stock_of(&product) + count;
                self.stock.insert(product, stock);
            }
        }
    }

    /// What was promised leaves the house.
    pub(super) fn hand_out(&mut self, order: OrderId) -> Result<(), &'static str> {
        let mut promises = self.promises.remove(&order).unwrap_or_default();
        let open = promises.iter_mut().find(|promise| !promise.is_taken);
        let is_short = open.as_ref().is_some_and(|promise| !self.has(&promise.items));
        if let Some(promise) = open.filter(|_| !is_short) {
            self.take(promise);
        }
        self.promises.insert(order, promises);
        if is_short { Err("not_enough_stock") } else { Ok(()) }
    }

    fn has(&self, items: &[(ProductId, u64)]) -> bool {
        items.iter().all(|(product, count)| self.stock_of(product) >= *count)
    }

    fn take(&mut self, promise: &mut Promise) {
        for (product, count) in &promise.items {
            let stock = self.stock_of(product) - count;
            self.stock.insert(product.clone(), stock);
        }
        promise.is_taken = true;
    }

    /// What is left of each product that was ever asked for.
    pub(super) fn stock(&self) -> impl Iterator<Item = (&ProductId, u64)> {
        self.stock.iter().map(|(product, count)| (product, *count))
    }

    /// How many pieces are promised, handed over or not.
    pub(super) fn promised(&self) -> u64 {
        let promises = self.promises.values().flatten();
        promises.flat_map(|promise| &promise.items).map(|(_, count)| count).sum()
    }
}
