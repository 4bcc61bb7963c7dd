//! The domain: one folder a bounded context, each pure and complete in itself.

pub mod orders;
