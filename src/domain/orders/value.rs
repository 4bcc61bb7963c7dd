//! The values that orders are made of.

use crate::kernel::{json_newtype, json_object, uuid_id};

/// The most items that one order may have.
pub const ITEMS_MAX: usize = 100;
/// The largest quantity of one item.
pub const QUANTITY_MAX: u64 = 10_000;
/// The longest text that a field may hold, in characters.
pub const TEXT_LENGTH_MAX: usize = 200;

uuid_id! {
    /// Names one order.
    OrderId
}

/// Declares a newtype over text that a person typed.
macro_rules! text_value {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $name(pub String);

        json_newtype!($name);
    };
}

text_value! {
    /// Names a customer.
    CustomerId
}
text_value! {
    /// Names a product.
    ProductId
}

/// An amount of money in minor units (cents). Below zero only in a command that will be refused.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Money(pub i64);

json_newtype!(Money);

impl Money {
    /// The largest amount that is safe: 2^53 - 1, the largest whole number that JavaScript and JSON
    /// readers everywhere keep exactly (RFC 8259, section 6).
    pub const MAX: Self = Self((1 << 53) - 1);

    /// The sum; none beyond [`Money::MAX`].
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self).filter(|sum| *sum <= Self::MAX)
    }

    /// So many times the amount; none beyond [`Money::MAX`].
    #[must_use]
    pub fn checked_times(self, quantity: Quantity) -> Option<Self> {
        let times = i64::try_from(quantity.0).ok()?;
        self.0.checked_mul(times).map(Self).filter(|product| *product <= Self::MAX)
    }
}

/// How many of a product. Zero, or beyond [`QUANTITY_MAX`], only in a command that will be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(pub u64);

json_newtype!(Quantity);

/// One line of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What.
    pub product: ProductId,
    /// How many.
    pub quantity: Quantity,
    /// What one of them costs.
    pub unit_price: Money,
}

json_object!(Item { product, quantity, unit_price });

impl Item {
    /// Quantity times unit price; none beyond [`Money::MAX`].
    #[must_use]
    pub fn total(&self) -> Option<Money> {
        self.unit_price.checked_times(self.quantity)
    }
}

/// The sum of all items; none beyond [`Money::MAX`].
pub(super) fn total_of(items: &[Item]) -> Option<Money> {
    items.iter().try_fold(Money(0), |sum, item| sum.checked_add(item.total()?))
}
