//! The fulfilment without a conductor: who waits for what, does which step of the plan, and says what then.

use super::OrderFulfilment;
use crate::kernel::{Choreography, Reaction, ReactorPlan};

/// The desk that sees to the order itself, and one reactor for each service.
///
/// Forward, each waits for the one before it. Back, each waits for whoever comes after it in the plan to have
/// undone its part, so that it all ends at the desk, in reverse.
impl Choreography for OrderFulfilment {
    const SUBJECT: &'static str = "order";

    const REACTORS: &'static [ReactorPlan] = &[
        ReactorPlan { name: "desk", model: "desk_reactor", reactions: DESK },
        ReactorPlan { name: "inventory", model: "inventory_reactor", reactions: INVENTORY },
        ReactorPlan { name: "payment", model: "payment_reactor", reactions: PAYMENT },
        ReactorPlan { name: "shipping", model: "shipping_reactor", reactions: SHIPPING },
        ReactorPlan {
            name: "notification",
            model: "notification_reactor",
            reactions: NOTIFICATION,
        },
    ];
}

// region: desk
const DESK: &[Reaction] = &[
    Reaction {
        on: &["OrderCreated"],
        asks: "CheckOrder",
        done: "OrderChecked",
        refused: "OrderUnfit",
        given_up: "OrderCheckGivenUp",
    },
    Reaction {
        on: &["PaymentTaken"],
        asks: "ConfirmPayment",
        done: "OrderCleared",
        refused: "OrderNotCleared",
        given_up: "OrderNotCleared",
    },
    Reaction {
        on: &["ParcelHandedOver"],
        asks: "ShipOrder",
        done: "OrderClosed",
        refused: "OrderNotClosed",
        given_up: "OrderNotClosed",
    },
    Reaction {
        on: &["OrderCheckGivenUp", "StockRefused", "StockReleased"],
        asks: "CancelOrder",
        done: "OrderDropped",
        refused: "OrderNotDropped",
        given_up: "OrderNotDropped",
    },
];
// endregion: desk

// region: inventory
const INVENTORY: &[Reaction] = &[
    Reaction {
        on: &["OrderChecked"],
        asks: "ReserveInventory",
        done: "StockReserved",
        refused: "StockRefused",
        given_up: "StockInDoubt",
    },
    Reaction {
        on: &["StockInDoubt", "PaymentDeclined", "PaymentRefunded"],
        asks: "ReleaseInventory",
        done: "StockReleased",
        refused: "StockNotReleased",
        given_up: "StockNotReleased",
    },
];
// endregion: inventory

// region: payment
const PAYMENT: &[Reaction] = &[
    Reaction {
        on: &["StockReserved"],
        asks: "ProcessPayment",
        done: "PaymentTaken",
        refused: "PaymentDeclined",
        given_up: "PaymentInDoubt",
    },
    Reaction {
        on: &["PaymentInDoubt", "OrderNotCleared", "ParcelRefused", "ParcelUnpacked"],
        asks: "RefundPayment",
        done: "PaymentRefunded",
        refused: "PaymentNotRefunded",
        given_up: "PaymentNotRefunded",
    },
];
// endregion: payment

// region: shipping
const SHIPPING: &[Reaction] = &[
    Reaction {
        on: &["OrderCleared"],
        asks: "CreateShipment",
        done: "ParcelPacked",
        refused: "ParcelRefused",
        given_up: "ParcelInDoubt",
    },
    Reaction {
        on: &["ParcelPacked"],
        asks: "HandOver",
        done: "ParcelHandedOver",
        refused: "HandOverRefused",
        given_up: "HandOverInDoubt",
    },
    Reaction {
        on: &["ParcelInDoubt", "HandOverRefused"],
        asks: "CancelShipment",
        done: "ParcelUnpacked",
        refused: "ParcelNotUnpacked",
        given_up: "ParcelNotUnpacked",
    },
];
// endregion: shipping

// region: notification
const NOTIFICATION: &[Reaction] = &[Reaction {
    on: &["OrderClosed"],
    asks: "SendConfirmation",
    done: "CustomerTold",
    refused: "CustomerNotTold",
    given_up: "CustomerNotTold",
}];
// endregion: notification
