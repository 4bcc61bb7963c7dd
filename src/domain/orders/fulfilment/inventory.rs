//! The inventory: stock by product, and what of it is promised to whom.

use litemap::LiteMap;

use crate::domain::orders::{Item, OrderId, ProductId};

/// How many there are of a product that nobody has counted.
const STOCK: u64 = 100;

/// What lies on the shelves. Stock is never below zero.
#[derive(Clone, Debug)]
pub(super) struct Inventory {
    /// Where it differs from [`STOCK`].
    stock: LiteMap<ProductId, u64>,
    promises: Vec<Promise>,
    /// Whether what is promised leaves the shelf at once, or only when it is handed over.
    pub(super) locks: bool,
}

/// Items that are promised to an order.
#[derive(Clone, Debug)]
struct Promise {
    order: OrderId,
    items: Vec<(ProductId, u64)>,
    /// Whether they have left the shelf.
    is_taken: bool,
}

impl Default for Inventory {
    fn default() -> Self {
        Self { stock: LiteMap::new(), promises: vec![], locks: true }
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
        let mut promise = Promise { order, items: wanted.into_iter().collect(), is_taken: false };
        if !self.has(&promise.items) {
            return Err("not_enough_stock");
        }
        if self.locks {
            self.take(&mut promise);
        }
        self.promises.push(promise);
        Ok(())
    }

    /// A promise is over, and what was on it is free again.
    pub(super) fn release(&mut self, order: OrderId) {
        let Some(at) = self.promises.iter().position(|promise| promise.order == order) else {
            return;
        };
        let promise = self.promises.remove(at);
        if promise.is_taken {
            for (product, count) in promise.items {
                let stock = self.stock_of(&product) + count;
                self.stock.insert(product, stock);
            }
        }
    }

    /// What was promised leaves the house.
    pub(super) fn hand_out(&mut self, order: OrderId) -> Result<(), &'static str> {
        let open = |promise: &Promise| promise.order == order && !promise.is_taken;
        let Some(at) = self.promises.iter().position(open) else { return Ok(()) };
        if !self.has(&self.promises[at].items) {
            return Err("not_enough_stock");
        }
        let mut promise = self.promises.remove(at);
        self.take(&mut promise);
        self.promises.insert(at, promise);
        Ok(())
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
        self.promises.iter().flat_map(|promise| &promise.items).map(|(_, count)| count).sum()
    }
}
