//! Why a rule about orders said no.

use super::{Money, OrderStatus};
use crate::kernel::json_enum;

/// The rule that a command breaks, with what a person needs to understand it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum Rejection {
    /// There is no such order.
    OrderMissing,
    /// The order exists already, with other content.
    OrderExists,
    /// An order has at least one item.
    NoItems,
    /// An order has at most so many items.
    TooManyItems { count: u64, max: u64 },
    /// A text is needed here.
    TextEmpty,
    /// A text has at most so many characters.
    TextTooLong { length: u64, max: u64 },
    /// A quantity is from 1 to `max`.
    QuantityOutOfRange { quantity: u64, max: u64 },
    /// A price is not below zero.
    PriceNegative { price: Money },
    /// The sum is beyond what is safe to count.
    TotalTooLarge { max: Money },
    /// Only a pending order can be paid.
    NotPending { status: OrderStatus },
    /// The amount paid is not the order's total.
    AmountDiffers { amount: Money, total: Money },
    /// Only a paid order can be shipped.
    PaymentNotConfirmed,
    /// It was shipped before, with another tracking number or carrier.
    AlreadyShipped,
    /// Only a shipped order can be delivered.
    NotShipped { status: OrderStatus },
    /// What was delivered cannot be cancelled.
    AlreadyDelivered,
    /// The order was cancelled, so nothing more can happen to it.
    AlreadyCancelled,
}

json_enum!(Rejection {
    OrderMissing,
    OrderExists,
    NoItems,
    TooManyItems { count, max },
    TextEmpty,
    TextTooLong { length, max },
    QuantityOutOfRange { quantity, max },
    PriceNegative { price },
    TotalTooLarge { max },
    NotPending { status },
    AmountDiffers { amount, total },
    PaymentNotConfirmed,
    AlreadyShipped,
    NotShipped { status },
    AlreadyDelivered,
    AlreadyCancelled
});
