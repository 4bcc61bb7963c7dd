//! Shipping: parcels, and where they are.

use litemap::LiteMap;

use crate::domain::orders::{CustomerId, OrderId};

/// Parcels, and customers whose address is not known.
#[derive(Clone, Debug, Default)]
pub(super) struct Shipping {
    /// 0 for a customer without an address.
    addresses: LiteMap<CustomerId, u64>,
    parcels: Vec<Parcel>,
}

#[derive(Clone, Debug)]
struct Parcel {
    order: OrderId,
    is_handed_over: bool,
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
        self.parcels.push(Parcel { order, is_handed_over: false });
        Ok(())
    }

    /// Unpacks a parcel; nothing, where none was packed.
    pub(super) fn unpack(&mut self, order: OrderId) -> Result<(), &'static str> {
        let Some(at) = self.parcels.iter().position(|parcel| parcel.order == order) else {
            return Ok(());
        };
        if self.parcels[at].is_handed_over {
            return Err("handed_over");
        }
        self.parcels.remove(at);
        Ok(())
    }

    /// Whether there is a parcel to hand over.
    pub(super) fn has_packed(&self, order: OrderId) -> bool {
        self.parcels.iter().any(|parcel| parcel.order == order)
    }

    /// Gives it to the carrier.
    pub(super) fn hand_over(&mut self, order: OrderId) {
        if let Some(parcel) = self.parcels.iter_mut().find(|parcel| parcel.order == order) {
            parcel.is_handed_over = true;
        }
    }

    pub(super) fn packed(&self) -> u64 {
        self.parcels.iter().filter(|parcel| !parcel.is_handed_over).count() as u64
    }

    pub(super) fn handed_over(&self) -> u64 {
        self.parcels.iter().filter(|parcel| parcel.is_handed_over).count() as u64
    }
}
