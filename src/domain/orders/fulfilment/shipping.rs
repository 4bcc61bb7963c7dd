//! Shipping: parcels, and where they are.

use std::collections::BTreeMap;

use litemap::LiteMap;

use crate::domain::orders::{CustomerId, OrderId};

/// Parcels, and customers whose address is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Shipping {
    /// 0 for a customer without an address.
    addresses: LiteMap<CustomerId, u64>,
    /// By order; where repeats are not recognised, several of one: whether each is with the carrier.
    parcels: BTreeMap<OrderId, Vec<bool>>,
}

impl Shipping {
    pub(super) fn set(&mut self, customer: CustomerId, addresses: u64) {
        self.addresses.insert(customer, addresses);
    }

    /// Packs a parcel.
    pub(super) fn pack(
        &mut self,
        order: OrderId,
        customer: &CustomerId,
    ) -> Result<(), &'static str> {
        if self.addresses.get(customer) == Some(&0) {
            return Err("address_missing");
        }
        self.parcels.entry(order).or_default().push(false);
        Ok(())
    }

    /// Unpacks a parcel; nothing, where none was packed.
    pub(super) fn unpack(&mut self, order: OrderId) -> Result<(), &'static str> {
        let Some(parcels) = self.parcels.get_mut(&order) else { return Ok(()) };
        match parcels.first() {
            Some(true) => Err("handed_over"),
            Some(false) => {
                parcels.remove(0);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Whether there is a parcel to hand over.
    pub(super) fn has_packed(&self, order: OrderId) -> bool {
        self.parcels.get(&order).is_some_and(|parcels| !parcels.is_empty())
    }

    /// Gives it to the carrier.
    pub(super) fn hand_over(&mut self, order: OrderId) {
        if let Some(first) = self.parcels.get_mut(&order).and_then(|parcels| parcels.first_mut()) {
            *first = true;
        }
    }

    pub(super) fn packed(&self) -> u64 {
        self.parcels.values().flatten().filter(|is_away| !**is_away).count() as u64
    }

    pub(super) fn handed_over(&self) -> u64 {
        self.parcels.values().flatten().filter(|is_away| **is_away).count() as u64
    }
}
