//! Ids that sort by the time they were made: UUID version 7 (RFC 9562) from the clock and chance.

use uuid::{Builder, Uuid};

use crate::ports::{Clock, Environment, Rng};

/// A new id. Same clock and same chance, same id.
pub fn new_id<E: Environment>(environment: &E) -> Uuid {
    let millis = u64::try_from(environment.clock().now().millis()).unwrap_or(0);
    let (high, low) = (environment.rng().next_u64(), environment.rng().next_u64());
    let mut chance = [0; 10];
    chance[..8].copy_from_slice(&high.to_be_bytes());
    chance[8..].copy_from_slice(&low.to_be_bytes()[..2]);
    Builder::from_unix_timestamp_millis(millis, &chance).into_uuid()
}
