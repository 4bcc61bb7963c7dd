//! The query side: read models are asked directly, past the aggregates.

use std::{marker::PhantomData, rc::Rc};

use thiserror::Error;

use super::projector::decode_row;
use crate::{
    kernel::{CodecError, Projection, RowKey},
    ports::{Environment, Known, Page, PageRequest, ReadModelStore, StorageError},
};

/// Why a query has no answer.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum QueryError {
    /// The storage could not do it.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A row cannot be decoded: rebuild the read model.
    #[error(transparent)]
    Codec(#[from] CodecError),
}

/// Answers questions from one read model; each answer says up to which global position it knows.
#[derive(Debug)]
pub struct ReadModel<P, E> {
    environment: Rc<E>,
    projection: PhantomData<P>,
}

impl<P: Projection, E: Environment> ReadModel<P, E> {
    /// The read model of a projection.
    pub fn new(environment: Rc<E>) -> Self {
        Self { environment, projection: PhantomData }
    }

    /// One row.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub async fn row(&self, key: &RowKey) -> Result<Known<Option<P::Row>>, QueryError> {
        let stored = self.environment.store().row(P::MODEL, key).await?;
        let row = match &stored.value {
            Some(data) => Some(decode_row(P::MODEL, key, data)?),
            None => None,
        };
        Ok(stored.map(|_| row))
    }

    /// One page of a group, highest rank first.
    ///
    /// # Errors
    /// See [`QueryError`].
    pub async fn page(
        &self,
        group: &str,
        request: PageRequest,
    ) -> Result<Known<Page<P::Row>>, QueryError> {
        let stored = self.environment.store().page(P::MODEL, group, request).await?;
        let rows = stored.value.rows.iter();
        let rows = rows.map(|data| decode_row(P::MODEL, group, data)).collect::<Result<_, _>>()?;
        Ok(stored.map(|Page { page, size, total_count, .. }| Page {
            rows,
            page,
            size,
            total_count,
        }))
    }
}
