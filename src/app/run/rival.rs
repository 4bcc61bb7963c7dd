//! What a second person could do to an order, when a fault wants somebody to be faster.

use crate::{
    domain::orders::{OrderCommand, OrderDecider, OrderEvent, OrderId},
    kernel::{Decider, EncodedEvent, StoredEvent, StoredForm, StreamId, fold},
};

// region: second_person
/// One of the things that the order's own decider allows now; none for what is no order, is not there
/// yet, or is over.
pub(super) fn second_person(
    stream: &StreamId,
    history: &[StoredEvent],
    chance: u64,
) -> Option<Vec<EncodedEvent>> {
    let order = OrderId::of_stream(stream)?;
    let known = history.iter().map(|stored| OrderEvent::decode(&stored.event.encoded));
    let state = fold::<OrderDecider>(&known.collect::<Result<Vec<_>, _>>().ok()?);
    let amount = state.as_ref()?.total;
    let wishes = [
        OrderCommand::ConfirmPayment { order, payment_id: "PAY-2".to_owned(), amount },
        OrderCommand::ShipOrder {
            order,
            tracking_number: "TRK-2".to_owned(),
            carrier: "Nimbus".to_owned(),
        },
        OrderCommand::DeliverOrder { order },
        // The same word in both languages.
        OrderCommand::CancelOrder { order, reason: "No".to_owned() },
    ];
    let decided = wishes.iter().filter_map(|wish| OrderDecider::decide(&state, wish).ok());
    let mut possible: Vec<_> = decided.filter(|events| !events.is_empty()).collect();
    let number = chance.checked_rem(possible.len() as u64)?;
    Some(possible.swap_remove(number as usize).iter().map(StoredForm::encode).collect())
}
// endregion: second_person
