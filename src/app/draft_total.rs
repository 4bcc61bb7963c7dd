//! What an order would cost that somebody is still typing.

use super::{
    parse,
    views::{CommandDraft, OrderDraft},
};
use crate::domain::orders::{Money, OrderCommand};

/// The sum of the items in minor units; none while a quantity or a price cannot be read, or when it
/// is beyond what is safe to count.
#[must_use]
pub fn draft_total(draft: &OrderDraft) -> Option<i64> {
    let command = parse::command(&CommandDraft::CreateOrder(draft.clone())).ok()?;
    let OrderCommand::CreateOrder { items, .. } = command else { return None };
    let total = items.iter().try_fold(Money(0), |sum, item| sum.checked_add(item.total()?))?;
    Some(total.0)
}
