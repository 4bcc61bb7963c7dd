//! What may have happened to an order, and how it is stored.

use nojson::DisplayJson;

use super::{CustomerId, Item, Money};
use crate::kernel::{CodecError, EncodedEvent, Json, StoredForm, from_json, to_json};

/// A fact about one order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields say what they are")]
pub enum OrderEvent {
    /// It was placed.
    OrderCreated { customer: CustomerId, items: Vec<Item>, total: Money },
    /// Its payment arrived.
    OrderPaymentConfirmed { payment_id: String, amount: Money },
    /// A carrier has it.
    OrderShipped { tracking_number: String, carrier: String },
    /// The customer has it.
    OrderDelivered,
    /// It was called off.
    OrderCancelled { reason: String },
}

/// The stored shapes, version 1. A shape never changes: a new one gets a new schema version.
mod v1 {
    use super::super::{CustomerId, Item, Money};
    use crate::kernel::json_object;

    pub(super) struct Created {
        pub(super) customer: CustomerId,
        pub(super) items: Vec<Item>,
        pub(super) total: Money,
    }

    json_object!(Created { customer, items, total });

    pub(super) struct PaymentConfirmed {
        pub(super) payment_id: String,
        pub(super) amount: Money,
    }

    json_object!(PaymentConfirmed { payment_id, amount });

    pub(super) struct Shipped {
        pub(super) tracking_number: String,
        pub(super) carrier: String,
    }

    json_object!(Shipped { tracking_number, carrier });

    pub(super) struct Delivered {}

    json_object!(Delivered {});

    pub(super) struct Cancelled {
        pub(super) reason: String,
    }

    json_object!(Cancelled { reason });
}

const SCHEMA_VERSION: u16 = 1;

impl StoredForm for OrderEvent {
    fn encode(&self) -> EncodedEvent {
        match self.clone() {
            Self::OrderCreated { customer, items, total } => {
                encoded("OrderCreated", &v1::Created { customer, items, total })
            }
            Self::OrderPaymentConfirmed { payment_id, amount } => {
                encoded("OrderPaymentConfirmed", &v1::PaymentConfirmed { payment_id, amount })
            }
            Self::OrderShipped { tracking_number, carrier } => {
                encoded("OrderShipped", &v1::Shipped { tracking_number, carrier })
            }
            Self::OrderDelivered => encoded("OrderDelivered", &v1::Delivered {}),
            Self::OrderCancelled { reason } => encoded("OrderCancelled", &v1::Cancelled { reason }),
        }
    }

    fn decode(stored: &EncodedEvent) -> Result<Self, CodecError> {
        match stored.event_type.as_str() {
            "OrderCreated" => data(stored).map(|v1::Created { customer, items, total }| {
                Self::OrderCreated { customer, items, total }
            }),
            "OrderPaymentConfirmed" => {
                data(stored).map(|v1::PaymentConfirmed { payment_id, amount }| {
                    Self::OrderPaymentConfirmed { payment_id, amount }
                })
            }
            "OrderShipped" => data(stored).map(|v1::Shipped { tracking_number, carrier }| {
                Self::OrderShipped { tracking_number, carrier }
            }),
            "OrderDelivered" => data(stored).map(|v1::Delivered {}| Self::OrderDelivered),
            "OrderCancelled" => {
                data(stored).map(|v1::Cancelled { reason }| Self::OrderCancelled { reason })
            }
            _ => Err(CodecError::UnknownType { event_type: stored.event_type.clone() }),
        }
    }
}

fn encoded(event_type: &str, data: &dyn DisplayJson) -> EncodedEvent {
    EncodedEvent {
        event_type: event_type.to_owned(),
        schema_version: SCHEMA_VERSION,
        data: to_json(data),
    }
}

fn data<T: Json>(stored: &EncodedEvent) -> Result<T, CodecError> {
    let event_type = || stored.event_type.clone();
    if stored.schema_version != SCHEMA_VERSION {
        let schema_version = stored.schema_version;
        return Err(CodecError::UnknownSchema { event_type: event_type(), schema_version });
    }
    from_json(&stored.data).map_err(|error| CodecError::Malformed {
        event_type: event_type(),
        reason: error.to_string(),
    })
}
